package ui

import (
	"cmp"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/models"
)

// blankMessage is what a required field that is blank says, in the words of
// the models.
const blankMessage = "空欄です。入力してください"

// fault says why the row cannot be saved as it stands.
func (r *formRow) fault() string {
	if fault := r.Field.Fault(); fault != "" {
		return fault
	}
	if r.Required && r.Field.Blank() {
		return blankMessage
	}
	return ""
}

// Faults returns what the fields themselves find wrong: texts that cannot be
// read and required fields that are blank, in the order of the rows.
func (f *Form) Faults() models.Problems {
	var all models.Problems
	for _, r := range f.rows {
		if fault := r.fault(); fault != "" {
			all = append(all, models.Problem{Field: r.name(), Message: fault})
		}
	}
	return all
}

// Show shows the problems and the form's own faults: all at the top, and each
// under its field. The first such field gets the keyboard. A field that cannot
// be read shows only that. Without problems the messages go away.
func (f *Form) Show(problems models.Problems) {
	f.clearMessages()
	var lines []*problemLine
	for _, p := range problems {
		if f.row(p.Field) == nil {
			lines = append(lines, newProblemLine(p.String(), nil))
		}
	}
	var first *formRow
	for _, r := range f.rows {
		for _, message := range r.findings(problems) {
			r.say(message)
			line := newProblemLine(r.title()+": "+message, func() { giveFocus(r.Field.FocusTarget()) })
			line.row = r
			lines = append(lines, line)
			if first == nil && r.enabled() {
				first = r
			}
		}
	}
	f.frame.setProblems(lines)
	f.relayout()
	if first != nil {
		giveFocus(first.Field.FocusTarget())
		f.reveal(first)
	}
}

// findings returns what is wrong with a row, each message once.
func (r *formRow) findings(problems models.Problems) []string {
	if fault := r.Field.Fault(); fault != "" {
		return []string{fault}
	}
	var found []string
	for _, p := range problems {
		if p.Field == r.name() {
			found = append(found, p.Message)
		}
	}
	if fault := r.fault(); fault != "" && len(found) == 0 {
		found = append(found, fault)
	}
	return found
}

func (f *Form) row(name string) *formRow {
	for _, r := range f.rows {
		if r.name() == name {
			return r
		}
	}
	return nil
}

func (f *Form) clearMessages() {
	for _, r := range f.rows {
		r.message.SetText("")
		r.touched = false
	}
	f.frame.setProblems(nil)
}

// checkOnLeaving shows at once what cannot be read. It removes a message after
// the user changed the field. A blank field is a fault only when saving.
func (f *Form) checkOnLeaving(r *formRow) {
	fault := r.Field.Fault()
	if fault == "" && !r.touched || fault == r.message.Text() {
		return
	}
	r.touched = false
	r.message.SetText(fault)
	f.frame.settled(r, fault)
	f.relayout()
}

// say puts a message under the field, below one that is there already.
func (r *formRow) say(message string) {
	if before := r.message.Text(); before != "" {
		message = before + "\n" + message
	}
	r.message.SetText(message)
}

// Label is the word that stands at the field of a name; the name itself where there
// is none.
func (f *Form) Label(name string) string {
	if r := f.row(name); r != nil {
		return r.title()
	}
	return name
}

// title is how the row is called in the list at the top.
func (r *formRow) title() string { return cmp.Or(r.Label, r.name()) }

// problemLine is a line of the list at the top; a tap goes to its field.
type problemLine struct {
	Paragraph
	row    *formRow
	tapped func()
}

var _ fyne.Tappable = (*problemLine)(nil)

func newProblemLine(text string, tapped func()) *problemLine {
	l := &problemLine{tapped: tapped}
	l.text, l.style = "・"+text, Style{Color: Bad}
	l.Arrange(l, l.place)
	return l
}

// Tapped is called by the toolkit.
func (l *problemLine) Tapped(*fyne.PointEvent) { call(l.tapped) }

// Cursor is the pointer over the line.
func (l *problemLine) Cursor() desktop.Cursor {
	if l.tapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// problemLines is how many lines the list at the top shows before it says how
// many more there are.
const problemLines = 4

// problemBlocks returns the list: how many, and the first of them.
func problemBlocks(notDone string, lines []*problemLine) []fyne.CanvasObject {
	title := fmt.Sprintf("%s。%dか所を直してください", cmp.Or(notDone, "保存していません"), len(lines))
	blocks := []fyne.CanvasObject{NewParagraph(title, Style{Bold: true, Color: Bad})}
	for i, l := range lines {
		if i == problemLines && len(lines) > problemLines+1 {
			return append(blocks, NewParagraph(fmt.Sprintf("ほか%d件", len(lines)-i), Style{Color: Bad}))
		}
		blocks = append(blocks, l)
	}
	return blocks
}

// Field returns the field of a name, nil when the form has none.
func (f *Form) Field(name string) Field {
	if r := f.row(name); r != nil {
		return r.Field
	}
	return nil
}
