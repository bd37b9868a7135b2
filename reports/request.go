package reports

import (
	"cmp"
	"fmt"

	"renkei/models"
)

// head returns the line under the title of every sheet: the hospital, what the
// report covers, the day of output and the version of the rules.
func (r *Request) head(when string) string {
	p := r.Facts.Params
	return fmt.Sprintf("%s（医療機関コード %s）　%s　出力日 %s　ルール版 %s",
		cmp.Or(p.HospitalName, "（病院名 未登録）"), cmp.Or(p.HospitalCode, "未登録"), when, r.OutputOn, cmp.Or(r.Rules.Version, "―"))
}

// newBook starts a workbook for the request. Its title is in every footer.
func (r *Request) newBook(title string) *book {
	return &book{title: title, hospital: r.Facts.Params.HospitalName, outputOn: r.OutputOn, password: r.Password, turned: r.turned}
}

// asOfWords returns 「2026-11-22 時点」. A future day is a 見込.
func (r *Request) asOfWords() string {
	if r.AsOf > r.OutputOn {
		return r.AsOf.String() + " 時点（見込）"
	}
	return r.AsOf.String() + " 時点"
}

// periodWords returns 「2026-04-01〜2026-11-22」. An open end is blank.
func periodWords(p models.Period) string { return p.From.String() + "〜" + p.To.String() }

// checkAsOf refuses a request without a date.
func (r *Request) checkAsOf(title string) error {
	if r.AsOf.IsZero() || r.OutputOn.IsZero() {
		return models.Errorf(models.Invalid, "%sの基準日と出力日を指定してください", title)
	}
	return nil
}

// checkPeriod refuses a period without a start or an end.
func (r *Request) checkPeriod(title string) error {
	switch {
	case r.Period.From.IsZero() || r.Period.To.IsZero() || r.OutputOn.IsZero():
		return models.Errorf(models.Invalid, "%sの期間の初めと終わり、出力日を指定してください", title)
	case r.Period.Reversed():
		return models.Errorf(models.Invalid, "%sの期間の終わり %s が初め %s より前です。期間を直してください", title, r.Period.To, r.Period.From)
	}
	return nil
}

// unknownKey is the error for a Key that is not registered.
func unknownKey(name, key string) error {
	return models.Errorf(models.NotFound, "%s『%s』の登録がありません。コードを確かめてください", name, key)
}

// mark returns ○ or ―.
func mark(yes bool) string {
	if yes {
		return "○"
	}
	return "―"
}
