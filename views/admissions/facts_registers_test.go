package admissions

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/reports"
	"renkei/reports/reportstest"
	"renkei/views/partners"
	"renkei/views/today"
)

// walked is a random register with every place that shows its deadlines and
// states: pages by their rows, workbooks written and read back.
type walked struct {
	book     *models.Book
	judged   *app.Judged
	on       models.Date
	snap     *snapshot
	today    []today.Row
	partners *partners.Index
	files    map[string]map[string][][]string // sheets by report
}

func walk(t *testing.T, seed int) *walked {
	t.Helper()
	book := rapid.Custom(booktest.Random).Example(seed)
	toTheEdge(book)
	on := dayToLookAt(book, seed)
	rules, err := app.Rules()
	require.NoError(t, err)
	w := &walked{book: book, judged: apptest.JudgeBook(t, book, rules), on: on, files: make(map[string]map[string][][]string)}
	w.snap = newSnapshot(w.judged, on, Every)
	work := liaison.Worklist(w.judged.Facts, rules, w.judged.Verdicts, liaison.Working(w.judged.Facts.Book, on), on)
	open := make(map[liaison.WorkKind]bool)
	for _, one := range work {
		open[one.Kind] = true
	}
	w.today = today.Rows(work, on, open)
	w.partners = partners.NewIndex(w.judged.Facts, rules, on, nil)
	request := reports.Request{
		Facts: w.judged.Facts, Rules: rules, Verdicts: w.judged.Verdicts, OutputOn: on, Month: on.Month(), AsOf: on,
		Period: models.Period{From: on.FiscalYearStart(), To: on},
	}
	for _, name := range []string{"policy", "coverage", "evidence", "handover", "monthly", "menkai", "relations"} {
		kind, ok := reports.KindNamed(name)
		require.True(t, ok, name)
		path := filepath.Join(t.TempDir(), name+".xlsx")
		require.NoError(t, kind.Write(context.Background(), path, request))
		w.files[name], err = reportstest.Read(path, "")
		require.NoError(t, err)
	}
	return w
}

// line is a row of a table of a workbook by the titles of its columns.
type line map[string]string

// table returns the rows under the header that begins with a title, on every
// sheet of a report or on one.
func (w *walked) table(report, sheet, first string) []line {
	var lines []line
	for name, rows := range w.files[report] {
		if sheet != "" && name != sheet {
			continue
		}
		var head []string
		for _, row := range rows {
			switch {
			case len(row) == 0:
				head = nil
			case plain(row[0]) == first:
				head = row
			case head != nil && (len(row) > 1 || len(head) == 1):
				l := make(line)
				for i, title := range head {
					if title = plain(title); i < len(row) && l[title] == "" && title != "" {
						l[title] = strings.TrimSpace(row[i])
					}
				}
				lines = append(lines, l)
			}
		}
	}
	return lines
}

func plain(title string) string { return strings.ReplaceAll(title, "\n", "") }

// text is all the words of a report.
func (w *walked) text(report string) string {
	var b strings.Builder
	for _, rows := range w.files[report] {
		for _, row := range rows {
			b.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return b.String()
}

// onToday returns the rows of 今日 with a text, by the key of their record.
func (w *walked) onToday(text string) map[string]today.Row {
	found := make(map[string]today.Row)
	for _, row := range w.today {
		if !row.Heading && strings.Contains(row.Text, text) {
			found[row.To.Key] = row
		}
	}
	return found
}

// inHandover returns the days of what the 引き継ぎ書 hands over, by record.
func (w *walked) inHandover(text string) map[string]string {
	found := make(map[string]string)
	for _, l := range w.table("handover", "", "すること") {
		if strings.Contains(l["すること"], text) {
			found[l["台帳の番号"]] = l["期限"]
		}
	}
	return found
}

// registers are the random ones of all tests here, written once.
var registers []*walked

// toTheEdge moves what a random register seldom has on its very day: every other
// 情報提供 to the last day for it, and who was at the last 会議 to an office from the
// day after.
func toTheEdge(book *models.Book) {
	params, _ := fee.ParamsOf(book.Settings)
	for i := range book.Admissions {
		if a := &book.Admissions[i]; a.InformedOn != 0 && i%2 == 0 {
			a.InformedOn = a.AdmittedOn.AddDays(6)
			if params.DayCount == fee.NextDay {
				a.InformedOn = a.AdmittedOn.AddDays(7)
			}
		}
	}
	last := book.Attendances[len(book.Attendances)-1]
	held := slices.IndexFunc(book.Meetings, func(m models.Meeting) bool { return m.Code == last.Meeting })
	for i := range book.Affiliations {
		if a := &book.Affiliations[i]; a.CareManager == last.Code {
			a.From = max(a.From, book.Meetings[held].HeldOn.AddDays(1))
		}
	}
}

// dayToLookAt is, for some of the registers, the last day of what an admission or
// a session has to have, or the day after it.
func dayToLookAt(book *models.Book, seed int) models.Date {
	for _, a := range book.Admissions {
		if seed%3 == 0 && a.CareManager != "" && a.InformedOn == 0 && a.CareStatus != models.NotApplied {
			return a.AdmittedOn.AddDays(6 + seed%2)
		}
	}
	for _, s := range book.Sessions {
		if seed%3 == 1 && s.PlanCopyOn == 0 && s.On >= models.RevisionDate {
			return s.On.AddDays(14)
		}
	}
	return models.Date(2026_06_01).AddDays(10 * seed)
}

// walks visits the random registers, each on a day of its own.
func walks(t *testing.T, visit func(t *testing.T, w *walked)) {
	t.Helper()
	for seed := range 24 {
		if len(registers) <= seed {
			registers = append(registers, walk(t, seed+1))
		}
		w := registers[seed]
		t.Run(fmt.Sprintf("register %d on %s", seed+1, w.on), func(t *testing.T) { visit(t, w) })
	}
}
