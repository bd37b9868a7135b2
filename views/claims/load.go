package claims

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/words"
)

// answer is what the page shows, read beside the window.
type answer struct {
	months   []models.Month
	month    models.Month
	rows     []Row
	state    MonthState
	hospital string
}

// load reads the month shown or remembered again, else the newest that has
// sessions, else this one. The session asked for decides before all.
func (p *Page) load() {
	wanted := p.month
	if wanted.IsZero() {
		wanted = p.keeps.Month
	}
	number, today := p.pending, p.shell.Today().Month()
	p.ask(func(judged *app.Judged) models.Month {
		if v := judged.Verdict(number); v != nil && v.Session.On != 0 {
			return v.Session.On.Month()
		}
		return chooseMonth(wanted, judged.Months(), today)
	})
}

// goTo shows another month.
func (p *Page) goTo(month models.Month) {
	if month == p.month || month.IsZero() {
		return
	}
	p.ask(func(*app.Judged) models.Month { return month })
}

// ask reads the month that choose names.
func (p *Page) ask(choose func(*app.Judged) models.Month) {
	p.loaded = true
	newest := p.loads.Next()
	var a answer
	p.shell.Do(func(ctx context.Context) error {
		claims, err := p.desk.ClaimMonth(ctx, choose)
		if err == nil {
			a = answerOf(claims)
		}
		return err
	}, func(err error) {
		switch {
		case !newest():
		case err != nil:
			p.showMonths()
			if !errors.Is(err, context.Canceled) {
				p.shell.ShowError("算定の表示", err)
			}
		default:
			p.received(a)
		}
	})
}

func answerOf(claims app.ClaimMonth) answer {
	judged, month := claims.Judged, claims.Month
	rows := Rows(judged.Month(month), judged.Facts.Book.Confirmations)
	return answer{
		months: judged.Months(), month: month, rows: rows, hospital: judged.Facts.Params.HospitalName,
		state: StateOf(rows, judged.Facts.Book.LastClosing(month), claims.Late),
	}
}

// chooseMonth keeps a wanted month that has sessions.
func chooseMonth(wanted models.Month, months []models.Month, today models.Month) models.Month {
	if !wanted.IsZero() && slices.Contains(months, wanted) {
		return wanted
	}
	if len(months) > 0 {
		return months[0]
	}
	return today
}

// received shows an answer.
func (p *Page) received(a answer) {
	if a.month != p.month {
		p.list.ClearMarks()
	}
	p.months, p.month, p.rows, p.state, p.hospital = a.months, a.month, a.rows, a.state, a.hospital
	if len(a.months) == 0 {
		p.month = 0 // once there are records, their newest month is shown
	} else if p.keeps.Month != a.month {
		p.keeps.Month = a.month
		p.keep()
	}
	setShown(p.begin, len(a.months) == 0)
	setShown(p.content, len(a.months) > 0)
	p.Enable(p.idle)
	p.showMonths()
	p.showWards()
	p.apply()
	if number := p.pending; number != "" {
		p.pending = ""
		p.showSession(number)
	}
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// exportMonth writes the 月次算定一覧 and opens it.
func (p *Page) exportMonth() {
	month := p.month
	p.shell.ChooseSave("月次算定一覧をExcelに書き出す", monthlyName(month, p.hospital), func(path string) {
		p.shell.Job(words.Month(month)+"の一覧の書き出し", func(ctx context.Context, progress page.Progress) error {
			return p.desk.WriteMonthly(ctx, path, month, progress)
		}, func(err error) {
			if err == nil {
				page.Written(p.shell, path)
			}
		})
	})
}

// monthlyName returns 「月次算定一覧_2026-10_病院名.xlsx」.
func monthlyName(month models.Month, hospital string) string {
	name := words.FileWord(words.Joined("_", "月次算定一覧", month.String(), hospital))
	return filepath.Base(name) + ".xlsx"
}
