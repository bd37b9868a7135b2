-- Every row of the audit log says in which revision of the register it was
-- written; rows of before get one each, in order. A register knows itself
-- (identity), and the copies taken of it go their own way (lineage), so that an
-- exported book finds what it was exported from.

ALTER TABLE register ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE register ADD COLUMN lineage TEXT NOT NULL DEFAULT '';

DROP TRIGGER audit_log_no_update;
ALTER TABLE audit_log ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
UPDATE audit_log SET revision = id;
CREATE INDEX audit_log_revision ON audit_log (revision);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;

UPDATE register SET
    revision = max(revision, (SELECT coalesce(max(revision), 0) FROM audit_log)),
    identity = lower(hex(randomblob(16))),
    lineage = lower(hex(randomblob(16)));

-- Books taken in. undone is the revision that took one back.
CREATE TABLE imports (
    number INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL UNIQUE,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    source TEXT NOT NULL,
    undone INTEGER UNIQUE
) STRICT;

-- The last number of each kind of record, with the form it had: K0123 is
-- ('K', 4, 123). It never goes back, also when the record is deleted.
CREATE TABLE numbers (
    sheet TEXT NOT NULL PRIMARY KEY,
    prefix TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width >= 1),
    last INTEGER NOT NULL CHECK (last >= 0)
) STRICT;
INSERT INTO numbers (sheet, prefix, width, last)
WITH codes (sheet, code) AS (
    SELECT '職員', code FROM staff
    UNION SELECT '連携先', code FROM partners
    UNION SELECT '介護支援専門員', code FROM care_managers
    UNION SELECT '会議', code FROM meetings
    UNION SELECT 'やり取り', number FROM contacts
    UNION SELECT '共同指導', number FROM joint_guidances
    -- 職員コード/所属開始: the day takes eleven letters.
    UNION SELECT sheet, CASE sheet WHEN '職員' THEN substr(record_key, 1, length(record_key) - 11) ELSE record_key END
        FROM audit_log WHERE sheet IN ('職員', '連携先', '介護支援専門員', '会議', 'やり取り', '共同指導')
), parts (sheet, prefix, digits) AS (
    SELECT sheet, rtrim(code, '0123456789'), substr(code, length(rtrim(code, '0123456789')) + 1) FROM codes
), ranked (sheet, prefix, width, last, place) AS (
    SELECT sheet, prefix, length(digits), CAST(digits AS INTEGER),
        row_number() OVER (PARTITION BY sheet ORDER BY CAST(digits AS INTEGER) DESC, prefix)
    FROM parts WHERE length(digits) BETWEEN 1 AND 15
)
SELECT sheet, prefix, width, last FROM ranked WHERE place = 1;
