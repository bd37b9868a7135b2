package settings

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/effect"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
	"renkei/views/words"
)

// screen is the page in a window over a register with the sample hospital.
type screen struct {
	*Page
	*pagetest.Bench
	size float32
}

func open(t *testing.T, size fyne.Size) *screen {
	t.Helper()
	s := &screen{Bench: pagetest.NewBench(t, pagetest.SampleApp(t)), size: ui.TextSize}
	s.Page = New(s.Shell, s.App, TextSize{Get: func() float32 { return s.size }, Set: func(size float32) {
		s.size = size
		s.SetTextSize(size)
	}}, Places{})
	s.Show(s, size)
	return s
}

// tabTo presses Tab until a field has the keyboard.
func (s *screen) tabTo(f ui.Field) {
	s.T.Helper()
	for range 40 {
		if s.Shell.Canvas().Focused() == f.FocusTarget() {
			return
		}
		s.Press(fyne.KeyTab)
	}
	require.Fail(s.T, "Tab does not come to the field")
}

func (s *screen) saved() {
	s.T.Helper()
	require.Empty(s.T, s.Shell.Errors)
	assert.Contains(s.T, s.Said(), "をしました")
}

// answer answers the question that is asked: the second button has the keyboard.
func (s *screen) answer(yes bool) {
	s.T.Helper()
	require.NotNil(s.T, s.Shell.Canvas().Overlays().Top(), "nothing is asked")
	if yes {
		s.Shell.Canvas().FocusPrevious()
	}
	s.Press(fyne.KeyReturn)
}

// form is the form open in the section shown, nil for none.
func (s *screen) form() *page.Form {
	if r, ok := s.current.section.(interface{ Editor() page.Editor }); ok {
		f, _ := r.Editor().(*page.Form)
		return f
	}
	return nil
}

// title is what stands over the form that is open.
func (s *screen) title() string {
	s.T.Helper()
	require.NotNil(s.T, s.form())
	return pagetest.All[*ui.Caption](s.form().Object())[0].Text()
}

// changing are the sessions listed under the form as what saving it would change.
func (s *screen) changing() []effect.Row {
	var rows []effect.Row
	for _, list := range pagetest.All[*ui.List[effect.Row]](s.form().Object()) {
		rows = append(rows, list.Rows()...)
	}
	return rows
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
	for name, size := range map[string]fyne.Size{"wide": pagetest.Large, "narrow": pagetest.Small} {
		t.Run(name, func(t *testing.T) {
			s := open(t, size)
			require.Same(t, s.list, s.Shell.Canvas().Focused())
			var seen []string
			for range s.sections {
				seen = append(seen, s.current.key)
				s.Press(fyne.KeyReturn)
				assert.NotSame(t, s.list, s.Shell.Canvas().Focused(), "Enter leads into "+s.current.key)
				s.Press(fyne.KeyEscape)
				assert.Same(t, s.list, s.Shell.Canvas().Focused(), "Escape leads back from "+s.current.key)
				s.Press(fyne.KeyDown)
			}
			assert.Equal(t, []string{"wards", "staff", "policies", "params", "hospital", "text", "storage", "place"}, seen)
			assert.Equal(t, page.ToSection(ID, "place", ""), s.Place())
			assert.Empty(t, s.Shell.Errors)
		})
	}
}

func TestTheSectionIsRememberedAndOpenedByKey(t *testing.T) {
	s := open(t, pagetest.Large)
	s.Open(page.ToSection(ID, "params", "meeting_min_count"))
	assert.Equal(t, "params", s.current.key)
	require.NotNil(t, s.form())
	assert.Contains(t, s.title(), "平時の会議の回数")
	assert.Equal(t, "params", s.Shell.Remember(rememberSection))
}

func TestAKeyOpensItsRowInPlaceOfAnother(t *testing.T) {
	s := open(t, pagetest.Large)
	staffed := s.Book().Staff
	s.Open(page.To("職員", staffPeriods.key(staffed[0])))
	require.NotNil(t, s.form())
	first := s.title()
	assert.Contains(t, first, staffed[0].Name)
	s.Open(page.To("職員", staffPeriods.key(staffed[1])))
	require.NotNil(t, s.form())
	assert.Contains(t, s.title(), staffed[1].Name, "nothing was typed into the form that was open")
	s.Type("あ")
	require.NotEmpty(t, s.Unsaved())
	typed := s.Unsaved()
	members := s.table("staff").(*staff)
	members.List.Select(0)
	members.New()
	members.withSelected(members.nextPeriod)()
	assert.Equal(t, typed, s.Unsaved(), "what is typed is not left by another row or a button")
	assert.Equal(t, "「"+typed+"」の途中です。保存する（Ctrl+S）か、やめてから選んでください", s.Said())

	s.Open(page.To("職員", staffPeriods.key(staffed[0])))
	assert.Contains(t, s.title(), staffed[0].Name, "the frame asked before")
	assert.Empty(t, s.Unsaved())
	s.Open(page.To("職員", staffPeriods.key(staffed[1])))
	assert.Equal(t, typed, s.Unsaved(), "the typing was kept as a draft")

	t.Run("in another section", func(t *testing.T) {
		s.Open(page.To("規程", s.Book().Policies[0].Edition))
		assert.Contains(t, s.title(), s.Book().Policies[0].Edition)
		s.Open(page.ToSection(ID, "staff", ""))
		assert.Equal(t, typed, s.Unsaved())
	})
	t.Run("one that is not there says so", func(t *testing.T) {
		s.Open(page.To("病棟", "9Z/2026-04-01"))
		assert.Nil(t, s.form())
		assert.Equal(t, "病棟 9Z/2026-04-01 は見つかりません。削除されたか、番号が変わっています", s.Said())
	})
}

func TestAFieldOfAKeyHasTheCursor(t *testing.T) {
	s := open(t, pagetest.Large)
	book := s.Book()
	for to, want := range map[page.Target]string{
		page.ToEdit("職員", staffPeriods.key(book.Staff[0]), "所属終了"):   "所属終了",
		page.ToEdit("病棟", wardPeriods.key(book.Wards[0]), "加算1届出開始"): "届出開始",
		page.ToEdit("規程", book.Policies[0].Edition, "周知日"):           "周知日",
	} {
		s.Open(to)
		assert.Contains(t, s.Cursor(), want, to)
	}
}

func TestANewPeriodOfAWardChangesTheVerdictOfItsDays(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": pagetest.Large, "narrow": pagetest.Small} {
		t.Run(name, func(t *testing.T) {
			s := open(t, size)
			sessions := func() map[string]bool {
				met := make(map[string]bool)
				for _, v := range s.Judged().Month(202611) {
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
			require.True(t, w.List.SelectKey("3E/2022-04-01"))
			w.withSelected(w.nextPeriod)()
			require.NotNil(t, w.Editor())
			s.tabTo(s.form().Field("有効開始"))
			s.TypeOver("2026/11/10")
			s.tabTo(s.form().Field("加算1届出開始"))
			s.TypeOver("")
			s.Press(fyne.KeyBackspace)
			s.CtrlS()
			s.saved()

			after := sessions()
			require.Len(t, after, len(before))
			for number, met := range after {
				assert.False(t, met, number)
			}
			var periods []models.Period
			for _, row := range s.Judged().Facts.Book.Wards {
				if row.Code == "3E" {
					periods = append(periods, row.Valid())
				}
			}
			assert.ElementsMatch(t, []models.Period{{From: 2022_04_01, To: 2026_11_09}, {From: 2026_11_10}}, periods)
			row, ok := w.List.Selected()
			require.True(t, ok)
			assert.Equal(t, "3E/2026-11-10", wardPeriods.key(row), "the new period is selected")

			s.Shell.Undo()
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
	s := open(t, pagetest.Large)
	w := s.table("wards").(*wards)
	before := len(s.Judged().Facts.Book.Wards)
	s.New()
	require.NotNil(t, w.Editor())
	s.TypeOver("3E")
	s.tabTo(s.form().Field("病棟名"))
	s.TypeOver("三東")
	s.CtrlS()
	require.NotNil(t, w.Editor(), "the code is taken")
	assert.Len(t, s.Judged().Facts.Book.Wards, before)
	assert.Equal(t, "病棟の登録", s.Unsaved())
	s.list.SelectKey("staff")
	assert.Equal(t, "wards", s.current.key, "typing is not left by the list of sections")
	assert.Equal(t, "「病棟の登録」の途中です。保存する（Ctrl+S）か、やめてから選んでください", s.Said())
	s.tabTo(s.form().Field("病棟コード"))
	s.TypeOver("9Z")
	s.CtrlS()
	s.saved()
	assert.Len(t, s.Judged().Facts.Book.Wards, before+1)
}

func TestStaffMoveAndLeave(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Press(fyne.KeyDown, fyne.KeyReturn)
	m := s.table("staff").(*staff)
	require.True(t, m.List.SelectKey("N003/2020-04-01"))
	require.True(t, s.Judged().Facts.InDepartment("N003", 2026_11_22))

	t.Run("a new period outside the department", func(t *testing.T) {
		m.withSelected(m.nextPeriod)()
		s.tabTo(s.form().Field("部門所属"))
		s.TypeOver("部門の外")
		s.CtrlS()
		s.saved()
		facts := s.Judged().Facts
		assert.False(t, facts.InDepartment("N003", 2026_11_22))
		assert.True(t, facts.InDepartment("N003", 2026_11_21), "the past stays")
		s.Shell.Undo()
		assert.True(t, s.Judged().Facts.InDepartment("N003", 2026_11_22))
	})
	t.Run("leaving", func(t *testing.T) {
		require.True(t, m.List.SelectKey("N003/2020-04-01"))
		m.withSelected(m.leave)()
		s.TypeOver("2062/11/15")
		s.CtrlS()
		require.NotNil(t, m.Editor(), "a day of 2062 is a slip")
		assert.Contains(t, pagetest.Texts(s.form().Object()), "10年より先の日付です")
		s.TypeOver("2026/11/15")
		assert.Contains(t, pagetest.Texts(s.Page.right), "職員・病棟の登録のない日の記録が")
		s.CtrlS()
		require.NotNil(t, s.Shell.Canvas().Overlays().Top(), "there is later work")
		assert.True(t, s.Judged().Facts.InDepartment("N003", 2026_11_16), "nothing is saved yet")
		s.answer(false)
		assert.True(t, s.Judged().Facts.InDepartment("N003", 2026_11_16))
		s.CtrlS()
		s.answer(true)
		s.saved()
		facts := s.Judged().Facts
		assert.True(t, facts.InDepartment("N003", 2026_11_15))
		assert.False(t, facts.InDepartment("N003", 2026_11_16))
		assert.Contains(t, s.Said(), "。判定が変わった共同指導 1件、−100点")
		s.Shell.Undo()
		assert.True(t, s.Judged().Facts.InDepartment("N003", 2026_11_16))
	})
	t.Run("a last day before the first is refused", func(t *testing.T) {
		m.withSelected(m.leave)()
		s.TypeOver("2019/01/01")
		s.CtrlS()
		require.NotNil(t, m.Editor())
		s.Press(fyne.KeyEscape)
		require.NotNil(t, s.Shell.Canvas().Overlays().Top(), "asked before typing is lost")
		s.Shell.Canvas().FocusPrevious()
		s.Press(fyne.KeyReturn)
		assert.Nil(t, m.Editor())
	})
	t.Run("a new member", func(t *testing.T) {
		s.New()
		s.tabTo(s.form().Field("氏名"))
		s.TypeOver("新田 一郎")
		s.CtrlS()
		s.saved()
		book := s.Judged().Facts.Book
		i := slices.IndexFunc(book.Staff, func(m models.Staff) bool { return m.Name == "新田 一郎" })
		require.GreaterOrEqual(t, i, 0)
		assert.Equal(t, models.FullTime, book.Staff[i].Department)
	})
}

func TestANewEditionOfThePolicyWarnsOfTheGap(t *testing.T) {
	s := open(t, pagetest.Large)
	s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	p := s.table("policies").(*policies)
	s.New()
	s.TypeOver("第3版")
	s.Press(fyne.KeyTab)
	s.TypeOver("2062/12/1")
	s.CtrlS()
	require.NotNil(t, p.Editor(), "a day of 2062 is a slip")
	assert.Contains(t, pagetest.Texts(s.form().Object()), "10年より先の日付です")
	s.TypeOver("2026/12/1")
	s.Press(fyne.KeyTab)
	s.TypeOver("2026/12/20")
	assert.Contains(t, pagetest.Texts(s.form().Object()), "2026-12-20 の前の日まで（19日間）")
	s.CtrlS()
	s.saved()
	book := s.Judged().Facts.Book
	last := book.Policies[len(book.Policies)-1]
	assert.Equal(t, "第3版", last.Edition)
	assert.True(t, last.Complete())
	s.Shell.Undo()
	assert.Len(t, s.Judged().Facts.Book.Policies, len(book.Policies)-1)
}

func TestWhatAParameterWouldChangeIsSeenBeforeItIsSaved(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.ToSection(ID, "params", "evidence_lookback_months"))
	p := s.table("params").(*params)
	require.NotNil(t, p.Editor())
	assert.Contains(t, pagetest.Texts(s.form().Object()), "どれも変わりません", "the present value changes nothing")
	before := s.Judged()
	s.TypeOver("2")
	want, err := s.App.WhatIf(context.Background(), 0, map[string]string{"evidence_lookback_months": "2"})
	require.NoError(t, err)
	require.Positive(t, want.Reclassified())
	assert.Contains(t, strings.Split(pagetest.Texts(s.form().Object()), "\n"), words.Effect(want))
	rows := s.changing()
	require.Len(t, rows, len(want.Changes))
	assert.Equal(t, before.Revision, s.Judged().Revision, "nothing is saved yet")

	s.CtrlS()
	s.saved()
	after := s.Judged()
	assert.Equal(t, 2, after.Facts.Params.LookbackMonths)
	difference := 0
	for _, row := range rows {
		v, old := after.Verdict(row.Number), before.Verdict(row.Number)
		assert.Equal(t, row.After, v.Result)
		assert.Equal(t, row.Before, old.Result)
		assert.Equal(t, row.Change, v.Points-old.Points)
		difference += row.Change
	}
	assert.Equal(t, want.After-want.Before, difference)
	row, ok := p.List.Selected()
	require.True(t, ok)
	assert.True(t, row.Changed)
	s.Shell.Undo()
	assert.Equal(t, 12, s.Judged().Facts.Params.LookbackMonths)

	t.Run("a value it does not take", func(t *testing.T) {
		s.Open(page.ToSection(ID, "params", "evidence_lookback_months"))
		s.TypeOver("999")
		assert.Empty(t, s.changing())
		s.CtrlS()
		require.NotNil(t, p.Editor())
		assert.Equal(t, 12, s.Judged().Facts.Params.LookbackMonths)
	})
}

func TestAParameterOfTheMonitorsSaysSo(t *testing.T) {
	s := open(t, pagetest.Large)
	s.Open(page.ToSection(ID, "params", "a246_period"))
	assert.Contains(t, pagetest.Texts(s.Page.right), "実績の集計に使います")
}

func TestTheHospital(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.ToSection(ID, "hospital", ""))
	h := s.table("hospital").(*hospital)
	h.Find()
	name := s.Judged().Facts.Params.HospitalName
	require.Equal(t, name, h.Field("hospital_name").Value())
	s.TypeOver("港の新しい病院")
	assert.Equal(t, "病院情報の入力", s.Unsaved())
	s.tabTo(h.Field("code_fee2"))
	s.TypeOver("12345")
	s.CtrlS()
	assert.Equal(t, name, s.Judged().Facts.Params.HospitalName, "a code of five digits is refused")
	s.TypeOver("113099910")
	s.CtrlS()
	s.saved()
	params := s.Judged().Facts.Params
	assert.Equal(t, "港の新しい病院", params.HospitalName)
	assert.Equal(t, "113099910", params.CodeFee2)
	assert.Empty(t, s.Unsaved())
	s.Shell.Undo()
	assert.Equal(t, name, s.Judged().Facts.Params.HospitalName)
	assert.Equal(t, name, h.Field("hospital_name").Value(), "the form follows")
	t.Run("every fact is a parameter", func(t *testing.T) {
		for _, name := range append(slices.Clone(hospitalFacts), monitorOnly...) {
			_, ok := fee.DefinitionOf(name)
			assert.True(t, ok, name)
		}
	})
}

func TestTheSizeOfTheText(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.ToSection(ID, "text", ""))
	x := s.table("text").(*textSize)
	x.Find()
	for range 10 {
		s.Press(fyne.KeyReturn)
	}
	assert.EqualValues(t, ui.MaxTextSize, s.size)
	assert.True(t, x.large.Disabled())
	assert.Equal(t, "20", x.box.Value())
	x.box.Choose("12")
	assert.EqualValues(t, ui.MinTextSize, s.size)
	assert.True(t, x.smaller.Disabled())
}

func TestACopyIsMadeAndListed(t *testing.T) {
	s := open(t, pagetest.Large)
	s.Open(page.ToSection(ID, "storage", ""))
	st := s.table("storage").(*storage)
	require.Empty(t, st.list.Rows())
	st.Find()
	s.Press(fyne.KeyReturn)
	require.Empty(t, s.Shell.Errors)
	require.Len(t, st.list.Rows(), 1)
	assert.FileExists(t, st.list.Rows()[0].Path)
	assert.Contains(t, s.Shell.Said[0], "控え『renkei-2026-11-22-103000.db』をとりました")
	test.Tap(st.openCopy)
	assert.Equal(t, []string{st.now.Folder}, s.Shell.Opened)
}

func TestATypedHospitalComesBackWithoutBeingEntered(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.ToSection(ID, "hospital", ""))
	h := s.table("hospital").(*hospital)
	h.FocusFirst()
	s.Type("分院")
	require.NoError(t, s.KeepTyping())

	again := New(s.Shell, s.App, TextSize{Get: func() float32 { return s.size }}, Places{})
	s.Show(again, pagetest.Small)
	again.Open(page.ToSection(ID, "hospital", ""))
	assert.Contains(t, pagetest.Texts(again.right), "前に書きかけた内容を戻しました")
	assert.Equal(t, "病院情報の入力", again.Unsaved())
}

func TestEveryFieldCanBeEntered(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.ToPage(ID))
	for sheet, check := range map[string]func(*page.Form){
		"病棟": func(f *page.Form) { pagetest.EntersAll[models.Ward](t, f) },
		"職員": func(f *page.Form) { pagetest.EntersAll[models.Staff](t, f) },
		"規程": func(f *page.Form) { pagetest.EntersAll[models.Policy](t, f) },
	} {
		key := map[string]string{"病棟": "wards", "職員": "staff", "規程": "policies"}[sheet]
		s.Open(page.ToSection(ID, key, ""))
		s.New()
		check(pagetest.Form(t, s.current.section.(interface{ Editor() page.Editor })))
	}
}
