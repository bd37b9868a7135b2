-- Who has which record open in a form now. A row belongs to one run of the program
-- (desk) and is renewed while the form is open (seen); one that is not is of a program
-- that ended without saying so, and counts no more. Nothing of it is a record: it is
-- not in the audit log, raises no revision and is not copied to another register.
CREATE TABLE open_records (
    desk TEXT NOT NULL,
    sheet TEXT NOT NULL,
    record_key TEXT NOT NULL,
    actor TEXT NOT NULL,
    machine TEXT NOT NULL,
    since TEXT NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (desk, sheet, record_key)
) STRICT;
