// Package verdict shows the verdict of a session in words: first the sentence,
// then the conditions with evidence and source, then what to do. detail.go makes
// the words, evidence.go the links to records, panel.go draws them. It only
// describes a fee.Verdict; judging is in models/fee.
package verdict

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/words"
)

// Detail is the description of one session's verdict.
type Detail struct {
	Patient    string // ID 氏名 カナ
	Person     string // birth date and age
	Stay       string // ward, day of admission, day of the stay, expected discharge
	Session    string // date, way, partner
	Tint       ui.Tint
	Points     string
	Check      string
	Reason     string
	Plan       string
	Advice     []string
	Conditions []ui.Condition
	Warnings   []Task // W1–W7
	Remedies   []Task // what would make it 指導料2, and missing papers
}

// Task is something to check or to do, with its deadline in words.
type Task struct {
	Text string
	Todo string
	Due  string
	Late bool
}

// Describe describes a verdict as of today.
func Describe(v *fee.Verdict, today models.Date) Detail {
	d := Detail{
		Tint: Tint(v.Result), Points: words.Points(v.Points), Reason: v.Reason,
		Plan: planWords(v), Advice: v.Advice, Check: Check(v),
		Session: sessionWords(v),
	}
	d.Patient, d.Person, d.Stay = patientWords(v)
	for _, c := range v.Conditions {
		d.Conditions = append(d.Conditions, conditionWords(v, c))
	}
	d.Warnings, d.Remedies = tasksOf(v, today)
	return d
}

// tasksOf returns what to check and what to do. A to-do of a warning that is
// also a remedy is listed only as the remedy, with its deadline.
func tasksOf(v *fee.Verdict, today models.Date) (warnings, remedies []Task) {
	for _, r := range v.Remedies {
		t := Task{Text: r.Do(today), Due: words.Deadline(r.By, today), Late: !r.By.IsZero() && r.By < today}
		if r.Late != "" && t.Late {
			// The day has passed and the text says so; nothing is overdue.
			t.Due, t.Late = "", false
		}
		remedies = append(remedies, t)
	}
	for _, w := range v.Warnings {
		t := Task{Text: w.Text}
		if !slices.ContainsFunc(v.Remedies, func(r fee.Remedy) bool { return r.Text == w.Todo }) {
			t.Todo, t.Due, t.Late = w.Do(today), words.Deadline(w.By, today), !w.By.IsZero() && w.By < today
		}
		warnings = append(warnings, t)
	}
	return warnings, remedies
}

func patientWords(v *fee.Verdict) (patient, person, stay string) {
	s := v.Session
	if v.Admission == nil {
		return words.Joined("  ", cmp.Or(s.PatientID, "患者IDなし"), "（入院の記録がありません）"), "",
			words.Joined("  ", words.Prefixed("入院 ", s.AdmittedOn.String()))
	}
	a := v.Admission
	patient = words.Joined("  ", a.PatientID, a.Name, a.Kana)
	if !a.BornOn.IsZero() {
		person = a.BornOn.Wareki() + "生"
		if !s.On.IsZero() {
			person += fmt.Sprintf("（%d歳）", models.Age(a.BornOn, s.On))
		}
	}
	person = words.Joined("  ", person, a.Sex, a.Specialty)
	ward := ""
	if v.Ward != nil {
		ward = cmp.Or(v.Ward.Name, v.Ward.Code)
	}
	admitted := words.Prefixed("入院 ", a.AdmittedOn.String())
	if !s.On.IsZero() && s.On >= a.AdmittedOn {
		admitted += fmt.Sprintf("（指導日は%d日目）", a.AdmittedOn.DaysUntil(s.On)+1)
	}
	leaving := words.Prefixed("退院 ", a.DischargedOn.String())
	if leaving == "" {
		leaving = words.Prefixed("退院見込 ", a.ExpectedOn.String())
	}
	return patient, person, words.Joined("  ", ward, admitted, leaving)
}

func sessionWords(v *fee.Verdict) string {
	return words.Joined("  ", words.LongDate(v.Session.On), string(v.Session.Way), Partner(v))
}

// planWords names the plan of the admission and what the other one would earn.
func planWords(v *fee.Verdict) string {
	both := fmt.Sprintf("指導料2なら合計%s ・ 指導料1なら合計%s", words.Points(v.T2), words.Points(v.T1))
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

// conditionOfFee1 is the condition that only 指導料1 has (注1).
const conditionOfFee1 = "e1"

// Condition is a condition as the window shows it; ward is where the session
// took place, nil for none.
func Condition(c fee.Condition, ward *models.Ward) ui.Condition {
	look := stateWords[c.State]
	return ui.Condition{
		Mark: string(c.State), Word: look.word, Color: look.color, Name: c.Name,
		Evidence: Evidence(c, ward), Missing: c.Missing, Source: c.Source, Quiet: c.State == fee.NotAsked,
	}
}

func conditionWords(v *fee.Verdict, c fee.Condition) ui.Condition {
	shown := Condition(c, v.Ward)
	// 指導料2 does not ask for it: not met, it is no shortcoming.
	if c.State == fee.NotMet && c.ID == conditionOfFee1 && v.Result == fee.Fee2 {
		shown.Word, shown.Color, shown.Quiet = "1の要件", ui.QuietInk, true
	}
	return shown
}

// Unmet returns how many of the conditions asked for are not met.
func (d Detail) Unmet() int {
	n := 0
	for _, c := range d.Conditions {
		if c.Mark == string(fee.NotMet) && !c.Quiet {
			n++
		}
	}
	return n
}

// Text returns the whole verdict as lines of text, for pasting into a record.
func (d Detail) Text() string {
	lines := []string{
		d.Patient, words.Joined("  ", d.Person, d.Stay), "",
		words.Joined("  ", d.Session, "【"+d.Tint.Word+"】", d.Points, d.Check), d.Reason, d.Plan,
	}
	lines = append(lines, d.Advice...)
	lines = append(lines, "", "条件")
	for _, c := range d.Conditions {
		line := words.Joined("  ", c.Mark+" "+c.Word, c.Name, evidenceWords(c.Evidence), c.Missing)
		lines = append(lines, line+words.Bracketed("  〔", c.Source, "〕"))
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
			lines = append(lines, "・"+words.Joined("  ", t.Text, t.Todo, t.Due))
		}
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" && l != "" }), "\n") + "\n"
}

// Words of the column 確定.
const (
	Action  = "要対応"
	Ready   = "確定可"
	Done    = "確定済" // confirmed by 医事課
	Differs = "相違"  // confirmed, but judged differently today
)

// Checked is Check for a session that may be confirmed: 要対応, 相違, 確定済,
// 確定可 or "". confirmed is its 確定, or nil.
func Checked(v *fee.Verdict, confirmed *models.Confirmation) string {
	switch {
	case v.NeedsAction() || confirmed == nil:
		return Check(v)
	case v.Departs(confirmed):
		return Differs
	}
	return Done
}

// Check returns 要対応, 確定可 or "".
func Check(v *fee.Verdict) string {
	switch {
	case v.NeedsAction():
		return Action
	case v.Confirmable():
		return Ready
	}
	return ""
}

// Partner returns 「佐藤 実（さくら居宅）」, or the code if the name is unknown.
func Partner(v *fee.Verdict) string {
	name := v.Session.CareManager
	if v.CareManager != nil {
		name = v.CareManager.Name
	}
	if v.Office != nil {
		name += "（" + v.Office.Name + "）"
	}
	return name
}

// colors are the backgrounds of the result badges.
var colors = map[fee.Result]color.Color{
	fee.Fee2:        ui.Good,
	fee.Fee1:        ui.Accent,
	fee.FeeLegacy:   ui.QuietInk,
	fee.Pending:     ui.Hold,
	fee.NotBillable: ui.Bad,
	fee.NotBilled:   ui.QuietInk,
}

// Tint returns the badge of a result.
func Tint(r fee.Result) ui.Tint { return ui.Tint{Word: string(r), Color: colors[r]} }
