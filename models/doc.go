// Package models holds what the register records and what is true of it: the
// entities of the ledger with the description of their fields and their
// Validate, the value types (dates with Japanese eras, marks, periods, search
// keys) and the typed errors.
//
// What is true of the records is worked out in models/fee (the judgement) and
// models/liaison (counts, deadlines, states). The tables are in app/store, the
// columns of the ledger book in app/ledger. A new field starts here: add it to
// its struct and check it in Validate.
package models
