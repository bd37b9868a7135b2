package views

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
	"renkei/reports"
	"renkei/views/papers"
)

// AppDesk answers the window from an open register. Trying the sample hospital
// opens a register of its own beside it, so that nothing fictitious ever gets
// among real records; importing a ledger leads back to the person's own.
type AppDesk struct {
	config app.Config
	own    *app.App
	log    *slog.Logger

	copying sync.Mutex  // one copy at a time, and none while the register is closed
	looked  atomic.Bool // the first look at the copies is done

	mu     sync.RWMutex
	sample *app.App // nil until it was tried
	trying bool     // the sample is what the window shows
}

var _ Desk = (*AppDesk)(nil)

// NewAppDesk opens the register that config names.
func NewAppDesk(ctx context.Context, config app.Config) (*AppDesk, error) {
	own, err := app.Open(ctx, config)
	if err != nil {
		return nil, err
	}
	log := config.Log
	if log == nil {
		log = slog.Default()
	}
	return &AppDesk{config: config, own: own, log: log}, nil
}

// Path is where the person's own register lies, also while the sample is open.
func (d *AppDesk) Path() string { return d.config.Data }

// copyEvery is how often the desk looks whether a new day has begun.
const copyEvery = 10 * time.Minute

// KeepCopies copies the person's own register at once and whenever a new day has
// begun, until the context ends. told is called after each look.
func (d *AppDesk) KeepCopies(ctx context.Context, told func()) {
	again := time.NewTicker(copyEvery)
	defer again.Stop()
	for ctx.Err() == nil {
		d.keepCopy(ctx)
		if ctx.Err() != nil {
			return
		}
		told()
		select {
		case <-ctx.Done():
		case <-again.C:
		}
	}
}

func (d *AppDesk) keepCopy(ctx context.Context) {
	d.copying.Lock()
	defer d.copying.Unlock()
	made, err := d.own.BackUpToday(ctx)
	if err == nil && !made && !d.looked.Load() {
		// The copy at the last closing may have failed, or the program was killed.
		_, err = d.own.BackUpChanges(ctx)
	}
	if err != nil && !canceled(err) {
		d.log.Error("no copy", "error", err)
	}
	d.looked.Store(true)
}

// CopyTrouble says what is wrong with the copies of the person's own register,
// "" while the first look is under way.
func (d *AppDesk) CopyTrouble(ctx context.Context) string {
	if !d.looked.Load() {
		return ""
	}
	return d.own.CopyTrouble(ctx)
}

// BackUpChanges copies the person's own register when something changed since
// its newest copy.
func (d *AppDesk) BackUpChanges(ctx context.Context) (bool, error) {
	d.copying.Lock()
	defer d.copying.Unlock()
	return d.own.BackUpChanges(ctx)
}

// Emptied tells when the person's own register holds nothing while a copy of it
// does.
func (d *AppDesk) Emptied(ctx context.Context) (*app.Lost, error) { return d.own.Emptied(ctx) }

// Close closes the register, and the sample when it was tried.
func (d *AppDesk) Close() error {
	d.copying.Lock()
	defer d.copying.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	err := d.own.Close()
	if d.sample != nil {
		err = errors.Join(err, d.sample.Close())
	}
	return err
}

// use returns the register the window shows.
func (d *AppDesk) use() *app.App {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.trying {
		return d.sample
	}
	return d.own
}

// Trying reports whether the sample is what is shown.
func (d *AppDesk) Trying() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.trying
}

// Register is the path of the register shown.
func (d *AppDesk) Register() string {
	if d.Trying() {
		return d.samplePath()
	}
	return d.config.Data
}

// samplePath is where the sample hospital is kept, beside the person's own.
func (d *AppDesk) samplePath() string {
	return filepath.Join(filepath.Dir(d.config.Data), "見本の病院.db")
}

// WriteTemplate writes the empty ledger book with its explanations.
func (d *AppDesk) WriteTemplate(ctx context.Context, path string) error {
	return app.WriteTemplate(ctx, path)
}

// LeaveSample shows the person's own register again.
func (d *AppDesk) LeaveSample() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.trying = false
}

// Judged returns the whole register with its verdicts.
func (d *AppDesk) Judged(ctx context.Context) (*app.Judged, error) { return d.use().Judged(ctx) }

// Do makes changes in one transaction.
func (d *AppDesk) Do(ctx context.Context, what string, steps ...app.Step) (*app.Undo, error) {
	return d.use().Do(ctx, what, steps...)
}

// TakeBack undoes changes.
func (d *AppDesk) TakeBack(ctx context.Context, undo *app.Undo) (*app.Undo, error) {
	return d.use().TakeBack(ctx, undo)
}

// Confirm records what 医事課 confirmed.
func (d *AppDesk) Confirm(ctx context.Context, month models.Month, sessions []app.Seen) (*app.Undo, error) {
	return d.use().Confirm(ctx, month, sessions)
}

// Unconfirm takes the 確定 of sessions back.
func (d *AppDesk) Unconfirm(ctx context.Context, numbers []string) (*app.Undo, error) {
	return d.use().Unconfirm(ctx, numbers)
}

// CloseMonth closes a month.
func (d *AppDesk) CloseMonth(ctx context.Context, month models.Month) (*app.Undo, error) {
	return d.use().CloseMonth(ctx, month)
}

// ReopenMonth opens a closed month again.
func (d *AppDesk) ReopenMonth(ctx context.Context, month models.Month, reason string) (*app.Undo, error) {
	return d.use().ReopenMonth(ctx, month, reason)
}

// AfterClosing returns 締め後の変更 of every closing of a month.
func (d *AppDesk) AfterClosing(ctx context.Context, month models.Month) ([]fee.AfterClosing, error) {
	return d.use().AfterClosing(ctx, month)
}

// Effect works out what a change would do to the verdicts.
func (d *AppDesk) Effect(ctx context.Context, steps ...app.Step) (app.Effect, error) {
	return d.use().Effect(ctx, steps...)
}

// Storage tells where the person's own register and its copies are, also while
// the sample is shown.
func (d *AppDesk) Storage(ctx context.Context) (app.Storage, error) { return d.own.Storage(ctx) }

// BackUpNow copies the person's own register; no copy of the sample ever gets
// among those of real records.
func (d *AppDesk) BackUpNow(ctx context.Context) (string, error) { return d.own.BackUpNow(ctx) }

// ClaimMonth reads a month as 算定 shows it.
func (d *AppDesk) ClaimMonth(ctx context.Context, choose func(*app.Judged) models.Month) (app.ClaimMonth, error) {
	return d.use().ClaimMonth(ctx, choose)
}

// OpenLedger reads a ledger book.
func (d *AppDesk) OpenLedger(ctx context.Context, path string, p Progress) (*app.Import, error) {
	return d.own.OpenLedger(ctx, path, p)
}

// PlanImport works out what taking a book into the person's own register would
// do.
func (d *AppDesk) PlanImport(ctx context.Context, book *app.Import, choice ledger.Choice) (*ledger.Plan, error) {
	return d.own.PlanImport(ctx, book, choice)
}

// ImportEffect works out what a plan would change of the sessions recorded in
// the person's own register.
func (d *AppDesk) ImportEffect(ctx context.Context, plan *ledger.Plan) (app.Effect, error) {
	return d.own.ImportEffect(ctx, plan)
}

// TakeImport takes a book into the person's own register.
func (d *AppDesk) TakeImport(ctx context.Context, book *app.Import, choice ledger.Choice, seen *ledger.Plan, p Progress) (app.Imported, error) {
	return d.own.TakeImport(ctx, book, choice, seen, p)
}

// Imports lists the books taken into the person's own register.
func (d *AppDesk) Imports(ctx context.Context) ([]store.Import, error) { return d.own.Imports(ctx) }

// UndoImport takes back what came into the person's own register.
func (d *AppDesk) UndoImport(ctx context.Context, number int, p Progress) (store.TakenBack, store.Import, error) {
	return d.own.UndoImport(ctx, number, p)
}

// ExportLedger writes the whole register as a ledger book.
func (d *AppDesk) ExportLedger(ctx context.Context, path string, p Progress) error {
	return d.use().ExportLedger(ctx, path, p)
}

// WriteMonthly writes the 月次算定一覧 of a month.
func (d *AppDesk) WriteMonthly(ctx context.Context, path string, month models.Month, p Progress) error {
	a := d.use()
	if p != nil {
		p("月次算定一覧", 0, 0)
	}
	r, err := papers.Gather(ctx, a, a.Today(), reports.Choice{Month: month})
	if err != nil {
		return err
	}
	kind, _ := reports.KindNamed("monthly")
	return kind.Write(ctx, path, r)
}

// LoadSample shows the sample hospital, in a register of its own.
func (d *AppDesk) LoadSample(ctx context.Context, p Progress) error {
	d.mu.RLock()
	sample := d.sample
	d.mu.RUnlock()
	if sample == nil {
		var err error
		if sample, err = d.openSample(ctx, p); err != nil {
			return err
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sample, d.trying = sample, true
	return nil
}

func (d *AppDesk) openSample(ctx context.Context, p Progress) (*app.App, error) {
	config := d.config
	config.Data = d.samplePath()
	config.New = true // nothing in it is anybody's work
	sample, err := app.Open(ctx, config)
	if err != nil {
		return nil, err
	}
	judged, err := sample.Judged(ctx)
	if err == nil && len(judged.Months()) == 0 {
		_, err = sample.LoadSample(ctx, p)
	}
	if err != nil {
		return nil, errors.Join(err, sample.Close())
	}
	return sample, nil
}

// Status returns what the foot of the window tells.
func (d *AppDesk) Status(ctx context.Context) (Status, error) {
	status, err := d.use().Status(ctx)
	status.LastBackup = d.own.LastBackup() // that of the real records, also while the sample is shown
	return Status(status), err
}
