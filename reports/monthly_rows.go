package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// sessionColumn is a column of a list of sessions.
type sessionColumn = column[*fee.Verdict]

// of turns a column of sessions into a column of rows that each have one
// session.
func of[T any](c sessionColumn, session func(T) *fee.Verdict) column[T] {
	moved := column[T]{head: c.head, width: c.width, format: c.format, value: func(row T) any { return c.value(session(row)) }}
	if c.tone != nil {
		moved.tone = func(row T) tone { return c.tone(session(row)) }
	}
	return moved
}

// Columns shared by several lists.
var (
	colPatient = sessionColumn{head: "患者ID", width: fit(6, 12), format: formatID,
		value: func(v *fee.Verdict) any { return v.Session.PatientID }}
	colName = sessionColumn{head: "氏名", width: fit(8, 9.2),
		value: func(v *fee.Verdict) any { return patientName(v) }}
	colWard = sessionColumn{head: "病棟", width: fit(6, 7.4),
		value: func(v *fee.Verdict) any { return wardName(v) }}
	colAdmitted = sessionColumn{head: "入院日", format: formatDate,
		value: func(v *fee.Verdict) any { return v.Session.AdmittedOn }}
	colOn = sessionColumn{head: "指導日", format: formatDate,
		value: func(v *fee.Verdict) any { return v.Session.On }}
	colWay = sessionColumn{head: "方法", width: fit(4, 5.5), format: formatMark,
		value: func(v *fee.Verdict) any { return string(v.Session.Way) }}
	colStaff = sessionColumn{head: "実施者", width: fit(8, 10.2),
		value: func(v *fee.Verdict) any { return staffJobs(v) }}
	colPartner = sessionColumn{head: "相手", width: fit(12, 13.2),
		value: func(v *fee.Verdict) any { return partnerName(v) }}
	colResult = sessionColumn{head: "判定", width: fit(7.4, 8.5), format: formatMark,
		value: func(v *fee.Verdict) any { return string(v.Result) },
		tone:  func(v *fee.Verdict) tone { return resultTone(v.Result) }}
	colWarnings = sessionColumn{head: "警告", width: fit(4, 4), format: formatMark,
		value: func(v *fee.Verdict) any { return warningCodes(v) }}
	colClaim = sessionColumn{head: "記録\n区分", width: fit(4, 5), format: formatMark,
		value: func(v *fee.Verdict) any { return claimWords(v) }}
	colNumber = sessionColumn{head: "指導\n番号", width: fit(4, 8), format: formatID,
		value: func(v *fee.Verdict) any { return v.Session.Number }}
)

func resultTone(r fee.Result) tone {
	switch r {
	case fee.Fee2:
		return toneFee2
	case fee.Fee1:
		return toneFee1
	case fee.NotBillable:
		return toneRefused
	case fee.Pending:
		return tonePending
	}
	return toneNormal
}

func patientName(v *fee.Verdict) string {
	if v.Admission == nil {
		return "（入院未登録）"
	}
	return v.Admission.Name
}

func wardName(v *fee.Verdict) string {
	if v.Ward == nil {
		return "（不明）"
	}
	return cmp.Or(v.Ward.Name, v.Ward.Code)
}

// wardAndFiling returns the ward and, below it, whether 入退院支援加算1 is filed for
// it on the day. One column is enough: a filter by ward loses nothing.
func wardAndFiling(v *fee.Verdict) string {
	if v.Ward != nil && v.Ward.Filing().Covers(v.Session.On) {
		return wardName(v) + "\n加算1 ○"
	}
	return wardName(v) + "\n加算1 ―"
}

// staffNames returns the names of the staff, one per line, or the codes if none
// of them is registered on the day.
func staffNames(v *fee.Verdict) string {
	return staffLines(v, func(s models.Staff) string { return s.Name })
}

// staffJobs returns the names of the staff with their 職種 below.
func staffJobs(v *fee.Verdict) string {
	return staffLines(v, func(s models.Staff) string { return joinLines(s.Name, string(s.Job)) })
}

func staffLines(v *fee.Verdict, line func(models.Staff) string) string {
	var lines []string
	for _, s := range v.Staff {
		if l := line(s); !slices.Contains(lines, l) {
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 && len(v.Session.Staff) > 0 {
		return strings.Join(v.Session.Staff, "・") + "\n（未登録）"
	}
	return strings.Join(lines, "\n")
}

func partnerName(v *fee.Verdict) string {
	name, office := "", ""
	switch {
	case v.CareManager != nil:
		name = v.CareManager.Name
	case v.Session.CareManager != "":
		name = v.Session.CareManager + "（未登録）"
	}
	if v.Office != nil {
		office = v.Office.Name
	}
	return joinLines(name, office)
}

func warningCodes(v *fee.Verdict) string {
	codes := make([]string, len(v.Warnings))
	for i, w := range v.Warnings {
		codes[i] = w.Code
	}
	return strings.Join(codes, "\n")
}

// claimWords returns the recorded 算定区分 with its month below: 「2」「10月」,
// with the year if it is another year.
func claimWords(v *fee.Verdict) string {
	month := ""
	switch m := v.Session.ClaimMonth; {
	case m.IsZero():
	case m.Year() == v.Session.On.Year():
		month = fmt.Sprintf("%d月", m.Number())
	default:
		month = fmt.Sprintf("%d年\n%d月", m.Year(), m.Number())
	}
	return joinLines(string(v.Session.Claim), month)
}

// dateOr returns the date, or the given word if blank.
func dateOr(d models.Date, missing string) any {
	if d.IsZero() {
		return missing
	}
	return d
}

func missingTone(d models.Date) tone {
	if d.IsZero() {
		return toneAction
	}
	return toneNormal
}

// shortReason returns the reason in a few words. 算定理由 has it in full.
func shortReason(v *fee.Verdict) string {
	switch v.Result {
	case fee.Fee2:
		return "2の条件を満たす"
	case fee.FeeLegacy:
		return "令和8年5月以前"
	}
	var lacking []string
	for _, c := range failedFee2(v) {
		lacking = append(lacking, c.Name)
	}
	if len(lacking) == 0 {
		return "入院を指導料1で算定"
	}
	return "2に足りない: " + strings.Join(lacking, "、")
}

// warningWords lists the warnings with their codes.
func warningWords(v *fee.Verdict) string {
	lines := make([]string, len(v.Warnings))
	for i, w := range v.Warnings {
		lines[i] = w.Code + " " + w.Text
	}
	return joinLines(lines...)
}

// missingWords lists what the unmet conditions lack. Conditions of 指導料2
// alone are listed only if the session was refused because of its fee.
func missingWords(v *fee.Verdict) string {
	var lines []string
	for _, c := range v.Conditions {
		if c.State != fee.NotMet || c.Fee2Only && !v.Candidate {
			continue
		}
		line := cmp.Or(c.Missing, c.Name)
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// remedyWords lists what can still be done and by when, as of today.
func remedyWords(v *fee.Verdict, today models.Date) string {
	var lines []string
	for _, r := range v.Remedies {
		lines = append(lines, r.Words(today))
	}
	return joinLines(append(lines, v.Advice...)...)
}
