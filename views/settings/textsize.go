package settings

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/views/ui"
)

// textSize is the section 文字の大きさ.
type textSize struct {
	p              *Page
	size           TextSize
	box            *ui.Select
	smaller, large *ui.Button
	page           *ui.Detail
}

func newTextSize(p *Page, size TextSize) *textSize { return &textSize{p: p, size: size} }

func (s *textSize) Build() fyne.CanvasObject {
	s.box = ui.NewSelect(func(value string) { s.set(sizeOf(value)) })
	s.smaller = ui.NewIconButton("小さく", theme.ContentRemoveIcon(), func() { s.set(s.size.Get() - 1) })
	s.large = ui.NewIconButton("大きく", theme.ContentAddIcon(), func() { s.set(s.size.Get() + 1) })
	for _, b := range []*ui.Button{s.smaller, s.large} {
		b.OnEscape = s.p.backToSections
	}
	s.page = ui.NewDetail()
	s.page.LimitTo(720)
	s.show()
	return s.page
}

// show draws the section anew, for every part follows the size.
func (s *textSize) show() {
	var choices []ui.Choice
	for n := ui.MinTextSize; n <= ui.MaxTextSize; n++ {
		label := strconv.Itoa(n)
		if n == ui.TextSize {
			label += "（標準）"
		}
		choices = append(choices, ui.Choice{Value: strconv.Itoa(n), Label: label})
	}
	s.box.SetChoices(choices, strconv.Itoa(int(s.size.Get())))
	s.smaller.SetEnabled(s.size.Get() > ui.MinTextSize)
	s.large.SetEnabled(s.size.Get() < ui.MaxTextSize)
	s.page.Set(
		ui.NewParagraph("文字の大きさ", ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph("選ぶとすぐに、すべての画面の文字と行の高さが変わります。このパソコンのこの利用者だけの設定です。", ui.Quiet),
		ui.NewBar(ui.FieldHeight, ui.Fixed(s.smaller, 0), ui.Fixed(ui.Framed(s.box), 136), ui.Fixed(s.large, 0), ui.Spring()),
		ui.NewRule(),
		ui.NewParagraph("見本　髙橋 花子　タカハシ ハナコ　0000012345", ui.Strong),
		ui.NewParagraph("2026-10-08（木）　対面　さくら居宅介護支援事業所　佐藤 実　指導料2　500点", ui.Plain))
}

func (s *textSize) set(size float32) {
	size = min(max(size, ui.MinTextSize), ui.MaxTextSize)
	if size == s.size.Get() {
		return
	}
	s.size.Set(size)
	s.show()
}

func (s *textSize) received() {}
func (s *textSize) Find()     { s.p.Shell.Canvas().Focus(s.large) }

// sizeOf reads a choice; every one is a number.
func sizeOf(value string) float32 {
	n, err := strconv.Atoi(value)
	if err != nil {
		return ui.TextSize
	}
	return float32(n)
}
