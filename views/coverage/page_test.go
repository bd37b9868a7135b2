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

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/charts"
	"renkei/views/page"
	"renkei/views/page/pagetest"
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

func (c *counted) Judged(ctx context.Context, part models.Part) (*app.Judged, error) {
	c.times++
	return c.App.Judged(ctx, part)
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

func TestDrillDownByKeyboardAndBack(t *testing.T) {
	b := open(t)
	b.Press(fyne.KeyDown, fyne.KeyDown)
	require.Equal(t, page.ToSection(ID, "fee2", ""), b.Place())
	b.Press(fyne.KeyReturn)
	rates := b.titled("指導料2率（月別）")
	require.Equal(t, b.Focused(), fyne.Focusable(rates), "Enter on a section goes to its first chart")

	b.Press(fyne.KeyRight)
	want, _ := rates.Current()
	b.Press(fyne.KeyReturn)
	require.Equal(t, page.ToSection(ID, "fee2", want.Key), b.Place())
	require.Equal(t, b.Focused(), fyne.Focusable(b.rows.list))
	require.NotEmpty(t, b.rows.list.Rows())
	for _, r := range b.rows.list.Rows() {
		assert.Equal(t, models.Month(2026_06), r.On.Month())
		assert.Contains(t, r.State, "指導料2")
	}
	b.Press(fyne.KeyReturn)
	row, _ := b.rows.list.Selected()
	assert.Equal(t, []page.Target{row.To}, b.Shell.Went)

	b.Press(fyne.KeyEscape)
	assert.Equal(t, page.ToSection(ID, "fee2", ""), b.Place())
	assert.Equal(t, b.Focused(), fyne.Focusable(rates), "back to the chart it came from")
	back, _ := rates.Current()
	assert.Equal(t, want, back, "and to its value")
	assert.True(t, b.board.page.Visible())
}

func TestRowsStandInTheOrderOfTheirValueUntilAPersonSortsThem(t *testing.T) {
	b := open(t)
	b.Open(page.ToSection(ID, "kasan1", "lacking"))
	var nearest []string
	for _, p := range liaison.StandingByMarch(b.Judged().Facts, pagetest.Today).Lacking() {
		nearest = append(nearest, p.Partner.Code)
	}
	shown := func() (codes []string) {
		for _, r := range b.rows.list.Rows() {
			codes = append(codes, r.To.Key)
		}
		return codes
	}
	require.Equal(t, nearest, shown(), "the nearest to three first")
	b.rows.list.Sort("who", true)
	sorted := shown()
	require.NotEqual(t, nearest, sorted)
	b.now = nil // as if the register had changed
	b.Changed(app.Feed{Many: true})
	assert.Equal(t, sorted, shown())
	b.Open(page.ToSection(ID, "kasan1", "active"))
	b.Open(page.ToSection(ID, "kasan1", "lacking"))
	assert.Equal(t, nearest, shown())
}

func TestABarOfAPartnerLeadsToItsPage(t *testing.T) {
	b := open(t)
	b.Open(page.ToSection(ID, "kasan1", ""))
	v := b.titled("3回に足りない連携機関（今年度、近い順）")
	b.Shell.Canvas().Focus(v)
	b.Press(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn) // what is missing
	require.Len(t, b.Shell.Went, 1)
	assert.Equal(t, page.To("連携先", b.Shell.Went[0].Key), b.Shell.Went[0])
	assert.True(t, strings.HasPrefix(b.Shell.Went[0].Key, "P"), b.Shell.Went[0])
}

func TestAPlaceIsFoundAgain(t *testing.T) {
	b := open(t)
	b.Open(page.ToSection(ID, "fee2", "loss:11d"))
	assert.Equal(t, page.ToSection(ID, "fee2", "loss:11d"), b.Place())
	assert.Contains(t, b.rows.title.Text(), "平時の会議")
	selected, _ := b.list.Selected()
	assert.Equal(t, "fee2", selected)
	b.Open(page.ToSection(ID, "なし", ""))
	assert.Contains(t, b.Said(), "見出しはありません")
}

func TestChoicesAreSharedRememberedAndWorkedOutOnce(t *testing.T) {
	b := open(t)
	b.Open(page.ToSection(ID, "fee2", ""))
	year := b.now
	b.period.Choose("month:2026-10")
	october := b.now
	require.NotSame(t, year, october)
	assert.Equal(t, "2026-10-01〜2026-10-31", b.said.Text())
	b.ward.Choose(b.ward.Choices()[1].Value)
	b.ward.Choose("")
	assert.Same(t, october, b.now, "the same choice is not worked out again")
	b.Open(page.ToSection(ID, "work", ""))
	assert.Equal(t, "month:2026-10", b.period.Value(), "the period is that of every section")

	p := New(b.Shell, b.App)
	b.Bench.Show(p, pagetest.Small)
	assert.Equal(t, page.ToSection(ID, "work", ""), p.Place())
	assert.Equal(t, "month:2026-10", p.period.Value())
}

func TestASectionIsWorkedOutAnewAfterAChangeOfWhatItShows(t *testing.T) {
	b := open(t)
	ctx, revision := context.Background(), b.Judged().Revision
	tell := func() {
		feed, err := b.App.Since(ctx, revision)
		require.NoError(t, err)
		revision = feed.To
		require.False(t, feed.Empty())
		b.Changed(feed)
	}
	require.NoError(t, apptest.ConfirmAll(ctx, b.App, 2026_09))
	tell()
	before, asked := b.now, b.asked.times
	_, err := b.App.CloseMonth(ctx, 2026_09)
	require.NoError(t, err)
	tell()
	assert.Equal(t, asked, b.asked.times, "the page does not show 月締め")
	b.Shown()
	assert.Same(t, before, b.now)
	partner := b.Book().Partners[0]
	partner.Note = "変えた"
	_, err = b.App.Do(ctx, "変更", app.Put(partner))
	require.NoError(t, err)
	tell()
	assert.NotSame(t, before, b.now)
}

func TestOnlyTheSectionsSeenLastAreKept(t *testing.T) {
	b := open(t)
	for range mostDone + 1 {
		b.period.Choose(b.period.Choices()[len(b.done)].Value)
		assert.LessOrEqual(t, len(b.done), mostDone)
	}
	assert.Less(t, len(b.done), mostDone)
}

func TestAPastDayIsLookedAt(t *testing.T) {
	b := open(t)
	b.Open(page.ToSection(ID, "kasan1", ""))
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

func TestAChoiceThatIsNotOfferedIsGivenUpAndSaid(t *testing.T) {
	b := open(t)
	b.Open(page.ToSection(ID, "fee2", ""))
	b.period.Choose("month:2026-10")
	b.Shell.Canvas().Focus(b.asOf.FocusTarget())
	b.Type("2026-07-31")
	b.Press(fyne.KeyReturn)
	assert.Equal(t, ThisYear, b.kept.Span, "October is yet to come in July")
	assert.Equal(t, ThisYear, b.period.Value())
	assert.Equal(t, "2026-04-01〜2026-07-31", b.said.Text())
	assert.Contains(t, b.Said(), "期間は「2026年度」にしました")
	assert.Contains(t, pagetest.Texts(b.Shell.Window.Content()), "2026-07-31 の時点の数です")

	// What was remembered of another register.
	b.ward.Choose(b.ward.Choices()[1].Value)
	b.area.Choose(b.area.Choices()[1].Value)
	empty := pagetest.NewBench(t, pagetest.NewApp(t, pagetest.Now))
	empty.Shell.Kept = b.Shell.Kept
	p := New(empty.Shell, empty.App)
	empty.Show(p, pagetest.Small)
	assert.Equal(t, Choice{Span: ThisYear}, p.kept.Choice)
	assert.Contains(t, empty.Said(), "病棟は「すべての病棟」、地域は「すべての地域」にしました")
}

func TestADayYetToComeIsAForecast(t *testing.T) {
	b := open(t)
	b.Shell.Canvas().Focus(b.asOf.FocusTarget())
	b.Type("2026-12-31")
	b.Press(fyne.KeyReturn)
	assert.Equal(t, models.Date(2026_12_31), b.now.AsOf)
	assert.Contains(t, pagetest.Texts(b.Shell.Window.Content()), "2026-12-31 の時点の見込です")
	assert.Contains(t, b.said.Text(), "（見込）")
}

func TestATableAndAnImageOfEachChart(t *testing.T) {
	b := open(t)
	b.Open(page.ToSection(ID, "reach", ""))
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
		p.Open(page.ToSection(ID, s.id, ""))
		assert.Empty(t, b.Shell.Errors)
	}
	p.Open(page.ToSection(ID, "fee2", ""))
	assert.Contains(t, pagetest.Texts(b.Shell.Window.Content()), noSessions)
}
