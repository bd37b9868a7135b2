package coverage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/reports"
	"renkei/views/charts"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

type bench struct {
	*Page
	*pagetest.Bench
	asked *counted
}

// counted counts how often the register was asked for.
type counted struct {
	*app.App
	times int
}

func (c *counted) Judged(ctx context.Context) (*app.Judged, error) {
	c.times++
	return c.App.Judged(ctx)
}

func open(t testing.TB) *bench {
	t.Helper()
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	asked := &counted{App: b.App}
	p := New(b.Shell, asked)
	b.Show(p, pagetest.Small)
	return &bench{p, b, asked}
}

// titled returns the chart of a title in the section shown.
func (b *bench) titled(title string) *charts.View {
	b.T.Helper()
	for _, v := range b.board.views {
		if v.Chart().Title == title {
			return v
		}
	}
	require.Failf(b.T, "no such chart", "%s", title)
	return nil
}

func sampleSections(t *testing.T, choice Choice) (*app.Judged, []*Section) {
	judged, err := pagetest.SampleApp(t).Judged(context.Background())
	require.NoError(t, err)
	var built []*Section
	for _, s := range sections {
		built = append(built, Build(s.id, judged, choice.Scope(pagetest.Today)))
	}
	return judged, built
}

func TestEveryValueLeadsToAsManyRows(t *testing.T) {
	// Values that stand for something other than the number of their rows.
	worth := []string{"失った額", "指導料2率", "3回に足りない", "過去1年の介護支援"}
	for name, choice := range map[string]Choice{"the fiscal year": {Span: ThisYear}, "a ward, a town, twelve months": {Span: Twelve, Ward: "3E", Area: "みなと市"}} {
		t.Run(name, func(t *testing.T) {
			_, built := sampleSections(t, choice)
			followed := 0
			for _, s := range built {
				for _, block := range s.Blocks {
					require.NotEmpty(t, block.Note, "every figure has its definition")
					if block.Chart == nil {
						continue
					}
					other := false
					for _, w := range worth {
						other = other || strings.HasPrefix(block.Chart.Title, w)
					}
					for _, series := range block.Chart.Series {
						for i, d := range series.Data {
							detail, ok := s.Details[d.Key]
							if !ok {
								require.True(t, d.Key == "" || strings.Contains(d.Key, "/"), "%s leads nowhere: %q", block.Chart.Title, d.Key)
								continue
							}
							rows := detail.Rows()
							followed++
							if !other {
								require.Len(t, rows, int(d.Value), "%s %s %s", block.Chart.Title, block.Chart.Categories[i], series.Name)
							}
							for _, r := range rows {
								require.NotEmpty(t, r.Page+r.Record)
							}
						}
					}
				}
			}
			assert.Greater(t, followed, 30)
		})
	}
}

func TestFiguresAreThoseOfTheModels(t *testing.T) {
	judged, built := sampleSections(t, Choice{Span: ThisYear})
	scope := Choice{Span: ThisYear}.Scope(pagetest.Today)
	text := func(s *Section) string {
		var words []string
		for _, block := range s.Blocks {
			for _, f := range block.Facts {
				words = append(words, f.Name+" "+f.Value)
			}
		}
		return strings.Join(words, "\n")
	}
	m := liaison.Monitor(judged.Facts, judged.Verdicts, pagetest.Today)
	assert.Contains(t, text(built[0]), fmt.Sprintf("うち面会が3回以上 %dか所", m.PartnersMet3))
	assert.Contains(t, text(built[0]), fmt.Sprintf("必要残数 %d回", m.Remaining))
	sessions, fee2 := 0, 0
	for _, v := range judged.Verdicts {
		if v.Session.On >= 2026_06_01 && v.Session.On <= pagetest.Today {
			sessions++
			if v.Result == fee.Fee2 {
				fee2++
			}
		}
	}
	assert.Contains(t, text(built[1]), fmt.Sprintf("共同指導 %d件\n指導料2 %d件", sessions, fee2))
	w := liaison.Fee2Waterfall(judged.Facts, judged.Rules, judged.Verdicts, scope.Sessions(judged.Verdicts))
	assert.Contains(t, text(built[1]), ui.Thousands(w.Points()*10)+"円")
}

func TestTheReportPrintsTheSameFigures(t *testing.T) {
	judged, built := sampleSections(t, Choice{Span: ThisYear})
	kind, ok := reports.KindNamed("coverage")
	require.True(t, ok)
	path := filepath.Join(t.TempDir(), "報告.xlsx")
	scope := Choice{Span: ThisYear}.Scope(pagetest.Today)
	require.NoError(t, kind.Write(context.Background(), path, reports.Request{
		Facts: judged.Facts, Rules: judged.Rules, Verdicts: judged.Verdicts, OutputOn: pagetest.Today, Period: scope.Period,
	}))
	f, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer func() { assert.NoError(t, f.Close()) }()
	printed := make(map[string]string) // second cell by the first of its row
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		for _, row := range rows {
			if len(row) > 1 && row[0] != "" {
				printed[sheet+" "+row[0]] = row[1]
			}
		}
	}
	for _, block := range built[1].Blocks {
		if block.Chart == nil || !strings.HasPrefix(block.Chart.Title, "全部の共同指導から") {
			continue
		}
		for i, d := range block.Chart.Series[1].Data {
			if !d.Missing {
				assert.Equal(t, fmt.Sprint(int(d.Value)), printed["指導料2にならない理由 "+block.Chart.Categories[i]], block.Chart.Categories[i])
			}
		}
	}
	facts := make(map[string]string)
	for _, f := range built[1].Blocks[0].Facts {
		facts[f.Name] = f.Value
	}
	assert.Equal(t, facts["指導料2"], printed["概要 指導料2（令和8年6月以降）"]+"件")
	for _, block := range built[3].Blocks {
		if block.Chart != nil && block.Chart.Title == "職員別の件数" {
			assert.Equal(t, block.Chart.Categories[0], printed["職員別 "+codeOf(judged, block.Chart.Categories[0])])
		}
	}
}

// codeOf is the 職員コード of a name.
func codeOf(judged *app.Judged, name string) string {
	for _, s := range judged.Facts.Book.Staff {
		if s.Name == name {
			return s.Code
		}
	}
	return ""
}

func TestDrillDownByKeyboardAndBack(t *testing.T) {
	b := open(t)
	b.Press(fyne.KeyDown)
	require.Equal(t, "fee2", b.Place())
	b.Press(fyne.KeyReturn)
	rates := b.titled("指導料2率（月別）")
	require.Equal(t, b.Focused(), fyne.Focusable(rates), "Enter on a section goes to its first chart")

	b.Press(fyne.KeyRight)
	want, _ := rates.Current()
	b.Press(fyne.KeyReturn)
	require.Equal(t, "fee2#"+want.Key, b.Place())
	require.Equal(t, b.Focused(), fyne.Focusable(b.rows.list))
	require.NotEmpty(t, b.rows.list.Rows())
	for _, r := range b.rows.list.Rows() {
		assert.Equal(t, models.Month(2026_06), r.On.Month())
		assert.Contains(t, r.State, "指導料2")
	}
	b.Press(fyne.KeyReturn)
	row, _ := b.rows.list.Selected()
	assert.Equal(t, []string{"sessions/" + row.Record}, b.Shell.Went)

	b.Press(fyne.KeyEscape)
	assert.Equal(t, "fee2", b.Place())
	assert.Equal(t, b.Focused(), fyne.Focusable(rates), "back to the chart it came from")
	assert.True(t, b.board.page.Visible())
}

func TestABarOfAPartnerLeadsToItsPage(t *testing.T) {
	b := open(t)
	v := b.titled("3回に足りない連携機関（今年度、近い順）")
	b.Shell.Canvas().Focus(v)
	b.Press(fyne.KeyRight, fyne.KeyReturn)
	require.Len(t, b.Shell.Went, 1)
	assert.True(t, strings.HasPrefix(b.Shell.Went[0], "partners/P"), b.Shell.Went[0])
}

func TestAPlaceIsFoundAgain(t *testing.T) {
	b := open(t)
	b.Open("fee2#loss:11d")
	assert.Equal(t, "fee2#loss:11d", b.Place())
	assert.Contains(t, b.rows.title.Text(), "平時の会議")
	selected, _ := b.list.Selected()
	assert.Equal(t, "fee2", selected)
	b.Open("なし")
	assert.Contains(t, b.Said(), "見出しはありません")
}

func TestChoicesAreSharedRememberedAndWorkedOutOnce(t *testing.T) {
	b := open(t)
	b.Open("fee2")
	year := b.now
	b.period.Choose("month:2026-10")
	october := b.now
	require.NotSame(t, year, october)
	assert.Equal(t, "2026-10-01〜2026-10-31", b.said.Text())
	b.ward.Choose(b.ward.Choices()[1].Value)
	b.ward.Choose("")
	assert.Same(t, october, b.now, "the same choice is not worked out again")
	b.Open("work")
	assert.Equal(t, "month:2026-10", b.period.Value(), "the period is that of every section")

	p := New(b.Shell, b.App)
	b.Bench.Show(p, pagetest.Small)
	assert.Equal(t, "work", p.Place())
	assert.Equal(t, "month:2026-10", p.period.Value())
}

func TestANewRecordIsWorkedOutAnew(t *testing.T) {
	b := open(t)
	before := b.now
	b.Changed()
	assert.Same(t, before, b.now, "nothing changed")
	partner := b.Book().Partners[0]
	partner.Note = "変えた"
	_, err := b.App.Do(context.Background(), "変更", app.Put(partner))
	require.NoError(t, err)
	b.Changed()
	assert.NotSame(t, before, b.now)
	assert.Equal(t, 3, b.asked.times)
}

func TestAPastDayIsLookedAt(t *testing.T) {
	b := open(t)
	today := b.now.Blocks[0].Facts[1].Value
	b.Shell.Canvas().Focus(b.asOf.FocusTarget())
	b.Type("2026-06-30")
	b.Press(fyne.KeyReturn)
	assert.Equal(t, "2026-04-01〜2026-06-30", b.said.Text())
	judged := b.Judged()
	m := liaison.Monitor(judged.Facts, judged.Verdicts, 2026_06_30)
	past := b.now.Blocks[0].Facts[1].Value
	assert.NotEqual(t, today, past)
	assert.Equal(t, fmt.Sprintf("%dか所（25か所以上）", m.PartnersMet3), past)
	p := New(b.Shell, b.App)
	b.Bench.Show(p, pagetest.Small)
	assert.Zero(t, p.kept.AsOf, "the next start looks at today")
}

func TestATableAndAnImageOfEachChart(t *testing.T) {
	b := open(t)
	b.Open("reach")
	v := b.titled(areaTitle)
	b.Shell.Canvas().Focus(v)
	before := v.Size().Height
	b.Type("t")
	require.True(t, v.InTable())
	assert.NotEqual(t, before, v.Size().Height, "the blocks below move")
	assert.True(t, b.titled("市区町村 × 種別").InTable(), "a table of two kinds is shown as one")

	b.Shell.SaveTo = filepath.Join(t.TempDir(), "図.png")
	b.Type("s")
	info, err := os.Stat(b.Shell.SaveTo)
	require.NoError(t, err)
	assert.Positive(t, info.Size())
	assert.Contains(t, b.Said(), "図.png")
	b.Shell.SaveTo = filepath.Join(t.TempDir(), "ない", "図.png")
	b.Type("s")
	require.Len(t, b.Shell.Errors, 1)
	assert.Contains(t, models.ErrorMessage(b.Shell.Errors[0]), "画像を書き出せません")
}

func TestAnEmptyRegisterSaysSo(t *testing.T) {
	b := pagetest.NewBench(t, pagetest.NewApp(t, pagetest.Now))
	p := New(b.Shell, b.App)
	b.Show(p, pagetest.Small)
	for _, s := range sections {
		p.Open(s.id)
		assert.Empty(t, b.Shell.Errors)
	}
	p.Open("fee2")
	assert.Contains(t, pagetest.Texts(b.Shell.Window.Content()), noSessions)
}
