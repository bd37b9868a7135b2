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

// Results lists the results in display order.
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

// Verdict is the judgement of one session, with its grounds. The window, the
// commands and the reports show this value and never judge themselves. It is
// shared between pages and goroutines: never change it.
type Verdict struct {
	Session models.JointGuidance
	// Admission is nil when it is not registered.
	Admission *models.Admission
	// Ward is the ward on the day of the session, nil when unknown.
	Ward *models.Ward
	// CareManager is the partner of the session and Office the office on that
	// day, nil when unknown.
	CareManager *models.CareManager
	Office      *models.Partner
	// Staff holds the rows of the session's staff that cover its day.
	Staff []models.Staff

	Result   Result
	Points   int
	Code     string // 0–15 with 5a, 5b, 5c, 6a, 6b, 7a, 7b, 7c (fee-rules 11-1, 11-2)
	Reason   string // one sentence, the first thing the user reads
	Advice   []string
	Warnings []Warning

	Plan   Plan
	T1, T2 int // points of the whole chain if all were billed as 1, as 2
	// FirstClaimOn is 初回算定日: the first date of the chain that is billable
	// or was billed. Blank when there is none.
	FirstClaimOn models.Date

	// Chain identifies the chain of the session: the first 指導番号 in it.
	Chain string

	Conditions []Condition
	Remedies   []Remedy
	// Holds are the records that keep the session at 判定保留, in the order of
	// Reason.
	Holds []Mending
	// Fits1 and Fits2 say whether the session alone meets 指導料1 (e1) and
	// 指導料2 (e2).
	Fits1, Fits2 bool
	// Candidate is true when 11-1 passes the session on to the plan of its
	// chain.
	Candidate   bool
	RuleVersion string
}

// Confirmable reports whether 医事課 may confirm the session: billable, neither 要点
// (W1) nor ケアプラン写し (W2) missing, and not contradicting the recorded 算定区分 (W7).
func (v *Verdict) Confirmable() bool {
	return v.Result.Billable() && !v.Warned("W1") && !v.Warned("W2") && !v.Warned("W7")
}

// NeedsAction reports whether somebody must act before the session can be
// billed as judged: 判定保留, billable but not confirmable, or recorded and
// judged differently.
func (v *Verdict) NeedsAction() bool {
	return v.Result == Pending || v.Warned("W7") || v.Result.Billable() && !v.Confirmable()
}

// Meets reports whether the condition with that ID is ○.
func (v *Verdict) Meets(id string) bool {
	for i := range v.Conditions {
		if v.Conditions[i].ID == id {
			return v.Conditions[i].State == Met
		}
	}
	return false
}

// Warned reports whether the warning with that code is raised.
func (v *Verdict) Warned(code string) bool {
	for _, w := range v.Warnings {
		if w.Code == code {
			return true
		}
	}
	return false
}

// Warning is a warning of fee-rules 11-3. It does not change the class.
type Warning struct {
	Code string // W1–W7
	Text string
	// Todo is what to do about it, Late the same after its day has passed. By
	// is that day, blank if none.
	Todo, Late string
	By         models.Date
}

// Do returns what to do about the warning as of today.
func (w Warning) Do(today models.Date) string { return dueOr(w.Todo, w.Late, w.By, today) }

// dueOr returns todo up to its day, late after it.
func dueOr(todo, late string, by, today models.Date) string {
	if late != "" && by != 0 && by < today {
		return late
	}
	return todo
}

// State is the state of a condition.
type State string

// ○ met, × not met, － not asked for here (or not reached).
const (
	Met      State = "○"
	NotMet   State = "×"
	NotAsked State = "－"
)

// Condition is one condition of the rules as judged for a session.
type Condition struct {
	ID       string // the code of fee-rules §11: 2, 3, 4, 5a … 11a–11f, e1
	Name     string // what is asked, in the words of the field
	State    State
	Evidence []Evidence
	Missing  string // what is missing, "" when met
	Source   string // 告示・通知 paragraph
	Fee2Only bool   // asked for 指導料2 only
	// Mend is the record to correct when it is ×, or － because a record is
	// missing.
	Mend Mending
}

// EvidenceKind is the sheet a record of evidence is on.
type EvidenceKind string

// Evidence is a record a condition rests on.
type Evidence struct {
	Kind EvidenceKind // sheet name: 会議, 規程, 病棟 …
	Key  string       // key of the record on that sheet
	Date models.Date
	Text string // as shown: 「多職種連携会議 2026-07-14 佐藤さん出席」
}

// Remedy is something that can still be done: what, what it leads to, and by
// when (blank for no limit). For a decisive remedy, By is the day by which the
// event itself must have happened.
type Remedy struct {
	Text string
	// Late replaces Text once the day has passed. Nothing may be dated back, so
	// it asks only for what was really done.
	Late string
	By   models.Date
	// Decisive is true when all decisive remedies together make the session
	// 指導料2; false for those that lead to 指導料1 or only complete the papers.
	Decisive bool
}

// Do returns what to do as of today, without the date.
func (r Remedy) Do(today models.Date) string { return dueOr(r.Text, r.Late, r.By, today) }

// Words returns what to do as of today, with the date if it is still ahead.
func (r Remedy) Words(today models.Date) string {
	if r.By == 0 || r.By < today {
		return r.Do(today)
	}
	return r.Text + "（" + r.By.String() + "まで）"
}
