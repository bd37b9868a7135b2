package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
)

// Row heights of the form to sign, in points. handLines are empty lines for
// attendees who are not on the list.
const (
	signHeight = 27.0
	handLines  = 12
)

// addSignatures writes the 出席簿 to sign: the facts of the 会議 asked for, or
// room for them, then the names of the department and of the care managers with
// an office, then empty lines.
func addSignatures(b *book, r *Request) {
	on, when := r.OutputOn, "署名用"
	if r.Key != "" {
		on, when = r.meeting(r.Key).HeldOn, "署名用　会議コード "+r.Key
	}
	invited := invitedTo(r, on)
	s := b.addSheet("署名用", attendancePage)
	s.title(attendanceTitle, r.head(when),
		fmt.Sprintf("名簿: %sに入退院支援部門・病棟専任の職員と、連携先に所属するケアマネ・相談支援専門員　%s名　空欄 %d行", on, thousands(len(invited)), handLines))
	facts := meetingFacts(signFacts(r), 5)
	facts.rowHeight = signHeight
	s.table(facts)
	lines := append(invited, make([]attendee, handLines)...)
	number := 0
	s.table(tabulate([]column[attendee]{
		{head: "No", width: fit(4, 4), format: formatNumber, value: func(attendee) any { number++; return number }},
		{head: "所属", width: flex(30), value: func(a attendee) any { return a.place }},
		{head: "職種・資格", width: fit(18, 20), value: func(a attendee) any { return a.job }},
		{head: "氏名", width: fit(16, 20), value: func(a attendee) any { return a.name }},
		{head: "署名", width: fit(24, 24), value: func(attendee) any { return "" }},
	}, lines).asForm(signHeight))
	s.note("出席した方だけが署名します。名簿にない方は、空欄に所属・職種・氏名を書いて署名してください。" +
		"会議のあと、出席・連絡先一覧の共有・会議として算入する理由を連携台帳に記録します（通知(3)イ）。")
}

// signFacts returns the facts of the 会議. Those not recorded are left blank.
func signFacts(r *Request) []meetingFact {
	m := &models.Meeting{}
	date := "　　　　　年　　　月　　　日（　　）"
	if r.Key != "" {
		m = r.meeting(r.Key)
		date = m.HeldOn.Echo()
	}
	return []meetingFact{
		{"日時", date + "　　　　　：　　　〜　　　："},
		{"名称", m.Name},
		{"種別", choices(m.Kind, models.MeetingKinds)},
		{"場所", m.Place},
		{"方法", choices(m.Way, models.MeetingWays)},
		{"主催", m.Host},
		{"議題", m.Agenda},
		{"配布資料", ""},
		{"連絡先一覧の共有", choices(map[models.Mark]string{models.Yes: "した", models.No: "していない"}[m.ContactsShared], []string{"した", "していない"})},
		{"会議として算入", choices(map[models.Mark]string{models.Yes: "する", models.No: "しない"}[m.Counts], []string{"する", "しない"}) + "　　理由: " + m.CountsBecause},
	}
}

// choices returns the values with tick boxes. The recorded one is ticked.
func choices[T ~string](chosen T, values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		box := "□"
		if v == chosen {
			box = "■"
		}
		words[i] = box + string(v)
	}
	return strings.Join(words, "　")
}

// invitedTo lists who is invited on a day: the department and 病棟専任, then
// the care managers by office.
func invitedTo(r *Request, on models.Date) []attendee {
	var ours, theirs []attendee
	seen := make(map[string]bool)
	for i := range r.Facts.Book.Staff {
		s := &r.Facts.Book.Staff[i]
		if postOrder(*s) < 2 && s.Period().Covers(on) && !seen[s.Code] {
			seen[s.Code] = true
			ours = append(ours, attendee{place: r.ownPlace(s.Department != ""), job: string(s.Job), name: staffName(*s), department: s.Department != ""})
		}
	}
	slices.SortStableFunc(ours, func(a, b attendee) int { return cmp.Compare(b.place, a.place) })
	type person struct {
		attendee
		office, code string
	}
	var people []person
	for i := range r.Facts.Book.CareManagers {
		cm := &r.Facts.Book.CareManagers[i]
		office := r.Facts.OfficeOf(cm.Code, on)
		if office == nil || office.EndedOn != 0 && office.EndedOn <= on {
			continue
		}
		people = append(people, person{attendee{place: office.Name, job: string(cm.Qualification), name: cm.Name}, office.Code, cm.Code})
	}
	slices.SortFunc(people, func(a, b person) int {
		return cmp.Or(cmp.Compare(a.office, b.office), cmp.Compare(a.code, b.code))
	})
	for _, p := range people {
		theirs = append(theirs, p.attendee)
	}
	return append(ours, theirs...)
}
