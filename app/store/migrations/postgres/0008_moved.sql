-- Where everything was moved to. Nothing is written into a register that was moved.
ALTER TABLE register ADD COLUMN moved TEXT COLLATE "C" NOT NULL DEFAULT '';
