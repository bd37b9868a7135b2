package ui

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
)

// tall is an object whose height follows from its width: an area of 1000.
func tall() *Arranged {
	return Arrange(func(in Room) fyne.Size {
		return fyne.NewSize(20, 1000/max(1, in.Width))
	})
}

func TestAnArrangedMeasuresAndPlacesByOneFunction(t *testing.T) {
	test.NewTempApp(t)
	upper, lower := tall(), block(30, 10)
	a := Arrange(func(in Room) fyne.Size {
		y := in.Fit(upper, 0, 0, in.Width)
		return fyne.NewSize(40, y+in.Fit(lower, 0, y, in.Width))
	}, upper, lower)

	assert.Equal(t, float32(20), a.HeightFor(100))
	assert.Equal(t, fyne.NewSize(40, 35), a.MinSize(), "before there is a width, at the least")
	assert.Zero(t, upper.Size(), "nothing is placed while it is measured")

	a.Resize(fyne.NewSize(50, 300))
	assert.Equal(t, fyne.NewSize(50, 20), upper.Size())
	assert.Equal(t, fyne.NewPos(0, 20), lower.Position())
	assert.Equal(t, fyne.NewSize(40, 30), a.MinSize(), "at the width there is")
}

// noting counts how often it is refreshed.
type noting struct {
	Arranged
	times int
}

func newNoting() *noting {
	n := &noting{}
	n.Arrange(n, func(Room) fyne.Size { return fyne.Size{} })
	return n
}

func (n *noting) Refresh() { n.times++ }

func TestObjectsWithoutAWidgetAroundThemAreRefreshedTogether(t *testing.T) {
	test.NewTempApp(t)
	inside := newNoting()
	none := func(Room) fyne.Size { return fyne.Size{} }
	Arrange(none, inside).Refresh()
	assert.Equal(t, 1, inside.times)

	around := &Panel{}
	around.Arrange(around, none, inside)
	around.Refresh()
	assert.Equal(t, 1, inside.times, "a widget refreshes what it needs itself")
}

func TestMeasuringAParagraphLeavesItsLinesAlone(t *testing.T) {
	test.NewTempApp(t)
	p := NewParagraph("あいうえおかきくけこさしすせそ", Plain)
	p.Resize(fyne.NewSize(1000, 100))
	shown := test.WidgetRenderer(p).Objects()
	assert.Len(t, shown, 1)
	assert.Greater(t, p.HeightFor(80), 2*Plain.lineHeight())
	assert.Equal(t, shown, test.WidgetRenderer(p).Objects())
}

func TestGridSharesWhatIsLeftOver(t *testing.T) {
	test.NewTempApp(t)
	named, first, second, button := block(10, 20), tall(), tall(), block(30, 30)
	g := NewGrid([]GridColumn{{Width: 50}, {Width: 40, Grow: 1}, {}}, 10, true,
		[]fyne.CanvasObject{named, first, button}, []fyne.CanvasObject{nil, second, nil})
	least := float32(50 + 40 + 30 + 2*GapField)
	assert.Equal(t, least, g.MinSize().Width)
	assert.Equal(t, float32(30+10+25), g.HeightFor(least))

	g.Resize(fyne.NewSize(least+60, 100))
	assert.Equal(t, fyne.NewSize(100, 10), first.Size(), "the growing column takes the rest")
	assert.Equal(t, fyne.NewPos(50+GapField, 10), first.Position(), "in the middle of its row")
	assert.Equal(t, fyne.NewPos(50+100+2*GapField, 0), button.Position())
	assert.Equal(t, fyne.NewPos(50+GapField, 40), second.Position())
	rule := test.WidgetRenderer(g).Objects()[0].(*canvas.Rectangle)
	assert.Equal(t, fyne.NewPos(0, 30+10/2-RuleThickness), rule.Position(), "between the rows")
}

func TestFactsStandInLine(t *testing.T) {
	test.NewTempApp(t)
	facts := []Fact{{Label: "住所", Value: "あいうえおかきくけこさしすせそたちつてと"}, {Label: "備考", Value: "なし", Warn: true}}
	line := Plain.lineHeight()
	one := NewFacts(60, 1, facts...)
	assert.Equal(t, 2*line+GapCell, one.HeightFor(600))
	one.Resize(fyne.NewSize(240, 400))
	objects := test.WidgetRenderer(one).Objects()
	assert.Equal(t, fyne.NewPos(60+GapField, 0), objects[1].Position())
	assert.Zero(t, objects[0].Position().Y, "the label stands beside the first line of its value")
	assert.Equal(t, objects[2].Position().Y, objects[3].Position().Y)
	assert.Equal(t, color.Color(Warn), objects[3].(*Paragraph).style.Color)

	assert.Equal(t, line, NewFacts(60, 2, facts...).HeightFor(1000), "two to a line")
}

func TestMasterDetailSharesItsRoom(t *testing.T) {
	test.NewTempApp(t)
	list, detail := block(300, 100), block(200, 100)
	m := NewMasterDetail(list, detail, 0.1)
	relaid := 0
	m.OnRelaid = func() { relaid++ }
	m.Resize(fyne.NewSize(2000, 500))
	assert.Equal(t, 1, relaid)
	assert.Equal(t, float32(300), list.Size().Width, "no narrower than it asks to be")
	assert.Equal(t, float32(2000-300-GapField), detail.Size().Width)
	m.ListYields = true
	m.Refresh()
	assert.Equal(t, float32(199), list.Size().Width)

	m.Wide = 3000
	m.Resize(fyne.NewSize(1999, 500))
	assert.Equal(t, 2, relaid)
	assert.True(t, m.ShowsList())
	assert.False(t, detail.Visible())
	m.Open()
	assert.False(t, m.ShowsList())
	assert.False(t, list.Visible())
	assert.True(t, m.back.Visible())
	assert.Equal(t, m.back.Size().Height+GapCell, detail.Position().Y)
	m.NoBack = true
	m.Refresh()
	assert.False(t, m.back.Visible())
	assert.Zero(t, detail.Position().Y, "its own way back is at its top")
}
