package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

const relationsTitle = "平時の連携体制 台帳"

// relationsKind is the 平時の連携体制 台帳 (fee-rules §8 ③).
var relationsKind = Kind{
	Name: "relations", Title: relationsTitle, Basis: ByDate, ahead: true, KeyName: "連携先",
	part:    func(r Request) models.Part { return liaison.PeacetimePart(r.AsOf, r.Facts.Params) },
	Purpose: "指導料2の「平時からの連携」を示す、担当者ごとの会議の出席と連絡先の共有の台帳です",
	Counts: func(r Request) string {
		rows, relations := 0, relationsOf(&r)
		for _, rel := range relations {
			rows += len(rel.meetings)
		}
		return fmt.Sprintf("%sに事業所に所属する担当者 %s名 ・ 会議の記録 %s行", r.asOfWords(), thousands(len(relations)), thousands(rows))
	},
	Make: writeRelations,
}

// relation is the 平時の連携 with one care manager as of the date.
type relation struct {
	cm        *models.CareManager
	office    *models.Partner
	peacetime fee.Peacetime
	meetings  []relationMeeting
}

// relationMeeting is a 会議 as evidence for one care manager.
type relationMeeting struct {
	relation   *relation
	meeting    *models.Meeting
	department []string // names of the 部門の担当者 attending
	attended   bool     // the care manager
	colleague  bool     // or a colleague, if the office is the unit
	counts     bool
	why        string
}

// writeRelations writes 台帳, one line per care manager, and 会議の記録, one
// line per 会議 that is or could be evidence.
func writeRelations(ctx context.Context, path string, r Request) error {
	if err := r.checkAsOf(relationsTitle); err != nil {
		return err
	}
	if r.Key != "" && r.Facts.Partner(r.Key) == nil {
		return unknownKey("連携先コード", r.Key)
	}
	relations := relationsOf(&r)
	b := r.newBook(relationsTitle + " " + r.AsOf.String())
	addRelations(b, &r, relations)
	addRelationMeetings(b, &r, relations)
	return b.save(ctx, path)
}

// relationPerson is a care manager with the office on the date.
type relationPerson struct {
	cm     *models.CareManager
	office *models.Partner
}

// relationPeople returns the care managers with an office on the date, by
// office and code. If the request names an office, only its own.
func relationPeople(r *Request) []relationPerson {
	var people []relationPerson
	for i := range r.Facts.Book.CareManagers {
		cm := &r.Facts.Book.CareManagers[i]
		office := r.Facts.OfficeOf(cm.Code, r.AsOf)
		if office != nil && (r.Key == "" || office.Code == r.Key) {
			people = append(people, relationPerson{cm, office})
		}
	}
	slices.SortFunc(people, func(a, b relationPerson) int {
		return cmp.Or(cmp.Compare(a.office.Code, b.office.Code), cmp.Compare(a.cm.Code, b.cm.Code))
	})
	return people
}

func relationsOf(r *Request) []*relation {
	people := relationPeople(r)
	attendances := attendancesByMeeting(r.Facts.Book)
	relations := make([]*relation, len(people))
	for i, p := range people {
		rel := &relation{cm: p.cm, office: p.office, peacetime: fee.PeacetimeOf(r.Facts, r.Rules, p.cm.Code, r.AsOf)}
		rel.meetings = rel.evidence(r, attendances)
		relations[i] = rel
	}
	return relations
}

func attendancesByMeeting(book *models.Book) map[string][]models.Attendance {
	found := make(map[string][]models.Attendance, len(book.Meetings))
	for _, a := range book.Attendances {
		found[a.Meeting] = append(found[a.Meeting], a)
	}
	return found
}

// evidence lists the 会議 of the evidence window that the care manager
// attended, whether counted or not, and those that serve without attendance,
// newest first.
func (rel *relation) evidence(r *Request, attendances map[string][]models.Attendance) []relationMeeting {
	serves := make(map[string]bool)
	for _, e := range rel.peacetime.Meetings.Evidence {
		if e.Kind == "会議" {
			serves[e.Key] = true
		}
	}
	var start models.Date
	if months := r.Facts.Params.LookbackMonths; months > 0 {
		start = r.AsOf.AddMonths(-months)
	}
	var list []relationMeeting
	for i := range r.Facts.Book.Meetings {
		m := &r.Facts.Book.Meetings[i]
		rm := relationMeeting{relation: rel, meeting: m}
		for _, a := range attendances[m.Code] {
			switch a.Kind {
			case models.AttendeeStaff:
				if r.Facts.InDepartment(a.Code, m.HeldOn) {
					rm.department = append(rm.department, attendeeName(r.Facts, a, m.HeldOn))
				}
			case models.AttendeeCM:
				rm.attended = rm.attended || a.Code == rel.cm.Code
				office := r.Facts.OfficeOf(a.Code, m.HeldOn)
				rm.colleague = rm.colleague || office != nil && office.Code == rel.office.Code
			}
		}
		if serves[m.Code] || rm.attended && m.HeldOn >= start && m.HeldOn <= r.AsOf {
			rm.judge(r, serves[m.Code])
			list = append(list, rm)
		}
	}
	slices.SortStableFunc(list, func(a, b relationMeeting) int { return cmp.Compare(b.meeting.HeldOn, a.meeting.HeldOn) })
	return list
}

// judge says whether the 会議 counts for the care manager and why. Evidence
// counts whoever attended. The newest are the evidence; older ones in the
// window would do as well.
func (rm *relationMeeting) judge(r *Request, serves bool) {
	m := rm.meeting
	counted := r.Facts.CountsAsMeeting(m)
	rm.counts = serves || m.HeldOn < r.AsOf && r.Facts.MeetingServes(m.Code, rm.relation.cm.Code, rm.relation.office.Code)
	switch {
	case !counted:
		rm.why = cmp.Or(m.CountsBecause, "会議として算入しないと記録されています")
		if m.Counts == models.Unknown {
			rm.why = "勉強会で、会議として算入する記録がありません"
		}
	case len(rm.department) == 0:
		rm.why = "部門の担当者の出席記録がありません"
	case m.HeldOn >= r.AsOf:
		rm.why = "基準日より前ではありません"
	case !rm.counts:
		rm.why = "出席した日の所属が今の事業所と異なります（院内基準: 事業所単位）"
	case m.CountsBecause != "":
		rm.why = m.CountsBecause
	case m.Kind == models.StudySession && m.Counts == models.Unknown:
		rm.why = "院内基準で勉強会を会議として算入"
	case m.Kind == models.StudySession:
		rm.why = "会議として算入すると記録されています"
	default:
		rm.why = "種別が通知(3)イの会議"
	}
}

// attendeeName returns the name on the 出席簿, else the registered one.
func attendeeName(f *fee.Facts, a models.Attendance, on models.Date) string {
	if a.Name != "" {
		return a.Name
	}
	switch a.Kind {
	case models.AttendeeStaff:
		if rows := f.StaffOn(a.Code, on); len(rows) > 0 {
			return staffName(rows[0])
		}
	case models.AttendeeCM:
		if cm := f.CareManager(a.Code); cm != nil {
			return cm.Name
		}
	}
	return a.Code
}

// expiringDays is how many days before its end a 平時の連携 is marked.
const expiringDays = liaison.ExpiringDays

// relationWords names the parameters the ledger was made by.
func relationWords(r *Request) string {
	p := r.Facts.Params
	window := "期限なし"
	if p.LookbackMonths > 0 {
		window = fmt.Sprintf("%s〜%s", r.AsOf.AddMonths(-p.LookbackMonths), r.AsOf.AddDays(-1))
	}
	unit := map[string]string{fee.Person: "本人", fee.Office: "事業所"}[p.RelationshipUnit]
	attendance := "相手の出席を求める"
	if !p.RequireCMAttendance {
		attendance = "部門の担当者の出席だけでよい"
	}
	agreement := "事前の取り決めは求めない（望ましい要件、通知(3)ウ）"
	if p.RequireLocalAgreement {
		agreement = "事前の取り決めを必須とする"
	}
	return fmt.Sprintf("院内基準: 会議 %d回以上、実績の期間 %s、みる単位 %s、%s、%s", p.MeetingMinCount, window, unit, attendance, agreement)
}

func (r *Request) officeWords() string {
	if p := r.Facts.Partner(r.Key); p != nil {
		return "連携先: " + p.Name + "（" + p.Code + "）　"
	}
	return ""
}

func addRelations(b *book, r *Request, relations []*relation) {
	ready, ending := 0, 0
	for _, rel := range relations {
		if rel.peacetime.Ready {
			ready++
			if rel.endsSoon(r) {
				ending++
			}
		}
	}
	s := b.addSheet("台帳", listPage)
	s.title(relationsTitle, r.head(r.asOfWords()),
		fmt.Sprintf("%s対象: %sに事業所に所属する担当者　%s名　平時の連携あり %s名（うち%d日以内に切れる %s名）　なし %s名　並び: 事業所・担当者のコード順",
			r.officeWords(), r.asOfWords(), thousands(len(relations)), thousands(ready), expiringDays, thousands(ending), thousands(len(relations)-ready)),
		relationWords(r))
	s.table(tabulate(relationColumns(r), relations).asList(5))
	s.note("平時の連携は、" + r.AsOf.String() + " に入院した患者について、通知(3)イの会議等への出席と連絡先・担当者の共有（院内基準で必須とするときは通知(3)ウの事前の取り決めも）がそろうかをみたものです。" +
		"規程（通知(3)ア）、届出病棟、実施者は含みません。回数・期間・個人か事業所かの定めは通知になく、院内基準によります。")
	s.note("有効期限は、新しい記録がなくても平時の連携が続く最後の入院日です。連絡先共有日は、登録がないときは連絡先を共有した会議の日です。" +
		"会議は、算入できる最も新しいものです。一つ一つは「会議の記録」にあります。確かめることは、平時の連携のほかの事がらです（資格とケアプラン作成は通知(2)、必須としていないときの事前の取り決めは通知(3)ウの望ましい要件）。所属のない担当者は載せていません。")
	s.note(editionNote(&r.Rules))
}

func relationColumns(r *Request) []column[*relation] {
	text := func(value func(*relation) string) func(*relation) any {
		return func(rel *relation) any { return value(rel) }
	}
	return []column[*relation]{
		{head: "連携先\nコード", width: fit(4, 8), format: formatID, value: text(func(rel *relation) string { return rel.office.Code })},
		{head: "事業所", width: fit(16, 21), value: text(func(rel *relation) string { return rel.office.Name })},
		{head: "CM\nコード", width: fit(4, 8), format: formatID, value: text(func(rel *relation) string { return rel.cm.Code })},
		{head: "氏名", width: fit(8, 11), value: text(func(rel *relation) string { return rel.cm.Name })},
		{head: "平時の\n連携", width: fit(6, 6), format: formatMark, value: text(func(rel *relation) string { return readyWord(rel.peacetime.Ready) }),
			tone: func(rel *relation) tone {
				if rel.peacetime.Ready {
					return toneFee2
				}
				return toneAction
			}},
		{head: "有効期限", format: formatDate, width: fit(8, 11.5), value: func(rel *relation) any { return rel.until() },
			tone: func(rel *relation) tone { return menkaiTone(!rel.endsSoon(r)) }},
		{head: "資格", width: fit(8, 12.2), value: text(func(rel *relation) string { return string(rel.cm.Qualification) })},
		{head: "連絡先\n共有日", format: formatDate, width: fit(8, 11.5), value: func(rel *relation) any { return dateOr(rel.sharedOn(), "未登録") },
			tone: func(rel *relation) tone { return missingTone(rel.sharedOn()) }},
		{head: "連絡先\n確認日", format: formatDate, width: fit(8, 11.5), value: func(rel *relation) any { return rel.cm.CheckedOn }},
		{head: "会議の日", format: formatDate, width: fit(8, 11.5), value: func(rel *relation) any { return rel.newest().Date }},
		{head: "会議", width: flex(18), value: text(func(rel *relation) string { return meetingName(r, rel.newest()) })},
		{head: "足りないもの", width: flex(30), value: text((*relation).missing)},
		{head: "確かめること", width: fit(16, 22.5), value: text(func(rel *relation) string { return rel.toCheck(r) })},
	}
}

func readyWord(ready bool) string {
	if ready {
		return "あり"
	}
	return "なし"
}

// until returns the last day of admission the 平時の連携 covers.
func (rel *relation) until() any {
	switch {
	case !rel.peacetime.Ready:
		return ""
	case rel.peacetime.LastsUntil.IsZero():
		return "期限なし"
	}
	return rel.peacetime.LastsUntil
}

func (rel *relation) endsSoon(r *Request) bool {
	until := rel.peacetime.LastsUntil
	return rel.peacetime.Ready && until != 0 && until <= r.AsOf.AddDays(expiringDays)
}

// sharedOn returns the day the contacts were shared: the registered one, else
// that of the 会議.
func (rel *relation) sharedOn() models.Date {
	if rel.cm.SharedOn != 0 || len(rel.peacetime.Contacts.Evidence) == 0 {
		return rel.cm.SharedOn
	}
	return rel.peacetime.Contacts.Evidence[0].Date
}

// newest returns the newest evidence of attendance, or zero.
func (rel *relation) newest() fee.Evidence {
	if len(rel.peacetime.Meetings.Evidence) == 0 {
		return fee.Evidence{}
	}
	return rel.peacetime.Meetings.Evidence[0]
}

func meetingName(r *Request, e fee.Evidence) string {
	for i := range r.Facts.Book.Meetings {
		if m := &r.Facts.Book.Meetings[i]; e.Kind == "会議" && m.Code == e.Key {
			return m.Name
		}
	}
	return e.Text
}

// missing returns what a patient admitted on the date would lack.
func (rel *relation) missing() string {
	return joinLines(rel.peacetime.Missing()...)
}

// toCheck lists what matters not for the 平時の連携 but for the claim or its papers.
func (rel *relation) toCheck(r *Request) string {
	var lines []string
	if rel.cm.Qualification == models.OtherQualified {
		lines = append(lines, "資格が要件の外です")
	}
	if !rel.cm.CanPlan.Is() {
		lines = append(lines, "ケアプラン作成可 未登録")
	}
	if newest := max(rel.sharedOn(), rel.cm.CheckedOn); newest != 0 && newest < r.AsOf.AddMonths(-r.Facts.Params.ContactStaleMonths) {
		lines = append(lines, fmt.Sprintf("連絡先の確認 %dか月超", r.Facts.Params.ContactStaleMonths))
	}
	if rel.office.AgreedOn.IsZero() && !r.Facts.Params.RequireLocalAgreement {
		lines = append(lines, "事前の取り決め 未登録")
	}
	return joinLines(lines...)
}

func addRelationMeetings(b *book, r *Request, relations []*relation) {
	var rows []relationMeeting
	for _, rel := range relations {
		rows = append(rows, rel.meetings...)
	}
	counted := 0
	for _, rm := range rows {
		if rm.counts {
			counted++
		}
	}
	s := b.addSheet("会議の記録", page{landscape: true, minFont: 8.5})
	s.title("平時の連携　会議の記録", r.head(r.asOfWords()),
		fmt.Sprintf("%s対象: 台帳の担当者が出席した、実績の期間の会議・勉強会　%s行（うち算入 %s行）　並び: 事業所・担当者・開催日（新しい順）",
			r.officeWords(), thousands(len(rows)), thousands(counted)),
		relationWords(r))
	s.table(tabulate(relationMeetingColumns(), rows).asList(4))
	s.note("1行が、担当者1名と会議1件です。算入は、会議として数え、部門の担当者の出席があり、" + r.AsOf.String() + " より前に開かれたものです。" +
		"種別が地域ケア会議・サービス担当者会議・多職種連携会議のものは、算入しないと記録したものを除いて数えます。勉強会は、算入すると記録したもの（または院内基準で数えるもの）だけを数えます。" +
		"部門出席者は、開催日に入退院支援部門の担当者であった職員です。")
}

func relationMeetingColumns() []column[relationMeeting] {
	text := func(value func(relationMeeting) string) func(relationMeeting) any {
		return func(rm relationMeeting) any { return value(rm) }
	}
	return []column[relationMeeting]{
		{head: "連携先\nコード", width: fit(4, 8), format: formatID, value: text(func(rm relationMeeting) string { return rm.relation.office.Code })},
		{head: "事業所", width: fit(16, 21), value: text(func(rm relationMeeting) string { return rm.relation.office.Name })},
		{head: "CM\nコード", width: fit(4, 8), format: formatID, value: text(func(rm relationMeeting) string { return rm.relation.cm.Code })},
		{head: "氏名", width: fit(8, 11), value: text(func(rm relationMeeting) string { return rm.relation.cm.Name })},
		{head: "開催日", format: formatDate, value: func(rm relationMeeting) any { return rm.meeting.HeldOn }},
		{head: "会議名", width: flex(22), value: text(func(rm relationMeeting) string { return rm.meeting.Name })},
		{head: "種別", width: fit(8, 18.2), value: text(func(rm relationMeeting) string { return string(rm.meeting.Kind) })},
		{head: "部門出席者", width: fit(10, 22.2), value: text(func(rm relationMeeting) string { return strings.Join(rm.department, "、") })},
		{head: "CM出席", width: fit(6, 10.2), format: formatMark, value: text(relationMeeting.attendance)},
		{head: "算入", width: fit(4, 4), format: formatMark, value: text(func(rm relationMeeting) string { return models.MarkOf(rm.counts).String() }),
			tone: func(rm relationMeeting) tone { return menkaiTone(rm.counts) }},
		{head: "理由", width: flex(18), value: text(func(rm relationMeeting) string { return rm.why })},
		{head: "連絡先\n共有", width: fit(4, 4), format: formatMark, value: text(func(rm relationMeeting) string { return cmp.Or(rm.meeting.ContactsShared.String(), "―") })},
		{head: "会議\nコード", width: fit(4, 8), format: formatID, value: text(func(rm relationMeeting) string { return rm.meeting.Code })},
	}
}

func (rm relationMeeting) attendance() string {
	switch {
	case rm.attended:
		return "○"
	case rm.colleague:
		return "同じ事業所"
	}
	return "―"
}
