package settings

import (
	"context"
	"fmt"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// ParamRow is one 判定基準 with its present value.
type ParamRow struct {
	Definition *fee.Definition
	Place      int
	Value      string // as the ledger book writes it
	Shown      string // in words
	Default    string // in words
	Changed    bool   // differs from the default
}

// hospitalFacts are the parameters of the section 病院情報.
var hospitalFacts = []string{"hospital_name", "hospital_code", "patient_id_digits", "code_fee1", "code_fee2", "code_legacy"}

// monitorOnly are the parameters that the judgement of a session does not ask:
// they decide the figures of 入退院支援加算1 and 包括期充実体制加算.
var monitorOnly = []string{"a246_period", "guidance_counts_as_menkai", "chiiki_care_exempt", "has_chiiki_care_room", "a307_consult_count", "kyodo2_count_3m"}

// ParamRows lists the parameters of the judgement with their values.
func ParamRows(params fee.Params) []ParamRow {
	var rows []ParamRow
	for i := range fee.Definitions {
		d := &fee.Definitions[i]
		if slices.Contains(hospitalFacts, d.Name) {
			continue
		}
		value := d.Get(&params)
		rows = append(rows, ParamRow{Definition: d, Place: i, Value: value, Shown: valueWords(d, value),
			Default: valueWords(d, d.Default), Changed: value != d.Default})
	}
	return rows
}

// valueWords is a value in words: the label of an option, a number as it is.
func valueWords(d *fee.Definition, value string) string {
	for _, o := range d.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// params is the section 判定基準.
type params struct {
	*table[ParamRow]
	loads  page.Latest
	month  *ui.Select
	words  *ui.Paragraph
	result *ui.Register[WhatIfRow]
	first  *ui.Button // of those that decide on the new default
}

func newParams(p *Page) *params {
	s := &params{table: &table[ParamRow]{
		p: p, name: "判定基準", key: "settings.params",
		about: "告示・通知が定めていないところを、病院としてどう扱うかの基準です。既定は指導料2を算定しすぎない側にしてあります。変える前に、その月の判定がどう変わるかを見られます。",
		of:    func(r ParamRow) string { return r.Definition.Name },
	}}
	s.columns = []ui.Column[ParamRow]{
		{ID: "place", Title: "基準", Width: 236, Grow: 1, Text: func(r ParamRow) string { return r.Definition.Label },
			Less: func(a, b ParamRow) bool { return a.Place < b.Place }},
		{ID: "value", Title: "いまの値", Width: 116, Text: func(r ParamRow) string { return r.Shown }, Color: func(r ParamRow) color.Color {
			if r.Changed {
				return ui.Accent
			}
			return ui.Ink
		}},
		{ID: "default", Title: "既定", Width: 116, Text: func(r ParamRow) string { return r.Default }, Color: func(ParamRow) color.Color { return ui.QuietInk }},
		{ID: "words", Title: "決まりと扱い", Width: 120, Grow: 2, Text: func(r ParamRow) string { return r.Definition.Words }},
	}
	s.rows = func() []ParamRow { return ParamRows(p.judged.Facts.Params) }
	s.describe, s.edit, s.notes = s.panel, s.openEditor, s.state
	s.buttons = []*ui.Button{ui.NewIconButton("変える", theme.DocumentCreateIcon(), s.withSelected(s.edit))}
	return s
}

func (s *params) panel(r ParamRow) []fyne.CanvasObject {
	objects := []fyne.CanvasObject{ui.NewParagraph(r.Definition.Label, ui.Style{Bold: true, Size: ui.SubHeadingSize})}
	if r.Definition.Name == policyKey && len(s.p.changed) > 0 {
		objects = append(objects, s.undecided()...)
	}
	return append(objects,
		ui.NewParagraph(r.Definition.Words, ui.Plain),
		facts("いまの値", r.Shown, "既定", r.Default),
		ui.NewParagraph("「変える」（Enter）で、保存する前に判定の変わり方を見られます。", ui.Quiet))
}

// fieldOf returns a field for the values a parameter takes.
func fieldOf(d *fee.Definition, value string) ui.Field {
	var f ui.Field
	switch d.Kind {
	case fee.KindNumber:
		f = ui.NewNumberField(d.Min, d.Max)
	case fee.KindBool, fee.KindChoice:
		choices := make([]ui.Choice, len(d.Options))
		for i, o := range d.Options {
			choices[i] = ui.Choice{Value: o.Value, Label: o.Label}
		}
		f = ui.NewChoiceField(choices...)
	default:
		f = ui.NewTextField("")
	}
	f.SetValue(value)
	return f
}

// openEditor opens the form of a parameter with what it would change below.
func (s *params) openEditor(r ParamRow) {
	d := r.Definition
	field := fieldOf(d, r.Value)
	o := s.newForm(d.Label+"を変える", "param."+d.Name, true, func(o *openForm) {
		setting, problems := s.settingOf(d, field.Value())
		s.store(o, "判定基準「"+d.Label+"」の変更", func() string { return d.Name }, problems, app.Put(setting))
	})
	look := func() { s.look(o, d, field) }
	field.OnChange(look)
	o.form.OnFilled = look
	hint := "既定は「" + r.Default + "」です。"
	if d.Kind == fee.KindNumber {
		hint += fmt.Sprintf("%d〜%d の数で入力します。", d.Min, d.Max)
	}
	o.form.Add(ui.FormRow{Label: "新しい値", Name: d.Name, Required: d.Kind != fee.KindCode && d.Kind != fee.KindText, Field: field, Hint: hint})
	s.words = ui.NewParagraph("", ui.Strong)
	s.result = page.NewList(s.p.shell, "判定が変わる共同指導", whatIfColumns, func(r WhatIfRow) string { return r.Number }, ui.RegisterState{}, nil)
	s.result.OnEscape = o.form.Escape
	s.result.OnOpened = func(r WhatIfRow) { s.p.shell.GoTo("claims", r.Number) }
	s.result.SetEmpty("変わる共同指導はありません", "値を変えると、保存する前に、ここへその月の判定の変わり方が出ます。")
	s.month = ui.NewSelect(func(string) { look() })
	s.month.SetChoices(s.monthChoices(), s.month.Value())
	below := ui.NewAbove(ui.NewFlow(ui.GapCell, 0,
		ui.NewBar(ui.FieldHeight, ui.Fixed(ui.NewCaption("保存すると変わる判定", ui.Strong), 0), ui.Fixed(ui.Framed(s.month), 136), ui.Spring()),
		s.words), s.result)
	s.showForm(o, container.New(formAbove{}, o.form.Object(), below), ui.NewParagraph(d.Words, ui.Plain))
	look()
}

// monthChoices offers the months that have sessions, newest first.
func (s *params) monthChoices() []ui.Choice {
	var choices []ui.Choice
	for _, m := range s.p.months {
		choices = append(choices, ui.Choice{Value: m.String(), Label: words.Month(m)})
	}
	return choices
}

// settingOf returns the row of 設定 that holds a value, or why it cannot be
// taken.
func (s *params) settingOf(d *fee.Definition, value string) (models.Setting, models.Problems) {
	return settingOf(s.p.judged.Facts.Book.Settings, d, value)
}

func settingOf(settings []models.Setting, d *fee.Definition, value string) (models.Setting, models.Problems) {
	setting := models.Setting{Key: d.Name}
	for _, old := range settings {
		if old.Key == d.Name {
			setting = old
		}
	}
	setting.Value = value
	scratch := fee.DefaultParams()
	if value != "" {
		if err := d.Set(&scratch, value); err != nil {
			return setting, models.Problems{{Field: d.Name, Message: models.ErrorMessage(err)}}
		}
	}
	return setting, nil
}

// look shows what the value as it stands would change, a moment after the last
// change.
func (s *params) look(o *openForm, d *fee.Definition, field ui.Field) {
	newest := s.loads.Next()
	s.p.shell.After(ui.SearchDelay, func() {
		if newest() && s.open == o {
			s.ask(newest, o, d, field)
		}
	})
}

func (s *params) ask(newest func() bool, o *openForm, d *fee.Definition, field ui.Field) {
	var month models.Month
	if err := month.Scan(s.month.Value()); err != nil || month.IsZero() {
		s.tell("共同指導の記録がまだないため、変わる判定はありません", nil)
		return
	}
	value := field.Value()
	switch {
	case field.Fault() != "" || field.Blank():
		s.tell("新しい値を入力すると、判定の変わり方が出ます", nil)
		return
	case slices.Contains(monitorOnly, d.Name):
		s.tell("この基準は、1件ごとの判定ではなく、入退院支援加算1などの実績の集計に使います", nil)
		return
	}
	var w app.WhatIf
	s.p.shell.Do(func(ctx context.Context) (err error) {
		w, err = s.p.desk.WhatIf(ctx, month, map[string]string{d.Name: value})
		return err
	}, func(err error) {
		switch {
		case !newest() || s.open != o:
		case err != nil:
			s.tell(models.ErrorMessage(err), nil)
		default:
			s.tell(WhatIfWords(w), WhatIfRows(w))
		}
	})
}

func (s *params) tell(text string, rows []WhatIfRow) {
	s.words.SetText(text)
	s.result.SetRows(rows)
	s.right.Refresh()
}

// formAbove gives a short form the height of its rows and the rest to what is
// below.
type formAbove struct{}

// shortForm is the height of a form of one field with its hint and buttons.
const shortForm = 168

// MinSize is called by the toolkit.
func (formAbove) MinSize(objects []fyne.CanvasObject) fyne.Size {
	below := objects[1].MinSize()
	return fyne.NewSize(max(objects[0].MinSize().Width, below.Width), ui.Scaled(shortForm)+ui.GapField+below.Height)
}

// Layout is called by the toolkit. A list of choices that is open, or a
// message, scrolls within the form until there is room for it.
func (formAbove) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := min(ui.Scaled(shortForm), size.Height/2)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, top))
	objects[1].Move(fyne.NewPos(0, top+ui.GapField))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-top-ui.GapField)))
}
