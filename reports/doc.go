// Package reports writes the workbooks for billing, managers and auditors. A
// report is a Kind in a file of its own, listed in kinds.go; the command, its
// help, the page 帳票 and the set of a month follow from the list.
//
// All sheets are built from the same blocks (title, table, note, chart), so
// that they are ruled, numbered and printed alike: see table.go, sheet.go and
// style.go. Reports read the judged register, which is shared, and never change
// it. They do not judge or count: that is done in models/fee and
// models/liaison. The ledger book is not a report: see app/ledger.
package reports
