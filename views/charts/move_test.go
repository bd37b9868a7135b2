package charts_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/views/charts"
)

// towns is a map of four: みなと市 and 汐見市 side by side, 浜野町 and 玉村町
// in the row below.
func towns() charts.Chart {
	return charts.Chart{Kind: charts.Tiles, Title: "市区町村", Axis: "市区町村", Categories: []string{"みなと市", "汐見市", "浜野町", "玉村町"},
		Cells: []charts.Cell{{Column: 0}, {Column: 1}, {Column: 1, Row: 1}, {Column: 0, Row: 1}},
		Series: []charts.Series{
			{Name: "入院", Data: []charts.Datum{{Value: 45, Key: "a"}, {Value: 12, Key: "b"}, {Value: 3, Key: "c"}, {Value: 0}}},
			{Name: "やり取り", Data: []charts.Datum{{Value: 120}, {Value: 30, Key: "talk"}, {Value: 8}, {Value: 2}}},
		}}
}

// showTowns shows the map with movable tiles and appends the reported moves to
// told.
func showTowns(t *testing.T, told *[][]charts.Cell) (*charts.View, fyne.Window) {
	t.Helper()
	v, w := show(t, towns())
	v.OnMoved = func(cells []charts.Cell) { *told = append(*told, cells) }
	return v, w
}

func ctrl(v *charts.View, keys ...fyne.KeyName) {
	for _, k := range keys {
		v.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierControl})
	}
}

// tile returns the middle of a town's tile in the window.
func tile(t *testing.T, v *charts.View, town string) fyne.Position {
	t.Helper()
	for _, o := range test.TempWidgetRenderer(t, v).Objects() {
		if c, ok := o.(interface{ Text() string }); ok && c.Text() == town && o.Position().Y > 40 {
			return o.Position().Add(fyne.NewPos(o.Size().Width/2, o.Size().Height/2))
		}
	}
	require.Failf(t, "no such tile", "%s among %v", town, writing(t, v))
	return fyne.Position{}
}

// emptyCells counts the frames of cells without a tile.
func emptyCells(t *testing.T, v *charts.View) (n int) {
	for _, o := range test.TempWidgetRenderer(t, v).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.Visible() && r.CornerRadius > 0 && r.StrokeWidth == 1 {
			if _, _, _, alpha := r.FillColor.RGBA(); alpha == 0 {
				n++
			}
		}
	}
	return n
}

func TestArrowsFollowTheMap(t *testing.T) {
	var told [][]charts.Cell
	v, w := showTowns(t, &told)
	w.Canvas().Focus(v)
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyRight, "みなと市　入院　45"}, {fyne.KeyDown, "みなと市　やり取り　120"}, {fyne.KeyRight, "汐見市　やり取り　30"},
		{fyne.KeyRight, "汐見市　やり取り　30"}, {fyne.KeyDown, "浜野町　入院　3"}, {fyne.KeyLeft, "玉村町　入院　0"},
		{fyne.KeyUp, "みなと市　やり取り　120"}, {fyne.KeyEnd, "浜野町　やり取り　8"}, {fyne.KeyHome, "みなと市　入院　45"},
	} {
		press(v, step.key)
		assert.Equal(t, step.want, v.Detail(), "%v", step.key)
	}
	assert.Empty(t, told)
}

func TestCtrlAndAnArrowMoveTheChosenTile(t *testing.T) {
	var told [][]charts.Cell
	v, w := showTowns(t, &told)
	w.Canvas().Focus(v)
	assert.Contains(t, v.Detail(), "Ctrl+矢印・ドラッグで地図のとおりに並べ替え")
	ctrl(v, fyne.KeyRight)
	assert.Empty(t, told, "none is chosen")

	press(v, fyne.KeyHome)
	assert.Zero(t, emptyCells(t, v))
	ctrl(v, fyne.KeyRight)
	require.Equal(t, [][]charts.Cell{{{Column: 1}, {Column: 0}, {Column: 1, Row: 1}, {Column: 0, Row: 1}}}, told)
	assert.Equal(t, "みなと市　入院　45", v.Detail(), "the tile stays chosen")
	assert.Equal(t, w.Canvas().Focused(), fyne.Focusable(v))
	assert.Equal(t, 6, emptyCells(t, v), "of two rows of five, four are taken")
	assert.Greater(t, tile(t, v, "みなと市").X, tile(t, v, "汐見市").X)

	v.KeyUp(&fyne.KeyEvent{Name: desktop.KeyControlLeft})
	assert.Zero(t, emptyCells(t, v), "Ctrl is let go")

	resized := false
	v.OnResized = func() { resized = true }
	before := v.HeightFor(700)
	ctrl(v, fyne.KeyUp)
	assert.Equal(t, []charts.Cell{{Column: 1, Row: 0}, {Column: 0, Row: 1}, {Column: 1, Row: 2}, {Column: 0, Row: 2}}, v.Chart().Cells)
	assert.Greater(t, v.HeightFor(700), before)
	assert.True(t, resized)
	press(v, fyne.KeyDown)
	assert.Zero(t, emptyCells(t, v), "an arrow alone chooses again")
	ctrl(v, fyne.KeyUp)
	assert.Len(t, told, 3)
	ctrl(v, fyne.KeyUp, fyne.KeyUp)
	assert.Len(t, told, 3, "no more rows than tiles")
}

func TestATileIsDraggedOverTheMap(t *testing.T) {
	var told [][]charts.Cell
	v, w := showTowns(t, &told)
	from, to := tile(t, v, "みなと市"), tile(t, v, "浜野町")
	test.Drag(w.Canvas(), to, to.X-from.X, to.Y-from.Y)
	require.Equal(t, [][]charts.Cell{{{Column: 1, Row: 1}, {Column: 1}, {Column: 0}, {Column: 0, Row: 1}}}, told)
	assert.Equal(t, "みなと市　入院　45", v.Detail(), "the tile stays chosen")
	assert.Equal(t, w.Canvas().Focused(), fyne.Focusable(v))
	assert.Equal(t, to, tile(t, v, "みなと市"))
	assert.Equal(t, from, tile(t, v, "浜野町"))

	free := tile(t, v, "みなと市").AddXY(140, 0)
	test.Drag(w.Canvas(), free, 140, 0)
	assert.Equal(t, charts.Cell{Column: 2, Row: 1}, v.Chart().Cells[0], "onto an empty cell")

	title := fyne.NewPos(100, 18)
	test.Drag(w.Canvas(), title.AddXY(0, 100), 0, 100)
	assert.Len(t, told, 2, "what is dragged by no tile stays")
}

func TestAFrameShowsWhereTheTileWillStand(t *testing.T) {
	var told [][]charts.Cell
	v, _ := showTowns(t, &told)
	from, to := tile(t, v, "みなと市"), tile(t, v, "汐見市")
	drag := func(at fyne.Position) {
		v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta(at.X-from.X, at.Y-from.Y)})
	}
	landing := func() fyne.Position {
		for _, o := range test.TempWidgetRenderer(t, v).Objects() {
			if r, ok := o.(*canvas.Rectangle); ok && r.Visible() && r.StrokeWidth == 4 {
				return r.Position()
			}
		}
		return fyne.NewPos(-1, -1)
	}
	drag(from.AddXY(3, 0))
	own := landing()
	assert.Equal(t, "みなと市　置く場所まで動かしてください", v.Detail())
	assert.Equal(t, 6, emptyCells(t, v))
	drag(to)
	assert.InDelta(t, own.X+to.X-from.X, landing().X, 0.01)
	assert.Equal(t, "みなと市　放すと「汐見市」と入れ替えます", v.Detail())
	drag(to.AddXY(140, 0))
	assert.Equal(t, "みなと市　放すとここに置きます", v.Detail())
	press(v, fyne.KeyEscape)
	assert.Negative(t, landing().X)
	drag(to)
	v.DragEnd()
	assert.Empty(t, told, "Escape puts it back")
	assert.Zero(t, emptyCells(t, v))
}

func TestOtherChartsLeaveTheShortcutAndTheDragAlone(t *testing.T) {
	fixed := towns()
	inLines := towns()
	inLines.Cells = nil
	for name, c := range map[string]charts.Chart{"bars": samples()["rows"], "tiles line by line": inLines, "a map that stands fast": fixed} {
		t.Run(name, func(t *testing.T) {
			v, w := show(t, c)
			if name != "a map that stands fast" {
				v.OnMoved = func([]charts.Cell) { assert.Fail(t, "moved") }
			}
			var passed []string
			v.OnShortcut = func(s fyne.Shortcut) { passed = append(passed, s.ShortcutName()) }
			w.Canvas().Focus(v)
			assert.NotContains(t, v.Detail(), "並べ替え")
			press(v, fyne.KeyHome)
			ctrl(v, fyne.KeyRight, fyne.KeyDown)
			assert.Len(t, passed, 2)
			test.Drag(w.Canvas(), fyne.NewPos(300, 100), 150, 0)
			assert.Zero(t, emptyCells(t, v))
			assert.Equal(t, c.Cells, v.Chart().Cells)
		})
	}
	var told [][]charts.Cell
	v, w := showTowns(t, &told)
	w.Canvas().Focus(v)
	passed := 0
	v.OnShortcut = func(fyne.Shortcut) { passed++ }
	press(v, fyne.KeyHome)
	ctrl(v, fyne.KeyF)
	v.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	v.TypedRune('t')
	ctrl(v, fyne.KeyRight)
	assert.Equal(t, 3, passed, "Ctrl+F, Alt+← and an arrow in the table")
	assert.Empty(t, told)
}

func TestATileSaysEachOfItsValues(t *testing.T) {
	v, _ := show(t, towns())
	texts := writing(t, v)
	for _, want := range []string{"みなと市", "入院 45", "やり取り 120", "玉村町", "入院 0", "やり取り 2", "色の濃さ　入院", "0〜11", "12〜22", "23〜33", "34〜45"} {
		assert.Contains(t, texts, want)
	}
	opened := ""
	v.OnOpened = func(d charts.Datum) { opened = d.Key }
	v.Tapped(&fyne.PointEvent{Position: tile(t, v, "汐見市")})
	assert.Equal(t, "b", opened, "the name leads to the first value")
	v.Tapped(&fyne.PointEvent{Position: tile(t, v, "汐見市").AddXY(0, 2*20)})
	assert.Equal(t, "talk", opened)
	assert.Equal(t, "市区町村、みなと市 45 120、汐見市 12 30、浜野町 3 8、玉村町 0 2", v.AccessibilityLabel())
}
