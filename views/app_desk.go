package views

import (
	"context"

	"renkei/app"
	"renkei/app/reporting"
	"renkei/models"
	"renkei/reports"
	"renkei/views/page"
)

// AppDesk returns the desk of Params over open registers.
func AppDesk(registers *app.Registers) func() Desk {
	return func() Desk { return appDesk{shown{registers.Shown()}, registers.Own(), registers} }
}

// appDesk answers the pages made for one register: its records, the books and
// copies of the user's own, and which of them is shown.
type appDesk struct {
	OfShown
	OfOwn
	*app.Registers
}

// Register is the path beside which this PC keeps what belongs to the register
// that is shown now.
func (d appDesk) Register() string { return d.Registers.Shown().Beside() }

// shown is the register that is shown.
type shown struct{ *app.App }

// WriteMonthly writes the 月次算定一覧 of a month.
func (s shown) WriteMonthly(ctx context.Context, path string, month models.Month, progress page.Progress) error {
	progress("月次算定一覧", 0, 0)
	kind, _ := reports.KindNamed("monthly")
	return reporting.Write(ctx, s, kind, path, s.Today(), reports.Choice{Month: month})
}
