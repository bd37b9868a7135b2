package contacts

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/people"
)

// contactsWith returns a contact for each of the people, which are keys of
// care managers and offices, with what is entered. The office of a care manager
// is the one of that day.
func contactsWith(f *fee.Facts, entered models.Contact, who []string) []models.Contact {
	contacts := make([]models.Contact, len(who))
	for i, key := range who {
		c := &contacts[i]
		*c = entered
		c.Staff = slices.Clone(entered.Staff)
		switch kind, code := people.Split(key); kind {
		case people.CareManager:
			c.CareManager = code
			if office := f.OfficeOf(code, c.On); office != nil {
				c.Partner = office.Code
			}
		case people.Office:
			c.Partner = code
		}
	}
	return contacts
}

// entryOf is what saving contacts entered today does: it registers new ones, or
// changes was. The problems of the first stand for all.
func entryOf(contacts []models.Contact, was models.Contact, today models.Date) page.Entry {
	if len(contacts) == 0 {
		return page.Entry{} // the form says that nobody is chosen
	}
	e := page.EntryOf("やり取り "+cmp.Or(was.Number, app.Number)+" ", &contacts[0], was, today, func(c models.Contact) string { return c.Number })
	for i := range contacts[1:] {
		e.What = fmt.Sprintf("やり取り%d件の登録", len(contacts))
		e.Steps = append(e.Steps, app.New(&contacts[i+1]))
	}
	return e
}

// Last is what the next entry begins with.
type Last struct {
	Kind      models.ContactKind `json:"kind,omitempty"`
	Initiator models.Initiator   `json:"initiator,omitempty"`
	Staff     []string           `json:"staff,omitempty"`
}

// recallLast returns what the next entry begins with: a telephone call of ours
// when nothing was kept, or a kind that there is not.
func recallLast(shell page.Shell) Last {
	first := Last{Kind: models.PhoneCall, Initiator: models.Ours}
	if last := page.Recall(shell, keepEntry, first); slices.Contains(models.ContactKinds, last.Kind) {
		return last
	}
	return first
}

// keepLast remembers what the next entry begins with.
func keepLast(shell page.Shell, c models.Contact) {
	page.Keep(shell, keepEntry, Last{c.Kind, c.Initiator, c.Staff})
}

// Service tells which rule a contact serves.
type Service struct {
	Text     string
	Warn     string   // what keeps it from serving, "" for nothing
	Days     []string // per office: 「さくら居宅  2日 → 3日」
	Counting bool     // the 面会 are still being read
}

// ServiceOf tells which rule the contacts serve, were they saved now. met returns
// the register with what counts as 面会 in the year up to a day, nil if it is not
// read yet.
func ServiceOf(f *fee.Facts, met func(on models.Date) *fee.Facts, contacts []models.Contact) Service {
	if len(contacts) == 0 || contacts[0].Kind == "" {
		return Service{Text: "種別を選ぶと、どの基準の記録になるかが分かります。"}
	}
	if !contacts[0].Kind.Menkai() {
		return Service{Text: fmt.Sprintf("%sは日頃の連携の補強資料です。加算1の「年3回の面会」には数えません。", contacts[0].Kind)}
	}
	s := Service{Text: fmt.Sprintf("%sは加算1の「年3回の面会」に数えます（下は、%sの日数）。", contacts[0].Kind, liaison.YearName(f.Params))}
	on := contacts[0].On
	if on.IsZero() {
		return s
	}
	if f = met(on); f == nil {
		s.Counting = true
		return s
	}
	before, after := menkaiDays(f, contacts, false), menkaiDays(f, contacts, true)
	counted := false
	seen := make(map[string]bool)
	for i := range contacts {
		office := f.Partner(f.OfficeOfContact(&contacts[i]))
		if office == nil || seen[office.Code] {
			continue
		}
		seen[office.Code] = true
		now := after[office.Code]
		counted = counted || slices.Contains(now, on)
		s.Days = append(s.Days, dayWords(office.Name, len(before[office.Code]), len(now)))
	}
	if len(seen) > 0 && !counted {
		s.Warn = "部門か病棟専任の職員が担当にいないため、面会に数えません。"
	}
	return s
}

// menkaiDays counts the 面会 of the year up to the day of the contacts, without
// them or with them.
func menkaiDays(f *fee.Facts, contacts []models.Contact, with bool) map[string][]models.Date {
	year := liaison.Period(contacts[0].On, f.Params)
	book := *f.Book
	book.Contacts = nil
	for i := range f.Book.Contacts { // only those of the year: this is done at each key
		c := &f.Book.Contacts[i]
		if year.Covers(c.On) && !slices.ContainsFunc(contacts, func(drafted models.Contact) bool { return drafted.Number == c.Number }) {
			book.Contacts = append(book.Contacts, *c)
		}
	}
	if with {
		book.Contacts = append(book.Contacts, contacts...)
	}
	drafted := *f
	drafted.Book = &book
	return liaison.MenkaiDays(&drafted, year)
}

func dayWords(office string, before, after int) string {
	text := fmt.Sprintf("%s  %d日", office, after)
	if before != after {
		text = fmt.Sprintf("%s  %d日 → %d日", office, before, after)
	}
	if left := liaison.MinMenkai - after; left > 0 {
		return text + fmt.Sprintf("（あと%d日）", left)
	}
	return text + "（年3回を満たす）"
}
