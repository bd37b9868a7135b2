package views

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
)

// ClaimDetail is everything the right side of the 算定 screen says of one
// session, in words.
type ClaimDetail struct {
	Patient    string // ID 氏名 カナ
	Person     string // birth date and age
	Stay       string // ward, day of admission, which day, expected discharge
	Session    string // date, way, partner
	Tint       ui.Tint
	Points     string
	Check      string
	Reason     string
	Plan       string
	Advice     []string
	Conditions []ui.Condition
	Warnings   []Task // W1–W7
	Remedies   []Task // what would make it 指導料2, and what completes the papers
}

// Task is something to look at or to do, with the day it is due in words.
type Task struct {
	Text string
	Todo string
	Due  string
	Late bool
}

// DescribeClaim puts a verdict into words, as of today.
func DescribeClaim(v *fee.Verdict, today models.Date) ClaimDetail {
	d := ClaimDetail{
		Tint: resultTint(v.Result), Points: points(v.Points), Reason: v.Reason,
		Plan: planWords(v), Advice: v.Advice, Check: claimRow(v).Check,
		Session: sessionWords(v),
	}
	d.Patient, d.Person, d.Stay = patientWords(v)
	for _, c := range v.Conditions {
		d.Conditions = append(d.Conditions, conditionWords(c, v.Result))
	}
	d.Warnings, d.Remedies = tasksOf(v, today)
	return d
}

// tasksOf returns what to check and what to do. The to-do of a warning that is
// among the remedies too is named there only, with its deadline.
func tasksOf(v *fee.Verdict, today models.Date) (warnings, remedies []Task) {
	for _, r := range v.Remedies {
		t := Task{Text: r.Text, Due: deadline(r.By, today), Late: !r.By.IsZero() && r.By < today}
		if r.Decisive && t.Late {
			// The day a fact of the past must lie before: nothing is overdue.
			t.Due, t.Late = "期日 "+longDate(r.By), false
		}
		remedies = append(remedies, t)
	}
	for _, w := range v.Warnings {
		t := Task{Text: w.Text}
		if !slices.ContainsFunc(v.Remedies, func(r fee.Remedy) bool { return r.Text == w.Todo }) {
			t.Todo, t.Due, t.Late = w.Todo, deadline(w.By, today), !w.By.IsZero() && w.By < today
		}
		warnings = append(warnings, t)
	}
	return warnings, remedies
}

func patientWords(v *fee.Verdict) (patient, person, stay string) {
	s := v.Session
	if v.Admission == nil {
		return joined("  ", cmp.Or(s.PatientID, "患者IDなし"), "（入院の記録がありません）"), "",
			joined("  ", prefixed("入院 ", s.AdmittedOn.String()))
	}
	a := v.Admission
	patient = joined("  ", a.PatientID, a.Name, a.Kana)
	if !a.BornOn.IsZero() {
		person = a.BornOn.Wareki() + "生"
		if !s.On.IsZero() {
			person += fmt.Sprintf("（%d歳）", models.Age(a.BornOn, s.On))
		}
	}
	person = joined("  ", person, a.Sex, a.Specialty)
	ward := ""
	if v.Ward != nil {
		ward = cmp.Or(v.Ward.Name, v.Ward.Code)
	}
	admitted := prefixed("入院 ", a.AdmittedOn.String())
	if !s.On.IsZero() && s.On >= a.AdmittedOn {
		admitted += fmt.Sprintf("（指導日は%d日目）", a.AdmittedOn.DaysUntil(s.On)+1)
	}
	leaving := prefixed("退院 ", a.DischargedOn.String())
	if leaving == "" {
		leaving = prefixed("退院見込 ", a.ExpectedOn.String())
	}
	return patient, person, joined("  ", ward, admitted, leaving)
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

func sessionWords(v *fee.Verdict) string {
	row := claimRow(v)
	partner := row.Partner
	if row.Office != "" {
		partner += "（" + row.Office + "）"
	}
	return joined("  ", longDate(v.Session.On), string(v.Session.Way), partner)
}

// planWords names the plan of the admission and what the other one would give.
func planWords(v *fee.Verdict) string {
	both := fmt.Sprintf("指導料2なら合計%s ・ 指導料1なら合計%s", points(v.T2), points(v.T1))
	switch v.Plan {
	case fee.Plan2:
		return "この入院は指導料2で算定します（" + both + "）"
	case fee.Plan1:
		return "この入院は指導料1で算定します（" + both + "）"
	}
	return "この入院で算定できる指導料はありません（" + both + "）"
}

var stateWords = map[fee.State]struct {
	word  string
	color color.Color
}{
	fee.Met:      {"満たす", ui.Good},
	fee.NotMet:   {"不足", ui.Bad},
	fee.NotAsked: {"判定外", ui.QuietInk},
}

// conditionOfFee1 is the condition that only 指導料1 asks for (注1).
const conditionOfFee1 = "e1"

func conditionWords(c fee.Condition, result fee.Result) ui.Condition {
	look := stateWords[c.State]
	// 指導料2 does not ask for it: not met, it is no shortcoming.
	beside := c.State == fee.NotMet && c.ID == conditionOfFee1 && result == fee.Fee2
	if beside {
		look.word, look.color = "1の要件", ui.QuietInk
	}
	lines := make([]string, len(c.Evidence))
	for i, e := range c.Evidence {
		lines[i] = e.Text
	}
	return ui.Condition{
		Mark: string(c.State), Word: look.word, Color: look.color, Name: c.Name,
		Evidence: strings.Join(lines, "\n"), Missing: c.Missing, Source: c.Source,
		Quiet: beside || c.State == fee.NotAsked,
	}
}

// Unmet returns how many of the conditions asked for are not met.
func (d ClaimDetail) Unmet() int {
	n := 0
	for _, c := range d.Conditions {
		if c.Mark == string(fee.NotMet) && !c.Quiet {
			n++
		}
	}
	return n
}

// Text returns the whole verdict as lines of text, for pasting into a record.
func (d ClaimDetail) Text() string {
	lines := []string{
		d.Patient, joined("  ", d.Person, d.Stay), "",
		joined("  ", d.Session, "【"+d.Tint.Word+"】", d.Points, d.Check), d.Reason, d.Plan,
	}
	lines = append(lines, d.Advice...)
	lines = append(lines, "", "条件")
	for _, c := range d.Conditions {
		line := joined("  ", c.Mark+" "+c.Word, c.Name, strings.ReplaceAll(c.Evidence, "\n", "、"), c.Missing)
		lines = append(lines, line+prefixed("  〔", c.Source)+closing(c.Source))
	}
	for _, group := range []struct {
		title string
		tasks []Task
	}{{"確認すること", d.Warnings}, {"次にすること", d.Remedies}} {
		if len(group.tasks) == 0 {
			continue
		}
		lines = append(lines, "", group.title)
		for _, t := range group.tasks {
			lines = append(lines, "・"+joined("  ", t.Text, t.Todo, t.Due))
		}
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" && l != "" }), "\n") + "\n"
}

func closing(text string) string {
	if text == "" {
		return ""
	}
	return "〕"
}
