// Package reports_test writes every report of the sample hospital and checks
// it against figures counted here from the rows of the register alone.
package reports_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/app"
	"renkei/assets/sample"
	"renkei/models"
	"renkei/reports"
)

var asOf = models.MustDate(sample.AsOf)

// sampleRequest is a request for a report of the sample hospital on its day,
// for the fiscal year up to it.
var sampleRequest = sync.OnceValues(func() (reports.Request, error) {
	reading, err := app.SampleLedger(context.Background(), nil)
	if err != nil {
		return reports.Request{}, err
	}
	return requestOf(reading.Book)
})

func requestOf(book *models.Book) (reports.Request, error) {
	rules, err := app.Rules()
	if err != nil {
		return reports.Request{}, err
	}
	judged, err := app.JudgeBook(context.Background(), book, rules)
	if err != nil {
		return reports.Request{}, err
	}
	if len(judged.Aside) > 0 {
		return reports.Request{}, fmt.Errorf("set aside: %v", judged.Aside)
	}
	return reports.Request{
		Facts: judged.Facts, Rules: rules, Verdicts: judged.Verdicts, Extent: judged.Extent, OutputOn: asOf,
		Month: 2026_10, AsOf: asOf, Period: models.Period{From: asOf.FiscalYearStart(), To: asOf},
	}, nil
}

// ask returns the request for the sample hospital with the changes.
func ask(t *testing.T, changes ...func(*reports.Request)) reports.Request {
	t.Helper()
	r, err := sampleRequest()
	require.NoError(t, err)
	for _, change := range changes {
		change(&r)
	}
	return r
}

// write writes the report and opens it again.
func write(t *testing.T, name string, r reports.Request) *excelize.File {
	t.Helper()
	kind, ok := reports.KindNamed(name)
	require.True(t, ok, "no report %s", name)
	path := filepath.Join(t.TempDir(), name+".xlsx")
	require.NoError(t, kind.Write(context.Background(), path, r))
	file, err := excelize.OpenFile(path)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, file.Close()) })
	return file
}

// table is the rows of a sheet under a header row, as shown.
type table struct {
	t    *testing.T
	head []string
	rows [][]string
}

// tableOf finds the table whose header row begins with the words, line ends
// dropped.
func tableOf(t *testing.T, file *excelize.File, sheet string, first ...string) table {
	t.Helper()
	all, err := file.GetRows(sheet)
	require.NoError(t, err)
	for i, row := range all {
		head := make([]string, len(row))
		for j, text := range row {
			head[j] = strings.ReplaceAll(text, "\n", "")
		}
		if len(head) < len(first) || !slices.Equal(head[:len(first)], first) {
			continue
		}
		found := table{t: t, head: head}
		for _, row := range all[i+1:] {
			if len(row) == 0 || len(row) == 1 && strings.Trim(row[0], "0123456789 ") != "" { // the gap after the table, or a note
				break
			}
			found.rows = append(found.rows, row)
		}
		return found
	}
	require.Fail(t, "no such table", "%s: %v", sheet, first)
	return table{}
}

// column returns the values of the nth column of that name (from 0).
func (tb table) column(name string, nth ...int) []string {
	tb.t.Helper()
	skip := 0
	if len(nth) > 0 {
		skip = nth[0]
	}
	at := -1
	for i, h := range tb.head {
		if h == name {
			if skip == 0 {
				at = i
				break
			}
			skip--
		}
	}
	require.GreaterOrEqual(tb.t, at, 0, "no column %s in %v", name, tb.head)
	values := make([]string, len(tb.rows))
	for i, row := range tb.rows {
		if at < len(row) {
			values[i] = strings.TrimSpace(row[at])
		}
	}
	return values
}

// columns joins the columns of each row, for comparison.
func (tb table) columns(names ...string) []string {
	tb.t.Helper()
	lines := make([]string, len(tb.rows))
	for n, name := range names {
		for i, v := range tb.column(name) {
			if n > 0 {
				lines[i] += " | "
			}
			lines[i] += v
		}
	}
	return lines
}

// textOf returns all the words of a sheet.
func textOf(t *testing.T, file *excelize.File, sheet string) string {
	t.Helper()
	rows, err := file.GetRows(sheet)
	require.NoError(t, err)
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	return b.String()
}

// rowOfStaff is the row of a staff code that holds on a day; when several do,
// the one that makes somebody of the department.
func rowOfStaff(book *models.Book, code string, on models.Date) (models.Staff, bool) {
	var found models.Staff
	ok := false
	for _, s := range book.Staff {
		if s.Code == code && s.From <= on && (s.To == 0 || on <= s.To) && (!ok || s.Department != "") {
			found, ok = s, true
		}
	}
	return found, ok
}

// officeOn is the office of a care manager on a day, "" for none.
func officeOn(book *models.Book, cm string, on models.Date) string {
	var best models.Affiliation
	for _, a := range book.Affiliations {
		if a.CareManager == cm && a.From <= on && (a.To == 0 || on <= a.To) &&
			(a.From > best.From || a.From == best.From && a.Partner > best.Partner) {
			best = a
		}
	}
	return best.Partner
}

func itoa(n int) string { return strconv.Itoa(n) }
