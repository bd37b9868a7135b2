-- The register on a server, as the steps before this number left it in a file: the
-- same tables, columns, keys and checks, under the same number. No server held an
-- older one.
--
-- Dates are YYYY-MM-DD, blank ''. ○ × blank are 1, 0, NULL. A code that refers
-- to another sheet is NULL when blank. Instants are UTC. Texts sort by code point,
-- as in a file.

CREATE FUNCTION is_day(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1 ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' $$;
CREATE FUNCTION is_month(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1 ~ '^[0-9]{4}-[0-9]{2}$' $$;

-- One row: revision grows with every committed change.
CREATE TABLE register (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL,
    identity TEXT COLLATE "C" NOT NULL DEFAULT '',
    lineage TEXT COLLATE "C" NOT NULL DEFAULT ''
);
INSERT INTO register (id, revision, identity, lineage)
    VALUES (1, 0, replace(gen_random_uuid()::text, '-', ''), replace(gen_random_uuid()::text, '-', ''));

-- Who changed what, and when. Rows are added, never changed or removed.
CREATE TABLE audit_log (
    id BIGINT PRIMARY KEY,
    at TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
    sheet TEXT COLLATE "C" NOT NULL,
    record_key TEXT COLLATE "C" NOT NULL,
    before_json TEXT COLLATE "C" NOT NULL DEFAULT '',
    after_json TEXT COLLATE "C" NOT NULL DEFAULT '',
    revision BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX audit_log_record ON audit_log (sheet, record_key);
CREATE INDEX audit_log_revision ON audit_log (revision, id);
CREATE INDEX audit_log_deleted ON audit_log (sheet, record_key) WHERE action = 'delete';
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Books taken in. undone is the revision that took one back.
CREATE TABLE imports (
    number BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL UNIQUE,
    at TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind <> ''),
    source TEXT COLLATE "C" NOT NULL,
    undone BIGINT UNIQUE
);

-- The last number of each kind of record, with the form it had: K0123 is
-- ('K', 4, 123). It never goes back, also when the record is deleted.
CREATE TABLE numbers (
    sheet TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    prefix TEXT COLLATE "C" NOT NULL,
    width BIGINT NOT NULL CHECK (width >= 1),
    last BIGINT NOT NULL CHECK (last >= 0)
);

-- 設定
CREATE TABLE settings (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (key <> ''),
    value TEXT COLLATE "C" NOT NULL DEFAULT '',
    version BIGINT NOT NULL CHECK (version >= 1)
);

-- 規程
CREATE TABLE policies (
    edition TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (edition <> ''),
    effective_on TEXT COLLATE "C" NOT NULL CHECK (is_day(effective_on)),
    within_7_days BIGINT CHECK (within_7_days IN (0, 1)),
    before_7_days BIGINT CHECK (before_7_days IN (0, 1)),
    encourages BIGINT CHECK (encourages IN (0, 1)),
    announced_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (announced_on = '' OR is_day(announced_on)),
    announced_how TEXT COLLATE "C" NOT NULL DEFAULT '',
    version BIGINT NOT NULL CHECK (version >= 1)
);

CREATE TABLE ward_codes (
    code TEXT COLLATE "C" PRIMARY KEY NOT NULL
);

-- 病棟
CREATE TABLE wards (
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    valid_from TEXT COLLATE "C" NOT NULL CHECK (is_day(valid_from)),
    valid_to TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (valid_to = '' OR is_day(valid_to)),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    basic_fee TEXT COLLATE "C" NOT NULL DEFAULT '',
    beds BIGINT NOT NULL DEFAULT 0 CHECK (beds BETWEEN 0 AND 9999),
    class TEXT COLLATE "C" NOT NULL CHECK (class IN ('イ', 'ロ', 'ハ', 'A307')),
    fee_treatment TEXT COLLATE "C" NOT NULL CHECK (fee_treatment IN ('可', '包括')),
    community_care BIGINT CHECK (community_care IN (0, 1)),
    acute BIGINT CHECK (acute IN (0, 1)),
    comprehensive BIGINT CHECK (comprehensive IN (0, 1)),
    psw_add_on BIGINT CHECK (psw_add_on IN (0, 1)),
    filed_from TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (filed_from = '' OR is_day(filed_from)),
    filed_to TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (filed_to = '' OR is_day(filed_to)),
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (code, valid_from),
    CHECK (valid_to = '' OR valid_from = '' OR valid_to >= valid_from),
    CHECK (filed_to = '' OR filed_from = '' OR filed_to >= filed_from)
);
CREATE FUNCTION ward_code_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO ward_codes (code) VALUES (NEW.code) ON CONFLICT DO NOTHING; RETURN NEW; END $$;
CREATE TRIGGER ward_code_added BEFORE INSERT ON wards FOR EACH ROW EXECUTE FUNCTION ward_code_added();
CREATE FUNCTION ward_code_removed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN DELETE FROM ward_codes WHERE code = OLD.code AND NOT EXISTS (SELECT 1 FROM wards WHERE code = OLD.code); RETURN OLD; END $$;
CREATE TRIGGER ward_code_removed AFTER DELETE ON wards FOR EACH ROW EXECUTE FUNCTION ward_code_removed();

CREATE TABLE staff_codes (
    code TEXT COLLATE "C" PRIMARY KEY NOT NULL
);

-- 職員
CREATE TABLE staff (
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    valid_from TEXT COLLATE "C" NOT NULL CHECK (is_day(valid_from)),
    valid_to TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (valid_to = '' OR is_day(valid_to)),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    kana TEXT COLLATE "C" NOT NULL DEFAULT '',
    job TEXT COLLATE "C" NOT NULL CHECK (job IN (
        '医師', '看護師', '保健師', '社会福祉士', '精神保健福祉士', '薬剤師', '理学療法士', '作業療法士', '言語聴覚士', '管理栄養士',
        '事務', 'その他')),
    department TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (department IN ('', '専従', '専任')),
    ward_dedicated BIGINT CHECK (ward_dedicated IN (0, 1)),
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (code, valid_from),
    CHECK (valid_to = '' OR valid_from = '' OR valid_to >= valid_from)
);
CREATE FUNCTION staff_code_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO staff_codes (code) VALUES (NEW.code) ON CONFLICT DO NOTHING; RETURN NEW; END $$;
CREATE TRIGGER staff_code_added BEFORE INSERT ON staff FOR EACH ROW EXECUTE FUNCTION staff_code_added();
CREATE FUNCTION staff_code_removed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN DELETE FROM staff_codes WHERE code = OLD.code AND NOT EXISTS (SELECT 1 FROM staff WHERE code = OLD.code); RETURN OLD; END $$;
CREATE TRIGGER staff_code_removed AFTER DELETE ON staff FOR EACH ROW EXECUTE FUNCTION staff_code_removed();

-- 連携先
CREATE TABLE partners (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (code <> ''),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    kana TEXT COLLATE "C" NOT NULL DEFAULT '',
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN (
        '居宅介護支援', '地域包括支援センター', '介護予防支援', '計画相談支援', '障害児相談支援', '特別養護老人ホーム', '介護老人保健施設',
        '介護医療院', '特定施設', '認知症グループホーム', '小規模多機能', '看護小規模多機能', '訪問看護', '居宅サービス', '地域密着型サービス',
        '病院', '診療所', 'その他')),
    office_number TEXT COLLATE "C" NOT NULL DEFAULT '',
    corporation TEXT COLLATE "C" NOT NULL DEFAULT '',
    special_relation BIGINT CHECK (special_relation IN (0, 1)),
    advanced_acute BIGINT CHECK (advanced_acute IN (0, 1)),
    annex TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (annex IN ('', '居宅・相談', '介護保険施設等')),
    postal_code TEXT COLLATE "C" NOT NULL DEFAULT '',
    address TEXT COLLATE "C" NOT NULL DEFAULT '',
    phone TEXT COLLATE "C" NOT NULL DEFAULT '',
    fax TEXT COLLATE "C" NOT NULL DEFAULT '',
    consulted_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (consulted_on = '' OR is_day(consulted_on)),
    ended_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (ended_on = '' OR is_day(ended_on)),
    agreed_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (agreed_on = '' OR is_day(agreed_on)),
    note TEXT COLLATE "C" NOT NULL DEFAULT '',
    version BIGINT NOT NULL CHECK (version >= 1)
);

-- 介護支援専門員
CREATE TABLE care_managers (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (code <> ''),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    kana TEXT COLLATE "C" NOT NULL DEFAULT '',
    qualification TEXT COLLATE "C" NOT NULL CHECK (qualification IN ('介護支援専門員', '主任介護支援専門員', '相談支援専門員', 'その他')),
    registration_no TEXT COLLATE "C" NOT NULL DEFAULT '',
    can_plan BIGINT CHECK (can_plan IN (0, 1)),
    shared_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (shared_on = '' OR is_day(shared_on)),
    checked_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (checked_on = '' OR is_day(checked_on)),
    phone TEXT COLLATE "C" NOT NULL DEFAULT '',
    mail TEXT COLLATE "C" NOT NULL DEFAULT '',
    note TEXT COLLATE "C" NOT NULL DEFAULT '',
    version BIGINT NOT NULL CHECK (version >= 1)
);

-- 所属履歴
CREATE TABLE affiliations (
    care_manager TEXT COLLATE "C" NOT NULL REFERENCES care_managers (code),
    partner TEXT COLLATE "C" NOT NULL REFERENCES partners (code),
    started_on TEXT COLLATE "C" NOT NULL CHECK (is_day(started_on)),
    ended_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (ended_on = '' OR is_day(ended_on)),
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (care_manager, partner, started_on),
    CHECK (ended_on = '' OR started_on = '' OR ended_on >= started_on)
);
CREATE INDEX affiliations_partner ON affiliations (partner, started_on);

-- 会議
CREATE TABLE meetings (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (code <> ''),
    held_on TEXT COLLATE "C" NOT NULL CHECK (is_day(held_on)),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('地域ケア会議', 'サービス担当者会議', '多職種連携会議', '勉強会')),
    host TEXT COLLATE "C" NOT NULL DEFAULT '',
    place TEXT COLLATE "C" NOT NULL DEFAULT '',
    way TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (way IN ('', '対面', 'オンライン', '併用')),
    agenda TEXT COLLATE "C" NOT NULL DEFAULT '',
    counts BIGINT CHECK (counts IN (0, 1)),
    counts_because TEXT COLLATE "C" NOT NULL DEFAULT '',
    contacts_shared BIGINT CHECK (contacts_shared IN (0, 1)),
    version BIGINT NOT NULL CHECK (version >= 1)
);
CREATE INDEX meetings_held ON meetings (held_on);

-- 会議出席
CREATE TABLE attendances (
    meeting TEXT COLLATE "C" NOT NULL REFERENCES meetings (code),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('職員', 'CM', 'その他')),
    attendee TEXT COLLATE "C" NOT NULL CHECK (attendee <> ''),
    code TEXT COLLATE "C" NOT NULL DEFAULT '',
    name TEXT COLLATE "C" NOT NULL DEFAULT '',
    affiliation TEXT COLLATE "C" NOT NULL DEFAULT '',
    staff TEXT COLLATE "C" REFERENCES staff_codes (code),
    care_manager TEXT COLLATE "C" REFERENCES care_managers (code),
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (meeting, kind, attendee)
);
CREATE INDEX attendances_staff ON attendances (staff) WHERE staff IS NOT NULL;
CREATE INDEX attendances_care_manager ON attendances (care_manager) WHERE care_manager IS NOT NULL;

-- やり取り
CREATE TABLE contacts (
    number TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (number <> ''),
    contacted_on TEXT COLLATE "C" NOT NULL CHECK (is_day(contacted_on)),
    contacted_at TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (contacted_at = '' OR contacted_at ~ '^[0-2][0-9]:[0-5][0-9]$'),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('面会', 'ビデオ通話', '電話', 'FAX', 'メール', 'チャット', '文書', 'ICT')),
    initiator TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (initiator IN ('', '当院', '先方')),
    care_manager TEXT COLLATE "C" REFERENCES care_managers (code),
    partner TEXT COLLATE "C" REFERENCES partners (code),
    purpose TEXT COLLATE "C" NOT NULL DEFAULT '',
    body TEXT COLLATE "C" NOT NULL DEFAULT '',
    patient_id TEXT COLLATE "C" NOT NULL DEFAULT '',
    version BIGINT NOT NULL CHECK (version >= 1)
);
CREATE INDEX contacts_on ON contacts (contacted_on);
CREATE INDEX contacts_care_manager ON contacts (care_manager, contacted_on) WHERE care_manager IS NOT NULL;
CREATE INDEX contacts_partner ON contacts (partner, contacted_on) WHERE partner IS NOT NULL;
CREATE INDEX contacts_patient ON contacts (patient_id) WHERE patient_id <> '';
CREATE INDEX contacts_menkai ON contacts (contacted_on) WHERE kind IN ('面会', 'ビデオ通話');
CREATE INDEX contacts_care_manager_alone ON contacts (care_manager, contacted_on) WHERE partner IS NULL AND care_manager IS NOT NULL;

CREATE TABLE contact_staff (
    number TEXT COLLATE "C" NOT NULL REFERENCES contacts (number),
    position BIGINT NOT NULL,
    staff TEXT COLLATE "C" NOT NULL REFERENCES staff_codes (code),
    PRIMARY KEY (number, position)
);
CREATE INDEX contact_staff_staff ON contact_staff (staff);

-- 入院
CREATE TABLE admissions (
    patient_id TEXT COLLATE "C" NOT NULL CHECK (patient_id <> ''),
    admitted_on TEXT COLLATE "C" NOT NULL CHECK (is_day(admitted_on)),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    kana TEXT COLLATE "C" NOT NULL DEFAULT '',
    born_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (born_on = '' OR is_day(born_on)),
    sex TEXT COLLATE "C" NOT NULL DEFAULT '',
    expected_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (expected_on = '' OR is_day(expected_on)),
    discharged_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (discharged_on = '' OR is_day(discharged_on)),
    chain_key TEXT COLLATE "C" NOT NULL DEFAULT '',
    specialty TEXT COLLATE "C" NOT NULL DEFAULT '',
    service_suitable BIGINT CHECK (service_suitable IN (0, 1)),
    patient_wishes BIGINT CHECK (patient_wishes IN (0, 1)),
    consented_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (consented_on = '' OR is_day(consented_on)),
    care_manager TEXT COLLATE "C" REFERENCES care_managers (code),
    care_level TEXT COLLATE "C" NOT NULL DEFAULT '',
    care_status TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (care_status IN ('', '認定済', '申請中', '未申請', '区分変更申請中', '対象外')),
    received_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (received_on = '' OR is_day(received_on)),
    informed_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (informed_on = '' OR is_day(informed_on)),
    noticed_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (noticed_on = '' OR is_day(noticed_on)),
    regional_plan BIGINT CHECK (regional_plan IN (0, 1)),
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (patient_id, admitted_on),
    CHECK (discharged_on = '' OR admitted_on = '' OR discharged_on >= admitted_on)
);
CREATE INDEX admissions_admitted ON admissions (admitted_on);
CREATE INDEX admissions_in_hospital ON admissions (admitted_on) WHERE discharged_on = '';
CREATE INDEX admissions_care_manager ON admissions (care_manager) WHERE care_manager IS NOT NULL;
CREATE INDEX admissions_discharged ON admissions (discharged_on, admitted_on, patient_id);

-- 病棟履歴
CREATE TABLE ward_stays (
    patient_id TEXT COLLATE "C" NOT NULL CHECK (patient_id <> ''),
    admitted_on TEXT COLLATE "C" NOT NULL CHECK (is_day(admitted_on)),
    started_on TEXT COLLATE "C" NOT NULL CHECK (is_day(started_on)),
    ward TEXT COLLATE "C" NOT NULL REFERENCES ward_codes (code),
    ended_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (ended_on = '' OR is_day(ended_on)),
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (patient_id, admitted_on, started_on),
    FOREIGN KEY (patient_id, admitted_on) REFERENCES admissions (patient_id, admitted_on),
    CHECK (ended_on = '' OR started_on = '' OR ended_on >= started_on)
);
CREATE INDEX ward_stays_ward ON ward_stays (ward, started_on);

-- 共同指導
CREATE TABLE joint_guidances (
    number TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (number <> ''),
    patient_id TEXT COLLATE "C" NOT NULL DEFAULT '',
    admitted_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (admitted_on = '' OR is_day(admitted_on)),
    guided_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (guided_on = '' OR is_day(guided_on)),
    way TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (way IN ('', '対面', 'ビデオ通話', '電話', '文書')),
    content TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (content IN ('', '初回', '2回目')),
    doctors_order BIGINT CHECK (doctors_order IN (0, 1)),
    care_manager TEXT COLLATE "C" NOT NULL DEFAULT '',
    standing TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (standing IN ('', '入院前担当', '患者選択')),
    patient_joined BIGINT CHECK (patient_joined IN (0, 1)),
    screen_shared BIGINT CHECK (screen_shared IN (0, 1)),
    screen_consent_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (screen_consent_on = '' OR is_day(screen_consent_on)),
    multi_agency BIGINT CHECK (multi_agency IN (0, 1)),
    body TEXT COLLATE "C" NOT NULL DEFAULT '',
    noted_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (noted_on = '' OR is_day(noted_on)),
    plan_asked_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (plan_asked_on = '' OR is_day(plan_asked_on)),
    plan_copy_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (plan_copy_on = '' OR is_day(plan_copy_on)),
    plan_copy_kind TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (plan_copy_kind IN ('', '原案', '確定')),
    claim TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (claim IN ('', '1', '2', '旧', 'なし')),
    claim_month TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (claim_month = '' OR is_month(claim_month)),
    version BIGINT NOT NULL CHECK (version >= 1)
);
CREATE INDEX joint_guidances_admission ON joint_guidances (patient_id, admitted_on);
CREATE INDEX joint_guidances_care_manager ON joint_guidances (care_manager, guided_on) WHERE care_manager <> '';
CREATE INDEX joint_guidances_claim_month ON joint_guidances (claim_month) WHERE claim_month <> '';
CREATE INDEX joint_guidances_on ON joint_guidances (guided_on, admitted_on, patient_id);
CREATE INDEX joint_guidances_noted ON joint_guidances (noted_on, patient_id);
CREATE INDEX joint_guidances_plan_copied ON joint_guidances (plan_copy_on, patient_id);

CREATE TABLE joint_guidance_staff (
    number TEXT COLLATE "C" NOT NULL REFERENCES joint_guidances (number),
    position BIGINT NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (number, position)
);
CREATE INDEX joint_guidance_staff_staff ON joint_guidance_staff (staff);

-- 確定
CREATE TABLE confirmations (
    session TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (session <> ''),
    claim TEXT COLLATE "C" NOT NULL CHECK (claim IN ('1', '2', '旧')),
    points BIGINT NOT NULL CHECK (points >= 0),
    rule_version TEXT COLLATE "C" NOT NULL,
    claim_month TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (claim_month = '' OR is_month(claim_month)),
    confirmed_by TEXT COLLATE "C" NOT NULL,
    confirmed_at TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    prior_claim TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (prior_claim IN ('', '1', '2', '旧', 'なし')),
    prior_month TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (prior_month = '' OR is_month(prior_month))
);
CREATE INDEX confirmations_month ON confirmations (claim_month);

-- 月締め
CREATE TABLE closings (
    month TEXT COLLATE "C" NOT NULL CHECK (is_month(month)),
    number BIGINT NOT NULL CHECK (number >= 1),
    closed_by TEXT COLLATE "C" NOT NULL,
    closed_at TEXT COLLATE "C" NOT NULL,
    reopened_by TEXT COLLATE "C" NOT NULL DEFAULT '',
    reopened_at TEXT COLLATE "C" NOT NULL DEFAULT '',
    reason TEXT COLLATE "C" NOT NULL DEFAULT '',
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (month, number),
    CHECK (reopened_at = '' OR reason <> '')
);

-- 締めの判定
CREATE TABLE closed_verdicts (
    month TEXT COLLATE "C" NOT NULL CHECK (is_month(month)),
    number BIGINT NOT NULL CHECK (number >= 1),
    session TEXT COLLATE "C" NOT NULL CHECK (session <> ''),
    patient_id TEXT COLLATE "C" NOT NULL DEFAULT '',
    admitted_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (admitted_on = '' OR is_day(admitted_on)),
    guided_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (guided_on = '' OR is_day(guided_on)),
    result TEXT COLLATE "C" NOT NULL CHECK (result <> ''),
    points BIGINT NOT NULL CHECK (points >= 0),
    code TEXT COLLATE "C" NOT NULL DEFAULT '',
    reason TEXT COLLATE "C" NOT NULL DEFAULT '',
    warnings TEXT COLLATE "C" NOT NULL DEFAULT '',
    plan TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (plan IN ('', '1', '2')),
    confirmed TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (confirmed IN ('', '1', '2', '旧')),
    confirmed_points BIGINT NOT NULL DEFAULT 0 CHECK (confirmed_points >= 0),
    grounds TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (grounds = '' OR grounds::json IS NOT NULL),
    version BIGINT NOT NULL CHECK (version >= 1),
    PRIMARY KEY (month, number, session)
);

-- Tells the PCs that listen of each commit.
CREATE FUNCTION tell_register() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('renkei_register', NEW.revision::text); RETURN NULL; END $$;
CREATE TRIGGER register_told AFTER UPDATE ON register FOR EACH ROW EXECUTE FUNCTION tell_register();
