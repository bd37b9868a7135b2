package fee

import (
	"renkei/models"
)

// Result is the 判定 of a session.
type Result string

// The results.
const (
	Fee2        Result = "指導料2"
	Fee1        Result = "指導料1"
	FeeLegacy   Result = "旧区分"
	NotBillable Result = "算定不可"
	NotBilled   Result = "算定なし"
	Pending     Result = "判定保留"
)

// Results lists the results in the order lists show them.
var Results = []Result{Fee2, Fee1, FeeLegacy, Pending, NotBillable, NotBilled}

// Billable reports whether the session earns points.
func (r Result) Billable() bool { return r == Fee1 || r == Fee2 || r == FeeLegacy }

// Plan is the fee an admission (chain) is billed by: "1", "2" or none.
type Plan string

// The plans. 指導料1 and 指導料2 are never mixed in one admission (通知(9)).
const (
	NoPlan Plan = ""
	Plan1  Plan = "1"
	Plan2  Plan = "2"
)

// Verdict is what the rules say of one session, with the grounds. The window,
// the commands and the reports all show this value; nothing else decides.
type Verdict struct {
	Session models.JointGuidance
	// Admission is nil when the session refers to one that is not registered.
	Admission *models.Admission
	// Ward is the ward of the session's day, nil when it is not known.
	Ward *models.Ward
	// CareManager and Office are the partner of the session and the office on
	// the day, nil when not known.
	CareManager *models.CareManager
	Office      *models.Partner
	// Staff holds the rows of the session's staff that cover its day.
	Staff []models.Staff

	Result   Result
	Points   int
	Code     string // 0–15 with 5a, 5b, 5c, 6a, 6b, 7a, 7b, 7c (fee-rules 11-1, 11-2)
	Reason   string // one sentence, the first thing a person reads
	Advice   []string
	Warnings []Warning

	Plan   Plan
	T1, T2 int // points of the whole chain if all were billed as 1, as 2
	// FirstClaimOn is the first date of the chain that is billable or was
	// claimed: 初回算定日. Blank when there is none.
	FirstClaimOn models.Date

	// Chain names the chain of the session: the first 指導番号 of those that
	// share its limits.
	Chain string

	Conditions []Condition
	Remedies   []Remedy
	// Holds are the records that keep a session at 判定保留, in the order of Reason.
	Holds []Mending
	// Fits1 and Fits2 tell whether the session by itself meets 指導料1 (e1) and
	// 指導料2 (e2).
	Fits1, Fits2 bool
	// Candidate is true when 11-1 leaves the session to the plan of its chain.
	Candidate   bool
	RuleVersion string
}

// Confirmable reports whether 医事課 may confirm the session: billable, with
// neither 要点 (W1) nor ケアプラン写し (W2) missing and no contradiction to what
// is recorded (W7).
func (v *Verdict) Confirmable() bool {
	return v.Result.Billable() && !v.Warned("W1") && !v.Warned("W2") && !v.Warned("W7")
}

// NeedsAction reports whether somebody has to do something before the session
// can be billed as judged: 判定保留, or billable but not 確定可, or recorded and
// judged otherwise.
func (v *Verdict) NeedsAction() bool {
	return v.Result == Pending || v.Warned("W7") || v.Result.Billable() && !v.Confirmable()
}

// Meets reports whether the condition of that ID stands at ○.
func (v *Verdict) Meets(id string) bool {
	for i := range v.Conditions {
		if v.Conditions[i].ID == id {
			return v.Conditions[i].State == Met
		}
	}
	return false
}

// Warned reports whether the warning of that code is raised.
func (v *Verdict) Warned(code string) bool {
	for _, w := range v.Warnings {
		if w.Code == code {
			return true
		}
	}
	return false
}

// Warning does not change the class (fee-rules 11-3).
type Warning struct {
	Code string // W1–W7
	Text string
	// Todo is what to do about it, Late what when its day has passed; By is the
	// day it was or is due, blank if none.
	Todo, Late string
	By         models.Date
}

// Do returns what to do about the warning as of today.
func (w Warning) Do(today models.Date) string { return dueOr(w.Todo, w.Late, w.By, today) }

// dueOr is what to do before its day has passed, or after it.
func dueOr(todo, late string, by, today models.Date) string {
	if late != "" && by != 0 && by < today {
		return late
	}
	return todo
}

// State is how a condition stands.
type State string

// ○ met, × not met, － not asked for here (or not reached).
const (
	Met      State = "○"
	NotMet   State = "×"
	NotAsked State = "－"
)

// Condition is one condition of the rules as it stands for the session.
type Condition struct {
	ID       string // the code of fee-rules §11: 2, 3, 4, 5a … 11a–11f, e1
	Name     string // what is asked, in the field's words
	State    State
	Evidence []Evidence
	Missing  string // what is missing, "" when met
	Source   string // 告示・通知 paragraph
	Fee2Only bool   // asked for 指導料2 only
	// Mend is the record that mends a condition which is × or, for want of a
	// record, －.
	Mend Mending
}

// EvidenceKind is the sheet a piece of evidence is recorded on.
type EvidenceKind string

// Evidence is a record a condition rests on.
type Evidence struct {
	Kind EvidenceKind // sheet name: 会議, 規程, 病棟 …
	Key  string       // key of the record on that sheet
	Date models.Date
	Text string // as shown: 「多職種連携会議 2026-07-14 佐藤さん出席」
}

// Remedy is something that can still be done: what, what it would lead to, and
// by when (blank when there is no limit). The day of a decisive remedy is the
// one by which the thing itself must have happened.
type Remedy struct {
	Text string
	// Late takes the place of Text when the day has passed: nothing is to be
	// dated back, so it asks for what was done in fact.
	Late string
	By   models.Date
	// Decisive is true when doing all decisive remedies gives the session all
	// that 指導料2 asks of it; false for what leads to 指導料1 or only completes
	// the papers.
	Decisive bool
}

// Do returns what to do as of today, without the day.
func (r Remedy) Do(today models.Date) string { return dueOr(r.Text, r.Late, r.By, today) }

// Words returns what to do as of today, with a day still to come.
func (r Remedy) Words(today models.Date) string {
	if r.By == 0 || r.By < today {
		return r.Do(today)
	}
	return r.Text + "（" + r.By.String() + "まで）"
}
