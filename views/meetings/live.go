package meetings

import (
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// Live is what a meeting is worth as it stands: for 通知(3)イ, and for the shared
// contacts.
type Live struct {
	Counted    bool
	Department bool     // a 部門の担当者 is among those who were there
	Evidence   []string // names of the care managers it is evidence for
	Line       string   // 「部門の担当者の出席 ○ ・ この会議で平時の連携の根拠になる人 5人」
	Warnings   []string
}

// LiveOf judges a meeting by itself: the register is asked only for the people,
// their offices and the staff, so that it is quick at each change. newcomers
// are people who are registered together with the meeting.
func LiveOf(f *fee.Facts, m models.Meeting, attendances []models.Attendance, newcomers []Newcomer) Live {
	alone := meetingAlone(f, m, attendances, newcomers)
	row := rowOf(alone, m, attendances)
	live := Live{Counted: row.Counted, Department: row.Department}
	for _, a := range attendances {
		if a.Kind != models.AttendeeCM || m.HeldOn.IsZero() || alone.CareManager(a.Code) == nil {
			continue
		}
		office := ""
		if p := alone.OfficeOf(a.Code, m.HeldOn); p != nil {
			office = p.Code
		}
		if alone.MeetingServes(m.Code, a.Code, office) {
			live.Evidence = append(live.Evidence, nameOf(alone, a))
		}
	}
	live.Line = fmt.Sprintf("部門の担当者の出席 %s ・ この会議で平時の連携の根拠になる人 %d人", models.MarkOf(live.Department), len(live.Evidence))
	if !live.Counted {
		live.Line = "会議として算入 × ・ " + live.Line
	}
	live.Warnings = warningsOf(f, row, live)
	return live
}

// meetingAlone returns a register with only this meeting and who was there. The
// meeting may not be saved yet.
func meetingAlone(f *fee.Facts, m models.Meeting, attendances []models.Attendance, newcomers []Newcomer) *fee.Facts {
	book := &models.Book{Partners: f.Book.Partners, Staff: f.Book.Staff, Meetings: []models.Meeting{m}}
	there := make(map[string]bool)
	for _, a := range attendances {
		a.Meeting = m.Code
		book.Attendances = append(book.Attendances, a)
		if a.Kind != models.AttendeeCM || there[a.Code] {
			continue
		}
		there[a.Code] = true
		if c := f.CareManager(a.Code); c != nil {
			book.CareManagers = append(book.CareManagers, *c)
		}
	}
	for _, a := range f.Book.Affiliations {
		if there[a.CareManager] {
			book.Affiliations = append(book.Affiliations, a)
		}
	}
	for _, n := range newcomers {
		book.CareManagers = append(book.CareManagers, n.CareManager)
		book.Affiliations = append(book.Affiliations, n.Affiliation)
	}
	return fee.NewFacts(book, f.Params)
}

func warningsOf(f *fee.Facts, row Row, live Live) []string {
	var warnings []string
	if lacksReason(row.Meeting) {
		warnings = append(warnings, "勉強会を会議として数える理由（算入理由）を書いてください。"+ruleWords("study_session_default"))
	}
	if row.Kind == models.StudySession && row.Counts == models.Unknown {
		warnings = append(warnings, "この勉強会を会議として数えるか、まだ決まっていません。"+ruleWords("study_session_default"))
	}
	if live.Counted && !live.Department && len(row.Attendances) > 0 {
		warnings = append(warnings, "部門の担当者の出席がないため、平時の連携の根拠になりません。")
	}
	if n := row.Managers - len(live.Evidence); live.Counted && live.Department && n > 0 && f.Params.RequireCMAttendance {
		warnings = append(warnings, fmt.Sprintf("出席したケアマネのうち%d人は、開催日の所属がないため根拠になりません（院内基準: 事業所単位）。", n))
	}
	return warnings
}

// ruleWords returns what the rule says of a parameter.
func ruleWords(name string) string {
	if d, ok := fee.DefinitionOf(name); ok {
		return strings.TrimSuffix(d.Words, "。") + "。"
	}
	return ""
}

// nameOf returns the name of someone who was there, as registered or else as
// written on the 出席簿.
func nameOf(f *fee.Facts, a models.Attendance) string {
	switch a.Kind {
	case models.AttendeeCM:
		if c := f.CareManager(a.Code); c != nil {
			return c.Name
		}
	case models.AttendeeStaff:
		i := slices.IndexFunc(f.Book.Staff, func(s models.Staff) bool { return s.Code == a.Code })
		if i >= 0 {
			return f.Book.Staff[i].Name
		}
	}
	if a.Name != "" {
		return a.Name
	}
	return a.Code
}
