package ledger

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"renkei/models"
)

// source is one sheet of a file.
type source interface {
	// each calls fn for the rows from the top, with their Excel row numbers.
	// Rows without cells may be skipped. It stops at the first error of fn.
	each(ctx context.Context, fn func(row int, cells []cell) error) error
}

// headerSearchRows is in how many first rows the header is looked for.
const headerSearchRows = 20

// maxRows is the number of rows of an Excel sheet.
const maxRows = 1_048_576

// maxIssues is the number of issues after which reading stops.
const maxIssues = 10_000

// errEnough stops the reading of a sheet that has nothing more to tell.
var errEnough = errors.New("enough of this sheet")

// progressStep is the number of rows between two reports of progress.
const progressStep = 500

// layout says where the columns of a sheet are in a source.
type layout struct {
	headerRow int
	at        []int  // the place of each column in the row, -1 if missing
	unknown   []bool // by place: an unknown heading, already noted
	missing   uint64 // columns without a place, one bit each
	asked     uint64 // those of missing that an issue asks about already
}

// bufferedRow is a row read before the header was found.
type bufferedRow struct {
	row   int
	cells []cell
}

// sheetReader reads the rows of one sheet into records.
type sheetReader[E any] struct {
	sheet  *sheet[E]
	out    *Reading
	layout *layout
	top    []bufferedRow
	seen   map[string]int // key → Excel row
	done   int
}

func (s *sheet[E]) read(ctx context.Context, r *Reading, src source, p Progress) error {
	sr := &sheetReader[E]{sheet: s, out: r, seen: map[string]int{}}
	err := src.each(ctx, func(row int, cells []cell) error {
		if err := ctx.Err(); err != nil {
			return canceled(err)
		}
		if row > maxRows {
			return models.Errorf(models.Invalid, "シート「%s」の行が多すぎます（%d行まで）。ファイルを分けてください", s.name, maxRows)
		}
		sr.done++
		if sr.done%progressStep == 0 {
			p.report(s.name, sr.done, 0)
		}
		sr.take(row, cells)
		if len(r.Issues) >= maxIssues || sr.layout != nil && sr.layout.at == nil {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	sr.findHeader()
	if s.across != nil {
		r.Issues = append(r.Issues, s.across(*s.records(r.Book), r.rows[s.name])...)
	}
	p.report(s.name, sr.done, sr.done)
	return nil
}

// take buffers the first rows until the header is found, then reads each row.
func (sr *sheetReader[E]) take(row int, cells []cell) {
	if sr.layout != nil {
		sr.record(row, cells)
		return
	}
	if !blankRow(cells) {
		sr.top = append(sr.top, bufferedRow{row, slices.Clone(cells)})
	}
	if row >= headerSearchRows {
		sr.findHeader()
	}
}

// findHeader picks the buffered row that names most columns as the header, and
// reads the buffered rows below it.
func (sr *sheetReader[E]) findHeader() {
	if sr.layout != nil || len(sr.top) == 0 {
		return
	}
	best, most := -1, 0
	for i, b := range sr.top {
		if n := sr.sheet.namesIn(b.cells); n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		sr.out.issue(sr.sheet.name, sr.top[0].row, "見出し",
			"列の名前の行が見つかりません。1行目に「%s」などの列名を書いてください", sr.sheet.columns[0].Name)
		sr.out.unread[sr.sheet.name] = true
		sr.layout = &layout{missing: ^uint64(0)}
		return
	}
	rows := sr.top[best+1:]
	sr.layout = sr.sheet.layout(sr.top[best], sr.out)
	sr.top = nil
	for _, b := range rows {
		sr.record(b.row, b.cells)
	}
}

// namesIn counts the columns named in a row.
func (s *sheet[E]) namesIn(cells []cell) int {
	n := 0
	for _, c := range cells {
		if s.headingOf(c.text) >= 0 {
			n++
		}
	}
	return n
}

// missingColumns reports key columns missing in the header, at the first row
// with a record. Other missing columns keep the stored values (see Merge).
func (sr *sheetReader[E]) missingColumns() {
	for i, c := range sr.sheet.columns {
		if sr.layout.missing&^sr.layout.asked&(1<<i) != 0 && c.Need == models.Key {
			sr.out.issue(sr.sheet.name, sr.layout.headerRow, c.Name, "この列がありません。見出しに「%s」の列を加えてください", c.Name)
			if i == 0 { // the column that others refer to
				sr.out.unread[sr.sheet.name] = true
			}
		}
	}
}

func blankRow(cells []cell) bool {
	for _, c := range cells {
		if c.form == formNoResult || clean(c.text) != "" {
			return false
		}
	}
	return true
}

// record reads one row and lists all its problems. Validate does not report a
// column again that could not be read.
func (sr *sheetReader[E]) record(row int, cells []cell) {
	l := sr.layout
	if l.at == nil { // no header was found, which is the issue
		return
	}
	sr.noteUnnamed(cells)
	var e E
	failed, filled := sr.fill(&e, row, cells)
	if !filled {
		return
	}
	records := sr.sheet.records(sr.out.Book)
	if len(*records) == 0 {
		sr.missingColumns()
	}
	for _, problem := range sr.sheet.check(&e) {
		i := sr.sheet.columnNamed(problem.Field)
		if i >= 0 && failed.issues&(1<<i) != 0 {
			continue
		}
		if i >= 0 {
			failed.issues |= 1 << i
		}
		failed.list = append(failed.list, Issue{sr.sheet.name, row, problem.Field, problem.Message})
	}
	if i, ok := sr.repeated(&e, row, failed.issues); ok {
		failed.list = append(failed.list, i)
	}
	sr.out.Issues = append(sr.out.Issues, failed.list...)
	*records = append(*records, e)
	sr.out.rows[sr.sheet.name] = append(sr.out.rows[sr.sheet.name], row)
}

// noteUnnamed notes once that a column without a heading is ignored.
func (sr *sheetReader[E]) noteUnnamed(cells []cell) {
	l := sr.layout
	for place, c := range cells {
		if c.text == "" || place < len(l.unknown) && l.unknown[place] || l.placed(place) || clean(c.text) == "" {
			continue
		}
		for len(l.unknown) <= place {
			l.unknown = append(l.unknown, false)
		}
		l.unknown[place] = true
		sr.out.note("シート「%s」の%d列目は見出しがないため、読み込みません", sr.sheet.name, place+1)
	}
}

func (l *layout) placed(place int) bool {
	for _, p := range l.at {
		if p == place {
			return true
		}
	}
	return false
}

// rowProblems collects the issues of a row and its columns with an issue.
type rowProblems struct {
	list   []Issue
	issues uint64
}

func (sr *sheetReader[E]) fill(e *E, row int, cells []cell) (failed rowProblems, filled bool) {
	failed.issues = sr.layout.missing
	for i := range sr.sheet.columns {
		col := &sr.sheet.columns[i]
		place := sr.layout.at[i]
		if place < 0 {
			continue
		}
		var c cell
		if place < len(cells) {
			c = cells[place]
			c.text = clean(c.text)
		}
		reason := ""
		switch {
		case c.form == formNoResult:
			filled = true
			reason = noResultReason(sr.sheet.name, row, place)
		case c.text == "":
			reason = col.blankReason()
		default:
			filled = true
			reason = sr.value(e, i, row, c)
		}
		if reason != "" {
			failed.issues |= 1 << i
			failed.list = append(failed.list, Issue{sr.sheet.name, row, col.Name, reason})
		}
	}
	return failed, filled
}

func (c *column[E]) blankReason() string {
	switch {
	case c.Need != models.Key && c.Need != models.Required:
		return ""
	case c.Kind == models.DateField:
		return "空欄です。日付を入力してください"
	default:
		return "空欄です。入力してください"
	}
}

// repeated reports whether an earlier row has the same key.
func (sr *sheetReader[E]) repeated(e *E, row int, failed uint64) (Issue, bool) {
	return sr.sheet.repeats(sr.seen, e, row, failed)
}

// repeated returns the rows whose key an earlier row has.
func (s *sheet[E]) repeated(r *Reading) []Issue {
	var issues []Issue
	seen := map[string]int{}
	records := *s.records(r.Book)
	for i := range records {
		if issue, ok := s.repeats(seen, &records[i], r.row(s.name, i), 0); ok {
			issues = append(issues, issue)
		}
	}
	return issues
}

// repeats looks up a record's key among those seen and adds it.
func (s *sheet[E]) repeats(seen map[string]int, e *E, row int, failed uint64) (Issue, bool) {
	var names, values []string
	for i := range s.columns {
		col := &s.columns[i]
		if !s.inKey(col, e) {
			continue
		}
		value := keyText(col.get(e))
		if value == "" || failed&(1<<i) != 0 {
			return Issue{}, false // reported already
		}
		names, values = append(names, col.Name), append(values, value)
	}
	k := strings.Join(values, "\x00")
	first, repeated := seen[k]
	if !repeated {
		seen[k] = row
		return Issue{}, false
	}
	return Issue{s.name, row, strings.Join(names, "・"),
		"『" + strings.Join(values, "・") + "』は " + strconv.Itoa(first) + "行目と同じです。どちらかを直すか消してください"}, true
}

func (s *sheet[E]) inKey(col *column[E], e *E) bool {
	if s.keys == nil {
		return col.Need == models.Key
	}
	for _, name := range s.keys(e) {
		if name == col.Name {
			return true
		}
	}
	return false
}

func keyText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case models.Date:
		return v.String()
	}
	return ""
}
