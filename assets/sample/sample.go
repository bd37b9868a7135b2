// Package sample holds the sample hospital: 港みらい総合病院, 220 beds, with its
// partners, patients and 18 months of records up to 2026-11-22. People, places
// and corporations are all invented.
//
// The sheets are written by the generator beside it; do not edit them by hand:
//
//	go run ./assets/sample/generate
package sample

import (
	"embed"
	"io/fs"
)

// AsOf is the day the sample hospital is viewed on, YYYY-MM-DD. Nothing is
// recorded after it except planned 退院見込日.
const AsOf = "2026-11-22"

//go:embed ledger/*.csv
var files embed.FS

// Ledger returns the sample hospital as a ledger book: one CSV file per sheet,
// シート名.csv, in the root of the file system.
func Ledger() (fs.FS, error) { return fs.Sub(files, "ledger") }
