package reports

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"

	"renkei/models"
	"renkei/models/fee"
)

// Choice is what the user asked for in a report.
type Choice struct {
	Month  models.Month
	AsOf   models.Date   // blank means today
	Period models.Period // a blank end means today, a blank start the start of the fiscal year of the end
	Key    string
	// Ward and Area narrow a report with Narrows. "" means all.
	Ward, Area string
	Blank      bool
	// Password of the workbook, "" for none.
	Password string
}

// RequestOf combines the judged register and the user's choice into a Request.
// AfterClosings is left to the caller.
func RequestOf(facts *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, extent models.Extent, today models.Date, c Choice) Request {
	r := Request{
		Facts: facts, Rules: rules, Verdicts: verdicts, Extent: extent, OutputOn: today,
		Month: c.Month, AsOf: c.AsOf, Period: c.Period, Key: c.Key, Ward: c.Ward, Area: c.Area, Blank: c.Blank, Password: c.Password,
	}
	if r.AsOf.IsZero() {
		r.AsOf = today
	}
	if r.Period.To.IsZero() {
		r.Period.To = today
	}
	if r.Period.From.IsZero() {
		r.Period.From = r.Period.To.FiscalYearStart()
	}
	return r
}

// OfMonth returns the request for all reports of a month (帳票一式). Reports as
// of a date use its last day (today in the current month), those of a period
// the fiscal year up to it. None is narrowed or blank.
func (r Request) OfMonth() Request {
	r.AsOf = min(r.Month.Last(), r.OutputOn)
	r.Period = models.Period{From: r.AsOf.FiscalYearStart(), To: r.AsOf}
	r.Key, r.Ward, r.Area, r.Blank = "", "", "", false
	return r
}

// Check returns why a report cannot be made from a request, or nil.
func (k Kind) Check(r Request) error {
	switch {
	case k.Basis == ByMonth && r.Month.IsZero():
		return models.Errorf(models.Invalid, "%sの月を指定してください", k.Title)
	case k.Basis == ByPeriod && r.Period.Reversed():
		return models.Errorf(models.Invalid, "期間の終わり %s が初め %s より前です", r.Period.To, r.Period.From)
	case r.Key != "" && k.KeyName == "":
		return models.Errorf(models.Invalid, "%sは1件に絞れません", k.Title)
	case (r.Ward != "" || r.Area != "") && !k.Narrows:
		return models.Errorf(models.Invalid, "%sは病棟・地域に絞れません", k.Title)
	case r.Blank && !k.HasBlank:
		return models.Errorf(models.Invalid, "%sに手で書き込む用紙はありません", k.Title)
	}
	return k.checkDay(r)
}

// Gather reads what a report needs: a request over at least the part of the
// register that Kind.Part names.
type Gather func(ctx context.Context, kind Kind, r Request) (Request, error)

// WriteSet writes every report of the request's month into an existing folder
// and returns the files. Of the register r needs only the frame: each report is
// gathered by itself, so that no more than one is held at a time. progress is called
// before each report; it may be nil.
func WriteSet(ctx context.Context, folder string, r Request, gather Gather, progress func(what string, done, total int)) ([]string, error) {
	r = r.OfMonth()
	var files []string
	for i, kind := range Kinds {
		if progress != nil {
			progress(kind.Title, i, len(Kinds))
		}
		if err := kind.Check(r); err != nil {
			return files, err
		}
		of, err := gather(ctx, kind, r)
		if err != nil {
			return files, err
		}
		path := filepath.Join(folder, kind.FileName(r))
		if err := kind.Write(ctx, path, of); err != nil {
			return files, err
		}
		files = append(files, path)
		debug.FreeOSMemory() // of this report, before the next is read
	}
	return files, nil
}

// Contents says in one line what a report made from a request will hold.
func (k Kind) Contents(r Request) string {
	if k.Basis != ByMonth {
		r.Facts = factsOn(r.Facts, k.day(r))
	}
	switch {
	case r.Blank && k.HasBlank:
		return "手で書き込む用紙です"
	case k.Counts != nil:
		return k.Counts(r)
	}
	return monthContents(r.month(r.Month))
}

func monthContents(sessions []fee.Verdict) string {
	billable, action := 0, 0
	for i := range sessions {
		if sessions[i].Result.Billable() {
			billable++
		}
		if sessions[i].NeedsAction() {
			action++
		}
	}
	return fmt.Sprintf("共同指導 %d件（算定できる %d件 ・ 要対応 %d件）", len(sessions), billable, action)
}
