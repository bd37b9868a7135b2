package ui

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/assets"
)

// themed gives the test an application that looks as the program does.
func themed(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 0))
}

func TestTheme(t *testing.T) {
	themed(t)
	th := NewTheme(Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 0)
	t.Run("italic and monospace text is set in Regular", func(t *testing.T) {
		regular := th.Font(fyne.TextStyle{})
		assert.Equal(t, regular, th.Font(fyne.TextStyle{Italic: true}))
		assert.Equal(t, regular, th.Font(fyne.TextStyle{Monospace: true}))
		assert.NotEqual(t, regular, th.Font(fyne.TextStyle{Bold: true}))
	})
	t.Run("a dark desktop changes nothing", func(t *testing.T) {
		for name := range themeColors {
			assert.Equal(t, th.Color(name, theme.VariantLight), th.Color(name, theme.VariantDark), name)
		}
	})
	for size, want := range map[float32]float32{0: 14, 3: 12, 12: 12, 16: 16, 99: 20} {
		assert.Equal(t, want, NewTheme(Fonts{}, size).Size(theme.SizeNameText))
	}
}

func TestTextReachesItsContrast(t *testing.T) {
	soft := []color.NRGBA{Paper, Ground, AccentSoft, HoverSoft}
	for _, pair := range []struct {
		name    string
		ink     color.NRGBA
		grounds []color.NRGBA
	}{
		{"ink", Ink, append(soft, WarnSoft, BadSoft, GoodSoft)},
		{"quiet", QuietInk, soft},
		{"accent", Accent, soft},
		{"good", Good, append(soft, GoodSoft)},
		{"warn", Warn, append(soft, WarnSoft)},
		{"bad", Bad, append(soft, BadSoft)},
		{"white on a badge", White, []color.NRGBA{Good, Accent, QuietInk, Warn, Bad, Hold}},
	} {
		for _, ground := range pair.grounds {
			assert.GreaterOrEqual(t, contrast(pair.ink, ground), 4.5, "%s on %v", pair.name, ground)
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.NRGBA) float64 {
	light, dark := luminance(a), luminance(b)
	return (max(light, dark) + 0.05) / (min(light, dark) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestFit(t *testing.T) {
	themed(t)
	t.Run("a text that fits stays whole", func(t *testing.T) {
		assert.Equal(t, "髙橋 花子", fit("髙橋 花子", 200, Plain))
	})
	t.Run("a longer one ends in an ellipsis within the width", func(t *testing.T) {
		short := fit("さくら居宅介護支援事業所", 80, Plain)
		assert.True(t, strings.HasSuffix(short, "…"), short)
		assert.LessOrEqual(t, Plain.width(short), float32(80))
		assert.Greater(t, len([]rune(short)), 3)
	})
	t.Run("line breaks become spaces", func(t *testing.T) {
		assert.Equal(t, "一 二 三", fit("一\n二\t三", 200, Plain))
	})
	t.Run("no room shows nothing", func(t *testing.T) {
		assert.Empty(t, fit("判定保留", 3, Plain))
	})
}

func TestWrap(t *testing.T) {
	themed(t)
	t.Run("no line begins with a closing mark", func(t *testing.T) {
		text := "指導料1の要件を満たします。指導料2にならない理由（入院前12か月に、相手が出席した会議がありません）。"
		for width := float32(60); width < 300; width += 7 {
			for _, line := range wrap(text, width, Plain)[1:] {
				assert.NotContains(t, "、。）」", string([]rune(line)[0]), "at %v", width)
			}
		}
	})
	t.Run("a date stays on one line", func(t *testing.T) {
		lines := wrap("事前の共有は2026-04-20です", 120, Plain)
		assert.Contains(t, strings.Join(lines, "\n"), "2026-04-20")
	})
	t.Run("a word longer than the line is broken", func(t *testing.T) {
		assert.Greater(t, len(wrap(strings.Repeat("A", 60), 100, Plain)), 1)
	})
	t.Run("line breaks are kept", func(t *testing.T) {
		assert.Equal(t, []string{"一", "", "二"}, wrap("一\r\n\n二", 100, Plain))
	})
	t.Run("nothing is lost and every line fits", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.StringOfN(rapid.SampledFrom([]rune("入院退院、。（）「」AB12-/ー髙﨑𠮷")), 1, 80, -1).Draw(t, "text")
			width := rapid.Float32Range(40, 300).Draw(t, "width")
			lines := wrap(text, width, Plain)
			assert.Equal(t, text, strings.Join(lines, ""))
			for _, line := range lines {
				assert.LessOrEqual(t, Plain.width(line), width+0.01)
			}
		})
	})
}

// rareText holds what fonts and toolkits draw badly: characters outside the
// BMP, compatibility ideographs, marks of other legacies, half-width kana, and
// a character with a variation selector.
var rareText = []string{"𠮷野家", "山﨑", "髙橋", "①②㈱", "〜～－", "ｱｲｳﾊﾟﾋﾞ", "葛󠄀城", "邉邊〆", "神塚鷗𩸽", "gjpqy|"}

func TestRareCharactersAreDrawnWhole(t *testing.T) {
	themed(t)
	for _, style := range []Style{Plain, Strong, Heading} {
		for _, text := range rareText {
			needed := style.lineHeight()
			tight := inkRows(draw(NewText(text, style), fyne.NewSize(240, needed), 0))
			loose := inkRows(draw(NewText(text, style), fyne.NewSize(240, needed), 40))
			require.NotZero(t, loose, "%s draws nothing", text)
			assert.Equal(t, loose, tight, "%s loses rows in a box of its own height", text)
		}
	}
	t.Run("in the row of a register", func(t *testing.T) {
		assert.LessOrEqual(t, Plain.lineHeight(), rowHeight())
		assert.LessOrEqual(t, NewBadge(Tint{"算定不可", Bad}).MinSize().Height, rowHeight())
	})
}

// draw renders an object in a box with room above and below it; the box clips.
func draw(o fyne.CanvasObject, size fyne.Size, room float32) image.Image {
	box := fyne.NewSize(size.Width, size.Height+2*room)
	clip := container.NewWithoutLayout(canvas.NewRectangle(White), o)
	clip.Objects[0].Resize(box)
	o.Move(fyne.NewPos(0, room))
	o.Resize(size)
	w := test.NewWindow(container.NewStack(clip))
	defer w.Close()
	w.SetPadded(false)
	w.Resize(box)
	return w.Canvas().Capture()
}

// inkRows counts the rows of pixels from the first to the last with ink.
func inkRows(img image.Image) int {
	first, last := -1, -1
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				if first < 0 {
					first = y
				}
				last = y
				break
			}
		}
	}
	if first < 0 {
		return 0
	}
	return last - first + 1
}

func TestBadge(t *testing.T) {
	themed(t)
	b := NewBadge(Tint{"指導料2", Good})
	assert.Equal(t, "指導料2", b.AccessibilityLabel())
	test.AssertRendersToMarkup(t, "badge.xml", test.NewTempWindow(t, b).Canvas())
	b.Set(Tint{})
	assert.Zero(t, b.MinSize(), "a badge without a word takes no room")
}

func TestParagraphAndFlow(t *testing.T) {
	themed(t)
	p := NewParagraph(strings.Repeat("入退院支援加算1の届出病棟。", 6), Plain)
	narrow, wide := p.HeightFor(200), p.HeightFor(800)
	assert.Greater(t, narrow, wide)
	flow := NewFlow(8, 10, p, NewParagraph("次の段落", Plain))
	flow.Resize(fyne.NewSize(220, 400))
	assert.Equal(t, narrow, p.Size().Height, "a paragraph is as high as its width asks")
	assert.Equal(t, flow.HeightFor(220), 20+narrow+8+Plain.lineHeight())
	p.Hide()
	assert.Equal(t, flow.HeightFor(220), 20+Plain.lineHeight(), "a hidden object takes no room")
}

func TestAParagraphFollowsTheSizeOfTheText(t *testing.T) {
	themed(t)
	p := NewParagraph(strings.Repeat("入退院支援加算1の届出病棟。", 6), Plain)
	standard := p.HeightFor(300)
	fyne.CurrentApp().Settings().SetTheme(NewTheme(Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, MaxTextSize))
	large := p.HeightFor(300)
	assert.Greater(t, large, standard*MaxTextSize/TextSize, "larger letters need more lines, too")
}

func TestConditions(t *testing.T) {
	themed(t)
	c := NewConditions([]Condition{
		{Mark: "○", Word: "満たす", Color: Good, Name: "届出病棟", Evidence: []Evidence{{Text: "3東病棟 2024-04-01〜"}, {Text: "二行目"}}, Source: "告示 注2"},
		{Mark: "×", Word: "不足", Color: Bad, Name: "会議への出席", Missing: "出席がありません", Source: "通知(3)イ"},
		{Mark: "－", Word: "判定外", Color: QuietInk, Name: "取り決め", Source: "通知(3)ウ", Quiet: true},
	})
	assert.Greater(t, c.HeightFor(360), c.HeightFor(1200))
	c.Resize(fyne.NewSize(600, c.HeightFor(600)))
	test.NewTempWindow(t, c).Resize(fyne.NewSize(600, c.HeightFor(600)))
	for i, row := range c.rows {
		if i > 0 {
			assert.GreaterOrEqual(t, row.name.Position().Y, c.rows[i-1].rule.Position().Y, "rows do not overlap")
		}
		for _, e := range row.evidence {
			assert.LessOrEqual(t, row.name.Position().X+row.name.Size().Width, e.Position().X, "columns do not overlap")
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 11500: "11,500", 1234567: "1,234,567", -2500: "-2,500"} {
		assert.Equal(t, want, Thousands(n))
	}
}
