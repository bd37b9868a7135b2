package views

import (
	"context"
	"time"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/claims"
	"renkei/views/contacts"
	"renkei/views/imports"
	"renkei/views/page"
	"renkei/views/papers"
	"renkei/views/partners"
	"renkei/views/search"
)

// Desk is what the window asks of the use cases. Every method may block and is
// called from a worker; errors carry a sentence for the user
// (models.ErrorMessage). Stopped work returns an error of code models.Canceled,
// or the context's. A desk belongs to one register: another register gets new
// pages over another desk.
type Desk interface {
	OfShown
	OfOwn
	// TrySample shows the sample hospital, in a register of its own.
	TrySample(ctx context.Context, progress page.Progress) error
	// LeaveSample shows the user's own register again.
	LeaveSample()
	// Trying reports whether the sample is what is shown.
	Trying() bool
	// Register is the path beside which this PC keeps what belongs to the register
	// that is shown now.
	Register() string
	// CopyTrouble says in a sentence what is wrong with the copies of the
	// user's own register, "" when all is well.
	CopyTrouble(ctx context.Context) string
}

// OfShown is what is asked of the register that is shown.
type OfShown interface {
	claims.Desk
	contacts.Desk
	papers.Desk
	partners.Desk
	search.Desk
	// ExportLedger writes it as a ledger book.
	ExportLedger(ctx context.Context, path string, progress page.Progress) error
	// PolicyChange lists the sessions that the new default of 規程の基準日 changed.
	PolicyChange(ctx context.Context) ([]app.VerdictChange, error)
	// RestingOn lists the confirmed 指導料2 judged by a 版 of the 規程.
	RestingOn(ctx context.Context, edition string) ([]*fee.Verdict, error)
	// LongestID is the 患者ID with the most digits.
	LongestID(ctx context.Context) (string, error)
	// Watch calls told whenever somebody may have changed the register, with an
	// error while it cannot be reached, until ctx ends.
	Watch(ctx context.Context, told func(error))
	// OpenRecord tells the others that a record is open in a form, CloseRecord that it
	// is not; AlsoOpen returns who else has it open.
	OpenRecord(ctx context.Context, record app.RecordRef) error
	CloseRecord(ctx context.Context, record app.RecordRef) error
	AlsoOpen(ctx context.Context, record app.RecordRef) ([]app.Presence, error)
	// Since returns what was changed after a revision.
	Since(ctx context.Context, revision int64) (app.Feed, error)
	// Worklist lists what is to be done as of a day.
	Worklist(ctx context.Context, today models.Date) ([]liaison.Work, error)
	// Status returns who works on which register.
	Status(ctx context.Context) (app.Status, error)
}

// OfOwn is what is asked of the user's own register, also while the sample is
// shown: nothing goes from the one into the other.
type OfOwn interface {
	imports.Desk
	// Place is where it is: the path of its file, or a URL.
	Place() string
	// Storage tells where it and its copies are.
	Storage(ctx context.Context) (app.Storage, error)
	// BackUpNow copies it and returns the file.
	BackUpNow(ctx context.Context) (string, error)
	// LastBackup is when the newest copy was made, zero when there is none.
	LastBackup() time.Time
}
