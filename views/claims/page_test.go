package claims

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/assets"
	"renkei/models"
	"renkei/models/fee"
	"renkei/reports"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// register is a real register; the window's desk writes the month the same way.
type register struct{ *app.App }

func (r register) WriteMonthly(ctx context.Context, path string, month models.Month, _ page.Progress) error {
	judged, err := r.Judged(ctx)
	if err != nil {
		return err
	}
	kind, _ := reports.KindNamed("monthly")
	return kind.Write(ctx, path, reports.Request{Facts: judged.Facts, Rules: judged.Rules, Verdicts: judged.Verdicts, OutputOn: r.Today(), Month: month})
}

// screen is the page in a window over a register, under a clock.
type screen struct {
	*Page
	t     *testing.T
	app   *app.App
	shell *pagetest.Shell
	now   time.Time
	begun []string // of Start
}

func open(t *testing.T, sample bool, size fyne.Size) *screen {
	t.Helper()
	s := &screen{t: t, now: time.Date(2026, 11, 22, 10, 30, 0, 0, time.Local)}
	a, err := app.Open(context.Background(), app.Config{Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "山田", Now: func() time.Time { return s.now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	if sample {
		_, err = a.LoadSample(context.Background(), nil)
		require.NoError(t, err)
	}
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 0))
	s.app, s.shell = a, &pagetest.Shell{On: models.DateOf(s.now)}
	s.show(size)
	return s
}

// show makes the page anew, as a new start of the program does.
func (s *screen) show(size fyne.Size) {
	s.t.Helper()
	begin := func(what string) func() { return func() { s.begun = append(s.begun, what) } }
	s.Page = New(s.shell, register{s.app}, Start{
		ImportMenu: func(fyne.CanvasObject) {}, ChooseBook: begin("book"), ChooseFolder: begin("folder"), LoadSample: begin("sample"),
	})
	s.shell.Window = test.NewTempWindow(s.t, s.Build())
	s.shell.Window.Resize(size)
	s.shell.Pages = []page.Page{s.Page}
	s.Shown()
	require.Empty(s.t, s.shell.Errors)
}

var wide = fyne.NewSize(1366-176, 660)

func (s *screen) key(names ...fyne.KeyName) {
	s.t.Helper()
	for _, name := range names {
		if name == fyne.KeyTab {
			s.shell.Canvas().FocusNext()
			continue
		}
		focused := s.shell.Canvas().Focused()
		require.NotNil(s.t, focused)
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func (s *screen) shortcut(name fyne.KeyName) {
	s.t.Helper()
	focused, ok := s.shell.Canvas().Focused().(fyne.Shortcutable)
	require.True(s.t, ok)
	focused.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl})
}

func (s *screen) said() string {
	s.t.Helper()
	require.NotEmpty(s.t, s.shell.Said)
	return s.shell.Said[len(s.shell.Said)-1]
}

func (s *screen) book() *models.Book {
	s.t.Helper()
	judged, err := s.app.Judged(context.Background())
	require.NoError(s.t, err)
	return judged.Facts.Book
}

// texts returns every text under an object.
func texts(o fyne.CanvasObject) string {
	var words []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *ui.Paragraph:
			words = append(words, o.Text())
		case *ui.Caption:
			words = append(words, o.Text())
		case *ui.Badge:
			words = append(words, o.Word())
		case *ui.Button:
			words = append(words, o.Text)
		}
		if w, ok := o.(fyne.Widget); ok {
			for _, child := range test.WidgetRenderer(w).Objects() {
				walk(child)
			}
		} else if c, ok := o.(*fyne.Container); ok {
			for _, child := range c.Objects {
				walk(child)
			}
		}
	}
	walk(o)
	return strings.Join(words, "\n")
}

// button finds a button by its word.
func button(t *testing.T, o fyne.CanvasObject, word string) *ui.Button {
	t.Helper()
	var found *ui.Button
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if b, ok := o.(*ui.Button); ok && b.Text == word {
			found = b
		} else if w, ok := o.(fyne.Widget); ok {
			for _, child := range test.WidgetRenderer(w).Objects() {
				walk(child)
			}
		} else if c, ok := o.(*fyne.Container); ok {
			for _, child := range c.Objects {
				walk(child)
			}
		}
	}
	walk(o)
	require.NotNil(t, found, word)
	return found
}

func TestThePageOpensOnTheNewestMonth(t *testing.T) {
	s := open(t, true, wide)
	assert.Equal(t, models.Month(202611), s.month)
	assert.Same(t, s.list, s.shell.Canvas().Focused(), "the keyboard begins in the list")
	assert.Contains(t, s.totals.Text(), "指導料2")
	row, ok := s.list.Selected()
	require.True(t, ok)
	assert.Contains(t, texts(s.detail), row.Verdict.Reason)
	assert.Contains(t, texts(s.stateBar), "未確定")
}

func TestWalkingTheListShowsEachVerdict(t *testing.T) {
	s := open(t, true, wide)
	s.goTo(202610)
	seen := map[fee.Result]bool{}
	for range s.list.Rows() {
		row, _ := s.list.Selected()
		text := texts(s.detail)
		seen[row.Result] = true
		assert.Contains(t, text, row.PatientID)
		assert.Contains(t, text, row.Verdict.Reason)
		assert.Contains(t, text, string(row.Result))
		for _, c := range row.Verdict.Conditions {
			assert.Contains(t, text, c.Source)
		}
		for _, r := range row.Verdict.Remedies {
			assert.Contains(t, text, r.Text)
		}
		if !row.Ready() && row.Confirmed == nil {
			assert.Contains(t, text, "確定できません。"+row.Why())
			assert.NotEmpty(t, row.Why())
		}
		s.key(fyne.KeyDown)
	}
	assert.GreaterOrEqual(t, len(seen), 3, "several results were seen")
}

func TestMonths(t *testing.T) {
	s := open(t, true, wide)
	s.goTo(s.month.Add(-1))
	assert.Equal(t, models.Month(202610), s.month)
	s.monthBox.Choose(monthValue(202609))
	assert.Equal(t, models.Month(202609), s.month)
	assert.NotEmpty(t, s.list.Rows())
	s.Open("2030-01")
	assert.Empty(t, s.list.Rows())
	assert.Equal(t, monthValue(203001), s.monthBox.Value(), "a month without sessions can be shown")
	assert.True(t, s.export.Disabled(), "and has nothing to write")
	assert.True(t, s.closing.Disabled())
	assert.Contains(t, texts(s.detail), "ここに出ます")
	s.goTo(202609)
	assert.False(t, s.export.Disabled())
}

func TestASessionIsOpenedByItsNumberInItsMonth(t *testing.T) {
	s := open(t, true, wide)
	s.keeps.Filter.Result = string(fee.NotBilled)
	var number string
	for _, g := range s.book().Sessions {
		if g.On.Month() == 202608 {
			number = g.Number
		}
	}
	require.NotEmpty(t, number)
	s.Open(number)
	assert.Equal(t, models.Month(202608), s.month)
	row, ok := s.list.Selected()
	require.True(t, ok)
	assert.Equal(t, number, row.Number, "also when the filter would hide it")
	assert.Equal(t, number, s.Place())
	s.key(fyne.KeyReturn, fyne.KeyReturn)
	assert.Equal(t, []string{"sessions/" + number}, s.shell.Went)
	s.key(fyne.KeyEscape)
	assert.Same(t, s.list, s.shell.Canvas().Focused(), "Escape leads back to the list")
}

func TestFiltersAreAppliedAndRemembered(t *testing.T) {
	s := open(t, true, wide)
	all := len(s.list.Rows())
	for _, c := range []struct {
		filter string
		fits   func(Row) bool
	}{
		{filterAction, func(r Row) bool { return r.Action }},
		{filterReady, Row.Ready},
		{filterOpen, func(r Row) bool { return r.Result.Billable() && r.Confirmed == nil }},
	} {
		s.resBox.Choose(c.filter)
		assert.Less(t, len(s.list.Rows()), all, c.filter)
		for _, r := range s.list.Rows() {
			assert.True(t, c.fits(r), c.filter)
		}
	}
	s.resBox.Choose("")
	ward := s.list.Rows()[0].Ward
	s.wardBox.Choose(ward)
	s.list.Sort("name", true)
	s.list.OnArranged()
	s.goTo(202610)

	s.show(wide)
	assert.Equal(t, models.Month(202610), s.month)
	assert.Equal(t, ward, s.wardBox.Value())
	for _, r := range s.list.Rows() {
		assert.Equal(t, ward, r.Ward)
	}
	id, down := s.list.Order()
	assert.Equal(t, "name", id)
	assert.True(t, down)
}

func TestSearching(t *testing.T) {
	s := open(t, true, wide)
	want := s.list.Rows()[3]
	s.Find()
	require.Same(t, s.search, s.shell.Canvas().Focused())
	test.Type(s.search, want.Kana)
	require.NotEmpty(t, s.list.Rows())
	for _, r := range s.list.Rows() {
		assert.Equal(t, want.Name, r.Name)
	}
	test.Type(s.search, "いない人")
	assert.Empty(t, s.list.Rows())
	s.clearFilters()
	assert.Len(t, s.list.Rows(), len(s.rows))
	assert.Empty(t, s.search.Text)
}

func TestAnEmptyRegisterSaysWhatToDo(t *testing.T) {
	s := open(t, false, wide)
	assert.True(t, s.begin.Visible())
	assert.False(t, s.content.Visible())
	assert.True(t, s.export.Disabled())
	for _, word := range []string{"台帳を読み込む", "CSVのフォルダを読み込む", "見本の病院で試す"} {
		test.Tap(button(t, s.begin, word))
	}
	assert.Equal(t, []string{"book", "folder", "sample"}, s.begun)
	_, err := s.app.LoadSample(context.Background(), nil)
	require.NoError(t, err)
	s.shell.Changed()
	assert.False(t, s.begin.Visible())
	assert.NotEmpty(t, s.list.Rows(), "what was read is shown at once")
}

func TestExportingAMonth(t *testing.T) {
	s := open(t, true, wide)
	s.shell.SaveTo = filepath.Join(t.TempDir(), "一覧.xlsx")
	test.Tap(s.export)
	info, err := os.Stat(s.shell.SaveTo)
	require.NoError(t, err)
	assert.Positive(t, info.Size())
	assert.Equal(t, []string{s.shell.SaveTo}, s.shell.Opened)
	assert.Contains(t, s.said(), "書き出しました")
}

func TestCopyingAVerdict(t *testing.T) {
	s := open(t, true, wide)
	row, _ := s.list.Selected()
	test.Tap(button(t, s.detail, "コピー"))
	assert.Contains(t, fyne.CurrentApp().Clipboard().Content(), row.Verdict.Reason)
	s.list.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Equal(t, len(s.rows)+1, strings.Count(fyne.CurrentApp().Clipboard().Content(), "\r\n"), "a header and every row")
}

func TestANarrowWindowOpensTheDetailOverTheList(t *testing.T) {
	s := open(t, true, fyne.NewSize(820, 640))
	assert.False(t, s.right.Visible())
	s.key(fyne.KeyReturn)
	assert.True(t, s.right.Visible())
	assert.False(t, s.list.Visible())
}

func TestAMonthThatCannotBeReadIsTold(t *testing.T) {
	s := open(t, true, wide)
	require.NoError(t, s.app.Close())
	s.goTo(202610)
	require.Len(t, s.shell.Errors, 1)
	assert.False(t, errors.Is(s.shell.Errors[0], context.Canceled))
	assert.Equal(t, monthValue(202611), s.monthBox.Value(), "the month shown stays the month named")
}
