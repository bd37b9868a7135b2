package claims

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/fee"
	"renkei/reports"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// register is a real register; the window's desk writes the month the same way.
type register struct{ *app.App }

func (r register) WriteMonthly(ctx context.Context, path string, month models.Month, _ page.Progress) error {
	judged, err := r.Judged(ctx, models.Part{Whole: true})
	if err != nil {
		return err
	}
	kind, _ := reports.KindNamed("monthly")
	return kind.Write(ctx, path, reports.Request{Facts: judged.Facts, Rules: judged.Rules, Verdicts: judged.Verdicts, OutputOn: r.Today(), Month: month})
}

// screen is the page in a window over a register, under a clock.
type screen struct {
	*Page
	*pagetest.Bench
	now   time.Time
	begun []string // of Start
}

func open(t *testing.T, sample bool, size fyne.Size) *screen {
	t.Helper()
	s := &screen{now: pagetest.Now()}
	register := apptest.Empty
	if sample {
		register = apptest.Sample
	}
	s.Bench = pagetest.NewBench(t, register(t, apptest.By(pagetest.Actor), apptest.At(func() time.Time { return s.now })))
	s.show(size)
	return s
}

// show makes the page anew, as a new start of the program does.
func (s *screen) show(size fyne.Size) {
	s.T.Helper()
	s.Page = New(s.Shell, register{s.App}, &beginning{&s.begun})
	s.Show(s, size)
}

// beginning writes down how a register is to be begun.
type beginning struct{ begun *[]string }

func (b *beginning) note(how string) { *b.begun = append(*b.begun, how) }

func (b *beginning) ImportMenu(fyne.CanvasObject) { b.note("menu") }
func (b *beginning) ChooseBook()                  { b.note("book") }
func (b *beginning) ChooseFolder()                { b.note("folder") }
func (b *beginning) WriteTemplate()               { b.note("template") }
func (b *beginning) LoadSample()                  { b.note("sample") }

func (s *screen) shortcut(name fyne.KeyName) {
	s.T.Helper()
	s.Shortcut(name, fyne.KeyModifierControl)
}

func TestThePageOpensOnTheNewestMonth(t *testing.T) {
	s := open(t, true, pagetest.Small)
	assert.Equal(t, models.Month(202611), s.month)
	assert.Same(t, s.List, s.Shell.Canvas().Focused(), "the keyboard begins in the list")
	assert.Contains(t, pagetest.Texts(s.Shell.Window.Content()), "指導料2 23件")
	row, ok := s.List.Selected()
	require.True(t, ok)
	assert.Contains(t, pagetest.Texts(s.Detail), row.Verdict.Reason)
	assert.Contains(t, pagetest.Texts(s.stateBar), "未確定")
}

func TestWalkingTheListShowsEachVerdict(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.goTo(202610)
	seen := map[fee.Result]bool{}
	for range s.List.Rows() {
		row, _ := s.List.Selected()
		text := pagetest.Texts(s.Detail)
		seen[row.Result] = true
		assert.Contains(t, text, row.PatientID)
		assert.Contains(t, text, row.Verdict.Reason)
		assert.Contains(t, text, string(row.Result))
		for _, c := range row.Verdict.Conditions {
			assert.Contains(t, text, c.Source)
		}
		for _, r := range row.Verdict.Remedies {
			assert.Contains(t, text, r.Do(pagetest.Today))
		}
		if !row.Ready() && row.Confirmed == nil {
			assert.Contains(t, text, "確定できません。"+row.Why())
			assert.NotEmpty(t, row.Why())
		}
		s.Press(fyne.KeyDown)
	}
	assert.GreaterOrEqual(t, len(seen), 3, "several results were seen")
}

func TestMonths(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.goTo(s.month.Add(-1))
	assert.Equal(t, models.Month(202610), s.month)
	s.monthBox.Choose(monthValue(202609))
	assert.Equal(t, models.Month(202609), s.month)
	assert.NotEmpty(t, s.List.Rows())
	s.Open(page.To("算定", "2030-01"))
	assert.Empty(t, s.List.Rows())
	assert.Equal(t, monthValue(203001), s.monthBox.Value(), "a month without sessions can be shown")
	assert.True(t, s.export.Disabled(), "and has nothing to write")
	assert.True(t, s.closing.Disabled())
	assert.Contains(t, pagetest.Texts(s.Detail), "ここに出ます")
	s.goTo(202609)
	assert.False(t, s.export.Disabled())
}

func TestASessionIsOpenedByItsNumberInItsMonth(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.filter.Result = string(fee.NotBilled)
	var number string
	for _, g := range s.Book().Sessions {
		if g.On.Month() == 202608 {
			number = g.Number
		}
	}
	require.NotEmpty(t, number)
	s.Open(page.To("算定", number))
	assert.Equal(t, models.Month(202608), s.month)
	row, ok := s.List.Selected()
	require.True(t, ok)
	assert.Equal(t, number, row.Number, "also when the filter would hide it")
	assert.Equal(t, page.To("算定", number), s.Place())
	s.Press(fyne.KeyReturn, fyne.KeyReturn)
	assert.Equal(t, []page.Target{page.To("共同指導", number)}, s.Shell.Went)
	s.Press(fyne.KeyEscape)
	assert.Same(t, s.List, s.Shell.Canvas().Focused(), "Escape leads back to the list")
}

func TestASessionThatIsGoneIsSaid(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.goTo(202610)
	s.Open(page.To("算定", "G9999"))
	assert.Contains(t, s.Said(), "算定 G9999 は見つかりません")
	assert.Equal(t, models.Month(202610), s.month, "the month shown stays")
	number := s.List.Rows()[2].Number
	s.Open(page.To("算定", number))
	assert.Equal(t, page.To("算定", number), s.Place())
}

func TestFiltersAreAppliedAndRemembered(t *testing.T) {
	s := open(t, true, pagetest.Small)
	all := len(s.List.Rows())
	shown := func(filter string) []string {
		s.resBox.Choose(filter)
		assert.Less(t, len(s.List.Rows()), all, filter)
		return numbersOf(s.List.Rows(), func(Row) bool { return true })
	}
	action, ready, unconfirmed := shown(filterAction), shown(filterReady), shown(filterOpen)
	require.Greater(t, len(ready), 1)
	number := ready[0]
	require.True(t, s.List.SelectKey(number))
	s.Shell.Canvas().Focus(s.List)
	s.shortcut(fyne.KeyReturn)
	require.NotNil(t, s.Book().ConfirmationOf(number))
	assert.Equal(t, action, shown(filterAction))
	assert.Equal(t, ready[1:], shown(filterReady), "what is confirmed leaves the list")
	assert.Equal(t, slices.DeleteFunc(unconfirmed, func(n string) bool { return n == number }), shown(filterOpen), "and 未確定のみ")
	s.resBox.Choose("")
	ward := s.List.Rows()[0].Ward
	s.wardBox.Choose(ward)
	s.List.Sort("name", true)
	s.List.OnArranged()
	s.goTo(202610)

	s.show(pagetest.Small)
	assert.Equal(t, models.Month(202610), s.month)
	assert.Equal(t, ward, s.wardBox.Value())
	for _, r := range s.List.Rows() {
		assert.Equal(t, ward, r.Ward)
	}
	id, down := s.List.Order()
	assert.Equal(t, "name", id)
	assert.True(t, down)
}

func TestSearching(t *testing.T) {
	s := open(t, true, pagetest.Small)
	want := s.List.Rows()[3]
	s.Find()
	require.Same(t, s.Search, s.Shell.Canvas().Focused())
	test.Type(s.Search, want.Kana)
	require.NotEmpty(t, s.List.Rows())
	for _, r := range s.List.Rows() {
		assert.Equal(t, want.Name, r.Name)
	}
	test.Type(s.Search, "いない人")
	assert.Empty(t, s.List.Rows())
	s.widen()
	assert.Len(t, s.List.Rows(), len(s.All))
	assert.Empty(t, s.Search.Text)
}

func TestAnEmptyRegisterSaysWhatToDo(t *testing.T) {
	s := open(t, false, pagetest.Small)
	assert.True(t, s.begin.Visible())
	assert.False(t, s.content.Visible())
	assert.True(t, s.export.Disabled())
	for _, word := range []string{"台帳を読み込む", "CSVのフォルダを読み込む", "空の台帳を書き出す", "見本の病院で試す"} {
		test.Tap(pagetest.Button(t, s.begin, word))
	}
	assert.Equal(t, []string{"book", "folder", "template", "sample"}, s.begun)
	_, err := s.App.LoadSample(context.Background(), nil)
	require.NoError(t, err)
	s.Shell.Changed()
	assert.False(t, s.begin.Visible())
	assert.NotEmpty(t, s.List.Rows(), "what was read is shown at once")
}

func TestExportingAMonth(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.Shell.SaveTo = filepath.Join(t.TempDir(), "一覧.xlsx")
	test.Tap(s.export)
	info, err := os.Stat(s.Shell.SaveTo)
	require.NoError(t, err)
	assert.Positive(t, info.Size())
	assert.Equal(t, []string{s.Shell.SaveTo}, s.Shell.Opened)
	assert.Contains(t, s.Said(), "書き出しました")
}

func TestCopyingAVerdict(t *testing.T) {
	s := open(t, true, pagetest.Small)
	row, _ := s.List.Selected()
	test.Tap(pagetest.Button(t, s.Detail, "コピー"))
	assert.Contains(t, fyne.CurrentApp().Clipboard().Content(), row.Verdict.Reason)
	s.List.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Equal(t, len(s.All)+1, strings.Count(fyne.CurrentApp().Clipboard().Content(), "\r\n"), "a header and every row")
}

func TestANarrowWindowOpensTheDetailOverTheList(t *testing.T) {
	s := open(t, true, fyne.NewSize(820, 640))
	assert.False(t, s.Split.ShowsDetail())
	s.Press(fyne.KeyReturn)
	assert.True(t, s.Split.ShowsDetail())
	assert.False(t, s.List.Visible())
}

func TestAMonthThatCannotBeReadIsTold(t *testing.T) {
	s := open(t, true, pagetest.Small)
	require.NoError(t, s.App.Close())
	s.goTo(202610)
	require.Len(t, s.Shell.Errors, 1)
	assert.False(t, errors.Is(s.Shell.Errors[0], context.Canceled))
	assert.Equal(t, monthValue(202611), s.monthBox.Value(), "the month shown stays the month named")
}

func TestTheEvidenceLeadsToItsRecord(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.goTo(202610)
	i := slices.IndexFunc(s.List.Rows(), func(r Row) bool { return r.Result == fee.Fee2 && r.Verdict.Ward != nil })
	require.GreaterOrEqual(t, i, 0)
	row := s.List.Rows()[i]
	s.Open(page.To("算定", row.Number))
	want := make(map[string]page.Target) // by the words of the evidence
	for _, c := range row.Verdict.Conditions {
		for _, e := range c.Evidence {
			key := e.Key
			switch e.Kind {
			case "職員":
				key += "/" + e.Date.String()
			case "病棟":
				key += "/" + row.Verdict.Ward.ValidFrom.String()
			}
			want[e.Text] = page.To(string(e.Kind), key)
		}
	}
	links := pagetest.Links(s.Detail)
	require.Len(t, links, len(want))
	for words, link := range links {
		s.Shell.Went = nil
		link.Tapped(&fyne.PointEvent{})
		assert.Equal(t, []page.Target{want[words]}, s.Shell.Went, words)
	}

	t.Run("by keyboard as well, and Escape leads back to the list", func(t *testing.T) {
		table := pagetest.Conditions(t, s.Detail)
		s.Shell.Canvas().Focus(s.first)
		for range 9 {
			if s.Focused() == fyne.Focusable(table) {
				break
			}
			s.Press(fyne.KeyTab)
		}
		require.Same(t, table, s.Focused())
		s.Shell.Went = nil
		s.Press(fyne.KeyEnd, fyne.KeyReturn)
		last := row.Verdict.Conditions[len(row.Verdict.Conditions)-1].Evidence
		assert.Equal(t, []page.Target{want[last[len(last)-1].Text]}, s.Shell.Went)
		links := pagetest.Links(s.Detail)
		link := links[last[len(last)-1].Text].(fyne.CanvasObject)
		driver := fyne.CurrentApp().Driver()
		bottom := driver.AbsolutePositionForObject(link).Y + link.Size().Height
		assert.LessOrEqual(t, bottom, driver.AbsolutePositionForObject(s.Detail).Y+s.Detail.Size().Height, "the page was scrolled to it")
		s.Shortcut(fyne.KeyReturn, fyne.KeyModifierAlt)
		assert.NotEmpty(t, s.Shell.Passed, "shortcuts are passed on")
		s.Press(fyne.KeyEscape)
		assert.Same(t, s.List, s.Focused())
	})
}
