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

// monthlyKind is the 月次算定一覧.
var monthlyKind = Kind{
	Name: "monthly", Title: "月次算定一覧", Basis: ByMonth, Patients: true, Closings: true,
	part:    func(r Request) models.Part { return models.Part{Month: r.Month} },
	Purpose: "医事課が算定に使う、その月の共同指導の一覧です",
	Make: func(ctx context.Context, path string, r Request) error {
		return WriteMonthly(ctx, path, Monthly{
			Month: r.Month, Hospital: r.Facts.Params.HospitalName, HospitalCode: r.Facts.Params.HospitalCode,
			OutputOn: r.OutputOn, On: r.AsOf, turned: r.turned, Rules: r.Rules, Verdicts: r.month(r.Month), Params: r.Facts.Params,
			Confirmed: confirmations(r.Facts.Book), Closing: r.Facts.Book.LastClosing(r.Month), AfterClosings: r.AfterClosings,
			Admission: r.Facts.Admission, Password: r.Password,
		})
	},
}

// Monthly is the data of the 月次算定一覧 (fee-rules §8 ⑦): the judged sessions
// of a month, and what they were judged by.
type Monthly struct {
	Month        models.Month
	Hospital     string
	HospitalCode string
	OutputOn     models.Date
	// On is the day from which remaining work is counted. Blank means OutputOn.
	On    models.Date
	Rules fee.Rules // the edition used to judge
	// Verdicts holds every session whose 指導日 is in the month, in any order.
	Verdicts []fee.Verdict
	Params   fee.Params
	// Confirmed holds the 確定 of 医事課 by 指導番号.
	Confirmed map[string]models.Confirmation
	// Closing is the last 締め of the month, nil if it was never closed.
	Closing *models.Closing
	// AfterClosings are 締め後の変更 of each closing, newest first.
	AfterClosings []fee.AfterClosing
	// Admission finds the patient of a deleted session. It may be nil.
	Admission func(models.AdmissionKey) *models.Admission
	// Password protects the workbook, "" for none.
	Password string
	turned   []liaison.Turned // see book.addTurned
}

func confirmations(b *models.Book) map[string]models.Confirmation {
	byNumber := make(map[string]models.Confirmation, len(b.Confirmations))
	for _, c := range b.Confirmations {
		byNumber[c.Session] = c
	}
	return byNumber
}

// WriteMonthly writes the 月次算定一覧 to path (.xlsx): 集計, 算定一覧, 要対応一覧, 算定不可一覧,
// 算定理由, 締め後の変更 and 定義. An error is a models.Error with a sentence for the user
// (Invalid, Unavailable or Canceled), and leaves an existing file untouched.
func WriteMonthly(ctx context.Context, path string, m Monthly) error {
	if m.Month.IsZero() || m.OutputOn.IsZero() {
		return models.Errorf(models.Invalid, "月次算定一覧の対象月と出力日を指定してください")
	}
	m.On = cmp.Or(m.On, m.OutputOn)
	b := &book{title: "月次算定一覧 " + m.Month.String(), hospital: m.Hospital, outputOn: m.OutputOn, password: m.Password, turned: m.turned}
	sessions := m.sessions()
	m.addSummary(b, sessions)
	m.addBillable(b, sessions)
	m.addActions(b, sessions)
	m.addRefused(b, sessions)
	m.addGrounds(b, sessions)
	m.addLateChanges(b)
	m.addTerms(b)
	return b.save(ctx, path)
}

// sessions returns the verdicts by 患者ID, 指導日, 指導番号, the order in which
// 医事課 goes through its patient list.
func (m Monthly) sessions() []*fee.Verdict {
	list := make([]*fee.Verdict, len(m.Verdicts))
	for i := range m.Verdicts {
		list[i] = &m.Verdicts[i]
	}
	slices.SortStableFunc(list, func(a, b *fee.Verdict) int {
		return cmp.Or(cmp.Compare(a.Session.PatientID, b.Session.PatientID),
			cmp.Compare(a.Session.On, b.Session.On), cmp.Compare(a.Session.Number, b.Session.Number))
	})
	return list
}

// head returns the line under the title of each sheet.
func (m Monthly) head() string {
	hospital := cmp.Or(m.Hospital, "（病院名 未登録）")
	code := cmp.Or(m.HospitalCode, "未登録")
	return fmt.Sprintf("%s（医療機関コード %s）　%s　出力日 %s　ルール版 %s",
		hospital, code, monthWords(m.Month), m.OutputOn, cmp.Or(m.Rules.Version, "―"))
}

// monthWords returns 「2026年10月（令和8年10月）」.
func monthWords(month models.Month) string {
	wareki, _, _ := strings.Cut(month.Last().Wareki(), "月")
	return fmt.Sprintf("%d年%d月（%s月）", month.Year(), month.Number(), wareki)
}

// codeOf returns the 診療行為コード that 医事課 registered for a result.
func (m Monthly) codeOf(result fee.Result) string {
	code := ""
	switch result {
	case fee.Fee1:
		code = m.Params.CodeFee1
	case fee.Fee2:
		code = m.Params.CodeFee2
	case fee.FeeLegacy:
		code = m.Params.CodeLegacy
	default:
		return ""
	}
	return cmp.Or(code, "未登録")
}

func pick(sessions []*fee.Verdict, keep func(*fee.Verdict) bool) []*fee.Verdict {
	var kept []*fee.Verdict
	for _, v := range sessions {
		if keep(v) {
			kept = append(kept, v)
		}
	}
	return kept
}

func points(sessions []*fee.Verdict) int {
	sum := 0
	for _, v := range sessions {
		sum += v.Points
	}
	return sum
}
