package ui

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type person struct {
	id, name string
	age      int
}

var personColumns = []Column[person]{
	{ID: "id", Title: "番号", Width: 80, Text: func(p person) string { return p.id }},
	{ID: "name", Title: "氏名", Width: 100, Grow: 1, Text: func(p person) string { return p.name }},
	{
		ID: "age", Title: "年齢", Width: 60, Align: fyne.TextAlignTrailing,
		Text:  func(p person) string { return fmt.Sprint(p.age) },
		Less:  func(a, b person) bool { return a.age < b.age },
		Color: func(person) color.Color { return QuietInk },
	},
	{ID: "badge", Title: "区分", Width: 80, Text: func(person) string { return "可" }, Tint: func(person) Tint { return Tint{"可", Good} }},
}

func people(n int) []person {
	rows := make([]person, n)
	for i := range rows {
		rows[i] = person{fmt.Sprintf("P%05d", i), fmt.Sprintf("患者%d", n-i), (i * 7) % 90}
	}
	return rows
}

func peopleList(t *testing.T, rows int) (*List[person], *[]string) {
	t.Helper()
	themed(t)
	r := NewList(personColumns, func(p person) string { return p.id })
	var selected []string
	r.OnSelected = func(p person) { selected = append(selected, p.id) }
	test.NewTempWindow(t, r).Resize(fyne.NewSize(600, 400))
	r.SetRows(people(rows))
	selected = nil
	return r, &selected
}

func press(r *List[person], keys ...fyne.KeyName) {
	for _, k := range keys {
		r.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func selectedID(t *testing.T, r *List[person]) string {
	t.Helper()
	row, ok := r.Selected()
	require.True(t, ok)
	return row.id
}

func TestListKeyboard(t *testing.T) {
	r, selected := peopleList(t, 100)
	assert.Equal(t, "P00000", selectedID(t, r), "the first row is selected at once")
	press(r, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	assert.Equal(t, []string{"P00001", "P00002", "P00001"}, *selected)
	press(r, fyne.KeyEnd)
	assert.Equal(t, "P00099", selectedID(t, r))
	press(r, fyne.KeyDown)
	assert.Equal(t, "P00099", selectedID(t, r), "the last row is the end")
	press(r, fyne.KeyHome, fyne.KeyUp)
	assert.Equal(t, "P00000", selectedID(t, r))
	press(r, fyne.KeyPageDown)
	page := selectedID(t, r)
	assert.NotEqual(t, "P00000", page)
	press(r, fyne.KeyPageUp)
	assert.Equal(t, "P00000", selectedID(t, r))
	opened := ""
	r.OnOpened = func(p person) { opened = p.id }
	press(r, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, "P00001", opened)
}

func TestListKeepsTheSelectedRowInSight(t *testing.T) {
	r, _ := peopleList(t, 500)
	press(r, fyne.KeyEnd)
	top, height := r.scroll.Offset.Y, r.scroll.Size().Height
	assert.InDelta(t, 500*rowHeight(), top+height, 1)
	r.Select(250)
	top = r.scroll.Offset.Y
	assert.LessOrEqual(t, top, 250*rowHeight())
	assert.GreaterOrEqual(t, top+height, 251*rowHeight())
}

func TestListMouse(t *testing.T) {
	r, _ := peopleList(t, 20)
	at := func(row int) *desktop.MouseEvent {
		e := &desktop.MouseEvent{}
		e.Position = fyne.NewPos(50, (float32(row)+0.5)*rowHeight())
		return e
	}
	r.body.MouseDown(at(3))
	assert.Equal(t, "P00003", selectedID(t, r), "a press selects at once")
	r.body.MouseMoved(at(5))
	assert.Equal(t, 5, r.body.hovered)
	r.body.MouseOut()
	assert.Equal(t, -1, r.body.hovered)
	opened := ""
	r.OnOpened = func(p person) { opened = p.id }
	r.body.DoubleTapped(&fyne.PointEvent{})
	assert.Equal(t, "P00003", opened)
	r.body.MouseDown(at(40))
	assert.Equal(t, "P00003", selectedID(t, r), "below the rows nothing is selected")
}

func TestListSorting(t *testing.T) {
	r, _ := peopleList(t, 50)
	press(r, fyne.KeyDown, fyne.KeyDown)
	kept := selectedID(t, r)
	sorted := ""
	r.OnSorted = func(id string, down bool) { sorted = fmt.Sprint(id, down) }
	spans := r.spans(r.header.Size().Width)
	tapAge := func() { r.header.Tapped(&fyne.PointEvent{Position: fyne.NewPos(spans[2].x+5, 5)}) }
	tapAge()
	assert.Equal(t, "agefalse", sorted)
	for i := 1; i < 50; i++ {
		assert.LessOrEqual(t, r.Rows()[i-1].age, r.Rows()[i].age)
	}
	assert.Equal(t, kept, selectedID(t, r), "the selected row stays selected")
	assert.Contains(t, r.header.titles[2].Text, "▲")
	tapAge()
	assert.Equal(t, "agetrue", sorted)
	assert.GreaterOrEqual(t, r.Rows()[0].age, r.Rows()[49].age)
	r.Sort("unknown", false)
	id, down := r.Order()
	assert.Equal(t, "age", id)
	assert.True(t, down)
}

func TestListNewRows(t *testing.T) {
	r, _ := peopleList(t, 30)
	require.True(t, r.SelectKey("P00010"))
	r.SetRows(people(20))
	assert.Equal(t, "P00010", selectedID(t, r), "a row that is still there stays selected")
	r.SetRows(people(5))
	assert.Equal(t, "P00000", selectedID(t, r), "otherwise the first row is")
	r.SetRows(nil)
	_, ok := r.Selected()
	assert.False(t, ok)
	assert.True(t, r.empty.Visible())
	assert.False(t, r.scroll.Visible())
	press(r, fyne.KeyDown, fyne.KeyReturn)
}

func TestListCopies(t *testing.T) {
	r, _ := peopleList(t, 2)
	r.SetRows([]person{{"P1", "=SUM(A1)", 3}, {"P2", "改行\nあり", 4}})
	copied := 0
	r.OnCopied = func(n int) { copied = n }
	r.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Equal(t, 2, copied)
	assert.Equal(t, "番号\t氏名\t年齢\t区分\r\nP1\t'=SUM(A1)\t3\t可\r\nP2\t改行 あり\t4\t可\r\n", fyne.CurrentApp().Clipboard().Content())
	handed := ""
	r.OnShortcut = func(s fyne.Shortcut) { handed = s.ShortcutName() }
	r.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl})
	assert.NotEmpty(t, handed, "what it has no use for is handed on")
}

func TestListDrawsOnlyTheRowsInSight(t *testing.T) {
	r, _ := peopleList(t, 50_000)
	r.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25_000*rowHeight())})
	assert.Less(t, len(r.body.rows), 20)
	assert.InDelta(t, 25_000*rowHeight(), r.body.rows[0].ground.Position().Y, 1)
	assert.Equal(t, "P25000", r.body.rows[0].texts[0].Text)
	assert.InDelta(t, 50_000*rowHeight(), r.body.MinSize().Height, 1)
}

func TestListFillsItsWidth(t *testing.T) {
	r, _ := peopleList(t, 3)
	spans := r.spans(700)
	last := spans[len(spans)-1]
	assert.InDelta(t, 700-scrollSide, last.x+last.width, 0.5)
	assert.Equal(t, 1, spanAt(spans, spans[1].x+1))
	assert.Equal(t, -1, spanAt(spans, 699))
	assert.Contains(t, r.AccessibilityLabel(), "3件 P00000")
}
