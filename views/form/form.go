// Package form binds the fields of a form to the fields of a record. A field is
// one line: form.Text(&a.Name). Its label, its name in problems and drafts and
// whether it is required come from the description of the record in package
// models (models/field.go). A new kind of field is a function here over a widget
// of views/ui. What a page does with a form is in views/page.
package form

import (
	"time"

	"renkei/models"
	"renkei/views/ui"
)

// Env is what fields need of the window.
type Env struct {
	Today func() models.Date
	After func(time.Duration, func())
}

// Row is a line of a form: a Field or a Section.
type Row interface {
	addTo(f *ui.Form, b *Binding)
}

// Binding connects the fields of a form with a record. Call Read and Fill on the
// window's goroutine.
type Binding struct {
	env      Env
	describe func(at any) (models.Field, bool)
	read     []func()
	fill     []func()
}

// Bind adds rows to a form, filled with what the record holds. The rows point
// to fields of the record.
func Bind[R any](f *ui.Form, env Env, record *R, rows ...Row) *Binding {
	b := &Binding{env: env, describe: func(at any) (models.Field, bool) { return models.Describe(record, at) }}
	for _, row := range rows {
		row.addTo(f, b)
	}
	return b
}

// Read puts what the fields hold into the record.
func (b *Binding) Read() {
	for _, read := range b.read {
		read()
	}
}

// Fill puts what the record holds into the fields, as the program does: nobody
// is told of a change.
func (b *Binding) Fill() {
	for _, fill := range b.fill {
		fill()
	}
}

// Section begins a part of the form with a title.
func Section(title string) Row { return section(title) }

type section string

func (s section) addTo(f *ui.Form, _ *Binding) { f.Section(string(s)) }

// Field is a field of a form bound to a field of a record. The methods that
// describe it return it, to be written in one line.
type Field[F ui.Field] struct {
	// Field is the field itself.
	Field F

	row  ui.FormRow
	at   any
	env  Env // of the form it was added to
	need *bool
	fill func()
	read func()
}

// field returns a field bound to a field of a record.
func field[F ui.Field](at any, f F, fill, read func()) *Field[F] {
	return &Field[F]{Field: f, at: at, fill: fill, read: read}
}

// Label sets the label where it differs from the field's name.
func (f *Field[F]) Label(label string) *Field[F] { f.row.Label = label; return f }

// Named sets the field's name in problems and drafts, where a form has the same
// field of several records.
func (f *Field[F]) Named(name string) *Field[F] { f.row.Name = name; return f }

// Hint sets the words below the field.
func (f *Field[F]) Hint(hint string) *Field[F] { f.row.Hint = hint; return f }

// Width sets the width at the standard text size. Without it a field is as wide
// as suits its kind.
func (f *Field[F]) Width(width float32) *Field[F] { f.row.Width = width; return f }

// SameLine puts the field behind the one before, where there is room.
func (f *Field[F]) SameLine() *Field[F] { f.row.SameLine = true; return f }

// Required marks a field that must be filled in here, though the record may go
// without it.
func (f *Field[F]) Required() *Field[F] { f.need = new(bool); *f.need = true; return f }

// Optional marks a field that may be left blank here, since the program fills it
// in.
func (f *Field[F]) Optional() *Field[F] { f.need = new(bool); return f }

// OnChange adds a function called after each change by the user.
func (f *Field[F]) OnChange(changed func()) *Field[F] { f.Field.OnChange(changed); return f }

// Fixed closes the field for input when the condition holds.
func (f *Field[F]) Fixed(closed bool) *Field[F] { f.Field.SetEnabled(!closed); return f }

// Fill puts what the record holds into the field, as the program does.
func (f *Field[F]) Fill() { f.fill() }

func (f *Field[F]) addTo(form *ui.Form, b *Binding) {
	f.env = b.env
	if waits, ok := any(f.Field).(interface {
		SetAfter(func(time.Duration, func()))
	}); ok {
		waits.SetAfter(b.env.After)
	}
	if d, ok := b.describe(f.at); ok {
		if f.row.Name == "" {
			f.row.Name = d.Name
		}
		f.row.Required = d.Need == models.Required || d.Need == models.Key
		if f.row.Label == "" {
			f.row.Label = d.Name
		}
	}
	if f.need != nil {
		f.row.Required = *f.need
	}
	f.fill()
	f.row.Field = f.Field
	form.Add(f.row)
	b.fill, b.read = append(b.fill, f.fill), append(b.read, f.read)
}

// Text is a line of text; example stands in it while it is blank.
func Text(to *string, example string) *Field[*ui.TextField] {
	f := ui.NewTextField(example)
	return field(to, f, func() { f.SetText(*to) }, func() { *to = f.Text() })
}

// Memo is a text of so many lines.
func Memo(to *string, example string, lines int) *Field[*ui.MemoField] {
	f := ui.NewMemoField(example, lines)
	return field(to, f, func() { f.SetText(*to) }, func() { *to = f.Text() })
}

// ID is a 患者ID; digits is how many digits it has in this hospital.
func ID(to *string, digits func() int) *Field[*ui.IDField] {
	f := ui.NewIDField(digits)
	return field(to, f, func() { f.SetText(*to) }, func() { *to = f.Text() })
}

// Time is a time of day.
func Time(to *string) *Field[*ui.TimeField] {
	f := ui.NewTimeField()
	return field(to, f, func() { f.SetText(*to) }, func() { *to = f.Text() })
}

// Date is a day. A text that is no date is a fault of the field; the record gets
// 0.
func Date(to *models.Date) *Field[*ui.DateField] {
	bound := &Field[*ui.DateField]{at: to}
	bound.Field = ui.NewDateField(func() models.Date {
		if bound.env.Today == nil { // not on a form yet
			return 0
		}
		return bound.env.Today()
	})
	bound.fill = func() { bound.Field.SetDate(*to) }
	bound.read = func() { *to = bound.Field.Date() }
	return bound
}

// Number is a whole number from least to most; blank is 0.
func Number(to *int, least, most int) *Field[*ui.NumberField] {
	f := ui.NewNumberField(least, most)
	return field(to, f, func() {
		if *to != 0 {
			f.SetNumber(*to)
		}
	}, func() { *to, _ = f.Number() }) // what cannot be read is a fault of the field
}

// Mark is ○, × or not checked; yes and no are its words.
func Mark(to *models.Mark, yes, no string) *Field[*ui.MarkField] {
	f := ui.NewMarkField(yes, no)
	return field(to, f, func() { f.SetMark(*to) }, func() { *to = f.Mark() })
}

// Check is a box that is ticked or not, with its words behind it.
func Check(to *bool, words string) *Field[*ui.CheckField] {
	f := ui.NewCheckField(words)
	return field(to, f, func() { f.SetChecked(*to) }, func() { *to = f.Checked() })
}

// Choice is one of a fixed list, in its own words. A recorded value that is not
// in the list is offered too, so that saving changes nothing.
func Choice[T ~string](to *T, values []T) *Field[*ui.ChoiceField] {
	return ChoiceOf(to, ui.ChoicesOf(values)...)
}

// blank stands for "" in the choices of a field, which itself takes "" for nothing
// chosen.
const blank = "-"

// ChoiceOf is one of the choices. A choice with the value "" is shown and chosen
// like the others.
func ChoiceOf[T ~string](to *T, choices ...ui.Choice) *Field[*ui.ChoiceField] {
	offered, none, known := make([]ui.Choice, len(choices)), false, *to == ""
	for i, c := range choices {
		known = known || c.Value == string(*to)
		if c.Value == "" {
			c.Value, none = blank, true
		}
		offered[i] = c
	}
	if !known {
		offered = append(offered, ui.Choice{Value: string(*to), Label: string(*to)})
	}
	f := ui.NewChoiceField(offered...)
	return field(to, f, func() {
		if none && *to == "" {
			f.SetChoice(blank)
			return
		}
		f.SetChoice(string(*to))
	}, func() {
		*to = T(f.Choice())
		if f.Choice() == blank {
			*to = ""
		}
	})
}

// Value binds any field to its Value, for what no record describes. name is the
// field's in problems and drafts.
func Value[F ui.Field](to *string, name string, f F) *Field[F] {
	bound := field(to, f, func() { f.SetValue(*to) }, func() { *to = f.Value() })
	bound.row.Name = name
	return bound
}

// Finder finds what a picker offers, and shows what is picked already.
type Finder struct {
	// Hint stands in the field while it is blank.
	Hint string
	// Find returns what is offered for what was typed.
	Find func(query string, limit int) []ui.Pick
	// Pick returns how a code is shown; never called with "".
	Pick func(code string) ui.Pick
	// Code returns the code of a pick.
	Code func(ui.Pick) string
}

// Hinting returns the finder with another hint.
func (f Finder) Hinting(hint string) Finder { f.Hint = hint; return f }

// Picked is a code that is searched for by name.
func Picked(to *string, finder Finder) *Field[*ui.Picker] {
	f := ui.NewPicker(finder.Hint, finder.Find)
	return field(to, f, func() {
		f.Clear()
		if *to != "" {
			f.Pick(finder.Pick(*to))
		}
	}, func() {
		*to = ""
		if pick, ok := f.Picked(); ok {
			*to = finder.Code(pick)
		}
	})
}

// PickedAll is any number of codes that are searched for by name.
func PickedAll(to *[]string, finder Finder) *Field[*ui.MultiPicker] {
	f := ui.NewMultiPicker(finder.Hint, finder.Find)
	return field(to, f, func() {
		picks := make([]ui.Pick, len(*to))
		for i, code := range *to {
			picks[i] = finder.Pick(code)
		}
		f.SetPicks(picks)
	}, func() {
		*to = nil
		for _, pick := range f.Picks() {
			*to = append(*to, finder.Code(pick))
		}
	})
}
