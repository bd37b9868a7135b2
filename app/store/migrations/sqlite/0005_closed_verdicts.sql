-- What a closing keeps: the verdict of each session of its month as it was. A
-- closing from before this step has none.

-- 締めの判定
CREATE TABLE closed_verdicts (
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    number INTEGER NOT NULL CHECK (number >= 1),
    session TEXT NOT NULL CHECK (session <> ''),
    patient_id TEXT NOT NULL DEFAULT '',
    admitted_on TEXT NOT NULL DEFAULT '' CHECK (admitted_on = '' OR admitted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    guided_on TEXT NOT NULL DEFAULT '' CHECK (guided_on = '' OR guided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    result TEXT NOT NULL CHECK (result <> ''),
    points INTEGER NOT NULL CHECK (points >= 0),
    code TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    warnings TEXT NOT NULL DEFAULT '',
    plan TEXT NOT NULL DEFAULT '' CHECK (plan IN ('', '1', '2')),
    confirmed TEXT NOT NULL DEFAULT '' CHECK (confirmed IN ('', '1', '2', '旧')),
    confirmed_points INTEGER NOT NULL DEFAULT 0 CHECK (confirmed_points >= 0),
    grounds TEXT NOT NULL DEFAULT '' CHECK (grounds = '' OR json_valid(grounds)),
    version INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (month, number, session)
) STRICT;

-- What a session carried before its 確定, so that taking the 確定 back restores it.
ALTER TABLE confirmations ADD COLUMN prior_claim TEXT NOT NULL DEFAULT '' CHECK (prior_claim IN ('', '1', '2', '旧', 'なし'));
ALTER TABLE confirmations ADD COLUMN prior_month TEXT NOT NULL DEFAULT ''
    CHECK (prior_month = '' OR prior_month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]');

-- Of a 確定 of before, the log has the change of its session, made in the same
-- instant. A session with none carried already what it was confirmed as. One
-- whose 確定 is not in the log carried nothing that is known.
WITH confirmed (session, at) AS (
    SELECT record_key, max(at) FROM audit_log WHERE sheet = '確定' AND action = 'insert' GROUP BY record_key
), prior (session, before_json) AS (
    SELECT confirmed.session,
        (SELECT a.before_json FROM audit_log AS a
            WHERE a.sheet = '共同指導' AND a.record_key = confirmed.session AND a.action = 'update' AND a.at = confirmed.at
            ORDER BY a.id LIMIT 1)
    FROM confirmed
)
UPDATE confirmations SET
    prior_claim = iif(prior.before_json IS NULL, claim, coalesce(json_extract(prior.before_json, '$.claim'), '')),
    prior_month = iif(prior.before_json IS NULL, claim_month, coalesce(json_extract(prior.before_json, '$.claim_month'), ''))
FROM prior WHERE prior.session = confirmations.session;
