package settings

import (
	"fmt"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
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
	first *ui.Button // of those that decide on the new default
}

func newParams(p *Page) *params {
	s := &params{table: &table[ParamRow]{
		p: p, name: "判定基準", key: "settings.params",
		about: "告示・通知が定めていないところを、病院としてどう扱うかの基準です。既定は指導料2を算定しすぎない側にしてあります。変える前に、判定がどう変わるかを見られます。",
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

// shortShare is formShare for a form of one field.
const shortShare = 0.36

// openEditor opens the form of a parameter.
func (s *params) openEditor(r ParamRow) {
	d := r.Definition
	field := fieldOf(d, r.Value)
	o := s.newForm(d.Label+"を変える", "param."+d.Name, true, func() entry {
		setting, problems := s.settingOf(d, field.Value())
		return entry{"判定基準「" + d.Label + "」の変更", func() string { return d.Name }, problems, []app.Step{app.Put(setting)}}
	})
	hint := "既定は「" + r.Default + "」です。"
	if d.Kind == fee.KindNumber {
		hint += fmt.Sprintf("%d〜%d の数で入力します。", d.Min, d.Max)
	}
	o.form.Add(ui.FormRow{Label: "新しい値", Name: d.Name, Required: d.Kind != fee.KindCode && d.Kind != fee.KindText, Field: field, Hint: hint})
	notes := []fyne.CanvasObject{ui.NewParagraph(d.Words, ui.Plain)}
	if slices.Contains(monitorOnly, d.Name) {
		notes = append(notes, ui.NewParagraph("この基準は、1件ごとの判定ではなく、入退院支援加算1などの実績の集計に使います。", ui.Plain))
	}
	s.showForm(o, shortShare, notes...)
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
