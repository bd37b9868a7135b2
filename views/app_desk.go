package views

import (
	"context"

	"renkei/app"
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
	claims, err := s.ClaimMonth(ctx, "", func(models.Month, []models.Month) models.Month { return month })
	if err != nil {
		return err
	}
	r := reports.RequestOf(claims.Judged.Facts, claims.Judged.Rules, claims.Judged.Verdicts, s.Today(), reports.Choice{Month: month})
	r.AfterClosings = claims.Late
	kind, _ := reports.KindNamed("monthly")
	return kind.Write(ctx, path, r)
}
