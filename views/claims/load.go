package claims

import (
	"context"
	"path/filepath"
	"slices"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// answer is what the page shows besides the rows.
type answer struct {
	months   []models.Month // with sessions, newest first
	month    models.Month   // shown
	state    MonthState
	hospital string
}

// load reads one month. In this order: the month of the session to show, the
// month the user chose, the month shown if it has sessions, the newest month that
// has sessions, this month.
func (p *Page) load() page.Read {
	shown, going, number, today := p.month, p.going, p.number, p.Shell.Today().Month()
	choose := func(of models.Month, months []models.Month) models.Month {
		if of != 0 {
			return of
		}
		if !going.IsZero() {
			return going
		}
		return chooseMonth(shown, months, today)
	}
	return func(ctx context.Context) (func(), error) {
		claims, err := p.desk.ClaimMonth(ctx, number, choose)
		if err != nil {
			return nil, err
		}
		judged, month := claims.Judged, claims.Month
		book := judged.Facts.Book
		rows := Rows(judged.Month(month), book.Confirmations)
		a := answer{judged.Extent.Months, month, StateOf(rows, book.LastClosing(month), claims.Late), judged.Facts.Params.HospitalName}
		return func() { p.received(a, rows) }, nil
	}
}

// goTo shows another month. Until that is read, the box names the month shown.
func (p *Page) goTo(month models.Month) {
	if month.IsZero() {
		return
	}
	p.going = month
	p.showMonths()
	p.Reload()
}

// chooseMonth returns the wanted month if it has sessions, else the newest that
// has.
func chooseMonth(wanted models.Month, months []models.Month, today models.Month) models.Month {
	if slices.Contains(months, wanted) {
		return wanted
	}
	if len(months) > 0 {
		return months[0]
	}
	return today
}

// received shows a month.
func (p *Page) received(a answer, rows []Row) {
	if a.month != p.month {
		p.List.ClearMarks()
	}
	if len(a.months) == 0 {
		a.month = 0 // once there are records, their newest month is shown
	} else if a.month != p.month {
		page.Keep(p.Shell, rememberMonth, a.month)
	}
	p.answer, p.All, p.going = a, rows, 0
	ui.SetVisible(p.begin, len(a.months) == 0)
	ui.SetVisible(p.content, len(a.months) > 0)
	p.Enable(p.idle)
	p.showMonths()
	p.showWards()
	p.apply()
}

// exportMonth writes the 月次算定一覧 and opens it.
func (p *Page) exportMonth() {
	month := p.month
	p.Shell.ChooseSave("月次算定一覧をExcelに書き出す", monthlyName(month, p.hospital), func(path string) {
		p.Shell.Job(words.Month(month)+"の一覧の書き出し", func(ctx context.Context, progress page.Progress) error {
			return p.desk.WriteMonthly(ctx, path, month, progress)
		}, func(err error) {
			if err == nil {
				page.Written(p.Shell, path)
			}
		})
	})
}

// monthlyName returns 「月次算定一覧_2026-10_病院名.xlsx」.
func monthlyName(month models.Month, hospital string) string {
	name := words.FileWord(words.Joined("_", "月次算定一覧", month.String(), hospital))
	return filepath.Base(name) + ".xlsx"
}
