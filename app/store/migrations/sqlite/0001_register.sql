-- The register as the ledger book draws it: one table a sheet, the sheet's key
-- as primary key, version for the optimistic lock.
--
-- Dates are YYYY-MM-DD, blank ''. ○ × blank are 1, 0, NULL. A code that refers
-- to another sheet is NULL when blank. search_key columns hold folded text
-- (models.SearchKey) and are never shown. Instants are UTC.

-- One row: revision grows with every committed change.
CREATE TABLE register (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO register (id, revision) VALUES (1, 0);

-- Who changed what, and when. Rows are added, never changed or removed.
CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
    sheet TEXT NOT NULL,
    record_key TEXT NOT NULL,
    before_json TEXT NOT NULL DEFAULT '',
    after_json TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_log_record ON audit_log (sheet, record_key);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;

-- 設定
CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
    value TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

-- 規程
CREATE TABLE policies (
    edition TEXT NOT NULL PRIMARY KEY CHECK (edition <> ''),
    effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    within_7_days INTEGER CHECK (within_7_days IN (0, 1)),
    before_7_days INTEGER CHECK (before_7_days IN (0, 1)),
    encourages INTEGER CHECK (encourages IN (0, 1)),
    announced_on TEXT NOT NULL DEFAULT '' CHECK (announced_on = '' OR announced_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    announced_how TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

-- 病棟
CREATE TABLE wards (
    code TEXT NOT NULL CHECK (code <> ''),
    valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    valid_to TEXT NOT NULL DEFAULT '' CHECK (valid_to = '' OR valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    name TEXT NOT NULL CHECK (name <> ''),
    basic_fee TEXT NOT NULL DEFAULT '',
    beds INTEGER NOT NULL DEFAULT 0 CHECK (beds BETWEEN 0 AND 9999),
    class TEXT NOT NULL CHECK (class IN ('イ', 'ロ', 'ハ', 'A307')),
    fee_treatment TEXT NOT NULL CHECK (fee_treatment IN ('可', '包括')),
    community_care INTEGER CHECK (community_care IN (0, 1)),
    acute INTEGER CHECK (acute IN (0, 1)),
    comprehensive INTEGER CHECK (comprehensive IN (0, 1)),
    psw_add_on INTEGER CHECK (psw_add_on IN (0, 1)),
    filed_from TEXT NOT NULL DEFAULT '' CHECK (filed_from = '' OR filed_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    filed_to TEXT NOT NULL DEFAULT '' CHECK (filed_to = '' OR filed_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (code, valid_from),
    CHECK (valid_to = '' OR valid_from = '' OR valid_to >= valid_from),
    CHECK (filed_to = '' OR filed_from = '' OR filed_to >= filed_from)
) STRICT;
-- A code has a row for each period, so references point at ward_codes, which the
-- triggers keep: one row for every code in wards.
CREATE TABLE ward_codes (
    code TEXT PRIMARY KEY NOT NULL
) STRICT;
CREATE TRIGGER wards_code_added BEFORE INSERT ON wards BEGIN
    INSERT INTO ward_codes (code) SELECT NEW.code WHERE NOT EXISTS (SELECT 1 FROM ward_codes WHERE code = NEW.code);
END;
CREATE TRIGGER wards_code_removed AFTER DELETE ON wards
WHEN NOT EXISTS (SELECT 1 FROM wards WHERE code = OLD.code) BEGIN
    DELETE FROM ward_codes WHERE code = OLD.code;
END;

-- 職員
CREATE TABLE staff (
    code TEXT NOT NULL CHECK (code <> ''),
    valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    valid_to TEXT NOT NULL DEFAULT '' CHECK (valid_to = '' OR valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    name TEXT NOT NULL CHECK (name <> ''),
    kana TEXT NOT NULL DEFAULT '',
    job TEXT NOT NULL CHECK (job IN (
        '医師', '看護師', '保健師', '社会福祉士', '精神保健福祉士', '薬剤師', '理学療法士', '作業療法士', '言語聴覚士', '管理栄養士',
        '事務', 'その他')),
    department TEXT NOT NULL DEFAULT '' CHECK (department IN ('', '専従', '専任')),
    ward_dedicated INTEGER CHECK (ward_dedicated IN (0, 1)),
    search_key TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (code, valid_from),
    CHECK (valid_to = '' OR valid_from = '' OR valid_to >= valid_from)
) STRICT;
CREATE INDEX staff_search ON staff (search_key);
-- A code has a row for each period, so references point at staff_codes, which the
-- triggers keep: one row for every code in staff.
CREATE TABLE staff_codes (
    code TEXT PRIMARY KEY NOT NULL
) STRICT;
CREATE TRIGGER staff_code_added BEFORE INSERT ON staff BEGIN
    INSERT INTO staff_codes (code) SELECT NEW.code WHERE NOT EXISTS (SELECT 1 FROM staff_codes WHERE code = NEW.code);
END;
CREATE TRIGGER staff_code_removed AFTER DELETE ON staff
WHEN NOT EXISTS (SELECT 1 FROM staff WHERE code = OLD.code) BEGIN
    DELETE FROM staff_codes WHERE code = OLD.code;
END;

-- 連携先
CREATE TABLE partners (
    code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    kana TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN (
        '居宅介護支援', '地域包括支援センター', '介護予防支援', '計画相談支援', '障害児相談支援', '特別養護老人ホーム', '介護老人保健施設',
        '介護医療院', '特定施設', '認知症グループホーム', '小規模多機能', '看護小規模多機能', '訪問看護', '病院', '診療所', 'その他')),
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
CREATE INDEX partners_search ON partners (search_key);

-- 介護支援専門員
CREATE TABLE care_managers (
    code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    kana TEXT NOT NULL DEFAULT '',
    qualification TEXT NOT NULL CHECK (qualification IN ('介護支援専門員', '主任介護支援専門員', '相談支援専門員', 'その他')),
    registration_no TEXT NOT NULL DEFAULT '',
    can_plan INTEGER CHECK (can_plan IN (0, 1)),
    shared_on TEXT NOT NULL DEFAULT '' CHECK (shared_on = '' OR shared_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    checked_on TEXT NOT NULL DEFAULT '' CHECK (checked_on = '' OR checked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    phone TEXT NOT NULL DEFAULT '',
    mail TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
CREATE INDEX care_managers_search ON care_managers (search_key);

-- 所属履歴
CREATE TABLE affiliations (
    care_manager TEXT NOT NULL REFERENCES care_managers (code),
    partner TEXT NOT NULL REFERENCES partners (code),
    started_on TEXT NOT NULL CHECK (started_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ended_on TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (care_manager, partner, started_on),
    CHECK (ended_on = '' OR started_on = '' OR ended_on >= started_on)
) STRICT;
CREATE INDEX affiliations_partner ON affiliations (partner, started_on);

-- 会議
CREATE TABLE meetings (
    code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),
    held_on TEXT NOT NULL CHECK (held_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('地域ケア会議', 'サービス担当者会議', '多職種連携会議', '勉強会')),
    host TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', '対面', 'オンライン', '併用')),
    agenda TEXT NOT NULL DEFAULT '',
    counts INTEGER CHECK (counts IN (0, 1)),
    counts_because TEXT NOT NULL DEFAULT '',
    contacts_shared INTEGER CHECK (contacts_shared IN (0, 1)),
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
CREATE INDEX meetings_held ON meetings (held_on);

-- 会議出席: attendee is the code of 職員 and CM, the name of その他.
CREATE TABLE attendances (
    meeting TEXT NOT NULL REFERENCES meetings (code),
    kind TEXT NOT NULL CHECK (kind IN ('職員', 'CM', 'その他')),
    attendee TEXT NOT NULL CHECK (attendee <> ''),
    code TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    affiliation TEXT NOT NULL DEFAULT '',
    staff TEXT REFERENCES staff_codes (code),
    care_manager TEXT REFERENCES care_managers (code),
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (meeting, kind, attendee)
) STRICT;
CREATE INDEX attendances_staff ON attendances (staff) WHERE staff IS NOT NULL;
CREATE INDEX attendances_care_manager ON attendances (care_manager) WHERE care_manager IS NOT NULL;

-- やり取り: 患者ID is free text.
CREATE TABLE contacts (
    number TEXT NOT NULL PRIMARY KEY CHECK (number <> ''),
    contacted_on TEXT NOT NULL CHECK (contacted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    contacted_at TEXT NOT NULL DEFAULT '' CHECK (contacted_at = '' OR contacted_at GLOB '[0-2][0-9]:[0-5][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('面会', 'ビデオ通話', '電話', 'FAX', 'メール', 'チャット', '文書', 'ICT')),
    initiator TEXT NOT NULL DEFAULT '' CHECK (initiator IN ('', '当院', '先方')),
    care_manager TEXT REFERENCES care_managers (code),
    partner TEXT REFERENCES partners (code),
    purpose TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    patient_id TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
CREATE INDEX contacts_on ON contacts (contacted_on);
CREATE INDEX contacts_care_manager ON contacts (care_manager, contacted_on) WHERE care_manager IS NOT NULL;
CREATE INDEX contacts_partner ON contacts (partner, contacted_on) WHERE partner IS NOT NULL;
CREATE INDEX contacts_patient ON contacts (patient_id) WHERE patient_id <> '';
CREATE TABLE contact_staff (
    number TEXT NOT NULL REFERENCES contacts (number),
    position INTEGER NOT NULL,
    staff TEXT NOT NULL REFERENCES staff_codes (code),
    PRIMARY KEY (number, position)
) STRICT;
CREATE INDEX contact_staff_staff ON contact_staff (staff);

-- 入院
CREATE TABLE admissions (
    patient_id TEXT NOT NULL CHECK (patient_id <> ''),
    admitted_on TEXT NOT NULL CHECK (admitted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    name TEXT NOT NULL CHECK (name <> ''),
    kana TEXT NOT NULL DEFAULT '',
    born_on TEXT NOT NULL DEFAULT '' CHECK (born_on = '' OR born_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    sex TEXT NOT NULL DEFAULT '',
    expected_on TEXT NOT NULL DEFAULT '' CHECK (expected_on = '' OR expected_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    discharged_on TEXT NOT NULL DEFAULT '' CHECK (discharged_on = '' OR discharged_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    chain_key TEXT NOT NULL DEFAULT '',
    specialty TEXT NOT NULL DEFAULT '',
    service_suitable INTEGER CHECK (service_suitable IN (0, 1)),
    patient_wishes INTEGER CHECK (patient_wishes IN (0, 1)),
    consented_on TEXT NOT NULL DEFAULT '' CHECK (consented_on = '' OR consented_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    care_manager TEXT REFERENCES care_managers (code),
    care_level TEXT NOT NULL DEFAULT '',
    care_status TEXT NOT NULL DEFAULT '' CHECK (care_status IN ('', '認定済', '申請中', '未申請', '区分変更申請中', '対象外')),
    received_on TEXT NOT NULL DEFAULT '' CHECK (received_on = '' OR received_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    informed_on TEXT NOT NULL DEFAULT '' CHECK (informed_on = '' OR informed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    noticed_on TEXT NOT NULL DEFAULT '' CHECK (noticed_on = '' OR noticed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    regional_plan INTEGER CHECK (regional_plan IN (0, 1)),
    search_key TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (patient_id, admitted_on),
    CHECK (discharged_on = '' OR admitted_on = '' OR discharged_on >= admitted_on)
) STRICT;
CREATE INDEX admissions_admitted ON admissions (admitted_on);
CREATE INDEX admissions_in_hospital ON admissions (admitted_on) WHERE discharged_on = '';
CREATE INDEX admissions_care_manager ON admissions (care_manager) WHERE care_manager IS NOT NULL;
CREATE INDEX admissions_search ON admissions (search_key);

-- 病棟履歴
CREATE TABLE ward_stays (
    patient_id TEXT NOT NULL CHECK (patient_id <> ''),
    admitted_on TEXT NOT NULL CHECK (admitted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    started_on TEXT NOT NULL CHECK (started_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ward TEXT NOT NULL REFERENCES ward_codes (code),
    ended_on TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (patient_id, admitted_on, started_on),
    FOREIGN KEY (patient_id, admitted_on) REFERENCES admissions (patient_id, admitted_on),
    CHECK (ended_on = '' OR started_on = '' OR ended_on >= started_on)
) STRICT;
CREATE INDEX ward_stays_ward ON ward_stays (ward, started_on);

-- 共同指導: may refer to anything; what is not recorded is judged 判定保留.
CREATE TABLE joint_guidances (
    number TEXT NOT NULL PRIMARY KEY CHECK (number <> ''),
    patient_id TEXT NOT NULL DEFAULT '',
    admitted_on TEXT NOT NULL DEFAULT '' CHECK (admitted_on = '' OR admitted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    guided_on TEXT NOT NULL DEFAULT '' CHECK (guided_on = '' OR guided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', '対面', 'ビデオ通話', '電話', '文書')),
    content TEXT NOT NULL DEFAULT '' CHECK (content IN ('', '初回', '2回目')),
    doctors_order INTEGER CHECK (doctors_order IN (0, 1)),
    care_manager TEXT NOT NULL DEFAULT '',
    standing TEXT NOT NULL DEFAULT '' CHECK (standing IN ('', '入院前担当', '患者選択')),
    patient_joined INTEGER CHECK (patient_joined IN (0, 1)),
    screen_shared INTEGER CHECK (screen_shared IN (0, 1)),
    screen_consent_on TEXT NOT NULL DEFAULT '' CHECK (screen_consent_on = '' OR screen_consent_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    multi_agency INTEGER CHECK (multi_agency IN (0, 1)),
    body TEXT NOT NULL DEFAULT '',
    noted_on TEXT NOT NULL DEFAULT '' CHECK (noted_on = '' OR noted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    plan_asked_on TEXT NOT NULL DEFAULT '' CHECK (plan_asked_on = '' OR plan_asked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    plan_copy_on TEXT NOT NULL DEFAULT '' CHECK (plan_copy_on = '' OR plan_copy_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    plan_copy_kind TEXT NOT NULL DEFAULT '' CHECK (plan_copy_kind IN ('', '原案', '確定')),
    claim TEXT NOT NULL DEFAULT '' CHECK (claim IN ('', '1', '2', '旧', 'なし')),
    claim_month TEXT NOT NULL DEFAULT '' CHECK (claim_month = '' OR claim_month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
CREATE INDEX joint_guidances_on ON joint_guidances (guided_on);
CREATE INDEX joint_guidances_admission ON joint_guidances (patient_id, admitted_on);
CREATE INDEX joint_guidances_care_manager ON joint_guidances (care_manager, guided_on) WHERE care_manager <> '';
CREATE INDEX joint_guidances_claim_month ON joint_guidances (claim_month) WHERE claim_month <> '';
CREATE TABLE joint_guidance_staff (
    number TEXT NOT NULL REFERENCES joint_guidances (number),
    position INTEGER NOT NULL,
    staff TEXT NOT NULL,
    PRIMARY KEY (number, position)
) STRICT;
CREATE INDEX joint_guidance_staff_staff ON joint_guidance_staff (staff);
