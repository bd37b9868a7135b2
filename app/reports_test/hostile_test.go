package reports_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
	"renkei/reports"
	"renkei/reports/reportstest"
)

// hostile is the sample hospital with texts a spreadsheet might take for
// formulas, and with characters that a file might trip over.
func hostile(t *testing.T) reports.Request {
	t.Helper()
	sample := ask(t)
	book := *sample.Facts.Book
	book.Partners, book.CareManagers = slices.Clone(book.Partners), slices.Clone(book.CareManagers)
	book.Contacts, book.Meetings = slices.Clone(book.Contacts), slices.Clone(book.Meetings)
	book.Admissions, book.Staff = slices.Clone(book.Admissions), slices.Clone(book.Staff)
	book.Attendances, book.Policies = slices.Clone(book.Attendances), slices.Clone(book.Policies)
	for i := range book.Partners {
		book.Partners[i].Name = "=1+1"
	}
	for i := range book.CareManagers {
		book.CareManagers[i].Name = "+81 太郎"
	}
	for i := range book.Staff {
		book.Staff[i].Name = "@部門"
	}
	for i := range book.Contacts {
		book.Contacts[i].Purpose, book.Contacts[i].Body = "-1", "<&\"'> _x000D_ \t=SUM(A1)\r\n二行目"
	}
	for i := range book.Meetings {
		book.Meetings[i].Name, book.Meetings[i].CountsBecause = "=HYPERLINK(\"x\")", "＝1"
	}
	for i := range book.Attendances {
		book.Attendances[i].Name = "=A1"
	}
	for i := range book.Admissions {
		book.Admissions[i].Name = "=患者"
	}
	for i := range book.Policies {
		book.Policies[i].AnnouncedHow = "=周知"
	}
	r, err := requestOf(&book)
	require.NoError(t, err)
	r.Period.From = 2026_10_01
	return r
}

func TestFormulaLikeTextStaysText(t *testing.T) {
	t.Parallel()
	r := hostile(t)
	files := map[string]*excelize.File{}
	for _, c := range []struct {
		report, sheet string
		first         []string
		column, shows string
	}{
		{"menkai", "機関別", []string{"No", "コード"}, "連携機関名", "=1+1"},
		{"menkai", "直近12か月", []string{"No", "コード"}, "自院担当者", "@部門"},
		{"relations", "台帳", []string{"連携先コード", "事業所"}, "氏名", "+81 太郎"},
		{"relations", "会議の記録", []string{"連携先コード", "事業所"}, "会議名", "=HYPERLINK(\"x\")"},
		{"attendance", "一覧", []string{"会議コード", "開催日"}, "算入の理由", "＝1"},
		{"attendance", "2026-11-16 K071", []string{"No", "区分"}, "氏名", "=A1"},
		{"policy", "運用状況", []string{"患者ID", "氏名"}, "氏名", "=患者"},
		{"policy", "規程", []string{"版", "施行日"}, "周知方法", "=周知"},
		{"timeline", "やり取り", []string{"日付", "時刻"}, "目的", "-1"},
		{"timeline", "やり取り", []string{"日付", "時刻"}, "内容", "<&\"'> _x000D_  =SUM(A1)\n二行目"},
	} {
		if files[c.report] == nil {
			files[c.report] = write(t, c.report, r)
		}
		t.Run(c.report+" "+c.sheet+" "+c.column, func(t *testing.T) {
			assert.Contains(t, tableOf(t, files[c.report], c.sheet, c.first...).column(c.column), c.shows)
		})
	}
	for _, file := range files {
		for _, sheet := range file.GetSheetList() {
			assertNoFormula(t, file, sheet)
		}
	}
}

func assertNoFormula(t *testing.T, file *excelize.File, sheet string) {
	t.Helper()
	reportstest.EachCell(t, file, sheet, func(cell string, _, _ int, raw string) {
		formula, err := file.GetCellFormula(sheet, cell)
		require.NoError(t, err)
		assert.Empty(t, formula, "%s!%s %s", sheet, cell, raw)
	})
}

func TestAMeetingCodeThatIsNoSheetNameIsMadeOne(t *testing.T) {
	t.Parallel()
	sample := ask(t)
	book := *sample.Facts.Book
	book.Meetings = append(slices.Clone(book.Meetings),
		models.Meeting{Code: "a/b:c", HeldOn: asOf, Name: "会", Kind: "勉強会"},
		models.Meeting{Code: "A_b_C", HeldOn: asOf, Name: "会", Kind: "勉強会"},
		models.Meeting{Code: "とても長い会議コードでシートの名前に入りきらないもの", HeldOn: asOf, Name: "会", Kind: "勉強会"})
	r, err := requestOf(&book)
	require.NoError(t, err)
	r.Period.From = asOf
	file := write(t, "attendance", r)
	assert.Equal(t, []string{"一覧", "2026-11-22 A_b_C", "2026-11-22 a_b_c (2)", "2026-11-22 とても長い会議コードでシートの名前に入り"}, file.GetSheetList())
}
