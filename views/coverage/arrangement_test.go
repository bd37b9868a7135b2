package coverage

import (
	"context"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/views/charts"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

const areaTitle = "市区町村ごとの入院・やり取り・連携先"

func TestTheMapIsFilledToAndFro(t *testing.T) {
	at := func(column, row int) charts.Cell { return charts.Cell{Column: column, Row: row} }
	names := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}
	assert.Equal(t, []charts.Cell{
		at(0, 0), at(1, 0), at(2, 0), at(3, 0), at(4, 0),
		at(4, 1), at(3, 1), at(2, 1), at(1, 1), at(0, 1),
		at(0, 2), at(1, 2),
	}, arrangement(nil).cells(names))
}

func TestANewTownTakesTheFirstFreeCell(t *testing.T) {
	at := func(column, row int) charts.Cell { return charts.Cell{Column: column, Row: row} }
	for name, c := range map[string]struct {
		kept  arrangement
		names []string
		want  []charts.Cell
	}{
		"between those a person put somewhere": {arrangement{"港区": at(0, 0), "北区": at(2, 0)}, []string{"南区", "港区", "西区", "北区"}, []charts.Cell{at(1, 0), at(0, 0), at(3, 0), at(2, 0)}},
		"also that of one that is gone":        {arrangement{"港区": at(0, 0), "北区": at(1, 0)}, []string{"北区", "西区"}, []charts.Cell{at(1, 0), at(0, 0)}},
		"two kept in one cell":                 {arrangement{"港区": at(3, 1), "北区": at(3, 1)}, []string{"港区", "北区"}, []charts.Cell{at(3, 1), at(0, 0)}},
		"a cell that is none":                  {arrangement{"港区": at(5, 0), "北区": at(0, -1), "西区": at(0, 1<<40)}, []string{"港区", "北区", "西区"}, []charts.Cell{at(0, 0), at(1, 0), at(2, 0)}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, c.kept.cells(c.names)) })
	}
}

func TestEveryTownHasACellOfItsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[一-四]{1,3}市`), 1, 20, rapid.ID[string]).Draw(t, "names")
		kept := make(arrangement)
		for _, name := range names {
			if rapid.Bool().Draw(t, "kept") {
				kept[name] = charts.Cell{Column: rapid.IntRange(-1, 5).Draw(t, "column"), Row: rapid.IntRange(-1, 5).Draw(t, "row")}
			}
		}
		cells := kept.cells(names)
		require.Len(t, cells, len(names))
		for i, c := range cells {
			require.Equal(t, i, slices.Index(cells, c), "no two stand in one cell")
			require.True(t, c.Column >= 0 && c.Column < charts.GridColumns && c.Row >= 0)
		}
		require.Equal(t, cells, kept.with(names, cells).cells(names), "what was arranged is found again")
	})
}

// town returns the place of a tile on the map.
func town(t *testing.T, v *charts.View, name string) charts.Cell {
	t.Helper()
	i := slices.IndexFunc(v.Chart().Categories, func(c string) bool { return c == name || c == "△ "+name })
	require.GreaterOrEqual(t, i, 0, "%s is not among %v", name, v.Chart().Categories)
	return v.Chart().Cells[i]
}

// openMap shows the map with the keyboard on its first tile.
func openMap(t *testing.T) (*bench, *charts.View) {
	b := open(t)
	b.Open(page.ToSection(ID, "reach", ""))
	v := b.titled(areaTitle)
	b.Shell.Canvas().Focus(v)
	b.Press(fyne.KeyHome)
	return b, v
}

func TestTheMapBeginsInTheOrderOfPostalCodes(t *testing.T) {
	_, v := openMap(t)
	c := v.Chart()
	require.Len(t, c.Categories, 3)
	assert.Equal(t, charts.Cell{}, town(t, v, "みなと市"), "000-0001")
	assert.Equal(t, charts.Cell{Column: 1}, town(t, v, "汐見市"), "000-0005")
	assert.Equal(t, charts.Cell{Column: 2}, town(t, v, "浜野町"), "000-0010")
	var names []string
	for _, s := range c.Series {
		names = append(names, s.Name)
	}
	assert.Equal(t, []string{"入院", "やり取り", "連携先"}, names)
}

func TestAnArrangementIsRememberedAndTakenBack(t *testing.T) {
	b, v := openMap(t)
	button := func() bool { return b.board.areaMap.back.Visible() }
	assert.False(t, button())

	b.Shortcut(fyne.KeyRight, fyne.KeyModifierControl)
	b.Shortcut(fyne.KeyDown, fyne.KeyModifierControl)
	assert.Equal(t, charts.Cell{Column: 1, Row: 1}, town(t, v, "みなと市"))
	assert.Equal(t, charts.Cell{}, town(t, v, "汐見市"), "it changed places with the neighbour")
	assert.Equal(t, b.Focused(), fyne.Focusable(v))
	assert.Contains(t, v.Detail(), "みなと市", "the tile stays chosen")
	assert.Empty(t, b.Shell.Passed, "no shortcut of the window")
	assert.True(t, button())
	b.Shortcut(fyne.KeyF, fyne.KeyModifierControl)
	assert.Len(t, b.Shell.Passed, 1)

	p := New(b.Shell, b.App)
	b.Bench.Show(p, pagetest.Small)
	b.Page = p
	v = b.titled(areaTitle)
	assert.Equal(t, charts.Cell{Column: 1, Row: 1}, town(t, v, "みなと市"), "found again after a start")
	assert.Equal(t, charts.Cell{Column: 2}, town(t, v, "浜野町"))
	assert.True(t, button())

	test.Tap(pagetest.Button(t, b.Shell.Window.Content(), "並びを元に戻す"))
	assert.Equal(t, charts.Cell{}, town(t, v, "みなと市"))
	assert.Equal(t, charts.Cell{Column: 1}, town(t, v, "汐見市"))
	assert.False(t, button())
	assert.Equal(t, b.Focused(), fyne.Focusable(v))
	assert.NotContains(t, b.Shell.Kept[remember], "みなと市", "nothing is remembered any more")

	b.Shell.Undo()
	assert.Equal(t, charts.Cell{Column: 1, Row: 1}, town(t, v, "みなと市"))
	assert.True(t, button())
	b.Open(page.ToSection(ID, "work", ""))
	b.Shell.Undo()
	b.Open(page.ToSection(ID, "reach", ""))
	assert.Equal(t, charts.Cell{Column: 1, Row: 1}, town(t, b.titled(areaTitle), "みなと市"), "also from another section")
}

func TestATileIsDraggedInTheWindow(t *testing.T) {
	b, v := openMap(t)
	wide := (v.Size().Width - 20 + 6) / 5 // of a tile and the room beside it
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v).AddXY(10+wide/2, 90)
	test.Drag(b.Shell.Canvas(), at.AddXY(2*wide, 0), 2*wide, 0)
	assert.Equal(t, charts.Cell{Column: 2}, town(t, v, "みなと市"))
	assert.Equal(t, charts.Cell{}, town(t, v, "浜野町"))
	assert.True(t, b.board.areaMap.back.Visible())
}

func TestATownNotSeenKeepsItsPlace(t *testing.T) {
	b, _ := openMap(t)
	b.Shortcut(fyne.KeyDown, fyne.KeyModifierControl)
	b.area.Choose("汐見市")
	v := b.titled(areaTitle)
	require.Len(t, v.Chart().Categories, 1)
	b.Shell.Canvas().Focus(v)
	b.Press(fyne.KeyHome)
	assert.NotContains(t, v.Detail(), "並べ替え")
	b.Shortcut(fyne.KeyDown, fyne.KeyModifierControl)
	b.area.Choose("")
	v = b.titled(areaTitle)
	assert.Equal(t, charts.Cell{Row: 1}, town(t, v, "みなと市"))
	assert.Equal(t, charts.Cell{Column: 1}, town(t, v, "汐見市"), "one tile alone cannot be moved")

	_, err := b.App.Do(context.Background(), "新しい連携先", app.Put(models.Partner{Code: "P900", Name: "山の診療所", Kind: models.Clinic, PostalCode: "000-0000", Address: "みらい県山手市1"}))
	require.NoError(t, err)
	b.Changed(app.Feed{Many: true})
	v = b.titled(areaTitle)
	assert.Equal(t, charts.Cell{}, town(t, v, "山手市"), "a new one takes the first free cell")
	assert.Equal(t, charts.Cell{Row: 1}, town(t, v, "みなと市"))
}

func TestTheArrangementStandsInTheImage(t *testing.T) {
	b, _ := openMap(t)
	height := func() int {
		b.Shell.SaveTo = filepath.Join(t.TempDir(), "図.png")
		b.Type("s")
		file, err := os.Open(b.Shell.SaveTo)
		require.NoError(t, err)
		defer file.Close()
		img, err := png.Decode(file)
		require.NoError(t, err)
		return img.Bounds().Dy()
	}
	before := height()
	b.Shortcut(fyne.KeyDown, fyne.KeyModifierControl)
	assert.Greater(t, height(), before+60, "a row more")
}

func TestAnArrangementIsKeptAsWritten(t *testing.T) {
	var read kept
	require.NoError(t, json.Unmarshal([]byte(`{"arranged":{"みなと市":{"column":3,"row":2}}}`), &read))
	assert.Equal(t, arrangement{"みなと市": {Column: 3, Row: 2}}, read.Arranged)
}

func TestATownRarelySpokenToIsMarked(t *testing.T) {
	judged, err := pagetest.SampleApp(t).Judged(context.Background(), models.Part{Whole: true})
	require.NoError(t, err)
	book := *judged.Facts.Book
	names := func() []string {
		judged := apptest.JudgeBook(t, &book, judged.Rules)
		s, err := Build(context.Background(), "reach", judged, Choice{Span: ThisYear}.Scope(pagetest.Today))
		require.NoError(t, err)
		require.Equal(t, areaTitle, s.Blocks[0].Chart.Title)
		require.Equal(t, []string{"みなと市", "汐見市", "浜野町"}, s.Blocks[0].Places)
		return s.Blocks[0].Chart.Categories
	}
	assert.Equal(t, []string{"みなと市", "汐見市", "浜野町"}, names())
	book.Contacts, book.Sessions = nil, nil
	assert.Equal(t, []string{"△ みなと市", "△ 汐見市", "△ 浜野町"}, names(), "each has three 入院 and more")
}
