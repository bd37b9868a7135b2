-- 医事課's 確定 of sessions and 締め of months. A confirmation keeps the class,
-- the points and the rule version as they were, also when its session goes.

-- 確定
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
CREATE INDEX confirmations_month ON confirmations (claim_month);

-- 月締め
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
