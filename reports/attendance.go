package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
)

const attendanceTitle = "会議・勉強会 出席簿"

// attendanceKind is the 出席簿 (fee-rules §8 ④): filled in from the records, or
// blank for signatures.
var attendanceKind = Kind{
	Name: "attendance", Title: attendanceTitle, Basis: ByPeriod, KeyName: "会議", HasBlank: true, countsFrame: true,
	part:    frameOnly,
	Purpose: "会議・勉強会にだれが出席し、連絡先を共有したかの出席簿です。署名用の用紙にもできます",
	Counts: func(r Request) string {
		meetings := attendanceMeetings(&r)
		people := 0
		for i := range meetings {
			people += len(meetings[i].attendees)
		}
		return fmt.Sprintf("会議・勉強会 %s件 ・ 出席 のべ%s名", thousands(len(meetings)), thousands(people))
	},
	Make: writeAttendance,
}

// attendedMeeting is a 会議 with its attendees.
type attendedMeeting struct {
	*models.Meeting
	attendees []attendee
}

// attendee is one line of the 出席簿.
type attendee struct {
	kind       models.AttendeeKind
	group      string // 当院, ケアマネ, その他
	place      string // 所属
	job        string // 職種 or 資格
	name       string
	department bool // 部門の担当者 on the day
}

// writeAttendance writes 一覧 and one sheet per 会議, or with Blank one sheet
// to sign.
func writeAttendance(ctx context.Context, path string, r Request) error {
	if err := r.checkPeriod(attendanceTitle); err != nil {
		return err
	}
	if r.Key != "" && r.meeting(r.Key) == nil {
		return unknownKey("会議コード", r.Key)
	}
	b := r.newBook(attendanceTitle) // the day is in the sheet name: a portrait footer has little room
	if r.Blank {
		addSignatures(b, &r)
		return b.save(ctx, path)
	}
	meetings := attendanceMeetings(&r)
	addMeetingList(b, &r, meetings)
	for i := range meetings {
		if err := canceled(ctx); err != nil {
			return err
		}
		addAttendance(b, &r, &meetings[i], b.freeName(meetings[i].HeldOn.String()+" "+meetings[i].Code))
	}
	return b.save(ctx, path)
}

// attendanceWhen returns the period, or the 会議 asked for.
func (r *Request) attendanceWhen() string {
	if r.Key != "" {
		return r.Key
	}
	return periodWords(r.Period)
}

func (r *Request) meeting(code string) *models.Meeting {
	for i := range r.Facts.Book.Meetings {
		if m := &r.Facts.Book.Meetings[i]; m.Code == code {
			return m
		}
	}
	return nil
}

// attendanceMeetings returns the 会議 of the period by 開催日, or the one asked
// for.
func attendanceMeetings(r *Request) []attendedMeeting {
	attendances := attendancesByMeeting(r.Facts.Book)
	var meetings []attendedMeeting
	for i := range r.Facts.Book.Meetings {
		m := &r.Facts.Book.Meetings[i]
		if r.Key == "" && r.Period.Covers(m.HeldOn) || r.Key != "" && m.Code == r.Key {
			meetings = append(meetings, attendedMeeting{m, attendeesOf(r, m, attendances[m.Code])})
		}
	}
	slices.SortFunc(meetings, func(a, b attendedMeeting) int {
		return cmp.Or(cmp.Compare(a.HeldOn, b.HeldOn), cmp.Compare(a.Code, b.Code))
	})
	return meetings
}

// attendeesOf returns the lines of the 出席簿: our staff with the department
// first, then the care managers by office, then the others.
func attendeesOf(r *Request, m *models.Meeting, attendances []models.Attendance) []attendee {
	var list []attendee
	for _, a := range attendances {
		list = append(list, attendeeOf(r, m, a))
	}
	order := func(a attendee) int {
		switch {
		case a.department:
			return 0
		case a.kind == models.AttendeeStaff:
			return 1
		case a.kind == models.AttendeeCM:
			return 2
		}
		return 3
	}
	slices.SortStableFunc(list, func(a, b attendee) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.place, b.place))
	})
	return list
}

func attendeeOf(r *Request, m *models.Meeting, a models.Attendance) attendee {
	line := attendee{kind: a.Kind, group: "その他", place: a.Affiliation, name: attendeeName(r.Facts, a, m.HeldOn)}
	switch a.Kind {
	case models.AttendeeStaff:
		line.group, line.department = "当院", r.Facts.InDepartment(a.Code, m.HeldOn)
		line.place = cmp.Or(line.place, r.ownPlace(line.department))
		if rows := r.Facts.StaffOn(a.Code, m.HeldOn); len(rows) > 0 {
			line.job = string(rows[0].Job)
		}
	case models.AttendeeCM:
		line.group = "ケアマネ"
		if cm := r.Facts.CareManager(a.Code); cm != nil {
			line.job = string(cm.Qualification)
		}
		if office := r.Facts.OfficeOf(a.Code, m.HeldOn); office != nil {
			line.place = cmp.Or(line.place, office.Name)
		}
	}
	return line
}

// ownPlace returns the 所属 of our staff if the 出席簿 has none.
func (r *Request) ownPlace(department bool) string {
	hospital := cmp.Or(r.Facts.Params.HospitalName, "当院")
	if department {
		return hospital + " 入退院支援部門"
	}
	return hospital
}

func (m *attendedMeeting) count(is func(attendee) bool) int {
	n := 0
	for _, a := range m.attendees {
		if is(a) {
			n++
		}
	}
	return n
}

func (m *attendedMeeting) of(kind models.AttendeeKind) int {
	return m.count(func(a attendee) bool { return a.kind == kind })
}

func (m *attendedMeeting) department() int {
	return m.count(func(a attendee) bool { return a.department })
}

// countsWord says whether the 会議 counts for 通知(3)イ. ○ needs a 部門の担当者.
func (r *Request) countsWord(m *attendedMeeting) string {
	return models.MarkOf(r.Facts.CountsAsMeeting(m.Meeting) && m.department() > 0).String()
}

const attendanceWords = "会議として算入は、平時の連携（通知(3)イ）に数えるかどうかです。会議として数え、部門の担当者の出席があるものを ○ とします。" +
	"部門の担当者は、開催日に入退院支援部門の専従・専任であった職員です。"

func addMeetingList(b *book, r *Request, meetings []attendedMeeting) {
	people, counted := 0, 0
	for i := range meetings {
		people += len(meetings[i].attendees)
		if r.countsWord(&meetings[i]) == "○" {
			counted++
		}
	}
	s := b.addSheet("一覧", page{landscape: true, minFont: 8.5})
	s.title("会議・勉強会 一覧", r.head(r.attendanceWhen()),
		fmt.Sprintf("対象: %sの会議・勉強会　%s件（うち会議として算入 %s件）　出席 のべ%s名　並び: 開催日・会議コードの順",
			r.attendanceWhen(), thousands(len(meetings)), thousands(counted), thousands(people)))
	s.table(tabulate(meetingColumns(r), pointers(meetings)).asList(3))
	s.note("1件ごとの出席簿が、このあとのシートにあります。" + attendanceWords)
}

func pointers[T any](rows []T) []*T {
	list := make([]*T, len(rows))
	for i := range rows {
		list[i] = &rows[i]
	}
	return list
}

func meetingColumns(r *Request) []column[*attendedMeeting] {
	type row = *attendedMeeting
	return []column[row]{
		{head: "会議\nコード", width: fit(4, 8), format: formatID, value: func(m row) any { return m.Code }},
		{head: "開催日", format: formatDate, value: func(m row) any { return m.HeldOn }},
		{head: "名称", width: flex(20), value: func(m row) any { return m.Name }},
		{head: "種別", width: fit(8, 14.2), value: func(m row) any { return string(m.Kind) }},
		{head: "主催", width: fit(10, 22.2), value: func(m row) any { return m.Host }},
		{head: "場所", width: fit(10, 18.2), value: func(m row) any { return m.Place }},
		{head: "方法", width: fit(4, 10.2), format: formatMark, value: func(m row) any { return string(m.Way) }},
		{head: "出席\n計", width: fit(3, 3), format: formatNumber, value: func(m row) any { return len(m.attendees) }},
		{head: "うち\n部門", width: fit(3, 3), format: formatNumber, value: func(m row) any { return m.department() }},
		{head: "うち\nCM", width: fit(3, 3), format: formatNumber, value: func(m row) any { return m.of(models.AttendeeCM) }},
		{head: "会議\n算入", width: fit(4, 4), format: formatMark, value: func(m row) any { return r.countsWord(m) },
			tone: func(m row) tone { return menkaiTone(r.countsWord(m) == "○") }},
		{head: "算入の理由", width: flex(16), value: func(m row) any { return m.CountsBecause }},
		{head: "連絡先\n共有", width: fit(4, 4), format: formatMark, value: func(m row) any { return cmp.Or(m.ContactsShared.String(), "―") }},
	}
}

// meetingFact is one line of the upper table of an 出席簿.
type meetingFact struct{ name, value string }

// meetingFacts makes the upper table of two columns, as wide as the list below
// it.
func meetingFacts(lines []meetingFact, columns int) *grid {
	return tabulate([]column[meetingFact]{
		{head: "項目", span: 2, value: func(l meetingFact) any { return l.name }},
		{head: "内容", span: columns - 2, value: func(l meetingFact) any { return l.value }},
	}, lines)
}

var attendancePage = page{minFont: 10, indent: true}

func addAttendance(b *book, r *Request, m *attendedMeeting, name string) {
	s := b.addSheet(name, attendancePage)
	s.title(attendanceTitle, r.head("会議コード "+m.Code))
	shared := map[models.Mark]string{models.Yes: "○ 共有した", models.No: "× 共有していない", models.Unknown: "記録なし"}[m.ContactsShared]
	s.table(meetingFacts([]meetingFact{
		{"開催日", m.HeldOn.Echo()},
		{"名称", m.Name},
		{"種別", string(m.Kind)},
		{"場所・方法", strings.Trim(m.Place+"　"+string(m.Way), "　")},
		{"主催", m.Host},
		{"議題", m.Agenda},
		{"配布資料", ""},
		{"連絡先一覧の共有", shared},
		{"会議として算入", strings.TrimRight(r.countsWord(m)+"　"+m.CountsBecause, "　")},
		{"出席者", fmt.Sprintf("%d名（当院 %d名 うち部門の担当者 %d名、ケアマネ %d名、その他 %d名）", len(m.attendees),
			m.of(models.AttendeeStaff), m.department(), m.of(models.AttendeeCM), m.of(models.AttendeeOther))},
	}, 6))
	number := 0
	s.table(tabulate([]column[attendee]{
		{head: "No", width: fit(3, 3), format: formatNumber, value: func(attendee) any { number++; return number }},
		{head: "区分", width: fit(13, 13), format: formatMark, value: func(a attendee) any { return a.group }},
		{head: "所属", width: flex(24), value: func(a attendee) any { return a.place }},
		{head: "職種・資格", width: fit(18, 20), value: func(a attendee) any { return a.job }},
		{head: "氏名", width: fit(14, 20), value: func(a attendee) any { return a.name }},
		{head: "部門の\n担当者", width: fit(6, 6), format: formatMark, value: func(a attendee) any { return mark(a.department) }},
	}, m.attendees).asForm(0))
	s.note(attendanceWords + "配布資料は記録の項目にないため、空けてあります。")
}
