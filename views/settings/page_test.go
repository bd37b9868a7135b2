package settings

import (
	"context"
	"path/filepath"
	"slices"
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
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// screen is the page in a window over a register with the sample hospital.
type screen struct {
	*Page
	t     *testing.T
	app   *app.App
	shell *pagetest.Shell
	size  float32
}

func open(t *testing.T, size fyne.Size) *screen {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 22, 10, 30, 0, 0, time.Local) }
	a, err := app.Open(context.Background(), app.Config{Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "試験", Now: now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	_, err = a.LoadSample(context.Background(), nil)
	require.NoError(t, err)
	fonts := ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}
	fyneApp := test.NewTempApp(t)
	fyneApp.Settings().SetTheme(ui.NewTheme(fonts, 0))
	s := &screen{t: t, app: a, shell: &pagetest.Shell{On: models.DateOf(now())}, size: ui.TextSize}
	s.Page = New(s.shell, a, TextSize{Get: func() float32 { return s.size }, Set: func(size float32) {
		s.size = size
		fyneApp.Settings().SetTheme(ui.NewTheme(fonts, size))
	}})
	s.shell.Window = test.NewTempWindow(t, s.Build())
	s.shell.Window.Resize(size)
	s.shell.Pages = []page.Page{s.Page}
	s.Shown()
	require.Empty(t, s.shell.Errors)
	return s
}

var (
	wide   = fyne.NewSize(1920-176, 980)
	narrow = fyne.NewSize(1366-176, 660)
)

func (s *screen) judged() *app.Judged {
	s.t.Helper()
	judged, err := s.app.Judged(context.Background())
	require.NoError(s.t, err)
	return judged
}

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

// text types over what is in the focused field.
func (s *screen) text(text string) {
	s.t.Helper()
	focused := s.shell.Canvas().Focused()
	require.NotNil(s.t, focused)
	if e, ok := focused.(fyne.Shortcutable); ok {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	for _, r := range text {
		focused.TypedRune(r)
	}
}

func (s *screen) ctrlS() {
	s.t.Helper()
	focused, ok := s.shell.Canvas().Focused().(fyne.Shortcutable)
	require.True(s.t, ok)
	focused.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
}

// tabTo presses Tab until a field has the keyboard.
func (s *screen) tabTo(f ui.Field) {
	s.t.Helper()
	for range 40 {
		if s.shell.Canvas().Focused() == f.FocusTarget() {
			return
		}
		s.key(fyne.KeyTab)
	}
	require.Fail(s.t, "Tab does not come to the field")
}

func (s *screen) saved() {
	s.t.Helper()
	require.Empty(s.t, s.shell.Errors)
	require.NotEmpty(s.t, s.shell.Said)
	assert.True(s.t, strings.HasSuffix(s.shell.Said[len(s.shell.Said)-1], "をしました"), s.shell.Said)
}

func (s *screen) table(key string) section {
	for _, row := range s.sections {
		if row.key == key {
			return row.section
		}
	}
	return nil
}

func TestEverySectionIsReachedByTheArrows(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": wide, "narrow": narrow} {
		t.Run(name, func(t *testing.T) {
			s := open(t, size)
			require.Same(t, s.list, s.shell.Canvas().Focused())
			var seen []string
			for range s.sections {
				seen = append(seen, s.current)
				s.key(fyne.KeyReturn)
				assert.NotSame(t, s.list, s.shell.Canvas().Focused(), "Enter leads into "+s.current)
				s.key(fyne.KeyEscape)
				assert.Same(t, s.list, s.shell.Canvas().Focused(), "Escape leads back from "+s.current)
				s.key(fyne.KeyDown)
			}
			assert.Equal(t, []string{"wards", "staff", "policies", "params", "hospital", "text", "storage"}, seen)
			assert.Equal(t, "storage", s.Place())
			assert.Empty(t, s.shell.Errors)
		})
	}
}

func TestTheSectionIsRememberedAndOpenedByKey(t *testing.T) {
	s := open(t, wide)
	s.Open("params/meeting_min_count")
	assert.Equal(t, "params", s.current)
	require.NotNil(t, s.form())
	assert.Contains(t, s.form().title, "平時の会議の回数")
	assert.Equal(t, "params", s.shell.Remember(rememberSection))
}

func TestANewPeriodOfAWardChangesTheVerdictOfItsDays(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": wide, "narrow": narrow} {
		t.Run(name, func(t *testing.T) {
			s := open(t, size)
			sessions := func() map[string]bool {
				met := make(map[string]bool)
				for _, v := range s.judged().Month(202611) {
					if v.Ward != nil && v.Ward.Code == "3E" && v.Session.On >= 2026_11_10 {
						met[v.Session.Number] = v.Meets("11a")
					}
				}
				return met
			}
			before := sessions()
			require.NotEmpty(t, before)
			require.Contains(t, before, keyOf(before, true), "some meet 11a")
			w := s.table("wards").(*wards)
			require.True(t, w.list.SelectKey("3E/2022-04-01"))
			w.withSelected(w.nextPeriod)()
			require.NotNil(t, w.open)
			fields := w.fields
			s.tabTo(fields.from)
			s.text("2026/11/10")
			s.tabTo(fields.filedFrom)
			s.text("")
			s.key(fyne.KeyBackspace)
			s.ctrlS()
			s.saved()

			after := sessions()
			require.Len(t, after, len(before))
			for number, met := range after {
				assert.False(t, met, number)
			}
			var periods []models.Period
			for _, row := range s.judged().Facts.Book.Wards {
				if row.Code == "3E" {
					periods = append(periods, row.Valid())
				}
			}
			assert.ElementsMatch(t, []models.Period{{From: 2022_04_01, To: 2026_11_09}, {From: 2026_11_10}}, periods)
			row, ok := w.list.Selected()
			require.True(t, ok)
			assert.Equal(t, "3E/2026-11-10", wardKey(row), "the new period is selected")

			s.shell.Undo()
			assert.Equal(t, before, sessions(), "元に戻す gives both periods back")
		})
	}
}

func keyOf(m map[string]bool, value bool) string {
	for k, v := range m {
		if v == value {
			return k
		}
	}
	return ""
}

func TestAWardWithFaultsIsNotSaved(t *testing.T) {
	s := open(t, wide)
	w := s.table("wards").(*wards)
	before := len(s.judged().Facts.Book.Wards)
	s.New()
	require.NotNil(t, w.open)
	s.text("3E")
	s.tabTo(w.fields.name)
	s.text("三東")
	s.ctrlS()
	require.NotNil(t, w.open, "the code is taken")
	assert.Len(t, s.judged().Facts.Book.Wards, before)
	assert.Equal(t, "病棟の登録", s.Unsaved())
	s.list.SelectKey("staff")
	assert.Equal(t, "wards", s.current, "typing is not left by the list of sections")
	s.tabTo(w.fields.code)
	s.text("9Z")
	s.ctrlS()
	s.saved()
	assert.Len(t, s.judged().Facts.Book.Wards, before+1)
}

func TestStaffMoveAndLeave(t *testing.T) {
	s := open(t, narrow)
	s.key(fyne.KeyDown, fyne.KeyReturn)
	m := s.table("staff").(*staff)
	require.True(t, m.list.SelectKey("N003/2020-04-01"))
	require.True(t, s.judged().Facts.InDepartment("N003", 2026_11_22))

	t.Run("a new period outside the department", func(t *testing.T) {
		m.withSelected(m.nextPeriod)()
		s.tabTo(m.department)
		s.text("部門の外")
		s.ctrlS()
		s.saved()
		facts := s.judged().Facts
		assert.False(t, facts.InDepartment("N003", 2026_11_22))
		assert.True(t, facts.InDepartment("N003", 2026_11_21), "the past stays")
		s.shell.Undo()
		assert.True(t, s.judged().Facts.InDepartment("N003", 2026_11_22))
	})
	t.Run("leaving", func(t *testing.T) {
		require.True(t, m.list.SelectKey("N003/2020-04-01"))
		m.withSelected(m.leave)()
		s.text("2026/11/15")
		s.ctrlS()
		s.saved()
		facts := s.judged().Facts
		assert.True(t, facts.InDepartment("N003", 2026_11_15))
		assert.False(t, facts.InDepartment("N003", 2026_11_16))
		s.shell.Undo()
		assert.True(t, s.judged().Facts.InDepartment("N003", 2026_11_16))
	})
	t.Run("a last day before the first is refused", func(t *testing.T) {
		m.withSelected(m.leave)()
		s.text("2019/01/01")
		s.ctrlS()
		require.NotNil(t, m.open)
		s.key(fyne.KeyEscape)
		require.NotNil(t, s.shell.Canvas().Overlays().Top(), "asked before typing is lost")
		s.shell.Canvas().FocusPrevious()
		s.key(fyne.KeyReturn)
		assert.Nil(t, m.open)
	})
	t.Run("a new member", func(t *testing.T) {
		s.New()
		s.tabTo(m.member)
		s.text("新田 一郎")
		s.ctrlS()
		s.saved()
		book := s.judged().Facts.Book
		i := slices.IndexFunc(book.Staff, func(m models.Staff) bool { return m.Name == "新田 一郎" })
		require.GreaterOrEqual(t, i, 0)
		assert.Equal(t, models.FullTime, book.Staff[i].Department)
	})
}

func TestANewEditionOfThePolicyWarnsOfTheGap(t *testing.T) {
	s := open(t, wide)
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	p := s.table("policies").(*policies)
	s.New()
	s.text("第3版")
	s.key(fyne.KeyTab)
	s.text("2026/12/1")
	s.key(fyne.KeyTab)
	s.text("2026/12/20")
	assert.Contains(t, p.gap.Text(), "2026-12-20 の前の日まで（19日間）")
	s.ctrlS()
	s.saved()
	book := s.judged().Facts.Book
	last := book.Policies[len(book.Policies)-1]
	assert.Equal(t, "第3版", last.Edition)
	assert.True(t, last.Complete())
	s.shell.Undo()
	assert.Len(t, s.judged().Facts.Book.Policies, len(book.Policies)-1)
}

func TestWhatAParameterWouldChangeIsSeenBeforeItIsSaved(t *testing.T) {
	s := open(t, narrow)
	s.Open("params/evidence_lookback_months")
	p := s.table("params").(*params)
	require.NotNil(t, p.open)
	p.month.Choose("2026-11")
	assert.Contains(t, p.words.Text(), "どれも変わりません", "the present value changes nothing")
	before := s.judged()
	s.text("2")
	want, err := s.app.WhatIf(context.Background(), 202611, map[string]string{"evidence_lookback_months": "2"})
	require.NoError(t, err)
	require.Positive(t, want.Reclassified())
	assert.Equal(t, WhatIfWords(want), p.words.Text())
	rows := p.result.Rows()
	require.Len(t, rows, len(want.Changes))
	assert.Equal(t, before.Revision, s.judged().Revision, "nothing is saved yet")

	s.ctrlS()
	s.saved()
	after := s.judged()
	assert.Equal(t, 2, after.Facts.Params.LookbackMonths)
	difference := 0
	for _, row := range rows {
		v, old := after.Verdict(row.Number), before.Verdict(row.Number)
		assert.Equal(t, row.After, v.Result)
		assert.Equal(t, row.Before, old.Result)
		assert.Equal(t, row.Points, v.Points-old.Points)
		difference += row.Points
	}
	assert.Equal(t, want.After-want.Before, difference)
	row, ok := p.list.Selected()
	require.True(t, ok)
	assert.True(t, row.Changed)
	s.shell.Undo()
	assert.Equal(t, 12, s.judged().Facts.Params.LookbackMonths)

	t.Run("a value it does not take", func(t *testing.T) {
		s.Open("params/evidence_lookback_months")
		s.text("999")
		assert.Empty(t, p.result.Rows())
		s.ctrlS()
		require.NotNil(t, p.open)
		assert.Equal(t, 12, s.judged().Facts.Params.LookbackMonths)
	})
}

func TestAParameterOfTheMonitorsSaysSo(t *testing.T) {
	s := open(t, wide)
	s.Open("params/a246_period")
	p := s.table("params").(*params)
	assert.Contains(t, p.words.Text(), "実績の集計に使います")
}

func TestTheHospital(t *testing.T) {
	s := open(t, narrow)
	s.Open("hospital")
	h := s.table("hospital").(*hospital)
	h.enter()
	name := s.judged().Facts.Params.HospitalName
	require.Equal(t, name, h.fields["hospital_name"].Value())
	s.text("港の新しい病院")
	assert.Equal(t, "病院情報の入力", s.Unsaved())
	s.tabTo(h.fields["code_fee2"])
	s.text("12345")
	s.ctrlS()
	assert.Equal(t, name, s.judged().Facts.Params.HospitalName, "a code of five digits is refused")
	s.text("113099910")
	s.ctrlS()
	s.saved()
	params := s.judged().Facts.Params
	assert.Equal(t, "港の新しい病院", params.HospitalName)
	assert.Equal(t, "113099910", params.CodeFee2)
	assert.Empty(t, s.Unsaved())
	s.shell.Undo()
	assert.Equal(t, name, s.judged().Facts.Params.HospitalName)
	assert.Equal(t, name, h.fields["hospital_name"].Value(), "the form follows")
	t.Run("every fact is a parameter", func(t *testing.T) {
		for _, name := range append(slices.Clone(hospitalFacts), monitorOnly...) {
			_, ok := fee.DefinitionOf(name)
			assert.True(t, ok, name)
		}
	})
}

func TestTheSizeOfTheText(t *testing.T) {
	s := open(t, narrow)
	s.Open("text")
	x := s.table("text").(*textSize)
	x.enter()
	for range 10 {
		s.key(fyne.KeyReturn)
	}
	assert.EqualValues(t, ui.MaxTextSize, s.size)
	assert.True(t, x.large.Disabled())
	assert.Equal(t, "20", x.box.Value())
	x.box.Choose("12")
	assert.EqualValues(t, ui.MinTextSize, s.size)
	assert.True(t, x.smaller.Disabled())
}

func TestACopyIsMadeAndListed(t *testing.T) {
	s := open(t, wide)
	s.Open("storage")
	st := s.table("storage").(*storage)
	require.Empty(t, st.list.Rows())
	st.enter()
	s.key(fyne.KeyReturn)
	require.Empty(t, s.shell.Errors)
	require.Len(t, st.list.Rows(), 1)
	assert.FileExists(t, st.list.Rows()[0].Path)
	assert.Contains(t, s.shell.Said[0], "控え『renkei-2026-11-22-103000.db』をとりました")
	test.Tap(st.openCopy)
	assert.Equal(t, []string{st.now.Folder}, s.shell.Opened)
}
