-- Who has which record open in a form now. A row belongs to one run of the program
-- (desk) and is renewed while the form is open (seen); one that is not is of a program
-- that ended without saying so, and counts no more. Nothing of it is a record: it is
-- not in the audit log, raises no revision and is not copied to another register.
CREATE TABLE open_records (
    desk TEXT COLLATE "C" NOT NULL,
    sheet TEXT COLLATE "C" NOT NULL,
    record_key TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    machine TEXT COLLATE "C" NOT NULL,
    since TEXT COLLATE "C" NOT NULL,
    seen TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (desk, sheet, record_key)
);

-- Tells the PCs that listen when a form is opened or closed, not when it is renewed.
CREATE FUNCTION tell_open_records() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('renkei_register', 'open'); RETURN NULL; END $$;
CREATE TRIGGER open_records_told AFTER INSERT OR DELETE ON open_records FOR EACH ROW EXECUTE FUNCTION tell_open_records();
