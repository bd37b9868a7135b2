package liaison

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// WorkKind is a kind of work, most urgent first.
type WorkKind int

// The kinds of work of the list 今日.
const (
	WorkSession   WorkKind = iota // 共同指導 today or tomorrow
	WorkDeadline                  // 入院時の情報提供 (7日) or 退院前の連絡 due or overdue
	WorkPapers                    // 要点 not recorded or ケアプラン写し not received
	WorkNoSession                 // in hospital with a care manager, but no session yet
	WorkMenkai                    // institutions short of three 面会
	WorkExpiring                  // 平時の連携 that lapses within 30 days
	WorkClosing                   // a month that is not closed
)

// Work is one entry of the list 今日.
type Work struct {
	Kind   WorkKind
	Text   string // what to do: 「ケアプラン写しの受領」
	Detail string // patient, office …
	Due    models.Date
	// Sheet and Key name the record to open: 指導番号, 患者ID/入院日,
	// 連携先コード, CMコード or the month.
	Sheet string
	Key   string
}

// Days of notice.
const (
	NoticeDays   = 7  // a deadline is listed from this many days before
	ExpiringDays = 30 // 平時の連携 that lapses
)

// WorklistPart is the part of the register that Worklist needs.
func WorklistPart(today models.Date, p fee.Params) models.Part {
	part := models.Part{
		Stays:      models.Period{From: today, To: today},
		Sessions:   models.Period{From: today.Month().Add(-1).First(), To: today.AddDays(1)},
		Unfinished: today,
	}
	year := models.Period{From: today.FiscalYearStart(), To: today}
	return part.With(MenkaiPart(year, p)).With(PeacetimePart(today, p))
}

// WorkingPeriod is the period of the 入院日 by which a care manager is at work
// with the hospital.
func WorkingPeriod(today models.Date) models.Period {
	return models.Period{From: today.AddMonths(-12), To: today}
}

// Working returns the CMコード of the 担当CM of the admissions of WorkingPeriod.
func Working(book *models.Book, today models.Date) map[string]bool {
	period, working := WorkingPeriod(today), make(map[string]bool)
	for i := range book.Admissions {
		if a := &book.Admissions[i]; period.Covers(a.AdmittedOn) {
			working[a.CareManager] = true
		}
	}
	return working
}

// Worklist lists what is to be done as of a day, by kind and then by due day.
// working are the care managers of Working, in the whole register.
func Worklist(f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, working map[string]bool, today models.Date) []Work {
	w := &worklist{f: f, rules: rules, today: today, chains: make(map[string][]*fee.Verdict)}
	for i := range verdicts {
		w.session(&verdicts[i])
	}
	for i := range f.Book.Admissions {
		w.admission(&f.Book.Admissions[i])
	}
	w.menkai()
	w.expiring(working)
	w.closing(verdicts)
	slices.SortStableFunc(w.list, func(a, b Work) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Due, b.Due), cmp.Compare(a.Key, b.Key))
	})
	return w.list
}

type worklist struct {
	f      *fee.Facts
	rules  fee.Rules
	today  models.Date
	chains map[string][]*fee.Verdict // by fee.ChainOf
	list   []Work
}

func (w *worklist) add(kind WorkKind, text, detail string, due models.Date, sheet, key string) {
	w.list = append(w.list, Work{kind, text, detail, due, sheet, key})
}

func (w *worklist) session(v *fee.Verdict) {
	s := &v.Session
	chain := fee.ChainOf(w.f, s.Key())
	w.chains[chain] = append(w.chains[chain], v)
	who := s.PatientID
	if v.Admission != nil {
		who = v.Admission.PatientID + " " + v.Admission.Name
	}
	if s.On == w.today || s.On == w.today.AddDays(1) {
		day := "きょう"
		if s.On != w.today {
			day = "あす"
		}
		w.add(WorkSession, day+"の共同指導", who, s.On, "共同指導", s.Number)
	}
	if !v.Result.Billable() || s.On > w.today {
		return
	}
	if s.NotedOn == 0 {
		w.add(WorkPapers, "診療録への要点の記載", who, s.On, "共同指導", s.Number)
	}
	if s.PlanCopyOn == 0 {
		text := "ケアプラン写しの受領"
		if s.PlanAskedOn == 0 {
			text = "ケアプラン写しの依頼"
		}
		w.add(WorkPapers, text, who, fee.CopyDue(s), "共同指導", s.Number)
	}
}

func (w *worklist) admission(a *models.Admission) {
	needs := NeedsOf(w.f, a, w.chains[fee.ChainOf(w.f, a.Key())], w.today)
	who, key := a.PatientID+" "+a.Name, a.Key().String()
	for _, d := range []struct {
		text string
		due  models.Date
	}{{"入院の情報提供（7日以内）", needs.Inform}, {"退院前の連絡（7日前まで）", needs.Notice}} {
		if d.due != 0 && d.due <= w.today.AddDays(NoticeDays) {
			w.add(WorkDeadline, d.text, who, d.due, "入院", key)
		}
	}
	if needs.Session == 1 {
		w.add(WorkNoSession, "共同指導がまだありません", who+"　"+w.careManager(a.CareManager), a.ExpectedOn, "入院", key)
	}
}

func (w *worklist) careManager(code string) string {
	cm := w.f.CareManager(code)
	if cm == nil {
		return code
	}
	if office := w.f.OfficeOf(code, w.today); office != nil {
		return cm.Name + "（" + office.Name + "）"
	}
	return cm.Name
}

// menkai lists the institutions that need more 面会 by the end of the fiscal
// year.
func (w *worklist) menkai() {
	march := StandingByMarch(w.f, w.today)
	for _, p := range march.Lacking() {
		w.add(WorkMenkai, fmt.Sprintf("%sの面会 あと%d回", FiscalName, p.Short), p.Partner.Name, march.End, "連携先", p.Partner.Code)
	}
}

// expiring lists care managers whose 平時の連携 lapses soon, if they have a
// patient in hospital or had one in the last year. The others need no renewal.
func (w *worklist) expiring(working map[string]bool) {
	for i := range w.f.Book.CareManagers {
		cm := &w.f.Book.CareManagers[i]
		if !working[cm.Code] {
			continue
		}
		p := fee.PeacetimeOf(w.f, w.rules, cm.Code, w.today)
		if p.Ready && p.LastsUntil != 0 && p.LastsUntil <= w.today.AddDays(ExpiringDays) {
			w.add(WorkExpiring, "平時の連携がまもなく切れます", w.careManager(cm.Code), p.LastsUntil, "介護支援専門員", cm.Code)
		}
	}
}

// closing names the latest past month with billable sessions that is not
// closed.
func (w *worklist) closing(verdicts []fee.Verdict) {
	month := w.today.Month().Add(-1)
	billable, open := 0, 0
	for i := range verdicts {
		if v := &verdicts[i]; v.Session.On.Month() == month && v.Result.Billable() {
			billable++
			if w.f.Book.ConfirmationOf(v.Session.Number) == nil {
				open++
			}
		}
	}
	if w.f.Book.Closed(month) || billable == 0 && w.f.Book.LastClosing(month) == nil {
		return
	}
	detail := fmt.Sprintf("未確定 %d件", open)
	if open == 0 {
		detail = "すべて確定済み"
	}
	w.add(WorkClosing, fmt.Sprintf("%d月分の締め", month.Number()), detail, w.today.Month().First().AddDays(9), "算定", month.String())
}
