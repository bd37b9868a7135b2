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

// Entry is what a person filled in: one contact for each of the people.
type Entry struct {
	People    []string // people.Key of care managers and offices
	On        models.Date
	Time      string
	Kind      models.ContactKind
	Initiator models.Initiator
	Staff     []string
	Purpose   string
	Body      string
	PatientID string
}

// Contacts returns a contact for each of the people, without a number. The
// office of a care manager is the one of that day.
func (e Entry) Contacts(f *fee.Facts) []models.Contact {
	contacts := make([]models.Contact, len(e.People))
	for i, key := range e.People {
		contacts[i] = models.Contact{
			On: e.On, Time: e.Time, Kind: e.Kind, Initiator: e.Initiator,
			Staff: slices.Clone(e.Staff), Purpose: e.Purpose, Body: e.Body, PatientID: e.PatientID,
		}
		switch kind, code := people.Split(key); kind {
		case people.CareManager:
			contacts[i].CareManager = code
			if office := f.OfficeOf(code, e.On); office != nil {
				contacts[i].Partner = office.Code
			}
		case people.Office:
			contacts[i].Partner = code
		}
	}
	return contacts
}

// Problems returns what is wrong with the contacts entered today, once for all
// of them; was is the one that is changed.
func Problems(contacts []models.Contact, was models.Contact, today models.Date) models.Problems {
	if len(contacts) == 0 {
		return nil // the form says that nobody is chosen
	}
	first := contacts[0]
	first.Number = cmp.Or(first.Number, page.NotYet)
	return models.EntryProblems(first, was, today)
}

// steps returns the edit that saves the contacts, new ones with their number
// written into them.
func steps(contacts []models.Contact) []app.Step {
	steps := make([]app.Step, len(contacts))
	for i := range contacts {
		if steps[i] = app.New(&contacts[i]); contacts[i].Version > 0 {
			steps[i] = app.Put(contacts[i])
		}
	}
	return steps
}

// saving names the edit: 「やり取り K0123 の登録」, 「やり取り3件の登録」.
func saving(contacts []models.Contact) string {
	if len(contacts) == 1 {
		if contacts[0].Version > 0 {
			return "やり取りの変更"
		}
		return "やり取り " + app.Number + " の登録"
	}
	return fmt.Sprintf("やり取り%d件の登録", len(contacts))
}

// Last is what the next entry begins with.
type Last struct {
	Kind      models.ContactKind `json:"kind,omitempty"`
	Initiator models.Initiator   `json:"initiator,omitempty"`
	Staff     []string           `json:"staff,omitempty"`
}

// recallLast returns what the next entry begins with. Without anything kept, or
// with a kind that there is not, it is a telephone call of ours.
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
	Text string
	Warn string   // what keeps it from serving, "" for nothing
	Days []string // per office: 「さくら居宅  2日 → 3日」
}

// ServiceOf tells which rule the contacts serve, were they saved now.
func ServiceOf(f *fee.Facts, contacts []models.Contact) Service {
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
	book := *f.Book
	book.Contacts = slices.DeleteFunc(slices.Clone(f.Book.Contacts), func(c models.Contact) bool {
		return slices.ContainsFunc(contacts, func(draft models.Contact) bool { return draft.Number == c.Number })
	})
	if with {
		book.Contacts = append(book.Contacts, contacts...)
	}
	drafted := *f
	drafted.Book = &book
	return liaison.MenkaiDays(&drafted, liaison.Period(contacts[0].On, f.Params))
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
