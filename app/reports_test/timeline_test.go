package reports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/reports"
	"renkei/reports/reportstest"
)

// said lists the やり取り of a period that are so, as the list shows them, in
// order of time.
func said(book *models.Book, from, to models.Date, is func(c models.Contact, office string) bool) []string {
	staff := map[string]string{}
	for _, s := range book.Staff {
		staff[s.Code] = s.Name
	}
	var lines []string
	for _, c := range book.Contacts {
		office := c.Partner
		if office == "" {
			office = officeOn(book, c.CareManager, c.On)
		}
		if c.On < from || c.On > to || !is(c, office) {
			continue
		}
		var names []string
		for _, code := range c.Staff {
			names = append(names, staff[code])
		}
		lines = append(lines, fmt.Sprintf("%s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s", c.On, c.Time, c.Number, c.Kind, c.Initiator, office,
			c.CareManager, strings.Join(names, "\n"), c.Purpose, c.Body, c.PatientID))
	}
	slices.Sort(lines)
	return lines
}

var saidColumns = []string{"日付", "時刻", "連絡番号", "種別", "発信", "連携先コード", "CMコード", "自院", "目的", "内容", "患者ID"}

func TestTimelineListsEveryContactOfThePeriodInOrder(t *testing.T) {
	t.Parallel()
	r := ask(t)
	file := write(t, "timeline", r)
	want := said(r.Facts.Book, r.Period.From, r.Period.To, func(models.Contact, string) bool { return true })
	require.Greater(t, len(want), 500)
	list := tableOf(t, file, "やり取り", "日付", "時刻")
	assert.Equal(t, want, list.columns(saidColumns...))
	assert.Contains(t, textOf(t, file, "やり取り"), fmt.Sprintf("対象: 日付が期間にあるやり取り　%d件", len(want)))
}

func TestTimelineOfAPartnerAndOfAPerson(t *testing.T) {
	t.Parallel()
	for key, is := range map[string]func(models.Contact, string) bool{
		"P028": func(_ models.Contact, office string) bool { return office == "P028" },
		"C014": func(c models.Contact, _ string) bool { return c.CareManager == "C014" },
	} {
		t.Run(key, func(t *testing.T) {
			r := ask(t, func(r *reports.Request) { r.Key = key; r.Period.From = 2025_06_01 })
			file := write(t, "timeline", r)
			want := said(r.Facts.Book, r.Period.From, r.Period.To, is)
			require.NotEmpty(t, want)
			assert.Equal(t, want, tableOf(t, file, "やり取り", "日付", "時刻").columns(saidColumns...))
			assert.Contains(t, textOf(t, file, "やり取り"), "（"+key+"）")
		})
	}
}

func TestTimelinePrints(t *testing.T) {
	t.Parallel()
	file := write(t, "timeline", ask(t, func(r *reports.Request) { r.Period.From = 2026_10_01 }))
	assertPrints(t, file, printing{lists: []string{"やり取り"}})
	assertFormats(t, file, "やり取り", map[string]string{"日付": "date", "連携先コード": "id", "CMコード": "id", "患者ID": "id", "連絡番号": "id"})
}

func TestTimelineOfAQuietPeriodSaysSo(t *testing.T) {
	t.Parallel()
	file := write(t, "timeline", ask(t, func(r *reports.Request) { r.Period = models.Period{From: 2020_04_01, To: 2020_04_30} }))
	assert.Contains(t, textOf(t, file, "やり取り"), "該当はありません")
	assert.Contains(t, reportstest.Names(file, "やり取り")[reportstest.PrintTitles], "4:4")
}
