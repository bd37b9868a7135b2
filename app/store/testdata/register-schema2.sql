-- A register of the schema before 0003, with records, as .dump writes it.
PRAGMA application_id=1380862793;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    program TEXT NOT NULL
) STRICT;
INSERT INTO schema_migrations VALUES(1,'register','95abf5eb9aadbc3aedba7ca8d301731d497b90ec1df2d3752e51778510d54c68','2026-11-29T22:28:25.420Z','0.1.0');
INSERT INTO schema_migrations VALUES(2,'confirm','a164bf30db88aee85e2a48aa3897fb7fa3e53711068a43f0bef18d86f36f6bed','2026-11-29T22:28:25.421Z','0.1.0');
CREATE TABLE register (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO register VALUES(1,2);
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
INSERT INTO audit_log VALUES(1,'2026-11-29T22:28:25.448Z','山田','insert','設定','hospital_name','','{"key":"hospital_name","value":"見本病院"}');
INSERT INTO audit_log VALUES(2,'2026-11-29T22:28:25.448Z','山田','insert','規程','第1版','','{"edition":"第1版","effective_on":"2026-06-01","within_7_days":1,"before_7_days":1,"encourages":1,"announced_on":"2026-06-01","announced_how":"院内掲示"}');
INSERT INTO audit_log VALUES(3,'2026-11-29T22:28:25.448Z','山田','insert','病棟','W01/2026-04-01','','{"code":"W01","valid_from":"2026-04-01","name":"3東病棟","basic_fee":"急性期一般入院料1","beds":45,"class":"イ","fee_treatment":"可","acute":1,"filed_from":"2026-04-01"}');
INSERT INTO audit_log VALUES(4,'2026-11-29T22:28:25.448Z','山田','insert','職員','S001/2026-04-01','','{"code":"S001","valid_from":"2026-04-01","name":"見本 花子","kana":"ミホン ハナコ","job":"看護師","department":"専従"}');
INSERT INTO audit_log VALUES(5,'2026-11-29T22:28:25.448Z','山田','insert','連携先','P001','','{"code":"P001","name":"見本居宅介護支援事業所","kana":"ミホンキョタクカイゴシエンジギョウショ","kind":"居宅介護支援","office_number":"0000000000","corporation":"社会福祉法人見本会","postal_code":"000-0000","address":"見本市見本町1-1","phone":"000-000-0000","fax":"000-000-0001","consulted_on":"2026-06-10","agreed_on":"2026-06-10"}');
INSERT INTO audit_log VALUES(6,'2026-11-29T22:28:25.448Z','山田','insert','介護支援専門員','C001','','{"code":"C001","name":"見本 太郎","kana":"ミホン タロウ","qualification":"介護支援専門員","registration_no":"00000000","can_plan":1,"shared_on":"2026-06-10"}');
INSERT INTO audit_log VALUES(7,'2026-11-29T22:28:25.448Z','山田','insert','所属履歴','C001/P001/2026-04-01','','{"care_manager":"C001","partner":"P001","started_on":"2026-04-01"}');
INSERT INTO audit_log VALUES(8,'2026-11-29T22:28:25.448Z','山田','insert','会議','M001','','{"code":"M001","held_on":"2026-07-14","name":"第1回 多職種連携会議","kind":"多職種連携会議","host":"当院","place":"会議室","way":"対面","agenda":"退院支援の進め方","contacts_shared":1}');
INSERT INTO audit_log VALUES(9,'2026-11-29T22:28:25.448Z','山田','insert','会議出席','M001/職員/S001','','{"meeting":"M001","kind":"職員","code":"S001"}');
INSERT INTO audit_log VALUES(10,'2026-11-29T22:28:25.448Z','山田','insert','やり取り','K0001','','{"number":"K0001","contacted_on":"2026-09-01","contacted_at":"09:30","kind":"面会","initiator":"当院","care_manager":"C001","partner":"P001","purpose":"顔合わせ","body":"担当者の紹介","staff":["S001"]}');
INSERT INTO audit_log VALUES(11,'2026-11-29T22:28:25.448Z','山田','insert','入院','00000001/2026-10-02','','{"patient_id":"00000001","admitted_on":"2026-10-02","name":"見本 一郎","kana":"ミホン イチロウ","born_on":"1940-05-02","sex":"男","expected_on":"2026-10-27","specialty":"内科","service_suitable":1,"patient_wishes":1,"consented_on":"2026-10-03","care_manager":"C001","care_level":"要介護2","care_status":"認定済","received_on":"2026-10-03","informed_on":"2026-10-05","noticed_on":"2026-10-19"}');
INSERT INTO audit_log VALUES(12,'2026-11-29T22:28:25.448Z','山田','insert','病棟履歴','00000001/2026-10-02/2026-10-02','','{"patient_id":"00000001","admitted_on":"2026-10-02","started_on":"2026-10-02","ward":"W01"}');
INSERT INTO audit_log VALUES(13,'2026-11-29T22:28:25.448Z','山田','insert','共同指導','G0001','','{"number":"G0001","patient_id":"00000001","admitted_on":"2026-10-02","guided_on":"2026-10-08","way":"対面","content":"初回","doctors_order":1,"care_manager":"C001","standing":"入院前担当","patient_joined":1,"body":"退院後の生活の希望を確認","noted_on":"2026-10-08","plan_asked_on":"2026-10-08","plan_copy_on":"2026-10-15","plan_copy_kind":"原案","staff":["S001"]}');
INSERT INTO audit_log VALUES(14,'2026-11-29T22:28:39.149Z','山田','insert','連携先','P010','','{"code":"P010","name":"訪問看護ステーションつばさ","kana":"ホウモンカンゴステーションツバサ","kind":"訪問看護","office_number":"1370000010","corporation":"合同会社 つばさ","special_relation":1,"advanced_acute":0,"postal_code":"231-0010","address":"横浜市中区","phone":"045-000-0010","fax":"045-000-0011","consulted_on":"2025-05-01","note":"二行の\n備考"}');
INSERT INTO audit_log VALUES(15,'2026-11-29T22:28:39.149Z','山田','insert','連携先','P011','','{"code":"P011","name":"みなと''病院''","kind":"病院","special_relation":0,"advanced_acute":1,"annex":"介護保険施設等","ended_on":"2026-03-31","agreed_on":"2025-06-01"}');
INSERT INTO audit_log VALUES(16,'2026-11-29T22:28:39.149Z','山田','insert','連携先','P012','','{"code":"P012","name":"𠮷田医院","kana":"ヨシダイイン","kind":"診療所","annex":"居宅・相談","consulted_on":"2025-07-01"}');
INSERT INTO audit_log VALUES(17,'2026-11-29T22:28:39.149Z','山田','insert','介護支援専門員','C010','','{"code":"C010","name":"﨑山 𠮷","kana":"サキヤマ ヨシ","qualification":"主任介護支援専門員","registration_no":"00012345","can_plan":1,"shared_on":"2025-04-09"}');
INSERT INTO audit_log VALUES(18,'2026-11-29T22:28:39.149Z','山田','insert','所属履歴','C010/P010/2024-04-01','','{"care_manager":"C010","partner":"P010","started_on":"2024-04-01","ended_on":"2025-03-31"}');
INSERT INTO audit_log VALUES(19,'2026-11-29T22:28:39.149Z','山田','insert','所属履歴','C010/P012/2025-04-01','','{"care_manager":"C010","partner":"P012","started_on":"2025-04-01"}');
INSERT INTO audit_log VALUES(20,'2026-11-29T22:28:39.149Z','山田','insert','やり取り','K0010','','{"number":"K0010","contacted_on":"2026-02-09","kind":"面会","initiator":"当院","partner":"P010","purpose":"顔合わせ","body":"訪問"}');
INSERT INTO audit_log VALUES(21,'2026-11-29T22:28:39.149Z','山田','insert','やり取り','K0011','','{"number":"K0011","contacted_on":"2026-02-10","kind":"電話","initiator":"先方","partner":"P012"}');
CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
    value TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
INSERT INTO settings VALUES('hospital_name','見本病院',1);
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
INSERT INTO policies VALUES('第1版','2026-06-01',1,1,1,'2026-06-01','院内掲示',1);
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
INSERT INTO wards VALUES('W01','2026-04-01','','3東病棟','急性期一般入院料1',45,'イ','可',NULL,1,NULL,NULL,'2026-04-01','',1);
CREATE TABLE ward_codes (
    code TEXT PRIMARY KEY NOT NULL
) STRICT;
INSERT INTO ward_codes VALUES('W01');
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
INSERT INTO staff VALUES('S001','2026-04-01','','見本 花子','ミホン ハナコ','看護師','専従',NULL,'見本花子|ミホンハナコ|S001',1);
CREATE TABLE staff_codes (
    code TEXT PRIMARY KEY NOT NULL
) STRICT;
INSERT INTO staff_codes VALUES('S001');
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
INSERT INTO partners VALUES('P001','見本居宅介護支援事業所','ミホンキョタクカイゴシエンジギョウショ','居宅介護支援','0000000000','社会福祉法人見本会',NULL,NULL,'','000-0000','見本市見本町1-1','000-000-0000','000-000-0001','2026-06-10','','2026-06-10','','見本居宅介護支援事業所|ミホンキヨタクカイゴシエンジギヨウシヨ|P001|0000000000|社会福祉法人見本会|0000000000|0000000001|見本市見本町11',1);
INSERT INTO partners VALUES('P010','訪問看護ステーションつばさ','ホウモンカンゴステーションツバサ','訪問看護','1370000010','合同会社 つばさ',1,0,'','231-0010','横浜市中区','045-000-0010','045-000-0011','2025-05-01','','',replace('二行の\n備考','\n',char(10)),'訪問看護ステシヨンツバサ|ホウモンカンゴステシヨンツバサ|P010|1370000010|合同会社ツバサ|0450000010|0450000011|横浜市中区',1);
INSERT INTO partners VALUES('P011','みなと''病院''','','病院','','',0,1,'介護保険施設等','','','','','','2026-03-31','2025-06-01','','ミナト病院||P011|||||',1);
INSERT INTO partners VALUES('P012','𠮷田医院','ヨシダイイン','診療所','','',NULL,NULL,'居宅・相談','','','','','2025-07-01','','','','吉田医院|ヨシダイイン|P012|||||',1);
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
INSERT INTO care_managers VALUES('C001','見本 太郎','ミホン タロウ','介護支援専門員','00000000',1,'2026-06-10','','','','','見本太郎|ミホンタロウ|C001|00000000||',1);
INSERT INTO care_managers VALUES('C010','﨑山 𠮷','サキヤマ ヨシ','主任介護支援専門員','00012345',1,'2025-04-09','','','','','崎山吉|サキヤマヨシ|C010|00012345||',1);
CREATE TABLE affiliations (
    care_manager TEXT NOT NULL REFERENCES care_managers (code),
    partner TEXT NOT NULL REFERENCES partners (code),
    started_on TEXT NOT NULL CHECK (started_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ended_on TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (care_manager, partner, started_on),
    CHECK (ended_on = '' OR started_on = '' OR ended_on >= started_on)
) STRICT;
INSERT INTO affiliations VALUES('C001','P001','2026-04-01','',1);
INSERT INTO affiliations VALUES('C010','P010','2024-04-01','2025-03-31',1);
INSERT INTO affiliations VALUES('C010','P012','2025-04-01','',1);
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
INSERT INTO meetings VALUES('M001','2026-07-14','第1回 多職種連携会議','多職種連携会議','当院','会議室','対面','退院支援の進め方',NULL,'',1,1);
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
INSERT INTO attendances VALUES('M001','職員','S001','S001','','','S001',NULL,1);
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
INSERT INTO contacts VALUES('K0001','2026-09-01','09:30','面会','当院','C001','P001','顔合わせ','担当者の紹介','',1);
INSERT INTO contacts VALUES('K0010','2026-02-09','','面会','当院',NULL,'P010','顔合わせ','訪問','',1);
INSERT INTO contacts VALUES('K0011','2026-02-10','','電話','先方',NULL,'P012','','','',1);
CREATE TABLE contact_staff (
    number TEXT NOT NULL REFERENCES contacts (number),
    position INTEGER NOT NULL,
    staff TEXT NOT NULL REFERENCES staff_codes (code),
    PRIMARY KEY (number, position)
) STRICT;
INSERT INTO contact_staff VALUES('K0001',0,'S001');
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
INSERT INTO admissions VALUES('00000001','2026-10-02','見本 一郎','ミホン イチロウ','1940-05-02','男','2026-10-27','','','内科',1,1,'2026-10-03','C001','要介護2','認定済','2026-10-03','2026-10-05','2026-10-19',NULL,'見本一郎|ミホンイチロウ|00000001',1);
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
INSERT INTO ward_stays VALUES('00000001','2026-10-02','2026-10-02','W01','',1);
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
INSERT INTO joint_guidances VALUES('G0001','00000001','2026-10-02','2026-10-08','対面','初回',1,'C001','入院前担当',1,NULL,'',NULL,'退院後の生活の希望を確認','2026-10-08','2026-10-08','2026-10-15','原案','','',1);
CREATE TABLE joint_guidance_staff (
    number TEXT NOT NULL REFERENCES joint_guidances (number),
    position INTEGER NOT NULL,
    staff TEXT NOT NULL,
    PRIMARY KEY (number, position)
) STRICT;
INSERT INTO joint_guidance_staff VALUES('G0001',0,'S001');
CREATE TABLE confirmations (
    session TEXT NOT NULL PRIMARY KEY CHECK (session <> ''),
    claim TEXT NOT NULL CHECK (claim IN ('1', '2', '旧')),
    points INTEGER NOT NULL CHECK (points >= 0),
    rule_version TEXT NOT NULL,
    claim_month TEXT NOT NULL DEFAULT '' CHECK (claim_month = '' OR claim_month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
INSERT INTO confirmations VALUES('G0001','2',500,'2026-06','2026-10','山田','2026-11-02T00:30:00.000Z',1);
CREATE TABLE closings (
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    number INTEGER NOT NULL CHECK (number >= 1),
    closed_by TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    reopened_by TEXT NOT NULL DEFAULT '',
    reopened_at TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (month, number),
    CHECK (reopened_at = '' OR reason <> '')
) STRICT;
INSERT INTO closings VALUES('2026-10',1,'山田','2026-11-02T00:31:00.000Z','','','',1);
CREATE INDEX audit_log_record ON audit_log (sheet, record_key);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
CREATE TRIGGER wards_code_added BEFORE INSERT ON wards BEGIN
    INSERT INTO ward_codes (code) SELECT NEW.code WHERE NOT EXISTS (SELECT 1 FROM ward_codes WHERE code = NEW.code);
END;
CREATE TRIGGER wards_code_removed AFTER DELETE ON wards
WHEN NOT EXISTS (SELECT 1 FROM wards WHERE code = OLD.code) BEGIN
    DELETE FROM ward_codes WHERE code = OLD.code;
END;
CREATE INDEX staff_search ON staff (search_key);
CREATE TRIGGER staff_code_added BEFORE INSERT ON staff BEGIN
    INSERT INTO staff_codes (code) SELECT NEW.code WHERE NOT EXISTS (SELECT 1 FROM staff_codes WHERE code = NEW.code);
END;
CREATE TRIGGER staff_code_removed AFTER DELETE ON staff
WHEN NOT EXISTS (SELECT 1 FROM staff WHERE code = OLD.code) BEGIN
    DELETE FROM staff_codes WHERE code = OLD.code;
END;
CREATE INDEX partners_search ON partners (search_key);
CREATE INDEX care_managers_search ON care_managers (search_key);
CREATE INDEX affiliations_partner ON affiliations (partner, started_on);
CREATE INDEX meetings_held ON meetings (held_on);
CREATE INDEX attendances_staff ON attendances (staff) WHERE staff IS NOT NULL;
CREATE INDEX attendances_care_manager ON attendances (care_manager) WHERE care_manager IS NOT NULL;
CREATE INDEX contacts_on ON contacts (contacted_on);
CREATE INDEX contacts_care_manager ON contacts (care_manager, contacted_on) WHERE care_manager IS NOT NULL;
CREATE INDEX contacts_partner ON contacts (partner, contacted_on) WHERE partner IS NOT NULL;
CREATE INDEX contacts_patient ON contacts (patient_id) WHERE patient_id <> '';
CREATE INDEX contact_staff_staff ON contact_staff (staff);
CREATE INDEX admissions_admitted ON admissions (admitted_on);
CREATE INDEX admissions_in_hospital ON admissions (admitted_on) WHERE discharged_on = '';
CREATE INDEX admissions_care_manager ON admissions (care_manager) WHERE care_manager IS NOT NULL;
CREATE INDEX admissions_search ON admissions (search_key);
CREATE INDEX ward_stays_ward ON ward_stays (ward, started_on);
CREATE INDEX joint_guidances_on ON joint_guidances (guided_on);
CREATE INDEX joint_guidances_admission ON joint_guidances (patient_id, admitted_on);
CREATE INDEX joint_guidances_care_manager ON joint_guidances (care_manager, guided_on) WHERE care_manager <> '';
CREATE INDEX joint_guidances_claim_month ON joint_guidances (claim_month) WHERE claim_month <> '';
CREATE INDEX joint_guidance_staff_staff ON joint_guidance_staff (staff);
CREATE INDEX confirmations_month ON confirmations (claim_month);
COMMIT;
