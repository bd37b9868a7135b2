// Package models holds what the register records and what is true of it: the
// entities of the ledger with the description of their fields and their
// Validate, the value types (dates with Japanese eras, marks, periods, search
// keys) and the typed errors.
//
// It knows no database, no workbook and no window. The judgement over these
// entities lives in models/fee, the liaison monitors in models/liaison.
package models
