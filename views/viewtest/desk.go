// Package viewtest holds a desk without a register behind it, for the tests of
// the window: verdicts made by hand, the same for the same seed.
package viewtest

import (
	"context"
	"os"
	"strings"
	"sync"
	"time"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// Desk satisfies views.Desk. The fields may be changed before each call.
type Desk struct {
	mu       sync.Mutex
	Verdicts []fee.Verdict

	// Err is returned by the next call of the method of that name, once.
	Err map[string]error
	// During is called in the middle of every long piece of work.
	During func(what string)
	// Panic makes the method of that name panic, once.
	Panic string
	// Calls lists the long pieces of work with their paths.
	Calls []string
	// Sampling is what Trying answers.
	Sampling bool
	// Sample is what TrySample puts in.
	Sample []fee.Verdict
	// Plan is what PlanImport answers.
	Plan *ledger.Plan
	// Backup is the time of the last backup.
	Backup time.Time
	// Trouble is what CopyTrouble answers.
	Trouble string
}

// NewDesk returns a desk with three months of sessions.
func NewDesk() *Desk {
	return &Desk{Verdicts: Verdicts(1), Err: map[string]error{}, Plan: onePlan(), Backup: time.Date(2026, 11, 22, 7, 30, 0, 0, time.UTC)}
}

// NewEmptyDesk returns a desk whose register is empty; its sample is that of
// NewDesk.
func NewEmptyDesk() *Desk {
	return &Desk{Sample: Verdicts(1), Err: map[string]error{}, Plan: onePlan()}
}

// onePlan is that of a book with one new telephone number.
func onePlan() *ledger.Plan {
	return &ledger.Plan{Rows: []ledger.Row{{
		RowKey: ledger.RowKey{Sheet: "連携先", Key: "P001"}, Number: 2, Name: "みどり居宅", Outcome: ledger.Changed,
		Fields: []ledger.Field{{Column: "電話", Stored: "03-0000-0001", Book: "03-0000-0002", Taken: true}},
	}}}
}

func (d *Desk) begin(method string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Panic == method {
		d.Panic = ""
		panic("viewtest: asked to panic in " + method)
	}
	err := d.Err[method]
	delete(d.Err, method)
	return err
}

// ClaimMonth returns a month of the verdicts, never closed.
func (d *Desk) ClaimMonth(ctx context.Context, number string, choose func(of models.Month, months []models.Month) models.Month) (app.ClaimMonth, error) {
	if err := d.begin("ClaimMonth"); err != nil {
		return app.ClaimMonth{}, err
	}
	judged, err := d.Judged(ctx, models.Part{Whole: true})
	if err != nil {
		return app.ClaimMonth{}, err
	}
	return app.ClaimMonth{Month: choose(d.monthOf(number), judged.Extent.Months), Judged: judged}, nil
}

// work plays a long piece of work of ten steps that can be stopped.
func (d *Desk) work(ctx context.Context, method, path, what string, progress func(string, int, int)) error {
	if err := d.begin(method); err != nil {
		return err
	}
	const steps = 10
	for i := 1; i <= steps; i++ {
		progress(what, i*1200, steps*1200)
		if i == steps/2 && d.During != nil {
			d.During(what)
		}
		if err := ctx.Err(); err != nil {
			return models.Wrap(err, models.Canceled, "中止しました")
		}
	}
	d.Calls = append(d.Calls, strings.TrimSpace(method+" "+path))
	return nil
}

// OpenLedger plays the reading of a book.
func (d *Desk) OpenLedger(ctx context.Context, path string, progress func(string, int, int)) (*app.Import, error) {
	return &app.Import{}, d.work(ctx, "OpenLedger", path, "入院", progress)
}

// ImportEffect answers that no session is judged otherwise.
func (d *Desk) ImportEffect(context.Context, *ledger.Plan) (app.Effect, error) {
	return app.Effect{}, nil
}

// PlanImport returns Plan.
func (d *Desk) PlanImport(context.Context, *app.Import, ledger.Choice) (*ledger.Plan, error) {
	return d.Plan, d.begin("PlanImport")
}

// TakeImport plays an import.
func (d *Desk) TakeImport(ctx context.Context, _ *app.Import, _ ledger.Choice, _ *ledger.Plan, progress func(string, int, int)) (app.Imported, error) {
	if err := d.work(ctx, "TakeImport", "", "登録", progress); err != nil {
		return app.Imported{}, err
	}
	if len(d.Verdicts) == 0 {
		d.Verdicts = Verdicts(1)
	}
	return app.Imported{Number: 1, Plan: d.Plan}, nil
}

// Imports returns none.
func (d *Desk) Imports(context.Context) ([]store.Import, error) { return nil, d.begin("Imports") }

// UndoImport changes nothing.
func (d *Desk) UndoImport(context.Context, int, func(string, int, int)) (store.TakenBack, store.Import, error) {
	return store.TakenBack{}, store.Import{}, d.begin("UndoImport")
}

// ExportLedger writes a small file.
func (d *Desk) ExportLedger(ctx context.Context, path string, progress func(string, int, int)) error {
	if err := d.work(ctx, "ExportLedger", path, "共同指導", progress); err != nil {
		return err
	}
	return os.WriteFile(path, []byte("台帳"), 0o600)
}

// WriteMonthly writes a small file.
func (d *Desk) WriteMonthly(ctx context.Context, path string, month models.Month, progress func(string, int, int)) error {
	if err := d.work(ctx, "WriteMonthly", path, "算定一覧", progress); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(month.String()), 0o600)
}

// LeaveSample ends trying the sample.
func (d *Desk) LeaveSample() { d.Sampling = false }

// Register is another one while the sample is shown.
func (d *Desk) Register() string {
	if d.Trying() {
		return "見本の病院.db"
	}
	return "renkei.db"
}

// Trying reports whether the sample was loaded last.
func (d *Desk) Trying() bool { return d.Sampling }

// TrySample puts the sample in.
func (d *Desk) TrySample(ctx context.Context, progress func(string, int, int)) error {
	if err := d.work(ctx, "TrySample", "", "見本", progress); err != nil {
		return err
	}
	d.Verdicts = d.Sample
	return nil
}

// Status returns fixed facts.
func (d *Desk) Status(context.Context) (status app.Status, err error) {
	if err := d.begin("Status"); err != nil {
		return status, err
	}
	status.Actor, status.Place = "看護師 渡邉", d.Place()
	if len(d.Verdicts) > 0 {
		status.Hospital = hospital
	}
	return status, nil
}

// hospital is the name of the invented hospital.
const hospital = "みどり野総合病院"

// Rejected is an import error with a list of issues.
type Rejected struct{ Lines []string }

// Error returns a sentence.
func (r *Rejected) Error() string { return "台帳に誤りがあります" }

// IssueLines returns the issues.
func (r *Rejected) IssueLines() []string { return r.Lines }

// Judged returns the verdicts over an empty register.
func (d *Desk) Judged(context.Context, models.Part) (*app.Judged, error) {
	if err := d.begin("Judged"); err != nil {
		return nil, err
	}
	params := fee.DefaultParams()
	if len(d.Verdicts) > 0 {
		params.HospitalName = hospital
	}
	return &app.Judged{Facts: fee.NewFacts(&models.Book{}, params), Verdicts: d.Verdicts, Extent: d.extent()}, nil
}

// Recorded is an empty register.
func (d *Desk) Recorded(context.Context, models.Part, *app.Recorded) (*app.Recorded, error) {
	if err := d.begin("Recorded"); err != nil {
		return nil, err
	}
	return &app.Recorded{Facts: fee.NewFacts(&models.Book{}, fee.DefaultParams())}, nil
}

// JudgedOnce is Judged.
func (d *Desk) JudgedOnce(ctx context.Context, part models.Part) (*app.Judged, error) {
	return d.Judged(ctx, part)
}

// Inpatients are none.
func (d *Desk) Inpatients(context.Context) (*app.Inpatients, error) { return &app.Inpatients{}, nil }

// EachContact passes nothing.
func (d *Desk) EachContact(context.Context, func([]models.Contact) bool) error { return nil }

// ContactedOn finds none.
func (d *Desk) ContactedOn(context.Context, string) (models.Date, error) { return 0, nil }

// ContactCount is none.
func (d *Desk) ContactCount(context.Context) (int, error) { return 0, nil }

// EachSession passes nothing.
func (d *Desk) EachSession(context.Context, func([]models.JointGuidance) bool) error { return nil }

// Watch hears of nothing.
func (d *Desk) Watch(ctx context.Context, _ func(error)) { <-ctx.Done() }

// Since says that everything may have changed.
func (d *Desk) Since(_ context.Context, revision int64) (app.Feed, error) {
	return app.Feed{From: revision, To: revision + 1, Many: true}, nil
}

// Worklist is empty.
func (d *Desk) Worklist(context.Context, models.Date) ([]liaison.Work, error) { return nil, nil }

// RestingOn finds none.
func (d *Desk) RestingOn(context.Context, string) ([]*fee.Verdict, error) { return nil, nil }

// LongestID finds none.
func (d *Desk) LongestID(context.Context) (string, error) { return "", nil }

// PolicyChange finds nothing changed.
func (d *Desk) PolicyChange(context.Context) ([]app.VerdictChange, error) { return nil, nil }

func (d *Desk) extent() models.Extent {
	var book models.Book
	for _, v := range d.Verdicts {
		book.Sessions = append(book.Sessions, v.Session)
	}
	return book.Extent()
}

func (d *Desk) monthOf(number string) models.Month {
	for _, v := range d.Verdicts {
		if v.Session.Number == number {
			return v.Session.On.Month()
		}
	}
	return 0
}

// Do changes nothing.
func (d *Desk) Do(_ context.Context, what string, _ ...app.Step) (*app.Undo, error) {
	return &app.Undo{What: what}, d.begin("Do")
}

// Clashes finds no record changed.
func (d *Desk) Clashes(context.Context, ...app.Step) (*app.Clashes, error) {
	return &app.Clashes{}, nil
}

// OpenRecord tells nobody.
func (d *Desk) OpenRecord(context.Context, app.RecordRef) error { return nil }

// CloseRecord tells nobody.
func (d *Desk) CloseRecord(context.Context, app.RecordRef) error { return nil }

// AlsoOpen finds nobody.
func (d *Desk) AlsoOpen(context.Context, app.RecordRef) ([]app.Presence, error) { return nil, nil }

// TakeBack changes nothing.
func (d *Desk) TakeBack(_ context.Context, undo *app.Undo) (*app.Undo, error) {
	return undo, d.begin("TakeBack")
}

// Confirm changes nothing.
func (d *Desk) Confirm(context.Context, models.Month, []app.Seen) (*app.Undo, error) {
	return &app.Undo{}, d.begin("Confirm")
}

// Unconfirm changes nothing.
func (d *Desk) Unconfirm(context.Context, []string) (*app.Undo, error) {
	return &app.Undo{}, d.begin("Unconfirm")
}

// CloseMonth changes nothing.
func (d *Desk) CloseMonth(context.Context, models.Month) (*app.Undo, error) {
	return &app.Undo{}, d.begin("CloseMonth")
}

// ReopenMonth changes nothing.
func (d *Desk) ReopenMonth(context.Context, models.Month, string) (*app.Undo, error) {
	return &app.Undo{}, d.begin("ReopenMonth")
}

// AfterClosing returns none.
func (d *Desk) AfterClosing(context.Context, models.Month) ([]fee.AfterClosing, error) {
	return nil, d.begin("AfterClosing")
}

// Effect changes nothing.
func (d *Desk) Effect(context.Context, ...app.Step) (app.Effect, error) {
	return app.Effect{}, d.begin("Effect")
}

// Path is a fixed place.
func (d *Desk) Place() string { return "/home/ward/.local/share/renkei/renkei.db" }

// Storage returns a fixed place without copies.
func (d *Desk) Storage(context.Context) (app.Storage, error) {
	return app.Storage{Path: d.Place()}, d.begin("Storage")
}

// LastBackup returns Backup.
func (d *Desk) LastBackup() time.Time { return d.Backup }

// BackUpNow plays a copy.
func (d *Desk) BackUpNow(context.Context) (string, error) { return "renkei.db", d.begin("BackUpNow") }

// CopyTrouble says what was asked for.
func (d *Desk) CopyTrouble(context.Context) string { return d.Trouble }
