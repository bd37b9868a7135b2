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
	"renkei/views/effect"
	"renkei/views/form"
	"renkei/views/page"
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
	recordSection[ParamRow]
	first *ui.Button // of those that decide on the new default
}

func newParams(p *Page) *params {
	s := &params{}
	s.recordSection = recordSection[ParamRow]{
		p:     p,
		about: "告示・通知が定めていないところを、病院としてどう扱うかの基準です。既定は指導料2を算定しすぎない側にしてあります。変える前に、判定がどう変わるかを見られます。",
		rows:  func() []ParamRow { return ParamRows(p.judged.Facts.Params) },
		notes: s.state,
		Records: page.Records[ParamRow]{
			Sheet: "設定", Remember: "settings.params", ListName: "判定基準",
			Columns: paramColumns(), Key: func(r ParamRow) string { return r.Definition.Name }, Describe: s.describe, Enter: s.edit,
		},
		buttons: []*ui.Button{ui.NewIconButton("変える", theme.DocumentCreateIcon(), s.withSelected(s.edit))},
	}
	return s
}

func paramColumns() []ui.Column[ParamRow] {
	return []ui.Column[ParamRow]{
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
}

func (s *params) describe(r ParamRow) []fyne.CanvasObject {
	objects := []fyne.CanvasObject{ui.NewParagraph(r.Definition.Label, ui.Style{Bold: true, Size: ui.SubHeadingSize})}
	if r.Definition.Name == policyKey && len(s.p.changed) > 0 {
		objects = append(objects, s.undecided()...)
	}
	return append(objects,
		ui.NewParagraph(r.Definition.Words, ui.Plain),
		facts("いまの値", r.Shown, "既定", r.Default),
		ui.NewParagraph("「変える」（Enter）で、保存する前に判定の変わり方を見られます。", ui.Quiet))
}

func (s *params) edit(r ParamRow) {
	s.Begin(func() page.Editor { return s.form(r) })
}

func (s *params) form(r ParamRow) *page.Form {
	d := r.Definition
	f := s.NewForm(page.FormOptions{
		Title: d.Label + "を変える", Draft: "settings.param." + d.Name, Recorded: true,
		Entry: func() page.Entry {
			setting, problems := settingOf(s.p.judged.Facts.Book.Settings, d, r.Value)
			return page.Entry{What: "判定基準「" + d.Label + "」の変更", Key: func() string { return d.Name }, Problems: problems, Steps: []app.Step{app.Put(setting)}}
		},
	})
	f.Above(ui.NewParagraph(d.Words, ui.Plain))
	if slices.Contains(monitorOnly, d.Name) {
		f.Above(ui.NewParagraph("この基準は、1件ごとの判定ではなく、入退院支援加算1などの実績の集計に使います。", ui.Plain))
	}
	hint := "既定は「" + r.Default + "」です。"
	if d.Kind == fee.KindNumber {
		hint += fmt.Sprintf("%d〜%d の数で入力します。", d.Min, d.Max)
	}
	page.Bind(f, &r, valueField(d, &r.Value).Label("新しい値").Hint(hint))
	effect.Under(f, shortShare)
	return f
}

// valueField is a field for a value of a parameter, as the ledger book writes
// it. Only a text may be blank.
func valueField(d *fee.Definition, value *string) *form.Field[ui.Field] {
	switch d.Kind {
	case fee.KindNumber:
		return form.Value[ui.Field](value, d.Name, ui.NewNumberField(d.Min, d.Max)).Required()
	case fee.KindBool, fee.KindChoice:
		choices := make([]ui.Choice, len(d.Options))
		for i, o := range d.Options {
			choices[i] = ui.Choice{Value: o.Value, Label: o.Label}
		}
		return form.Value[ui.Field](value, d.Name, ui.NewChoiceField(choices...)).Required()
	}
	return form.Value[ui.Field](value, d.Name, ui.NewTextField(""))
}

// settingOf returns the row of 設定 that holds a value of a parameter, or why it
// cannot be taken.
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
