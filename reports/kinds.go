package reports

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// Request is the input of a report: the judged register, or the part of it that
// the report needs (Kind.Part), and what the user asked for. Facts, Verdicts and the
// book behind them are shared: reports only read them.
type Request struct {
	Facts    *fee.Facts
	Rules    fee.Rules
	Verdicts []fee.Verdict // of the part of the register behind Facts, by 指導番号
	Extent   models.Extent // of the whole register
	OutputOn models.Date

	Month  models.Month  // for ByMonth reports
	AsOf   models.Date   // for ByDate reports, and for ByPeriod reports with Narrows
	Period models.Period // for ByPeriod reports
	// Key narrows a report to one record: 連携先コード, CMコード, 職員コード,
	// 会議コード or 患者ID/入院日, see Kind.KeyName. "" means all.
	Key string
	// Ward and Area narrow a report with Narrows to a 病棟コード and a 市区町村
	// (models.AreaOf). "" means all.
	Ward, Area string
	// Blank asks for a form to fill in by hand.
	Blank bool
	// Password protects the workbook, "" for none. See CheckPassword.
	Password string
	// Contacts goes through the やり取り of at least the period, by 日付, 時刻 and
	// 連絡番号, the same each time: the list of them (やり取り一覧) goes through
	// them twice and holds none. nil means those of the book behind Facts. An
	// error ends the report and is shown to the user.
	Contacts iter.Seq2[models.Contact, error]
	// OverFrame: the book behind Facts is the frame of the register alone.
	OverFrame bool
	// AfterClosings are 締め後の変更 of each closing of the month, newest first.
	AfterClosings []fee.AfterClosing

	// known holds the register behind Facts and Verdicts once these are cut to
	// a day, see Kind.known. turned are the sessions to mark.
	known  *liaison.Known
	turned []liaison.Turned
}

// month returns the verdicts of the sessions of a month.
func (r *Request) month(m models.Month) []fee.Verdict {
	return slices.DeleteFunc(slices.Clone(r.Verdicts), func(v fee.Verdict) bool { return v.Session.On.Month() != m })
}

// Basis is what a report needs from the user: a month, a date or a period.
type Basis int

// The bases.
const (
	ByMonth Basis = iota
	ByDate
	ByPeriod
)

// Kind is one report that can be written.
type Kind struct {
	Name    string // the word on the command line: monthly
	Title   string // 月次算定一覧; also the start of the file name
	Purpose string // what it is for, one sentence
	Basis   Basis
	// KeyName says what Key names: 連携先, CM, 職員, 会議 or 入院, several
	// joined by 「・」, or "" when the report has no Key.
	KeyName string
	// Narrows: it can be narrowed to a ward and an area, and made as of an
	// earlier day.
	Narrows bool
	// HasBlank: a blank form can be asked for.
	HasBlank bool
	// Patients: it holds patients' names. The user is told before it is written.
	Patients bool
	// Counts says in one line what the report will hold; it must be fast. nil
	// counts the sessions of its month. See Contents.
	Counts func(r Request) string
	// countsFrame: Counts looks at the frame of the register alone.
	countsFrame bool
	// part names what the report looks at. nil is everything. See Part.
	part func(r Request) models.Part
	// Closings: it shows 締め後の変更.
	Closings bool
	// ahead: it may be made for a future day, and then says 見込.
	ahead bool
	// judges: it shows or counts judged sessions.
	judges bool
	// monitors: of the judged sessions it shows the counts of the monitors alone.
	monitors bool
	// Make writes the workbook from what was known on its day. Call Write,
	// which prepares that.
	Make func(ctx context.Context, path string, r Request) error
}

// Part names the part of the register that a report needs, as far as the one
// behind the request tells. When that was read the report may need more: ask
// again until the answer stays the same.
func (k Kind) Part(r Request) models.Part {
	if k.part == nil {
		return models.Part{Whole: true}
	}
	return k.part(r)
}

// ContentsPart is the part of the register that Contents needs.
func (k Kind) ContentsPart(r Request) models.Part {
	if k.countsFrame || r.Blank && k.HasBlank {
		return models.Part{}
	}
	return k.Part(r)
}

// frameOnly is the part of a report about 連携先, 会議 or the staff alone.
func frameOnly(Request) models.Part { return models.Part{} }

// Write writes the workbook to path (.xlsx) from what was known on its day. An
// error is a models.Error with a sentence for the user, and leaves an existing
// file untouched.
func (k Kind) Write(ctx context.Context, path string, r Request) error {
	if err := cmp.Or(k.checkDay(r), canceled(ctx)); err != nil {
		return err
	}
	known, err := k.known(ctx, r)
	if err != nil {
		return err
	}
	return k.Make(ctx, path, known)
}

// Kinds lists the reports in display order. It is shared: never change it.
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

// KindNamed returns the report with that name.
func KindNamed(name string) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// FileName returns the file name to offer: 月次算定一覧_2026-10_病院名.xlsx.
// What it is narrowed to comes before the hospital.
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
