package reports

import (
	"fmt"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// lateLine is a session that differs from what a closing kept; for a closing
// that kept nothing, an edit of a session.
type lateLine struct {
	closing *models.Closing
	late    *fee.Late          // nil for an edit
	edit    *models.LateChange // nil for a session
}

func (m Monthly) addLateChanges(b *book) {
	var lines []lateLine
	s := b.addSheet("締め後の変更", page{landscape: true, minFont: 8.5, indent: true})
	info := []string{m.head()}
	if len(m.AfterClosings) == 0 {
		info = append(info, m.closingWords())
	}
	for i := range m.AfterClosings {
		a := &m.AfterClosings[i]
		for j := range a.Changes {
			lines = append(lines, lateLine{closing: &a.Closing, late: &a.Changes[j]})
		}
		for j := range a.Log {
			lines = append(lines, lateLine{closing: &a.Closing, edit: &a.Log[j]})
		}
		info = append(info, AfterClosingWords(a))
	}
	s.title("締め後の変更　"+monthWords(m.Month), info...)
	s.table(tabulate(m.lateColumns(), lines).asList(2))
	s.note("締めたときに残した共同指導ごとの判定と、出力日の判定との違いです。締めるたびに一つの控えが残り、締め直しても前の締めとの違いは消えません。" +
		"原因は、その記録を締めたときのものに戻すと判定も戻るものです。請求を済ませているときは、返戻・取下げが要るかを確かめてください。")
	for i := range m.AfterClosings {
		if a := &m.AfterClosings[i]; !a.Kept {
			s.note(fmt.Sprintf("%d回目の締めは、判定を残さない以前の版のプログラムで行われました。締めたあとに直した共同指導の記録だけを示します。病棟・規程・判定基準などの変更による判定の変化は分かりません。", a.Closing.Number))
		}
	}
}

// AfterClosingWords says who closed a month and when, and summarises 締め後の変更.
func AfterClosingWords(a *fee.AfterClosing) string {
	words := closingWords(&a.Closing) + "　"
	if !a.Kept {
		return words + fmt.Sprintf("変更 %s件（判定の控えなし）", thousands(len(a.Log)))
	}
	return words + fmt.Sprintf("締めたときとの違い %s件（うち点数が変わる %s件）　%s点 → %s点（%s点）",
		thousands(len(a.Changes)), thousands(a.Repriced()), thousands(a.Before), thousands(a.After), signed(a.After-a.Before))
}

// signed returns 「＋100」, 「−3,100」 or 「±0」.
func signed(n int) string {
	switch {
	case n > 0:
		return "＋" + thousands(n)
	case n < 0:
		return "−" + thousands(-n)
	}
	return "±0"
}

func (m Monthly) lateColumns() []column[lateLine] {
	// ofLate reads a value from what a closing kept. Edits have none.
	ofLate := func(value func(*fee.Late) any) func(lateLine) any {
		return func(l lateLine) any {
			if l.late == nil {
				return nil
			}
			return value(l.late)
		}
	}
	resultOf := func(head string, result func(*fee.Late) fee.Result) column[lateLine] {
		return column[lateLine]{head: head, width: fit(7.4, 8.5), format: formatMark,
			value: ofLate(func(l *fee.Late) any { return string(result(l)) }),
			tone: func(l lateLine) tone {
				if l.late == nil {
					return toneNormal
				}
				return resultTone(result(l.late))
			}}
	}
	return []column[lateLine]{
		{head: "患者ID", width: fit(6, 12), format: formatID, value: ofLate(func(l *fee.Late) any { id, _ := l.Patient(); return id })},
		{head: "氏名", width: fit(8, 9.2), value: ofLate(func(l *fee.Late) any { return m.lateName(l) })},
		{head: "指導日", format: formatDate, value: ofLate(func(l *fee.Late) any { _, on := l.Patient(); return on })},
		{head: "指導\n番号", width: fit(4, 8), format: formatID, value: func(l lateLine) any { return l.session() }},
		{head: "締め", width: fit(5, 5), format: formatMark, value: func(l lateLine) any { return fmt.Sprintf("%d回目", l.closing.Number) }},
		resultOf("締めた時\nの判定", closedResult),
		{head: "締めた時\nの点数", width: fit(6, 6), format: formatNumber, value: ofLate(func(l *fee.Late) any { return l.Before() })},
		resultOf("今の\n判定", todaysResult),
		{head: "今の\n点数", width: fit(6, 6), format: formatNumber, value: ofLate(func(l *fee.Late) any { return l.After() })},
		{head: "差\n（点）", width: fit(6, 6), format: formatMark, value: ofLate(func(l *fee.Late) any { return signed(l.After() - l.Before()) }),
			tone: func(l lateLine) tone {
				if l.late != nil && l.late.Repriced() {
					return toneRefused
				}
				return toneNormal
			}},
		{head: "変わったこと", width: flex(22), value: func(l lateLine) any { return l.differences() }},
		{head: "原因（前 → 後）", width: flex(28), value: func(l lateLine) any { return l.causes() }},
		{head: "確定", width: fit(8, 9), format: formatMark, value: ofLate(func(l *fee.Late) any { return confirmedWords(l.Confirmed) })},
	}
}

func (l lateLine) session() string {
	if l.edit != nil {
		return l.edit.Session
	}
	return l.late.Session
}

func (l lateLine) differences() string {
	if l.edit != nil {
		return "共同指導の記録の変更"
	}
	if len(l.late.Differences) == 0 {
		return "判定は同じ（記録だけの変更）"
	}
	return strings.Join(l.late.Differences, "\n")
}

func (l lateLine) causes() string {
	if l.edit != nil {
		return joinLines(append([]string{l.edit.At.Local().Format(minuteFormat) + " " + l.edit.Actor}, l.edit.Lines...)...)
	}
	return strings.Join(l.late.CauseLines(), "\n")
}

// lateName returns the patient's name if the admission is still registered.
func (m Monthly) lateName(l *fee.Late) string {
	if l.Now != nil {
		return patientName(l.Now)
	}
	if m.Admission != nil {
		if a := m.Admission(models.AdmissionKey{PatientID: l.Was.PatientID, AdmittedOn: l.Was.AdmittedOn}); a != nil {
			return a.Name
		}
	}
	return "（入院未登録）"
}

func closedResult(l *fee.Late) fee.Result {
	if l.Was == nil {
		return "（なし）"
	}
	return fee.Result(l.Was.Result)
}

func todaysResult(l *fee.Late) fee.Result {
	if !l.InMonth {
		return "（この月にない）"
	}
	return l.Now.Result
}

// confirmedWords says what a session was confirmed as.
func confirmedWords(c *models.Confirmation) string {
	if c == nil {
		return "―"
	}
	return fmt.Sprintf("%s\n%s点", fee.ResultOf(c.Claim), thousands(c.Points))
}
