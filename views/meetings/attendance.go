package meetings

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/people"
)

// Attendee is someone who was or may have been at a meeting.
type Attendee struct {
	Kind        models.AttendeeKind
	Code        string // 職員コード or CMコード
	Name        string
	Kana        string
	Affiliation string
	Why         string // why the person is offered: 前回出席, 同じ事業所 …
}

// Key names the attendee; of その他 the name is the key.
func (a Attendee) Key() string { return string(a.Kind) + ":" + cmp.Or(a.Code, a.Name) }

func keyOf(a models.Attendance) string { return string(a.Kind) + ":" + cmp.Or(a.Code, a.Name) }

// attendance returns the record of the attendee at a meeting.
func (a Attendee) attendance(meeting string) models.Attendance {
	return models.Attendance{Meeting: meeting, Kind: a.Kind, Code: a.Code, Name: a.Name, Affiliation: a.Affiliation}
}

// Newcomer is a care manager who came to a meeting and is not registered yet.
// Until the sheet is saved, the newcomer has a code that no record has.
type Newcomer struct {
	CareManager models.CareManager
	Affiliation models.Affiliation
}

// sheetCode begins the code of a newcomer.
const sheetCode = "*"

// steps registers the newcomer and then saves the attendance a.
func (n Newcomer) steps(a models.Attendance) []app.Step {
	person := n.CareManager
	person.Code = ""
	return []app.Step{app.New(&person), app.Then(func() []app.Step {
		job := n.Affiliation
		job.CareManager, a.Code = person.Code, person.Code
		return []app.Step{app.New(&job), app.New(&a)}
	})}
}

// newcomer makes a provisional care manager of an office, the nth of the sheet,
// from the day of the meeting on.
func newcomer(n int, name, kana string, office *models.Partner, m models.Meeting) Newcomer {
	code := fmt.Sprintf("%s%d", sheetCode, n)
	return Newcomer{
		models.CareManager{
			Code: code, Name: name, Kana: kana, Qualification: models.QualifiedCM,
			CanPlan: models.UsuallyPlans(models.QualifiedCM, office.Kind),
			Note:    fmt.Sprintf("仮登録（%s %sで追加）。資格・ケアプラン作成可・登録番号・連絡先を確認してください", m.HeldOn, m.Name),
		},
		models.Affiliation{CareManager: code, Partner: office.Code, From: m.HeldOn},
	}
}

// affiliation is what is written on the 出席簿 for someone of an office on a day.
func affiliation(f *fee.Facts, kind models.AttendeeKind, code string, on models.Date) string {
	if kind == models.AttendeeStaff {
		return f.Params.HospitalName
	}
	if p := f.OfficeOf(code, on); p != nil {
		return p.Name
	}
	return ""
}

// managerAttendee returns a care manager as an attendee on a day.
func managerAttendee(f *fee.Facts, c *models.CareManager, on models.Date, why string) Attendee {
	return Attendee{models.AttendeeCM, c.Code, c.Name, c.Kana, affiliation(f, models.AttendeeCM, c.Code, on), why}
}

// recorded returns those on record as attendees.
func recorded(f *fee.Facts, row Row) []Attendee {
	list := make([]Attendee, len(row.Attendances))
	for i, a := range row.Attendances {
		list[i] = Attendee{Kind: a.Kind, Code: a.Code, Name: cmp.Or(a.Name, nameOf(f, a)), Affiliation: a.Affiliation, Why: "出席"}
		if c := f.CareManager(a.Code); a.Kind == models.AttendeeCM && c != nil {
			list[i].Kana = c.Kana
		}
	}
	return list
}

// Likely returns whom to offer for a meeting: those on record, those of the
// last meeting of its kind and series, the department's staff, and the care
// managers of the offices among them; each once, in that order.
func Likely(f *fee.Facts, rows []Row, row Row) []Attendee {
	var list []Attendee
	seen := make(map[string]bool)
	add := func(a Attendee) {
		if !seen[a.Key()] {
			seen[a.Key()] = true
			list = append(list, a)
		}
	}
	for _, a := range recorded(f, row) {
		add(a)
	}
	if last := lastOf(rows, row); last != nil {
		for _, a := range recorded(f, *last) {
			a.Why = fmt.Sprintf("前回 %d/%d 出席", last.HeldOn.MonthNumber(), last.HeldOn.Day())
			if a.Kind != models.AttendeeOther {
				a.Affiliation = cmp.Or(affiliation(f, a.Kind, a.Code, row.HeldOn), a.Affiliation)
			}
			add(a)
		}
	}
	for i := range f.Book.Staff {
		s := &f.Book.Staff[i]
		if s.Period().Covers(row.HeldOn) && f.InDepartment(s.Code, row.HeldOn) {
			add(Attendee{models.AttendeeStaff, s.Code, s.Name, s.Kana, f.Params.HospitalName, "部門の担当者"})
		}
	}
	offices := make(map[string]bool)
	for _, a := range list {
		if p := f.OfficeOf(a.Code, row.HeldOn); a.Kind == models.AttendeeCM && p != nil {
			offices[p.Code] = true
		}
	}
	for i := range f.Book.CareManagers {
		c := &f.Book.CareManagers[i]
		if p := f.OfficeOf(c.Code, row.HeldOn); p != nil && offices[p.Code] {
			add(managerAttendee(f, c, row.HeldOn, "同じ事業所"))
		}
	}
	order := func(a Attendee) string { return models.SearchKey(cmp.Or(a.Kana, a.Name)) }
	slices.SortStableFunc(list, func(a, b Attendee) int {
		return cmp.Or(cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)), strings.Compare(order(a), order(b)))
	})
	return list
}

// attendeeKinds begin with the care managers, whom the evidence is about.
var attendeeKinds = []models.AttendeeKind{models.AttendeeCM, models.AttendeeStaff, models.AttendeeOther}

func kindRank(k models.AttendeeKind) int { return slices.Index(attendeeKinds, k) }

// lastOf returns the latest meeting before this one that is most like it: of
// the same series (the name without its number), else of the same kind.
func lastOf(rows []Row, row Row) *Row {
	var ofSeries, ofKind *Row
	for i := range rows {
		r := &rows[i]
		if r.Code == row.Code || r.HeldOn > row.HeldOn || len(r.Attendances) == 0 || r.Kind != row.Kind {
			continue
		}
		if ofKind == nil || r.HeldOn > ofKind.HeldOn {
			ofKind = r
		}
		if series(r.Name) == series(row.Name) && (ofSeries == nil || r.HeldOn > ofSeries.HeldOn) {
			ofSeries = r
		}
	}
	if ofSeries != nil {
		return ofSeries
	}
	return ofKind
}

// series is the name of a meeting without its numbers: 「第41回 勉強会」 and
// 「第42回 勉強会」 are one series.
func series(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, models.SearchKey(name))
}

// changes returns the edit that makes the attendance of a meeting what is
// ticked: who is gone, then who is new, newcomers with their registration.
func changes(meeting string, before []models.Attendance, ticked []Attendee, newcomers []Newcomer) []app.Step {
	var steps []app.Step
	now := make(map[string]bool, len(ticked))
	for _, a := range ticked {
		now[a.Key()] = true
	}
	was := make(map[string]bool, len(before))
	for _, a := range before {
		was[keyOf(a)] = true
		if !now[keyOf(a)] {
			steps = append(steps, app.Remove(a))
		}
	}
	for _, a := range ticked {
		at := slices.IndexFunc(newcomers, func(n Newcomer) bool { return a.Kind == models.AttendeeCM && n.CareManager.Code == a.Code })
		switch {
		case was[a.Key()]:
		case at >= 0:
			steps = append(steps, newcomers[at].steps(a.attendance(meeting))...)
		default:
			steps = append(steps, app.Put(a.attendance(meeting)))
		}
	}
	return steps
}

// attendances returns the records of those ticked, for judging.
func attendances(meeting string, ticked []Attendee) []models.Attendance {
	list := make([]models.Attendance, len(ticked))
	for i, a := range ticked {
		list[i] = a.attendance(meeting)
	}
	return list
}

// headcount returns 「12人（ケアマネ 8・職員 3・その他 1）」.
func headcount(ticked []Attendee) string {
	var n [3]int
	for _, a := range ticked {
		if rank := kindRank(a.Kind); rank >= 0 {
			n[rank]++
		}
	}
	return fmt.Sprintf("%d人（ケアマネ %d・職員 %d・その他 %d）", len(ticked), n[0], n[1], n[2])
}

// ticks is what is kept of an attendance not saved yet.
type ticks struct {
	Ticked    []Attendee
	Newcomers []Newcomer
	Before    []string // keys of those on record when it was taken; nil is not known
}

func (s ticks) text() string {
	text, err := json.Marshal(s)
	if err != nil {
		return "" // of plain texts and dates there is always one
	}
	return string(text)
}

// onto returns who is ticked when the sheet is put back and the record may have
// changed since. Who was ticked in the sheet is added, who was unticked is taken
// away, and the others are as recorded.
func (s ticks) onto(recorded map[string]bool) map[string]bool {
	ticked := maps.Clone(recorded)
	if s.Before == nil {
		clear(ticked)
	}
	for _, key := range s.Before {
		delete(ticked, key)
	}
	for _, a := range s.Ticked {
		if key := a.Key(); recorded[key] || !slices.Contains(s.Before, key) {
			ticked[key] = true
		}
	}
	return ticked
}

// readTicks reads what text wrote. Older versions gave a newcomer a code before
// saving. Somebody else may have that code by now, so it is replaced.
func readTicks(text string) (ticks, bool) {
	var s ticks
	if text == "" || json.Unmarshal([]byte(text), &s) != nil {
		return s, false
	}
	for i := range s.Newcomers {
		code := s.Newcomers[i].CareManager.Code
		if strings.HasPrefix(code, sheetCode) {
			continue
		}
		s.Newcomers[i].CareManager.Code, s.Newcomers[i].Affiliation.CareManager = sheetCode+code, sheetCode+code
		for j := range s.Ticked {
			if a := &s.Ticked[j]; a.Kind == models.AttendeeCM && a.Code == code {
				a.Code = sheetCode + code
			}
		}
	}
	return s, true
}

// entries are the people a search for attendees finds, as of a day.
func entries(f *fee.Facts, on models.Date) []models.FindEntry {
	return append(people.CareManagers(f, on), people.StaffMembers(f, on)...)
}

// attendeeOf returns what was found as an attendee.
func attendeeOf(f *fee.Facts, e models.FindEntry, on models.Date) Attendee {
	kind, code := people.Split(e.Key)
	a := Attendee{Kind: models.AttendeeCM, Code: code, Name: e.Title, Kana: e.Kana, Why: "さがした人"}
	if kind == people.Staff {
		a.Kind = models.AttendeeStaff
	}
	a.Affiliation = affiliation(f, a.Kind, code, on)
	return a
}
