-- rebuilds tables
-- 種別 居宅サービス and 地域密着型サービス (施設基準(5)). A CHECK cannot be changed in
-- place, so the table is made anew; its rows are copied, its index made again.
CREATE TABLE partners_new (
    code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    kana TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN (
        '居宅介護支援', '地域包括支援センター', '介護予防支援', '計画相談支援', '障害児相談支援', '特別養護老人ホーム', '介護老人保健施設',
        '介護医療院', '特定施設', '認知症グループホーム', '小規模多機能', '看護小規模多機能', '訪問看護', '居宅サービス', '地域密着型サービス',
        '病院', '診療所', 'その他')),
    office_number TEXT NOT NULL DEFAULT '',
    corporation TEXT NOT NULL DEFAULT '',
    special_relation INTEGER CHECK (special_relation IN (0, 1)),
    advanced_acute INTEGER CHECK (advanced_acute IN (0, 1)),
    annex TEXT NOT NULL DEFAULT '' CHECK (annex IN ('', '居宅・相談', '介護保険施設等')),
    postal_code TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    fax TEXT NOT NULL DEFAULT '',
    consulted_on TEXT NOT NULL DEFAULT '' CHECK (consulted_on = '' OR consulted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ended_on TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    agreed_on TEXT NOT NULL DEFAULT '' CHECK (agreed_on = '' OR agreed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    note TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
INSERT INTO partners_new (code, name, kana, kind, office_number, corporation, special_relation, advanced_acute, annex,
        postal_code, address, phone, fax, consulted_on, ended_on, agreed_on, note, search_key, version)
    SELECT code, name, kana, kind, office_number, corporation, special_relation, advanced_acute, annex,
        postal_code, address, phone, fax, consulted_on, ended_on, agreed_on, note, search_key, version
    FROM partners;
DROP TABLE partners;
ALTER TABLE partners_new RENAME TO partners;
CREATE INDEX partners_search ON partners (search_key);
