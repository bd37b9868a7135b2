package reports

import (
	"cmp"
	"context"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// Request is what a report is made from: the judged register and what the
// person asked for.
type Request struct {
	Facts    *fee.Facts
	Rules    fee.Rules
	Verdicts []fee.Verdict // of the whole register, by 指導番号
	OutputOn models.Date

	Month  models.Month  // of a ByMonth report
	AsOf   models.Date   // of a ByDate report, and of a ByPeriod one that Narrows
	Period models.Period // of a ByPeriod report
	// Key narrows a report to one record: 連携先コード, CMコード, 職員コード,
	// 会議コード or 患者ID/入院日, as the report says; "" is all.
	Key string
	// Ward and Area narrow a report that Narrows to a 病棟コード and to a 市区町村
	// (models.AreaOf); "" is all.
	Ward, Area string
	// Blank asks for a form to fill in by hand instead of what is recorded.
	Blank bool
	// Password is asked for when the workbook is opened, "" for none. See
	// CheckPassword.
	Password string
	// AfterClosings are 締め後の変更 of each closing of the month, the newest first.
	AfterClosings []fee.AfterClosing

	// known is where Facts and Verdicts come from once they are those of a day, see
	// Kind.known; turned are the sessions to mark.
	known  *liaison.Known
	turned []liaison.Turned
}

// month returns the verdicts of the sessions of a month.
func (r *Request) month(m models.Month) []fee.Verdict {
	return slices.DeleteFunc(slices.Clone(r.Verdicts), func(v fee.Verdict) bool { return v.Session.On.Month() != m })
}

// Basis says what a report asks of the person: a month, a date or a period.
type Basis int

// The bases.
const (
	ByMonth Basis = iota
	ByDate
	ByPeriod
)

// Kind is one report that can be written.
type Kind struct {
	Name    string // the word of the command: monthly
	Title   string // 月次算定一覧, also the beginning of the file's name
	Purpose string // what it is for, a sentence
	Basis   Basis
	// KeyName says what Key narrows it to, "" when it does not: 連携先, CM, 職員,
	// 会議 or 入院, or several of these joined by 「・」.
	KeyName string
	// Narrows tells that it can be narrowed to a ward and an area and looked at as
	// of an earlier day.
	Narrows bool
	// HasBlank tells that a blank form can be asked for.
	HasBlank bool
	// Patients tells that it holds patients' names, which the person is told
	// before it is written.
	Patients bool
	// Counts says in a line what will be in it, worked out in no time; nil counts
	// the sessions of its month. See Contents.
	Counts func(r Request) string
	// ahead tells that it may be of a day to come, and says 見込 then.
	ahead bool
	// judges tells that it shows or counts what sessions are judged.
	judges bool
	// Make writes the workbook from what was known on its day; Write finds that.
	Make func(ctx context.Context, path string, r Request) error
}

// Write writes the workbook to path (.xlsx): what was known on its day. The
// error is a models.Error with a sentence for a person; the file that was there
// before is then untouched.
func (k Kind) Write(ctx context.Context, path string, r Request) error {
	if err := k.checkDay(r); err != nil {
		return err
	}
	return k.Make(ctx, path, k.known(r))
}

// Kinds lists the reports in the order they are offered.
var Kinds = []Kind{
	monthlyKind,
	kasan1Kind,
	hokatsukiKind,
	form40Kind,
	evidenceKind,
	handoverKind,
	coverageKind,
	menkaiKind,
	relationsKind,
	attendanceKind,
	policyKind,
	timelineKind,
}

// KindNamed returns the report of that name.
func KindNamed(name string) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// FileName is the name a report is offered under:
// 月次算定一覧_2026-10_病院名.xlsx. What it is narrowed to stands before the
// hospital.
func (k Kind) FileName(r Request) string {
	when := r.AsOf.String()
	switch k.Basis {
	case ByMonth:
		when = r.Month.String()
	case ByPeriod:
		when = r.Period.From.String() + "_" + r.Period.To.String()
	}
	ward := cmp.Or(r.Facts.Book.WardNames()[r.Ward], r.Ward)
	return models.FileName(k.Title, when, r.Key, ward, r.Area, r.Facts.Params.HospitalName) + ".xlsx"
}
