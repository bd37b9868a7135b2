package views

import (
	"context"
	"time"

	"renkei/views/claims"
	"renkei/views/imports"
	"renkei/views/page"
	"renkei/views/papers"
	"renkei/views/settings"
	"renkei/views/today"
)

// Progress is called while work runs: what is being done, how much of it, and
// of how much in total (0 when that is not known). It may be called from any
// goroutine and as often as is convenient.
type Progress = page.Progress

// Status is what the foot of the window tells. An alias of a plain struct, so
// that the use cases can return it without knowing the window.
type Status = struct {
	Actor      string    // who works
	DataPath   string    // the database file
	Hospital   string    // 病院名, "" when not set yet
	LastBackup time.Time // zero when there is none yet
}

// Desk is what the window asks of the use cases. Every method may block and is
// called from a worker; errors carry a sentence for the person
// (models.ErrorMessage). Work that was stopped returns an error of code
// models.Canceled, or the context's.
type Desk interface {
	page.Register
	claims.Desk
	settings.Desk
	today.Desk
	papers.Desk
	// What a ledger book with faults is refused by lists them (see Issues).
	imports.Desk
	// ExportLedger writes the whole register as a ledger book.
	ExportLedger(ctx context.Context, path string, progress Progress) error
	// LoadSample shows the sample hospital, in a register of its own.
	LoadSample(ctx context.Context, progress Progress) error
	// LeaveSample shows the person's own register again.
	LeaveSample()
	// Trying reports whether the sample is what is shown.
	Trying() bool
	// Register is the path of the register that is shown.
	Register() string
	// WriteTemplate writes the empty ledger book with its explanations.
	WriteTemplate(ctx context.Context, path string) error
	// Status returns what the foot of the window tells.
	Status(ctx context.Context) (Status, error)
}

// Issues is an error that lists everything wrong with a ledger, a line each in
// the form 「シート 行 列: 理由」.
type Issues interface {
	error
	IssueLines() []string
}
