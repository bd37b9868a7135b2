package partners

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// Double is a record that looks like the one being entered.
type Double struct {
	Key  string // row key
	Name string // as shown, with its code
	Why  string // 「名称が同じ」
}

// What may tell that two records are the same: a word for it, put before the
// folded value.
const (
	sameName   = "名前"
	sameNumber = "番号"
	samePhone  = "電話"
	sameMail   = "メール"
)

func doubleKey(office bool, what, value string) string {
	key := models.SearchKey(value)
	if key == "" {
		return ""
	}
	if office {
		what = "事業所" + what
	}
	return what + "\n" + key
}

func (x *Index) indexDoubles() {
	x.doubles = make(map[string][]string)
	note := func(row, key string) {
		if key != "" {
			x.doubles[key] = append(x.doubles[key], row)
		}
	}
	for i := range x.Facts.Book.Partners {
		p := &x.Facts.Book.Partners[i]
		for _, f := range officeMarks(p) {
			note(officeKey(p.Code), doubleKey(true, f.what, f.value))
		}
	}
	for i := range x.Facts.Book.CareManagers {
		c := &x.Facts.Book.CareManagers[i]
		for _, f := range personMarks(c) {
			note(personKey(c.Code), doubleKey(false, f.what, f.value))
		}
	}
}

type mark struct{ what, value, word string }

func officeMarks(p *models.Partner) []mark {
	return []mark{{sameName, p.Name, "名称"}, {sameNumber, p.OfficeNumber, "事業所番号"}, {samePhone, p.Phone, "電話"}}
}

func personMarks(c *models.CareManager) []mark {
	return []mark{
		{sameName, c.Name, "氏名"}, {sameNumber, c.RegistrationNo, "登録番号"},
		{samePhone, c.Phone, "電話"}, {sameMail, c.Mail, "メール"},
	}
}

// OfficeDoubles returns the offices with the name, the 事業所番号 or the telephone
// of one being entered. An office with several services often shares them: it
// is a hint, not a fault.
func (x *Index) OfficeDoubles(p models.Partner) []Double {
	return x.lookUp(true, officeKey(p.Code), officeMarks(&p))
}

// PersonDoubles returns the people with the name, 登録番号, mail or telephone of
// one being entered. It ignores the telephone of an office, which all who work
// there share.
func (x *Index) PersonDoubles(c models.CareManager) []Double {
	marks := personMarks(&c)
	if len(x.doubles[doubleKey(true, samePhone, c.Phone)]) > 0 {
		marks = slices.DeleteFunc(marks, func(m mark) bool { return m.what == samePhone })
	}
	return x.lookUp(false, personKey(c.Code), marks)
}

func (x *Index) lookUp(office bool, self string, marks []mark) []Double {
	var found []Double
	for _, m := range marks {
		for _, row := range x.doubles[doubleKey(office, m.what, m.value)] {
			if row == self {
				continue
			}
			i := slices.IndexFunc(found, func(d Double) bool { return d.Key == row })
			if i < 0 {
				found = append(found, Double{row, x.called(row), m.word + "が同じ"})
			} else {
				found[i].Why = strings.TrimSuffix(found[i].Why, "が同じ") + "・" + m.word + "が同じ"
			}
		}
	}
	return found
}

// called returns the name of a row with its code and, for a person, the office.
func (x *Index) called(key string) string {
	if code, ok := strings.CutPrefix(key, "P:"); ok {
		if p := x.Facts.Partner(code); p != nil {
			return p.Name + "（" + code + "）"
		}
	}
	code := strings.TrimPrefix(key, "C:")
	office := ""
	if p := x.Facts.OfficeOf(code, x.Today); p != nil {
		office = " " + p.Name
	}
	return nameOf(x.Facts, code) + "（" + code + office + "）"
}

// doublesShown is the most doubles named.
const doublesShown = 3

// nameDoubles names above a form the doubles of the record in it, a moment after
// each change. Those it had when the form was opened are left out.
func (p *Page) nameDoubles(f *page.Form, find func() []Double) {
	before, lines := find(), ui.NewFlow(2, 0)
	panel := ui.NewPanel(lines, ui.WarnSoft, ui.Warn)
	panel.Hide()
	f.Above(panel)
	show := func() {
		found := slices.DeleteFunc(find(), func(d Double) bool { return slices.Contains(before, d) })
		lines.Set(p.doubleLines(f, found[:min(doublesShown, len(found))])...)
		panel.Hide()
		if len(found) > 0 {
			panel.Show()
		}
		f.Refit()
	}
	var looks page.Latest
	f.Watch(func() {
		newest := looks.Next()
		p.Shell.After(ui.SearchDelay, func() {
			if newest() {
				show()
			}
		})
	})
}

// doubleLines names each double, with a button that opens it. What is typed in
// the form stays as a draft.
func (p *Page) doubleLines(f *page.Form, found []Double) []fyne.CanvasObject {
	lines := make([]fyne.CanvasObject, len(found))
	for i, d := range found {
		open := ui.NewButton("開く", func() { p.Open(targetOf(d.Key)) })
		open.OnEscape = f.Escape
		lines[i] = ui.NewBar(ui.FieldHeight,
			ui.Growing(ui.NewCaption("似た登録があります　"+d.Name+"　"+d.Why, ui.Style{Color: ui.Warn}), 160), ui.Fixed(open, 0))
	}
	return lines
}
