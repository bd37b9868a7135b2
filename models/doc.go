// Package models holds the records of the register (entities with Validate),
// the value types they use (dates with Japanese eras, marks, periods, search
// keys) and the typed errors. It imports no database, workbook or toolkit.
//
// What is true of the records is worked out in models/fee (the judgement) and
// models/liaison (counts, deadlines, states). The tables are in app/store, the
// columns of the ledger book in app/ledger. A new field starts here: add it to
// its struct and check it in Validate.
package models
