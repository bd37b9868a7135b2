package settings

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

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
	s.form = page.NewForm(s.p.shell, "settings.hospital", ui.FormOptions{Save: s.save, Cancel: s.p.backToSections, Recorded: true})
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
		s.form.Add(ui.FormRow{Label: strings.TrimSuffix(d.Label, "の診療行為コード"), Name: d.Name, Field: field, Hint: d.Words, Width: width, Required: d.Kind == fee.KindNumber})
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
	s.form.Restore() // the form is in sight without having been entered
}

func (s *hospital) enter() { s.form.FocusFirst() }

func (s *hospital) openForm() *openForm {
	if s.form == nil {
		return nil
	}
	return &openForm{form: s.form, title: "病院情報の入力"}
}

// The facts that are checked against more than their definition.
const (
	codeKey   = "hospital_code"
	digitsKey = "patient_id_digits"
)

// wrong says why a fact cannot be taken though its definition would: no such
// 医療機関コード, or IDs that are longer than the digits they are filled up to.
func (s *hospital) wrong(name, value string) models.Problems {
	switch name {
	case codeKey:
		if _, problem := models.HospitalCode(value); problem != "" {
			return models.Problems{{Field: name, Message: problem}}
		}
	case digitsKey:
		longest := s.p.judged.Facts.Book.LongestID()
		if n, err := strconv.Atoi(value); err == nil && n < len(longest) {
			return models.Problems{{Field: name, Message: fmt.Sprintf("登録のある患者ID『%s』は%d桁です。%d桁にすると、入力したIDがこの登録と合わなくなります。%d以上にしてください",
				longest, len(longest), n, len(longest))}}
		}
	}
	return nil
}

func (s *hospital) save() {
	var problems models.Problems
	var steps []app.Step
	params := s.p.judged.Facts.Params
	for _, name := range hospitalFacts {
		d, _ := fee.DefinitionOf(name)
		value := s.fields[name].Value()
		if name == codeKey {
			value, _ = models.HospitalCode(value)
		}
		if value == d.Get(&params) {
			continue
		}
		setting, wrong := settingOf(s.p.judged.Facts.Book.Settings, d, value)
		problems = append(append(problems, wrong...), s.wrong(name, value)...)
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
