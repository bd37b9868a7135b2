// Package reports writes the workbooks that billing, managers and auditors ask
// for: rows in, .xlsx out. Every report is a set of sheets put together from
// the same few blocks (title, table, note), so that all of them are ruled,
// numbered and printed alike.
package reports
