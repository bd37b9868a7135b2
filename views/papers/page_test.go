package papers

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/reports"
	"renkei/reports/reportstest"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

const today = pagetest.Today

// bench is the page with the sample hospital and the keyboard.
type bench struct {
	*Page
	*pagetest.Bench
}

func open(t *testing.T, size fyne.Size) *bench {
	t.Helper()
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	return show(b, size)
}

// show creates the page again, like a new start of the program.
func show(b *pagetest.Bench, size fyne.Size) *bench {
	p := New(b.Shell, b.App)
	b.Show(p, size)
	return &bench{p, b}
}

// field returns a field of the report shown by its label.
func field[F ui.Field](b *bench, label string) F {
	b.T.Helper()
	return pagetest.Field[F](b.T, b.ask.form, label)
}

func TestMonthlyReportByKeyboardToARealFile(t *testing.T) {
	b := open(t, pagetest.Small)
	b.Shell.SaveTo = filepath.Join(t.TempDir(), "一覧.xlsx")
	require.Equal(t, page.ToSection(ID, SetName, ""), b.Place(), "the set of the month stands first")
	b.Press(fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, page.ToSection(ID, "monthly", ""), b.Place())
	assert.Equal(t, "2026-11", field[*ui.ChoiceField](b, "月").Choice(), "the newest month that has sessions")
	b.TypeOver("2026年10月")
	b.Press(fyne.KeyReturn)

	judged, err := b.App.Judged(context.Background(), models.Part{Whole: true})
	require.NoError(t, err)
	october := judged.Month(2026_10)
	assert.Contains(t, b.ask.what.Text(), "共同指導 "+ui.Thousands(len(october))+"件")
	assert.Equal(t, "ファイル名　月次算定一覧_2026-10_港みらい総合病院.xlsx", b.ask.file.Text())

	b.Save()

	require.Empty(t, b.Shell.Errors)
	assert.Equal(t, []string{b.Shell.SaveTo}, b.Shell.Opened)
	assert.Contains(t, b.Shell.Said[len(b.Shell.Said)-1], "一覧.xlsx")
	book, err := reportstest.Read(b.Shell.SaveTo, "")
	require.NoError(t, err)
	var all strings.Builder
	for _, rows := range book {
		for _, row := range rows {
			all.WriteString(strings.Join(row, "\t"))
		}
	}
	for _, v := range october {
		assert.Contains(t, all.String(), v.Session.PatientID)
	}
}

func TestTheSetOfAMonthGoesIntoAFolder(t *testing.T) {
	b := open(t, pagetest.Small)
	folder := filepath.Join(t.TempDir(), "帳票一式_2026-10")
	b.Shell.SaveTo = folder
	b.Press(fyne.KeyReturn)
	b.TypeOver("2026年10月")
	b.Press(fyne.KeyReturn)
	b.Save()

	require.Empty(t, b.Shell.Errors)
	for _, kind := range reports.Kinds {
		found, err := filepath.Glob(filepath.Join(folder, kind.Title+"_*.xlsx"))
		require.NoError(t, err)
		assert.Len(t, found, 1, kind.Title)
	}
	assert.Equal(t, []string{folder}, b.Shell.Opened)
	assert.Contains(t, b.Shell.Said[len(b.Shell.Said)-1], ui.Thousands(len(reports.Kinds))+"件を『帳票一式_2026-10』に")

	t.Run("a file with the name of the folder is explained", func(t *testing.T) {
		b.Shell.SaveTo = filepath.Join(t.TempDir(), "帳票一式_2026-10")
		require.NoError(t, os.WriteFile(b.Shell.SaveTo, nil, 0o600))
		b.Save()
		require.Len(t, b.Shell.Errors, 1)
		assert.Contains(t, b.Shell.Errors[0].Error(), "フォルダ「")
	})
}

// offer adds a report to those offered for one test. It returns the last
// request to write it.
func offer(t *testing.T, kind reports.Kind) *reports.Request {
	t.Helper()
	var last reports.Request
	kind.Make = func(_ context.Context, path string, r reports.Request) error {
		last = r
		return os.WriteFile(path, []byte(kind.Title), 0o600)
	}
	before := reports.Kinds
	reports.Kinds = append(append([]reports.Kind{}, before...), kind)
	t.Cleanup(func() { reports.Kinds = before })
	return &last
}

func TestPeriodKeyAndFormToSignAreAskedFor(t *testing.T) {
	last := offer(t, reports.Kind{Name: "trial", Title: "試し", Basis: reports.ByPeriod, KeyName: "連携先・CM", HasBlank: true})
	b := open(t, pagetest.Small)
	b.Shell.SaveTo = filepath.Join(t.TempDir(), "試し.xlsx")
	b.Open(page.ToSection(ID, "trial", "P001"))
	require.Equal(t, page.ToSection(ID, "trial", ""), b.Place())

	b.Save()
	assert.Equal(t, models.Period{From: 2026_04_01, To: today}, last.Period)
	assert.Equal(t, "P001", last.Key)
	assert.False(t, last.Blank)

	field[*ui.ChoiceField](b, "期間").SetChoice(string(LastYear))
	b.ask.spanChosen()
	b.ask.changed()
	field[*ui.Picker](b, "連携先・CM").Clear()
	field[*ui.CheckField](b, "用紙").SetChecked(true)
	b.ask.changed()
	b.Save()
	assert.Equal(t, models.Period{From: 2025_04_01, To: 2026_03_31}, last.Period)
	assert.Empty(t, last.Key)
	assert.True(t, last.Blank)
	assert.Equal(t, "手で書き込む用紙です", b.ask.what.Text())

	t.Run("reversed days are reported at their field", func(t *testing.T) {
		field[*ui.ChoiceField](b, "期間").SetChoice(string(OwnDates))
		b.ask.changed()
		b.ask.spanChosen()
		field[*ui.DateField](b, "終わりの日").SetDate(2025_03_31)
		b.ask.changed()
		written := len(b.Shell.Opened)
		b.Save()
		assert.Len(t, b.Shell.Opened, written)
	})
	t.Run("the choice is remembered, a period by its word", func(t *testing.T) {
		field[*ui.ChoiceField](b, "期間").SetChoice(string(Twelve))
		b.ask.changed()
		next := pagetest.NewBench(t, b.App)
		next.Shell.Kept = b.Shell.Kept
		again := show(next, pagetest.Small)
		assert.Equal(t, page.ToSection(ID, "trial", ""), again.Place())
		assert.Equal(t, Twelve, again.span)
		assert.Equal(t, models.Period{From: 2025_11_23, To: today}, again.ask.request().Period)
	})
	t.Run("an unknown report is said", func(t *testing.T) {
		b.Open(page.ToSection(ID, "yearly", ""))
		assert.Contains(t, b.Shell.Said[len(b.Shell.Said)-1], "『yearly』という帳票はありません")
	})
	assert.Empty(t, b.Shell.Errors)
}

func TestDaysOfOnesOwnBeginWithTheDaysShown(t *testing.T) {
	offer(t, reports.Kind{Name: "trial", Title: "試し", Basis: reports.ByPeriod})
	b := open(t, pagetest.Small)
	b.Open(page.ToSection(ID, "trial", ""))
	choose := func(span string) {
		b.Shell.Canvas().Focus(field[*ui.ChoiceField](b, "期間").FocusTarget())
		b.TypeOver(span)
		b.Press(fyne.KeyReturn)
	}
	twelve := models.Period{From: 2025_11_23, To: today}
	choose("直近12か月")
	assert.Equal(t, twelve.From, field[*ui.DateField](b, "初めの日").Date())
	assert.Equal(t, twelve, b.ask.request().Period)
	choose("日付を指定する")
	require.Equal(t, OwnDates, b.span)
	assert.Equal(t, twelve, b.ask.request().Period)
	b.Shell.Canvas().Focus(field[*ui.DateField](b, "初めの日").FocusTarget())
	b.TypeOver("2026-01-05")
	b.Press(fyne.KeyReturn)
	assert.Equal(t, models.Period{From: 2026_01_05, To: today}, b.ask.request().Period)
}

func TestADayChosenForOneReportDoesNotReachTheNext(t *testing.T) {
	b := open(t, pagetest.Small)
	b.Open(page.ToSection(ID, "menkai", ""))
	field[*ui.DateField](b, "いつの時点").SetDate(2026_09_30)
	b.ask.changed()
	require.Equal(t, models.Date(2026_09_30), b.ask.request().AsOf)
	b.Open(page.ToSection(ID, "coverage", ""))
	assert.Equal(t, today, b.ask.request().AsOf, "nobody asked for an earlier day here")
	b.Open(page.ToSection(ID, "relations", ""))
	assert.Equal(t, models.Date(2026_09_30), b.ask.request().AsOf, "those of a day share it")
}

func TestEveryReportOfOneRecordHasSomethingToChoose(t *testing.T) {
	b := open(t, pagetest.Small)
	for _, word := range []string{"連携先", "CM", "職員", "会議", "入院"} {
		assert.NotEmpty(t, EntriesOf(b.known, word, today), word)
	}
	for _, kind := range reports.Kinds {
		b.Open(page.ToSection(ID, kind.Name, ""))
		require.Equal(t, page.ToSection(ID, kind.Name, ""), b.Place())
		assert.NotEmpty(t, b.ask.what.Text(), kind.Name)
		assert.Equal(t, kind.KeyName != "", len(EntriesOf(b.known, kind.KeyName, today)) > 0, kind.Name)
	}
}

func TestPatientsNamesAreSaidBeforehand(t *testing.T) {
	offer(t, reports.Kind{Name: "quiet", Title: "名前のない帳票", Basis: reports.ByDate})
	assert.True(t, holdsPatients("monthly"))
	assert.True(t, holdsPatients(SetName))
	assert.False(t, holdsPatients("quiet"))
}
