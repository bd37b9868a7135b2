package settings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/form"
	"renkei/views/page"
)

// hospital is the section 病院情報: one form of the hospital's own facts.
type hospital struct {
	p *Page
	*page.Form
	facts []*fact
}

// fact is a parameter with the value its field holds.
type fact struct {
	*fee.Definition
	value string
}

func newHospital(p *Page) *hospital {
	s := &hospital{p: p}
	for i := range fee.Definitions {
		if d := &fee.Definitions[i]; slices.Contains(hospitalFacts, d.Name) {
			s.facts = append(s.facts, &fact{Definition: d})
		}
	}
	return s
}

// Build makes the form.
func (s *hospital) Build() fyne.CanvasObject {
	s.Form = page.NewStandingForm(s.p.Shell, s.p.desk, page.FormOptions{
		Title: "病院情報の入力", Draft: "settings.hospital", Recorded: true, Entry: s.entry,
	}, s.p.backToSections)
	rows := []form.Row{form.Section("病院")}
	for _, f := range s.facts {
		field := valueField(f.Definition, &f.value).Label(strings.TrimSuffix(f.Label, "の診療行為コード")).Hint(f.Words)
		if f.Kind == fee.KindCode {
			field.Width(160)
		}
		if f.Name == "code_fee1" {
			rows = append(rows, form.Section("診療行為コード"))
		}
		rows = append(rows, field)
	}
	page.Bind(s.Form, &s.facts, rows...)
	return s.Form.Form.Object()
}

// received fills the form, unless something is being typed.
func (s *hospital) received() {
	if s.Dirty() {
		return
	}
	params := s.p.judged.Facts.Params
	for _, f := range s.facts {
		f.value = f.Get(&params)
	}
	s.Refill()
	s.Clean()
	s.Restore() // puts a draft back, though the user has not entered the form
}

// Find gives the keyboard to the first field.
func (s *hospital) Find() { s.Focus() }

// The facts that are checked against more than their definition.
const (
	codeKey   = "hospital_code"
	digitsKey = "patient_id_digits"
)

// wrong says why a value cannot be saved though its definition allows it: there
// is no such 医療機関コード, or recorded IDs are longer than the number of digits.
func (s *hospital) wrong(name, value string) models.Problems {
	switch name {
	case codeKey:
		if _, problem := models.HospitalCode(value); problem != "" {
			return models.Problems{{Field: name, Message: problem}}
		}
	case digitsKey:
		longest := s.p.longest
		if n, err := strconv.Atoi(value); err == nil && n < len(longest) {
			return models.Problems{{Field: name, Message: fmt.Sprintf("登録のある患者ID『%s』は%d桁です。%d桁にすると、入力したIDがこの登録と合わなくなります。%d以上にしてください",
				longest, len(longest), n, len(longest))}}
		}
	}
	return nil
}

// entry is what saving the facts that changed does.
func (s *hospital) entry() page.Entry {
	e := page.Entry{What: "病院情報の変更"}
	judged := s.p.judged.Facts
	for _, f := range s.facts {
		value := f.value
		if f.Name == codeKey {
			value, _ = models.HospitalCode(value)
		}
		if value == f.Get(&judged.Params) {
			continue
		}
		setting, problems := settingOf(judged.Book.Settings, f.Definition, value)
		e.Problems = append(append(e.Problems, problems...), s.wrong(f.Name, value)...)
		e.Steps = append(e.Steps, app.Put(setting))
	}
	return e
}
