package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// evidenced is a table of one condition for each list of evidence.
func evidenced(evidence ...[]Evidence) *Conditions {
	conditions := make([]Condition, len(evidence))
	for i, e := range evidence {
		conditions[i] = Condition{Mark: "○", Word: "満たす", Color: Good, Name: "平時の会議等への出席", Evidence: e, Source: "通知(3)イ"}
	}
	return NewConditions(conditions)
}

// linked is a table in a window between two buttons, with what it opened.
func linked(t *testing.T, table *Conditions) (c fyne.Canvas, opened *[]any) {
	t.Helper()
	opened = new([]any)
	table.OnOpened = func(link any) { *opened = append(*opened, link) }
	w := test.NewTempWindow(t, container.NewVBox(NewButton("前", nil), table, NewButton("後", nil)))
	w.Resize(fyne.NewSize(700, 500))
	return w.Canvas(), opened
}

func strike(o fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		o.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestAClickOnEvidenceOpensIt(t *testing.T) {
	themed(t)
	table := evidenced([]Evidence{{"多職種連携会議 2026-07-14", "meetings/K1"}, {"連携の会 2026-05-10", "meetings/K2"}}, []Evidence{{"記録のない行", nil}})
	c, opened := linked(t, table)
	require.Len(t, table.links, 2)
	for i, want := range []string{"meetings/K1", "meetings/K2"} {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(table.links[i]).AddXY(4, 4)
		test.TapCanvas(c, at)
		require.Len(t, *opened, i+1)
		assert.Equal(t, want, (*opened)[i])
		assert.Same(t, table, c.Focused())
	}
	beside := fyne.CurrentApp().Driver().AbsolutePositionForObject(table.links[1]).AddXY(table.links[1].Size().Width+6, 4)
	test.TapCanvas(c, beside)
	test.TapCanvas(c, fyne.CurrentApp().Driver().AbsolutePositionForObject(table.rows[1].evidence[0]).AddXY(4, 4))
	assert.Len(t, *opened, 2, "beside the text, and on evidence without a record, nothing is clicked")
	assert.Equal(t, desktop.PointerCursor, table.links[0].Cursor())
}

func TestTheArrowsMoveOverTheEvidence(t *testing.T) {
	themed(t)
	table := evidenced([]Evidence{{"多職種連携会議", "meetings/K1"}}, []Evidence{{"記録のない行", nil}}, []Evidence{{"3東病棟", "settings/wards/3E/2024-04-01"}, {"佐藤 実", "partners/C1"}})
	c, opened := linked(t, table)
	var moved []fyne.CanvasObject
	escaped, passed := 0, 0
	table.OnMoved = func(o fyne.CanvasObject) { moved = append(moved, o) }
	table.OnEscape = func() { escaped++ }
	table.OnShortcut = func(fyne.Shortcut) { passed++ }
	framed := func() (at []int) {
		for i, l := range table.links {
			if l.frame.Visible() {
				at = append(at, i)
			}
		}
		return at
	}

	c.FocusNext()
	assert.Empty(t, framed(), "without the keyboard there is no frame")
	c.FocusNext()
	require.Same(t, table, c.Focused(), "Tab stops once at the table")
	assert.Equal(t, []int{0}, framed())
	strike(table, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown)
	assert.Equal(t, []int{2}, framed(), "the last is the last")
	strike(table, fyne.KeyReturn, fyne.KeyUp, fyne.KeyEnter, fyne.KeyHome, fyne.KeyUp, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyReturn)
	assert.Equal(t, []any{
		"meetings/K1", "settings/wards/3E/2024-04-01", "partners/C1", "settings/wards/3E/2024-04-01", "meetings/K1", "partners/C1",
	}, *opened)
	assert.Equal(t, fyne.CanvasObject(table.links[2]), moved[len(moved)-1], "whoever scrolls is told the link")
	assert.Equal(t, "条件・根拠・出典 開ける記録3件 多職種連携会議、3東病棟、佐藤 実 選択 佐藤 実", table.AccessibilityLabel())
	strike(table, fyne.KeyEscape)
	assert.Equal(t, 1, escaped)
	table.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
	assert.Equal(t, 1, passed)
	c.FocusNext()
	assert.NotSame(t, table, c.Focused(), "the next Tab leaves it")
	assert.Empty(t, framed())
}

func TestATableWithoutLinksIsNoStop(t *testing.T) {
	themed(t)
	table := evidenced([]Evidence{{"看護師 渡邉（専従）", nil}}, nil)
	c, opened := linked(t, table)
	for range 4 {
		c.FocusNext()
		require.NotNil(t, c.Focused())
		assert.NotSame(t, table, c.Focused())
	}
	c.Focus(table)
	assert.NotSame(t, table, c.Focused())
	strike(table, fyne.KeyDown, fyne.KeyReturn)
	assert.Empty(t, *opened)
	assert.Equal(t, "条件・根拠・出典", table.AccessibilityLabel())
}

func TestLinksTakeTheRoomOfTheirText(t *testing.T) {
	themed(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Evidence {
			return Evidence{Text: rapid.StringMatching(`[会議0-9（）・a ]{0,60}`).Draw(t, "text")}
		}), 0, 4)).Draw(t, "evidence")
		with := make([][]Evidence, len(plain))
		for i, list := range plain {
			for _, e := range list {
				with[i] = append(with[i], Evidence{e.Text, "meetings/K1"})
			}
		}
		width := rapid.Float32Range(360, 1400).Draw(t, "width")
		a, b := evidenced(plain...), evidenced(with...)
		require.Equal(t, a.HeightFor(width), b.HeightFor(width))
		size := fyne.NewSize(width, b.HeightFor(width))
		b.Resize(size)
		spans := conditionSpans(width)
		for _, l := range b.links {
			assert.LessOrEqual(t, l.Size().Width, spans[2].width-GapField+0.5, "a link stays in its column")
			assert.Len(t, l.lines, len(l.text.lines), "each line is underlined")
		}
	})
}
