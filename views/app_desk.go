package views

import (
	"context"
	"path/filepath"
	"sync"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/reports"
)

// AppDesk answers the window from an open register. Trying the sample hospital
// switches it to a register of its own, so that nothing fictitious ever gets
// among real records.
type AppDesk struct {
	config app.Config

	mu  sync.RWMutex
	app *app.App
}

var _ Desk = (*AppDesk)(nil)

// NewAppDesk opens the register that config names.
func NewAppDesk(ctx context.Context, config app.Config) (*AppDesk, error) {
	a, err := app.Open(ctx, config)
	if err != nil {
		return nil, err
	}
	return &AppDesk{config: config, app: a}, nil
}

// Path is where the person's own register lies, also while the sample is open.
func (d *AppDesk) Path() string { return d.config.Data }

// Close closes the register.
func (d *AppDesk) Close() error { return d.use().Close() }

func (d *AppDesk) use() *app.App {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.app
}

// Months returns the months that have sessions, newest first.
func (d *AppDesk) Months(ctx context.Context) ([]models.Month, error) { return d.use().Months(ctx) }

// MonthVerdicts returns the judged sessions of a month.
func (d *AppDesk) MonthVerdicts(ctx context.Context, month models.Month) ([]fee.Verdict, error) {
	return d.use().MonthVerdicts(ctx, month)
}

// ImportLedger takes a ledger book into the register.
func (d *AppDesk) ImportLedger(ctx context.Context, path string, p Progress) (string, error) {
	done, err := d.use().ImportLedger(ctx, path, p)
	if err != nil {
		return "", err
	}
	summary := done.Summary()
	for _, note := range done.Notes {
		summary += "\n" + note
	}
	return summary, nil
}

// ExportLedger writes the whole register as a ledger book.
func (d *AppDesk) ExportLedger(ctx context.Context, path string, p Progress) error {
	return d.use().ExportLedger(ctx, path, p)
}

// WriteMonthly writes the 月次算定一覧 of a month.
func (d *AppDesk) WriteMonthly(ctx context.Context, path string, month models.Month, p Progress) error {
	a := d.use()
	if p != nil {
		p("判定", 0, 0)
	}
	judged, err := a.Judged(ctx)
	if err != nil {
		return err
	}
	if p != nil {
		p("月次算定一覧", 0, 0)
	}
	return reports.WriteMonthly(ctx, path, reports.MonthlyOf(month, a.Today(), judged.Facts.Params, judged.Rules, judged.Month(month)))
}

// LoadSample switches to a register of its own that holds the sample hospital.
func (d *AppDesk) LoadSample(ctx context.Context, p Progress) error {
	config := d.config
	config.Data = filepath.Join(filepath.Dir(d.config.Data), "見本の病院.db")
	sample, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	months, err := sample.Months(ctx)
	if err == nil && len(months) == 0 {
		_, err = sample.LoadSample(ctx, p)
	}
	if err != nil {
		_ = sample.Close() // the first error is the one to tell
		return err
	}
	d.mu.Lock()
	before := d.app
	d.app = sample
	d.mu.Unlock()
	return before.Close()
}

// Status returns what the foot of the window tells.
func (d *AppDesk) Status(ctx context.Context) (Status, error) {
	status, err := d.use().Status(ctx)
	return Status(status), err
}
