package reports

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"renkei/models"
)

const timelineTitle = "やり取り一覧"

// timelineKind is the log of やり取り of a period, a partner or a care manager.
// It is the one report that may have tens of thousands of rows.
var timelineKind = Kind{
	Name: "timeline", Title: timelineTitle, Basis: ByPeriod, KeyName: "連携先・CM", Patients: true,
	part:    func(r Request) models.Part { return models.Part{Contacts: r.Period, OfContacts: true} },
	Purpose: "期間・連携先・担当者ごとの、日頃のやり取りの記録です。見出しの▼で絞り込めます",
	Counts: func(r Request) string {
		t := timelineTally{}
		for c, err := range timelineContacts(&r) {
			if err != nil {
				return models.ErrorMessage(err)
			}
			t.add(c)
		}
		return fmt.Sprintf("やり取り %s件", thousands(t.count))
	},
	Make: writeTimeline,
}

// writeTimeline writes やり取り as a stream, one line per record.
func writeTimeline(ctx context.Context, path string, r Request) error {
	if err := r.checkPeriod(timelineTitle); err != nil {
		return err
	}
	if r.Key != "" && r.Facts.Partner(r.Key) == nil && r.Facts.CareManager(r.Key) == nil {
		return unknownKey("連携先コード・CMコード", r.Key)
	}
	t := timelineTally{}
	list, err := tabulateLazily(ctx, timelineColumns(&r), 3, timelineContacts(&r), t.add)
	if err != nil {
		return err
	}
	b := r.newBook(timelineTitle + " " + periodWords(r.Period))
	s := b.addSheet("やり取り", listPage)
	s.title(timelineTitle, r.head(periodWords(r.Period)),
		fmt.Sprintf("%s対象: 日付が期間にあるやり取り　%s件（%s）　並び: 日付・時刻の順", r.timelineKeyWords(), thousands(t.count), t.words()))
	s.table(list)
	s.note("1行が1件のやり取りです。連携先は、記録に連携先がないときは、その日の相手の所属です。自院は、記録した職員です。" +
		"面会・ビデオ通話は、部門の職員または病棟専任の職員によるものが入退院支援加算1の面会に数えられます（連携機関 面会状況一覧）。" +
		"会議・勉強会と共同指導は含みません。")
	return b.save(ctx, path)
}

// timelineContacts goes through the やり取り of the period in order of time, of
// one partner or care manager if the request names one. What it yields is valid
// until the next one.
func timelineContacts(r *Request) iter.Seq2[*models.Contact, error] {
	contacts := r.Contacts
	if contacts == nil {
		contacts = contactsInOrder(r.Facts.Book, r.Period)
	}
	return func(yield func(*models.Contact, error) bool) {
		var c models.Contact
		for next, err := range contacts {
			c = next
			if err == nil && !(r.Period.Covers(c.On) && (r.Key == "" || c.CareManager == r.Key || r.Facts.OfficeOfContact(&c) == r.Key)) {
				continue
			}
			if !yield(&c, err) {
				return
			}
		}
	}
}

// contactsInOrder goes through the やり取り of a register in a period, by 日付,
// 時刻 and 連絡番号. Nothing is copied but what is yielded.
func contactsInOrder(book *models.Book, period models.Period) iter.Seq2[models.Contact, error] {
	var list []*models.Contact
	for i := range book.Contacts {
		if c := &book.Contacts[i]; period.Covers(c.On) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *models.Contact) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Number, b.Number))
	})
	return func(yield func(models.Contact, error) bool) {
		for _, c := range list {
			if !yield(*c, nil) {
				return
			}
		}
	}
}

func (r *Request) timelineKeyWords() string {
	var words []string
	if p := r.Facts.Partner(r.Key); p != nil {
		words = append(words, "連携先: "+p.Name+"（"+p.Code+"）")
	}
	if cm := r.Facts.CareManager(r.Key); cm != nil {
		words = append(words, "担当者: "+cm.Name+"（"+cm.Code+"）")
	}
	if len(words) == 0 {
		return ""
	}
	return strings.Join(words, "・") + "　"
}

// timelineTally counts やり取り, also by 種別.
type timelineTally struct {
	count int
	kinds map[models.ContactKind]int
}

func (t *timelineTally) add(c *models.Contact) {
	if t.kinds == nil {
		t.kinds = make(map[models.ContactKind]int)
	}
	t.count++
	t.kinds[c.Kind]++
}

// words returns the counts by 種別: 「面会 120、電話 300」.
func (t *timelineTally) words() string {
	var words []string
	for _, kind := range models.ContactKinds {
		if n := t.kinds[kind]; n > 0 {
			words = append(words, string(kind)+" "+thousands(n))
		}
	}
	return cmp.Or(strings.Join(words, "、"), "なし")
}

func timelineColumns(r *Request) []column[*models.Contact] {
	names := make(map[string]string, len(r.Facts.Book.Admissions))
	for i := range r.Facts.Book.Admissions {
		a := &r.Facts.Book.Admissions[i]
		names[a.PatientID] = a.Name
	}
	office := func(c *models.Contact) string {
		code := r.Facts.OfficeOfContact(c)
		if p := r.Facts.Partner(code); p != nil {
			return p.Name
		}
		return code
	}
	person := func(c *models.Contact) string {
		if cm := r.Facts.CareManager(c.CareManager); cm != nil {
			return cm.Name
		}
		return c.CareManager
	}
	text := func(value func(*models.Contact) string) func(*models.Contact) any {
		return func(c *models.Contact) any { return value(c) }
	}
	return []column[*models.Contact]{
		{head: "日付", format: formatDate, value: func(c *models.Contact) any { return c.On }},
		{head: "時刻", width: fit(6, 6), format: formatMark, value: text(func(c *models.Contact) string { return c.Time })},
		{head: "種別", width: fit(6, 10.2), format: formatMark, value: text(func(c *models.Contact) string { return string(c.Kind) })},
		{head: "発信", width: fit(5, 5), format: formatMark, value: text(func(c *models.Contact) string { return string(c.Initiator) })},
		{head: "連携先\nコード", width: fit(4, 8), format: formatID, value: text(r.Facts.OfficeOfContact)},
		{head: "連携先", width: fit(14, 21), value: text(office)},
		{head: "CM\nコード", width: fit(4, 8), format: formatID, value: text(func(c *models.Contact) string { return c.CareManager })},
		{head: "相手", width: fit(8, 11), value: text(person)},
		{head: "自院", width: fit(8, 11), value: text(func(c *models.Contact) string { return staffOfContact(r, c) })},
		{head: "目的", width: fit(10, 18.2), value: text(func(c *models.Contact) string { return c.Purpose })},
		{head: "内容", width: flex(34), value: text(func(c *models.Contact) string { return c.Body })},
		{head: "患者ID", width: fit(6, 10), format: formatID, value: text(func(c *models.Contact) string { return c.PatientID })},
		{head: "患者氏名", width: fit(8, 11), value: text(func(c *models.Contact) string { return names[c.PatientID] })},
		{head: "連絡番号", width: fit(6, 8), format: formatID, value: text(func(c *models.Contact) string { return c.Number })},
	}
}

// staffOfContact names our staff of an やり取り, one per line.
func staffOfContact(r *Request, c *models.Contact) string {
	names := make([]string, len(c.Staff))
	for i, code := range c.Staff {
		names[i] = code
		if rows := r.Facts.StaffOn(code, c.On); len(rows) > 0 {
			names[i] = staffName(rows[0])
		}
	}
	return joinLines(names...)
}
