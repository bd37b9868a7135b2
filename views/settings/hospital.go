package settings

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
)

// hospital is the section 病院情報: one form of the hospital's own facts.
type hospital struct {
	p      *Page
	form   *ui.Form
	fields map[string]ui.Field
}

func newHospital(p *Page) *hospital { return &hospital{p: p, fields: make(map[string]ui.Field)} }

func (s *hospital) build() fyne.CanvasObject {
	s.form = ui.NewForm(ui.FormOptions{Save: s.save, Cancel: s.p.backToSections, After: s.p.shell.After, Draft: s.p.shell.Draft("settings.hospital")})
	s.form.OnShortcut = s.p.shell.Shortcut
	s.form.Section("病院")
	for _, name := range hospitalFacts {
		d, ok := fee.DefinitionOf(name)
		if !ok {
			continue // every name is one of a parameter; a test checks it
		}
		if name == "code_fee1" {
			s.form.Section("診療行為コード")
		}
		field := fieldOf(d, "")
		s.fields[name] = field
		width := float32(0)
		if d.Kind == fee.KindCode {
			width = 160
		}
		s.form.Add(ui.FormRow{Label: d.Label, Name: d.Name, Field: field, Hint: d.Words, Width: width, Required: d.Kind == fee.KindNumber})
	}
	return s.form.Object()
}

// received fills the form, unless something is being typed.
func (s *hospital) received() {
	if s.form.Dirty() {
		return
	}
	params := s.p.judged.Facts.Params
	for name, field := range s.fields {
		if d, ok := fee.DefinitionOf(name); ok {
			field.SetValue(d.Get(&params))
		}
	}
	s.form.Clean()
}

func (s *hospital) enter() { s.form.FocusFirst() }

func (s *hospital) openForm() *openForm {
	if s.form == nil {
		return nil
	}
	return &openForm{form: s.form, title: "病院情報の入力"}
}

func (s *hospital) save() {
	var problems models.Problems
	var steps []app.Step
	params := s.p.judged.Facts.Params
	for _, name := range hospitalFacts {
		d, _ := fee.DefinitionOf(name)
		value := s.fields[name].Value()
		if value == d.Get(&params) {
			continue
		}
		setting, wrong := settingOf(s.p.judged.Facts.Book.Settings, d, value)
		problems = append(problems, wrong...)
		steps = append(steps, app.Put(setting))
	}
	s.form.Show(problems)
	if len(problems) > 0 || len(s.form.Faults()) > 0 {
		return
	}
	if len(steps) == 0 {
		s.p.shell.Say(ui.Done, "変わったところはありません")
		return
	}
	page.Save(s.p.shell, s.p.desk, "病院情報の変更", func(err error) {
		if err == nil {
			s.form.Clean()
		}
	}, steps...)
}

// textSize is the section 文字の大きさ.
type textSize struct {
	p              *Page
	size           TextSize
	box            *ui.Select
	smaller, large *ui.Button
	page           *ui.Page
}

func newTextSize(p *Page, size TextSize) *textSize { return &textSize{p: p, size: size} }

func (s *textSize) build() fyne.CanvasObject {
	s.box = ui.NewSelect(func(value string) { s.set(sizeOf(value)) })
	s.smaller = ui.NewIconButton("小さく", theme.ContentRemoveIcon(), func() { s.set(s.size.Get() - 1) })
	s.large = ui.NewIconButton("大きく", theme.ContentAddIcon(), func() { s.set(s.size.Get() + 1) })
	for _, b := range []*ui.Button{s.smaller, s.large} {
		b.OnEscape = s.p.backToSections
	}
	s.page = ui.NewPage()
	s.page.LimitTo(720)
	s.show()
	return s.page
}

// show draws the section anew, for every part follows the size.
func (s *textSize) show() {
	var choices []ui.Choice
	for n := ui.MinTextSize; n <= ui.MaxTextSize; n++ {
		label := number(n)
		if n == ui.TextSize {
			label += "（標準）"
		}
		choices = append(choices, ui.Choice{Value: number(n), Label: label})
	}
	s.box.SetChoices(choices, number(int(s.size.Get())))
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
func (s *textSize) enter()    { s.p.shell.Canvas().Focus(s.large) }

// sizeOf reads a choice; every one is a number.
func sizeOf(value string) float32 {
	n, err := strconv.Atoi(value)
	if err != nil {
		return ui.TextSize
	}
	return float32(n)
}
