package ledger

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"renkei/models"
)

// noResultReason says which cell has a formula that was never calculated.
func noResultReason(sheet string, row, place int) string {
	return "シート「" + sheet + "」のセル " + cellName(place+1, row) + " の数式に計算結果が保存されていません。Excel で開き、保存し直してから読み込んでください"
}

// value reads a cell into a record and returns what is wrong with it. It notes
// values that look unintended.
func (sr *sheetReader[E]) value(e *E, i, row int, c cell) string {
	col := &sr.sheet.columns[i]
	text, broken := unreadable(c.text)
	c.text = text
	if c.excel && (col.Kind == models.CodeField || col.Kind == models.ListField) {
		c.text = unguard(c.text) // as it stands in the sheet of a CSV opened by Excel
	}
	switch {
	case tooLong(c.text):
		return "長すぎます。32,767文字までにしてください"
	case c.form == formError || reErrorValue.MatchString(fold(c.text)):
		return "『" + c.text + "』は式のエラーです。値に直してください"
	case Unreadable(c.text) && (col.refers() || sr.sheet.inKey(col, e)):
		return "『" + c.text + "』に読み取れない文字があります。元の文字に直してください"
	}
	if col.Kind == models.TextField || col.Kind == models.CodeField {
		c = sr.doubtful(col, row, c)
	}
	if err := col.set(e, c); err != nil {
		return models.ErrorMessage(err)
	}
	if broken {
		sr.out.remark(sr.sheet.name, row, col.Name, "読み取れない文字（外字など）を 〓 に置き換えました。元の文字を確かめてください")
	}
	return ""
}

// refers reports whether the column refers to records of another sheet.
func (c *column[E]) refers() bool {
	return c.Kind == models.ListField || c.Kind == models.CodeField && (strings.HasSuffix(c.Name, "コード") || c.Name == "患者ID" || c.Name == "通算入院キー")
}

var (
	reExponent     = regexp.MustCompile(`^\d(?:\.\d+)?[Ee]\+?\d+$`)
	reWithFraction = regexp.MustCompile(`^\d+\.0+$`)
)

// doubtful notes a number that was a code or text before a program changed it:
// a date, 1.7E+08, 101.0, or more digits than Excel keeps.
func (sr *sheetReader[E]) doubtful(col *column[E], row int, c cell) cell {
	name := sr.sheet.name
	folded := fold(c.text)
	switch {
	case c.form == formDate && col.Kind == models.TextField:
		c.text = c.shownDate()
		sr.out.remark(name, row, col.Name, "日付のセルです。『"+c.text+"』として読みました。違うときは文字で入力し直してください")
	case c.form == formDate:
		sr.out.remark(name, row, col.Name, "『"+c.text+"』は日付のセルです（"+c.shownDate()+"）。番号が日付に変わっていないか確かめ、文字で入力し直してください")
	case c.form == formLongNumber:
		sr.out.remark(name, row, col.Name, "『"+c.text+"』は桁の多い数です。Excel は16桁目から後を0に変えます。元の番号と比べ、文字で入力し直してください")
	case col.Kind == models.CodeField && reExponent.MatchString(folded):
		sr.out.remark(name, row, col.Name, "『"+c.text+"』は番号が指数の形に変わっています。元の番号に直してください")
	case col.Kind == models.CodeField && reWithFraction.MatchString(folded):
		sr.out.remark(name, row, col.Name, "『"+c.text+"』は番号に小数が付いています。元の番号に直してください")
	case col.Kind == models.CodeField && lostZero(col.Name, folded):
		sr.out.remark(name, row, col.Name, "『"+c.text+"』は先頭の0が消えているかもしれません。元の番号と比べてください")
	}
	return c
}

var phoneSigns = strings.NewReplacer("-", "", "(", "", ")", "", " ", "")

// lostZero reports whether a number has one digit too few, as when Excel took
// it for a number: 事業所番号 has 10 (病院 and 診療所 also 7), 郵便番号 7,
// 登録番号 8, a phone 10 or 11 starting with 0.
func lostZero(column, number string) bool {
	digits := phoneSigns.Replace(number)
	switch column {
	case "事業所番号":
		return isDigits(digits) && (len(digits) == 9 || len(digits) == 6)
	case "郵便番号":
		return isDigits(digits) && len(digits) == 6
	case "登録番号":
		return isDigits(digits) && len(digits) == 7
	case "電話", "FAX":
		return isDigits(digits) && digits[0] != '0' && (len(digits) == 9 || len(digits) == 10)
	}
	return false
}

// shownDate returns a day number as the date or time it is shown as.
func (c cell) shownDate() string {
	f, ok := c.serial()
	if !ok {
		return c.text // written as text
	}
	day := ""
	if f >= 1 {
		day = serialDate(int(math.Floor(f)), c.date1904).String()
	}
	if f == math.Floor(f) {
		return day
	}
	return strings.TrimSpace(day + " " + clockOf(f))
}

// maxRemarks is how many rows are named per kind of note and column.
const maxRemarks = 100

// remark notes something about a cell. Of many alike the first are named and
// the rest counted.
func (r *Reading) remark(sheet string, row int, column, reason string) {
	at := sheet + "\x00" + column
	if r.remarks[at]++; r.remarks[at] <= maxRemarks {
		r.note("%s", Issue{sheet, row, column, reason})
	}
}

// countRemarks says how many rows were not named.
func (r *Reading) countRemarks() {
	for _, s := range sheets {
		for _, h := range s.headings() {
			if n := r.remarks[s.title()+"\x00"+h.Name]; n > maxRemarks {
				r.note("%s %s: 同じ列に確かめるところがほかに%d件あります", s.title(), h.Name, n-maxRemarks)
			}
		}
	}
	clear(r.remarks)
}

// NoteImplausible notes implausible dates. They are imported as they are: only
// the user can tell which part is wrong.
func (r *Reading) NoteImplausible(today models.Date) {
	for _, s := range sheets {
		s.noteImplausible(r, today)
	}
	r.countRemarks()
}

func (s *sheet[E]) noteImplausible(r *Reading, today models.Date) {
	for i, e := range *s.records(r.Book) {
		record, ok := any(e).(models.Dated)
		if !ok { // 設定 and 会議出席 have no dates
			return
		}
		for _, p := range record.Implausible(today) {
			r.remark(s.name, r.row(s.name, i), p.Field, p.Message)
		}
	}
}

func (s *sheet[E]) noteExamples(r *Reading, examples *models.Book) {
	example := s.record(examples, 0)
	// If nothing marks the example row as one, a real row may be equal to it.
	if !slices.ContainsFunc(example, func(c any) bool { return strings.Contains(cellText(c), "見本") }) {
		return
	}
	for i := range s.count(r.Book) {
		if slices.Equal(s.record(r.Book, i), example) {
			r.remark(s.name, r.row(s.name, i), s.columns[0].Name, "記入例のままの行です。消してから読み込むか、読み込んだあとで取り消してください")
		}
	}
}
