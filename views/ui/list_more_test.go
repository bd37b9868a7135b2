package ui

import (
	"encoding/json"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

var readings = []string{"アオキ", "イトウ", "オオノ", "サトウ", "タカハシ", "ヤマダ"}

// fullColumns have everything a column can.
func fullColumns() []Column[person] {
	columns := append([]Column[person]{}, personColumns...)
	columns[1].Find = func(p person) string { return models.SearchKey(p.name) }
	columns[2].Sum = func(rows []person) string {
		sum := 0
		for _, p := range rows {
			sum += p.age
		}
		return Thousands(sum)
	}
	return append(columns, Column[person]{ID: "ward", Title: "病棟", Width: 90, Off: true, Text: func(person) string { return "3東" }})
}

type listing struct {
	*List[person]
	clock
	w         fyne.Window
	selection [][]string
	arranged  int
}

func newListing(t *testing.T, rows int) *listing {
	t.Helper()
	themed(t)
	l := &listing{List: NewList(fullColumns(), func(p person) string { return p.id })}
	l.MultiSelect, l.Count, l.After = true, CountRows, l.after
	l.OnArranged = func() { l.arranged++ }
	l.w = test.NewTempWindow(t, l.List)
	l.w.Resize(fyne.NewSize(700, 400))
	people := people(rows)
	for i := range people {
		people[i].name = readings[i%len(readings)] + fmt.Sprint(i)
	}
	l.SetRows(people)
	l.OnSelection = func(rows []person) {
		ids := make([]string, len(rows))
		for i, p := range rows {
			ids[i] = p.id
		}
		l.selection = append(l.selection, ids)
	}
	return l
}

func (l *listing) last() []string { return l.selection[len(l.selection)-1] }

func (l *listing) click(row int, x float32, held fyne.KeyModifier) {
	e := &desktop.MouseEvent{Modifier: held}
	e.Position = fyne.NewPos(x, (float32(row)+0.5)*rowHeight())
	l.body.MouseDown(e)
}

func TestListSelectsSeveral(t *testing.T) {
	t.Run("by Space, leaving rows between", func(t *testing.T) {
		l := newListing(t, 20)
		press(l.List, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
		assert.Equal(t, []string{"P00000", "P00002"}, l.last())
		press(l.List, fyne.KeySpace)
		assert.Equal(t, []string{"P00000"}, l.last())
		press(l.List, fyne.KeyEscape)
		assert.Equal(t, []string{"P00002"}, l.last(), "without marks the current row is selected")
	})
	t.Run("by Shift and the arrows", func(t *testing.T) {
		l := newListing(t, 20)
		l.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		press(l.List, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
		l.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		assert.Equal(t, []string{"P00000", "P00001"}, l.last())
		press(l.List, fyne.KeyDown)
		assert.Equal(t, 2, l.Marked(), "moving on keeps the marks")
	})
	t.Run("by clicks", func(t *testing.T) {
		l := newListing(t, 20)
		l.click(3, 100, 0)
		assert.Equal(t, []string{"P00003"}, l.last())
		l.click(5, 100, fyne.KeyModifierControl)
		assert.Equal(t, []string{"P00003", "P00005"}, l.last())
		l.click(7, 100, fyne.KeyModifierShift)
		assert.Equal(t, []string{"P00005", "P00006", "P00007"}, l.last())
		l.click(0, 10, 0)
		assert.Equal(t, []string{"P00000", "P00005", "P00006", "P00007"}, l.last(), "the box alone")
		l.click(9, 100, 0)
		assert.Equal(t, []string{"P00009"}, l.last(), "a click beside the boxes takes the marks away")
	})
	t.Run("all at once, and copied alone", func(t *testing.T) {
		l := newListing(t, 4)
		l.TypedShortcut(&fyne.ShortcutSelectAll{})
		assert.Len(t, l.last(), 4)
		l.header.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
		assert.Zero(t, l.Marked())
		press(l.List, fyne.KeySpace)
		copied := 0
		l.OnCopied = func(n int) { copied = n }
		l.TypedShortcut(&fyne.ShortcutCopy{})
		assert.Equal(t, 1, copied)
		assert.Equal(t, "番号\t氏名\t年齢\t区分\r\nP00000\tアオキ0\t0\t可\r\n", fyne.CurrentApp().Clipboard().Content())
	})
	t.Run("marks stay with their rows", func(t *testing.T) {
		l := newListing(t, 10)
		press(l.List, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		l.Sort("age", true)
		l.SetRows(people(1))
		assert.Equal(t, []string{"P00000"}, l.last())
		assert.Equal(t, 1, l.Marked(), "a row that is gone is not selected")
	})
	t.Run("not where one row is asked for", func(t *testing.T) {
		l := newListing(t, 10)
		l.MultiSelect = false
		l.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		press(l.List, fyne.KeySpace, fyne.KeyDown)
		l.click(4, 10, fyne.KeyModifierControl)
		assert.Zero(t, l.Marked())
		assert.Equal(t, []string{"P00004"}, l.last())
	})
}

func TestListFoot(t *testing.T) {
	l := newListing(t, 1200)
	total := 0
	for _, p := range l.Rows() {
		total += p.age
	}
	assert.Equal(t, "全1,200件", l.foot.words.Text)
	assert.Equal(t, Thousands(total), l.foot.texts[2].Text)
	press(l.List, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	assert.Equal(t, "全1,200件　2件を選択中", l.foot.words.Text)
	assert.Equal(t, "21", l.foot.texts[2].Text, "the sum is that of the selected rows")
	l.SetRows(nil)
	assert.Equal(t, "全0件", l.foot.words.Text)
}

func TestListTypeToFind(t *testing.T) {
	l := newListing(t, 60)
	types := func(text string) string {
		for _, r := range text {
			l.TypedRune(r)
		}
		return selectedID(t, l.List)
	}
	assert.Equal(t, "P00005", types("yamad"))
	assert.Equal(t, "「yamad」", l.finding.Word())
	l.pass()
	assert.Empty(t, l.finding.Word(), "a pause ends the search")
	assert.Equal(t, "P00008", types("おの"), "the next from where we are: オオノ8 by its long vowel is no オノ")
}

func TestListTypeToFindSaysWhenThereIsNone(t *testing.T) {
	l := newListing(t, 12)
	for _, r := range "satoz" {
		l.TypedRune(r)
	}
	assert.Equal(t, "P00003", selectedID(t, l.List), "the row stays")
	assert.Equal(t, "「satoz」はありません", l.finding.Word())
	press(l.List, fyne.KeyBackspace)
	assert.Equal(t, "「sato」", l.finding.Word())
	press(l.List, fyne.KeyEscape)
	assert.Empty(t, l.finding.Word())
	escaped := 0
	l.OnEscape = func() { escaped++ }
	press(l.List, fyne.KeyEscape)
	assert.Equal(t, 1, escaped, "with nothing to end Escape is the page's")
}

func TestListColumnWidths(t *testing.T) {
	l := newListing(t, 5)
	width := l.header.Size().Width
	spans := l.spans(width)
	at := func(x float32) *desktop.MouseEvent {
		e := &desktop.MouseEvent{}
		e.Position = fyne.NewPos(x, 5)
		return e
	}
	edge := spans[0].x + spans[0].width
	l.header.MouseMoved(at(edge))
	assert.Equal(t, desktop.HResizeCursor, l.header.Cursor())
	drag := func(by float32) {
		edge := l.spans(width)[0].x + l.spans(width)[0].width
		l.header.MouseDown(at(edge))
		l.header.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(edge+by, 5)}})
		l.header.DragEnd()
	}
	drag(40)
	assert.InDelta(t, spans[0].width+40, l.spans(width)[0].width, 0.5)
	assert.Equal(t, 1, l.arranged)
	last := l.spans(width)[3]
	assert.InDelta(t, width-scrollSide, last.x+last.width, 0.5, "the others fill the rest")
	drag(-500)
	assert.InDelta(t, leastColumn, l.spans(width)[0].width, 0.5, "no column disappears")
	drag(5000)
	last = l.spans(width)[3]
	assert.LessOrEqual(t, last.x+last.width, width-scrollSide+0.5, "no column is pushed out")
	id, _ := l.Order()
	l.header.Tapped(&fyne.PointEvent{Position: fyne.NewPos(l.spans(width)[1].x, 5)})
	again, _ := l.Order()
	assert.Equal(t, id, again, "a click on an edge does not sort")
}

func TestListColumnChoice(t *testing.T) {
	l := newListing(t, 5)
	assert.Len(t, l.shown, 4, "some columns wait to be chosen")
	l.header.TappedSecondary(&fyne.PointEvent{})
	require.True(t, l.chooser.Visible())
	assert.Len(t, l.chooser.checks, 5)
	test.Tap(l.chooser.checks[4])
	test.Tap(l.chooser.checks[0])
	assert.Equal(t, []int{1, 2, 3, 4}, l.shown)
	assert.Equal(t, "病棟", l.column(3).Title)
	assert.Equal(t, 2, l.arranged)
	for _, i := range []int{1, 2, 3, 4} {
		l.showColumn(i, false)
	}
	assert.Equal(t, []int{4}, l.shown, "the last column stays")
	assert.True(t, l.chooser.checks[4].Checked())
	l.resetColumns()
	assert.Equal(t, []int{0, 1, 2, 3}, l.shown)
	press(l.List, fyne.KeyEscape)
	assert.False(t, l.chooser.Visible())
	l.ChooseColumns()
	focused, ok := l.w.Canvas().Focused().(*CheckField)
	require.True(t, ok, "the keyboard can choose too")
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	assert.False(t, l.chooser.Visible())
}

func TestListStateComesBack(t *testing.T) {
	themed(t)
	ids := []string{"id", "name", "age", "badge", "ward", "unknown"}
	rapid.Check(t, func(t *rapid.T) {
		r := NewList(fullColumns(), func(p person) string { return p.id })
		given := ListState{
			Widths: rapid.MapOf(rapid.SampledFrom(ids), rapid.Float32Range(-10, 3000)).Draw(t, "widths"),
			Shown:  rapid.MapOf(rapid.SampledFrom(ids), rapid.Bool()).Draw(t, "shown"),
			Sort:   rapid.SampledFrom(ids).Draw(t, "sort"), Down: rapid.Bool().Draw(t, "down"),
		}
		r.Restore(given)
		require.NotEmpty(t, r.shown)
		data, err := json.Marshal(r.State())
		require.NoError(t, err)
		var kept ListState
		require.NoError(t, json.Unmarshal(data, &kept))
		again := NewList(fullColumns(), func(p person) string { return p.id })
		again.Restore(kept)
		require.Equal(t, r.State(), again.State())
		require.Equal(t, r.shown, again.shown)
		require.Equal(t, r.spans(800), again.spans(800))
	})
}

func BenchmarkRegister50000(b *testing.B) {
	r := NewList(fullColumns(), func(p person) string { return p.id })
	r.MultiSelect, r.Count = true, CountRows
	r.Resize(fyne.NewSize(900, 600))
	rows := people(50_000)
	b.Run("new rows", func(b *testing.B) {
		for b.Loop() {
			r.SetRows(rows)
		}
	})
	b.Run("a step", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			r.Select(i * 97 % len(rows))
		}
	})
	b.Run("a search in vain", func(b *testing.B) {
		query := models.ParseQuery("yamada")
		for b.Loop() {
			r.nextRow(func(p person) bool { return query.Begins(p.name) })
		}
	})
	b.Run("another order", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			r.Sort([]string{"age", "name"}[i%2], false)
		}
	})
}

func TestAListWithoutAHeaderGivesItsRoomToTheRows(t *testing.T) {
	l := newListing(t, 20)
	with := l.scroll.Size().Height
	l.NoHeader = true
	l.Refresh()
	assert.False(t, l.header.Visible())
	assert.Equal(t, with+Scaled(HeaderHeight), l.scroll.Size().Height)
}

func TestAListSaysThatItLoadsUntilItGetsItsRows(t *testing.T) {
	themed(t)
	l := NewList([]Column[string]{{ID: "name", Title: "名前", Text: func(s string) string { return s }, Less: func(a, b string) bool { return a < b }}}, func(s string) string { return s })
	l.SetEmpty("ひとつもありません", "")
	assert.Equal(t, Loading, l.empty.title.Text())
	l.SetRows(nil)
	assert.Equal(t, "ひとつもありません", l.empty.title.Text())
	l.SetEmpty("もうありません", "")
	assert.Equal(t, "もうありません", l.empty.title.Text())
}
