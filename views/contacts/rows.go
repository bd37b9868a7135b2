package contacts

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/words"
)

// Row is one contact in the list, its words ready.
type Row struct {
	models.Contact
	Who     string // the care manager, or the office when nobody is named
	Kana    string // reading of Who
	Office  string
	Staff   string // names
	Patient string // name, "" when not registered
	order   string // folded reading, to sort and find by
	person  string // key of the care manager, "" for none
	office  string // key of the office, "" for none
	names   string // folded names of people and offices
	text    string // folded purpose, content and numbers
}

// made are rows with the register they were made of.
type made struct {
	facts *fee.Facts // nil for no rows
	rows  []*Row
}

// Rows turns the contacts of a part of the register into rows, in their order. It
// takes over the rows made before of what is the same.
func Rows(f *fee.Facts, patients models.Inpatients, before made) []*Row {
	kept := before.by(f)
	staff := make(map[string]string, len(f.Book.Staff))
	for i := range f.Book.Staff {
		staff[f.Book.Staff[i].Code] = f.Book.Staff[i].Name
	}
	folds := make(map[string]string)
	fold := func(text string) string {
		key, ok := folds[text]
		if !ok {
			key = models.SearchKey(text)
			folds[text] = key
		}
		return key
	}
	rows := make([]*Row, len(f.Book.Contacts))
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		patient := nameOf(patients, c.PatientID)
		if row := kept[c.Number]; row != nil && row.Patient == patient && same(&row.Contact, c) {
			rows[i] = row
			continue
		}
		rows[i] = rowOf(f, c, patient, staff, fold)
	}
	return rows
}

// nameOf returns the name of a patient at the last 入院, "" without one.
func nameOf(patients models.Inpatients, id string) string {
	if id == "" {
		return ""
	}
	if last := patients.Last(id); last != nil {
		return last.Name
	}
	return ""
}

// by returns the rows by 連絡番号; none when a name or an affiliation in them may
// have changed. A register that was brought up to date shares the sheets that
// are the same.
func (m made) by(f *fee.Facts) map[string]*Row {
	if m.facts == nil {
		return nil
	}
	was, is := m.facts.Book, f.Book
	if !shared(was.CareManagers, is.CareManagers) || !shared(was.Affiliations, is.Affiliations) ||
		!shared(was.Partners, is.Partners) || !shared(was.Staff, is.Staff) {
		return nil
	}
	rows := make(map[string]*Row, len(m.rows))
	for _, row := range m.rows {
		rows[row.Number] = row
	}
	return rows
}

// shared reports whether two slices are the same memory.
func shared[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// same compares the fields too: a number that was freed may be given again, with
// its versions from the start.
func same(a, b *models.Contact) bool {
	return a.Version == b.Version && a.On == b.On && a.Time == b.Time && a.Kind == b.Kind && a.Initiator == b.Initiator &&
		a.CareManager == b.CareManager && a.Partner == b.Partner && slices.Equal(a.Staff, b.Staff) &&
		a.Purpose == b.Purpose && a.Body == b.Body && a.PatientID == b.PatientID
}

func rowOf(f *fee.Facts, c *models.Contact, patient string, staff map[string]string, fold func(string) string) *Row {
	row := &Row{Contact: *c, Patient: patient}
	names := make([]string, 0, 6)
	if cm := f.CareManager(c.CareManager); cm != nil {
		row.Who, row.Kana = cm.Name, cm.Kana
		row.person = people.Key(people.CareManager, cm.Code)
		names = append(names, cm.Name, cm.Kana)
	}
	if p := f.Partner(f.OfficeOfContact(c)); p != nil {
		row.Office, row.office = p.Name, people.Key(people.Office, p.Code)
		names = append(names, p.Name, p.Kana)
		if row.Who == "" {
			row.Who, row.Kana = p.Name, p.Kana
		}
	}
	row.order = fold(cmp.Or(row.Kana, row.Who))
	workers := make([]string, len(c.Staff))
	for i, code := range c.Staff {
		workers[i] = cmp.Or(staff[code], code)
	}
	row.Staff = strings.Join(workers, "、")
	names = append(names, row.Staff, row.Patient)
	for i, name := range names {
		names[i] = fold(name)
	}
	row.names = strings.Join(names, "\n")
	row.text = strings.Join([]string{fold(c.Purpose), fold(c.Body), fold(c.PatientID), fold(c.Number)}, "\n")
	return row
}

// countWords is the foot of the list.
func countWords(shown []*Row, all int) string {
	menkai := 0
	for i := range shown {
		if shown[i].Kind.Menkai() {
			menkai++
		}
	}
	return ui.Thousands(len(shown)) + "件（うち面会・ビデオ通話 " + ui.Thousands(menkai) + "件） ・ 登録 " + ui.Thousands(all) + "件"
}

// columns are those of the list.
var columns = []ui.Column[*Row]{
	{
		ID: "date", Title: "日付", Width: 92,
		Text: func(r *Row) string { return r.On.String() }, Less: byTime,
	},
	{ID: "time", Title: "時刻", Width: 52, Text: func(r *Row) string { return r.Time }},
	{
		ID: "kind", Title: "種別", Width: 82,
		Text:  func(r *Row) string { return string(r.Kind) },
		Less:  func(a, b *Row) bool { return kindRank(a.Kind) < kindRank(b.Kind) },
		Color: kindColor,
	},
	{
		ID: "who", Title: "相手", Width: 84, Grow: 2,
		Text: func(r *Row) string { return r.Who },
		Less: func(a, b *Row) bool {
			return models.SearchKey(cmp.Or(a.Kana, a.Who)) < models.SearchKey(cmp.Or(b.Kana, b.Who))
		},
	},
	{ID: "office", Title: "事業所", Width: 88, Grow: 3, Text: func(r *Row) string { return r.Office }},
	{ID: "staff", Title: "職員", Width: 76, Grow: 1, Text: func(r *Row) string { return r.Staff }},
	{ID: "purpose", Title: "目的", Width: 88, Grow: 3, Text: func(r *Row) string { return r.Purpose }},
	{ID: "body", Title: "内容", Width: 96, Grow: 4, Off: true, Text: func(r *Row) string { return r.Body }},
}

// kindColor sets off what counts as 面会.
func kindColor(r *Row) color.Color {
	if r.Kind.Menkai() {
		return ui.Good
	}
	return ui.Ink
}

// newestFirst puts rows in the first order of the list, so that the list sorts
// nothing on the window's goroutine.
func newestFirst(rows []*Row) []*Row {
	slices.SortFunc(rows, func(a, b *Row) int { return compareTime(b, a) })
	return rows
}

func compareTime(a, b *Row) int {
	if a.On != b.On {
		return cmp.Compare(a.On, b.On)
	}
	return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Number, b.Number))
}

func byTime(a, b *Row) bool { return compareTime(a, b) < 0 }

func kindRank(kind models.ContactKind) int {
	if i := slices.Index(models.ContactKinds, kind); i >= 0 {
		return i
	}
	return len(models.ContactKinds)
}

// partyWords returns 「佐藤 実（さくら居宅）」.
func partyWords(who, office string) string {
	if office == "" || office == who {
		return cmp.Or(who, office, "相手の記録なし")
	}
	if who == "" {
		return office
	}
	return who + "（" + office + "）"
}

// Party returns who the contact was with: 「佐藤 実（さくら居宅）」.
func (r *Row) Party() string { return partyWords(r.Who, r.Office) }

// ChartText returns the contact as one paragraph for the patient's chart:
// 「2026-11-22 10:30 電話 当院→ 佐藤 実（さくら居宅） 目的 内容 担当 …」.
func (r *Row) ChartText() string {
	party := r.Party()
	switch r.Initiator {
	case models.Ours:
		party = "当院→ " + party
	case models.Theirs:
		party += " →当院"
	}
	return words.Joined(" ", r.On.String(), r.Time, string(r.Kind), party, words.Bracketed("【", r.Purpose, "】"),
		strings.TrimSpace(r.Body), words.Bracketed("（担当 ", r.Staff, "）"))
}

// short returns the first characters of a text.
func short(text string, most int) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
