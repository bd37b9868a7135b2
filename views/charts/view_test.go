package charts_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/assets"
	"renkei/views/charts"
	"renkei/views/ui"
)

func newApp(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 0))
}

func data(values ...float64) []charts.Datum {
	var list []charts.Datum
	for i, v := range values {
		list = append(list, charts.Datum{Value: v, Key: string(rune('a' + i))})
	}
	return list
}

var months = []string{"6月", "7月", "8月", "9月"}

// samples returns one chart of each kind.
func samples() map[string]charts.Chart {
	parts := []charts.Series{
		{Name: "指導料2", Data: data(12, 18, 9, 24)}, {Name: "指導料1", Fill: charts.Hatched, Data: data(8, 6, 11, 3)},
		{Name: "判定保留", Fill: charts.Dotted, Data: data(2, 0, 4, 5)}, {Name: "算定不可", Fill: charts.Blank, Data: data(3, 2, 2, 6)},
	}
	return map[string]charts.Chart{
		"columns": {Title: "月別の算定", Unit: "件", Axis: "月", Categories: months, Series: []charts.Series{{Data: data(12, 18, 9, 24)}}, Marks: []charts.Mark{{Name: "目標 20件", Value: 20}}},
		"stacked": {Title: "月別の判定", Unit: "件", Axis: "月", Stacked: true, Categories: months, Series: parts},
		"rows":    {Kind: charts.Rows, Title: "理由別", Unit: "件", Axis: "理由", Categories: []string{"平時の会議（イ）", "連絡先の共有（イ）", "部門の担当者"}, Series: []charts.Series{{Fill: charts.Hatched, Data: data(1234, 300, 0)}}},
		"lines":   {Kind: charts.Lines, Title: "指導料2率", Unit: "％", Axis: "月", Categories: months, Most: 100, Series: []charts.Series{{Name: "本年度", Data: data(40.5, 61, 33, 80)}, {Name: "前年度", Fill: charts.Blank, Data: []charts.Datum{{Missing: true}, {Value: 20}, {Value: 50}, {Value: 55}}}}},
		"gauge":   {Kind: charts.Gauge, Title: "年間の算定", Unit: "回", Axis: "数え方", Categories: []string{"確定", "見込"}, Series: []charts.Series{{Data: data(22, 31)}}, Marks: []charts.Mark{{Name: "基準 26.25", Value: 26.25}}},
		"tiles":   {Kind: charts.Tiles, Title: "市区町村", Unit: "か所", Axis: "市区町村", Categories: []string{"みなと市", "山手市", "横浜市中区", "玉村町", "港区"}, Series: []charts.Series{{Name: "連携先", Data: data(14, 7, 3, 1, 0)}, {Name: "入院", Data: data(31, 8, 2, 0, 0)}}},
		"empty":   {Title: "月別の算定", Categories: months, Series: []charts.Series{{}}, Empty: "この期間に共同指導はありません"},
	}
}

func show(t *testing.T, c charts.Chart) (*charts.View, fyne.Window) {
	t.Helper()
	newApp(t)
	v := charts.NewView(c)
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(700, v.HeightFor(700)))
	return v, w
}

func press(v *charts.View, keys ...fyne.KeyName) {
	for _, k := range keys {
		v.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// writing lists the texts of a view.
func writing(t *testing.T, v *charts.View) []string {
	var texts []string
	for _, o := range test.TempWidgetRenderer(t, v).Objects() {
		switch o := o.(type) {
		case *canvas.Text:
			texts = append(texts, o.Text)
		case *ui.Caption:
			texts = append(texts, o.Text())
		}
	}
	return texts
}

func TestValuesAreChosenByKeysAndOpened(t *testing.T) {
	v, w := show(t, samples()["columns"])
	var opened []string
	v.OnOpened = func(d charts.Datum) { opened = append(opened, d.Key) }
	w.Canvas().Focus(v)
	assert.Contains(t, v.Detail(), "T で表")

	press(v, fyne.KeyRight, fyne.KeyRight)
	assert.Contains(t, v.Detail(), "7月　18件")
	press(v, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyRight, fyne.KeySpace, fyne.KeyHome, fyne.KeyLeft, fyne.KeyEnter)
	assert.Equal(t, []string{"b", "d", "a"}, opened)
	press(v, fyne.KeyEscape)
	_, ok := v.Current()
	assert.False(t, ok)
}

func TestPointingSaysTheValueAndAClickOpensIt(t *testing.T) {
	v, _ := show(t, samples()["rows"])
	opened := ""
	v.OnOpened = func(d charts.Datum) { opened = d.Key }
	at := fyne.NewPos(300, 60)
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	assert.Equal(t, "平時の会議（イ）　1,234件　（Enter・クリックで内訳）", v.Detail())
	v.Tapped(&fyne.PointEvent{Position: at})
	assert.Equal(t, "a", opened)
	v.MouseOut()
	assert.NotContains(t, v.Detail(), "1,234")
}

func TestTheTableIsOneKeyAway(t *testing.T) {
	v, w := show(t, samples()["stacked"])
	w.Canvas().Focus(v)
	v.TypedRune('t')
	require.True(t, v.InTable())
	texts := writing(t, v)
	for _, want := range []string{"月", "指導料2", "計", "9月", "24件", "38件"} {
		assert.Contains(t, texts, want)
	}
	press(v, fyne.KeyDown)
	assert.Contains(t, v.Detail(), "6月")
	v.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Contains(t, fyne.CurrentApp().Clipboard().Content(), "6月\t12件\t8件\t2件\t3件\t25件\r\n")
	v.TypedRune('T')
	assert.False(t, v.InTable())
}

func TestOtherKeysAreHandedOn(t *testing.T) {
	v, _ := show(t, samples()["lines"])
	saved, passed := false, ""
	v.OnSave = func() { saved = true }
	v.OnShortcut = func(s fyne.Shortcut) { passed = s.ShortcutName() }
	v.TypedRune('s')
	v.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl})
	assert.True(t, saved)
	assert.NotEmpty(t, passed)
}

func TestValuesAreWrittenAndTextIsLargeEnough(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			v, _ := show(t, c)
			for _, o := range test.TempWidgetRenderer(t, v).Objects() {
				if text, ok := o.(*canvas.Text); ok {
					assert.GreaterOrEqual(t, text.TextSize, float32(14), text.Text)
				}
			}
			texts := writing(t, v)
			assert.Contains(t, texts, c.Title)
			if c.Empty != "" {
				assert.Contains(t, texts, c.Empty)
			}
			assert.Contains(t, v.AccessibilityLabel(), c.Title)
		})
	}
	v, _ := show(t, samples()["rows"])
	assert.Contains(t, writing(t, v), "1,234件")
}

func TestImageIsWritten(t *testing.T) {
	newApp(t)
	path := filepath.Join(t.TempDir(), "図.png")
	img := charts.Image(samples()["stacked"], false, charts.ImageWidth)
	require.NoError(t, charts.WritePNG(path, img))
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	read, err := png.Decode(file)
	require.NoError(t, err)
	assert.Equal(t, charts.ImageWidth, read.Bounds().Dx())
	assert.Greater(t, inkOf(read), 5000, "something is drawn")
	assert.Error(t, charts.WritePNG(filepath.Join(t.TempDir(), "ない", "図.png"), img))
}

func inkOf(img image.Image) (n int) {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}
