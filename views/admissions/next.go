package admissions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/verdict"
	"renkei/views/words"
)

// act is what a button beside a task does.
type act int

// The acts. The first six enter today's date.
const (
	setInformed  act = iota + 1 // 入院時情報提供日
	setNoticed                  // 退院前連絡日
	setConsented                // 同意日
	setNoted                    // 要点記載日
	setAsked                    // ケアプラン依頼日
	setReceived                 // ケアプラン写し受領日
	newSession
	openAdmission
)

// step is a button beside a task: it does something, or leads to a place.
type step struct {
	Word string
	Do   act
	Key  string      // 指導番号
	To   page.Target // zero unless it leads there
}

// task is one line of 次にすること.
type task struct {
	Text  string
	By    models.Date // blank without a day
	Due   string      // 「10/20 まで（あと3日）」, 「期限超過5日」
	Late  bool
	Steps []step
}

// tasksOf lists what is to be done for an admission: what is due, the earliest
// day first, and after it what has no day.
func tasksOf(r *record) []task {
	tasks := stayTasks(r)
	for _, v := range r.own {
		tasks = append(tasks, sessionTasks(r, v)...)
	}
	for i := range tasks {
		if by := tasks[i].By; by != 0 {
			tasks[i].Due, tasks[i].Late = dueWords(by, r.today), by < r.today
		}
	}
	slices.SortStableFunc(tasks, func(a, b task) int {
		return cmp.Or(boolCompare(a.By == 0, b.By == 0), cmp.Compare(a.By, b.By))
	})
	return tasks
}

// dueWords says by when, or by how many days it is late.
func dueWords(by, today models.Date) string {
	left := today.DaysUntil(by)
	day := fmt.Sprintf("%02d/%02d", by.MonthNumber(), by.Day())
	if by.Year() != today.Year() {
		day = by.String()
	}
	switch {
	case left < 0:
		return fmt.Sprintf("期限超過%d日", -left)
	case left == 0:
		return "きょうまで"
	}
	return fmt.Sprintf("%s まで（あと%d日）", day, left)
}

// stayTasks is what the 規程 and the fee ask while the patient is here.
func stayTasks(r *record) []task {
	var tasks []task
	needs := r.needs()
	if by := needs.Inform; by != 0 {
		tasks = append(tasks, task{Text: "入院から7日以内の情報提供（" + r.chargeWords() + "）" + r.lateWords(by, "提供日"), By: by,
			Steps: []step{{Word: "提供した", Do: setInformed}}})
	}
	if by := needs.Notice; by != 0 {
		tasks = append(tasks, task{Text: "退院7日前の連絡（" + r.chargeWords() + "）" + r.lateWords(by, "連絡日"), By: by,
			Steps: []step{{Word: "連絡した", Do: setNoticed}}})
	}
	if needs.Consent {
		tasks = append(tasks, task{Text: "本人の同意を得て、同意日を登録する", Steps: []step{{Word: "同意を得た", Do: setConsented}}})
	}
	record := []step{{Word: "記録する", Do: newSession}}
	switch needs.Session {
	case 1:
		tasks = append(tasks, task{Text: "初回の共同指導", Steps: record})
	case 2:
		tasks = append(tasks, task{Text: "2回目の共同指導（退院前）", By: r.adm.ExpectedOn, Steps: record})
	}
	register := []step{{Word: "登録する", Do: openAdmission}}
	switch {
	case needs.Encourage:
		tasks = append(tasks, task{Text: "要介護認定が未申請です。居宅介護支援事業所・地域包括への相談を勧め、決まったら担当ケアマネを登録する", Steps: register})
	case needs.CareManager:
		tasks = append(tasks, task{Text: "担当ケアマネを登録する", Steps: register})
	case needs.Leaving:
		tasks = append(tasks, task{Text: "退院見込日を登録する（退院7日前の連絡の期限が決まります）", Steps: register})
	}
	return tasks
}

// lateWords asks for the day something was really done, once its deadline has
// passed.
func (r *record) lateWords(by models.Date, what string) string {
	if by >= r.today {
		return ""
	}
	return "。期限を過ぎています。実際の" + what + "を残してください"
}

// chargeWords names the care manager in charge.
func (r *record) chargeWords() string { return "ケアマネ " + r.careManagerName() }

// sessionTasks is what completes a session or brings it to a better fee.
func sessionTasks(r *record, v *fee.Verdict) []task {
	of := "（" + dayWords(v.Session.On) + "の指導）"
	number, held := v.Session.Number, v.Session.On <= r.today
	var tasks []task
	for _, w := range v.Warnings {
		switch w.Code {
		case "W1":
			if held {
				tasks = append(tasks, task{Text: "診療録に要点を記載" + of, By: v.Session.On, Steps: []step{{Word: "記載した", Do: setNoted, Key: number}}})
			}
		case "W2":
			if held {
				tasks = append(tasks, copyTask(v, of))
			}
		case "W3", "W4":
			if !r.inHospital() && w.By != 0 && undone(r.adm, w.Code) {
				tasks = append(tasks, task{Text: w.Do(r.today) + of, Steps: []step{{Word: "登録する", Do: openAdmission}}})
			}
		case "W6":
			tasks = append(tasks, task{Text: w.Todo, Steps: []step{{Word: "相手を開く", To: page.To("介護支援専門員", v.Session.CareManager)}}})
		case "W7":
			tasks = append(tasks, task{Text: w.Text + of, Steps: []step{{Word: "算定を開く", To: page.To("算定", number)}}})
		}
	}
	if t, ok := mendingTask(v, r.today); ok {
		tasks = append(tasks, t)
	}
	return tasks
}

// undone reports whether the date of W3 or W4 is blank. A date that is late is no
// task.
func undone(adm *models.Admission, code string) bool {
	if code == "W3" {
		return adm.InformedOn == 0
	}
	return adm.NoticedOn == 0
}

// copyTask is the ケアプラン写し: asked for first, then received (通知(6)).
func copyTask(v *fee.Verdict, of string) task {
	by := fee.CopyDue(&v.Session)
	received := step{Word: "受け取った", Do: setReceived, Key: v.Session.Number}
	if asked := v.Session.PlanAskedOn; asked != 0 {
		return task{Text: "ケアプラン写しの受領（" + dayWords(asked) + " 依頼）", By: by, Steps: []step{received}}
	}
	return task{Text: "ケアプラン写しの依頼と受領" + of, By: by,
		Steps: []step{{Word: "依頼した", Do: setAsked, Key: v.Session.Number}, received}}
}

// dayWords returns 「10/19」.
func dayWords(d models.Date) string {
	if d == 0 {
		return "日付なし"
	}
	return fmt.Sprintf("%02d/%02d", d.MonthNumber(), d.Day())
}

// mendingTask names what would bring an unrecorded session to a better fee,
// and the places where that is entered.
func mendingTask(v *fee.Verdict, today models.Date) (task, bool) {
	list := mending(v)
	if len(list) == 0 || v.Session.Claim.Recorded() {
		return task{}, false
	}
	decisive := false
	texts := make([]string, len(list))
	for i, remedy := range list {
		texts[i] = remedy.Words(today)
		decisive = decisive || remedy.Decisive
	}
	goal := "算定できるようにする"
	if decisive {
		goal = string(fee.Fee2) + "にする"
	}
	return task{Text: dayWords(v.Session.On) + " を" + goal + ": " + strings.Join(texts, "／"), Steps: places(v, decisive)}, true
}

// places returns where what is missing is entered, each once: the records that
// hold the session back, and those of the conditions not met.
func places(v *fee.Verdict, toFee2 bool) []step {
	var steps []step
	add := func(m fee.Mending) {
		s := step{Word: verdict.MendWord(fee.Mending{Kind: m.Kind, Key: m.Key}), To: verdict.ToMend(m)}
		if !s.To.IsZero() && !slices.ContainsFunc(steps, func(o step) bool { return o.Word == s.Word }) {
			steps = append(steps, s)
		}
	}
	for _, m := range v.Holds {
		add(m)
	}
	for _, c := range v.Conditions {
		if c.State == fee.NotMet && (toFee2 || !c.Fee2Only) {
			add(c.Mend)
		}
	}
	return steps
}

// String returns the day and the text, for copying.
func (t task) String() string { return words.Joined("  ", t.Due, t.Text) }
