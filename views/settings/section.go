package settings

import (
	"fyne.io/fyne/v2"

	"renkei/views/page"
	"renkei/views/ui"
)

// recordSection is a section of records: under a sentence on what it is for and
// a line of buttons, a page.Records whose rows the page hands on.
type recordSection[T any] struct {
	page.Records[T]
	p       *Page
	about   string
	buttons []*ui.Button
	rows    func() []T
	// notes are said under about; nil for none.
	notes func() []fyne.CanvasObject

	head    *ui.Flow
	content *ui.Arranged
}

// Build makes the section's content.
func (s *recordSection[T]) Build() fyne.CanvasObject {
	bar := page.NewButtonLine(ui.FieldHeight+ui.GapField, s.BackToList, s.buttons...)
	s.Shell, s.Desk, s.Share, s.Follow = s.p.Shell, s.p.desk, 0.56, s.openForm
	s.Empty = page.Empty{Title: s.Sheet + "がまだ登録されていません", Text: s.Nothing}
	s.Editing = func() {
		// The list is not in sight while a form stands in its place, so neither
		// are its buttons.
		ui.SetVisible(bar, s.Editor() == nil || !s.Split.Narrow())
		s.content.Refresh()
	}
	s.head = ui.NewFlow(ui.GapCell, 0, ui.NewParagraph(s.about, ui.Quiet))
	s.content = ui.NewAbove(s.head, s.BuildRecords(bar))
	s.List.OnEscape = s.p.backToSections
	return s.content
}

func (s *recordSection[T]) received() {
	if s.notes != nil {
		s.head.Set(append([]fyne.CanvasObject{ui.NewParagraph(s.about, ui.Quiet)}, s.notes()...)...)
		s.content.Refresh()
	}
	s.Answer(func() { s.ShowRows(s.rows()) })
}

// openForm opens the form of the record a target leads to, which here is all
// that can be done with one, and reports whether there is such a record.
func (s *recordSection[T]) openForm(t page.Target) bool {
	if !s.ShowKey(t.Key) {
		return false
	}
	row, _ := s.Selected()
	s.Enter(row)
	s.FocusOn(t.Field)
	return true
}

// withSelected does something with the selected row in the place of an open
// form.
func (s *recordSection[T]) withSelected(do func(T)) func() {
	return func() {
		s.Instead(func() {
			if row, ok := s.Selected(); ok {
				do(row)
			}
		})
	}
}

// The part of the height a form has over what saving it changes, and that of a
// form of one field.
const (
	formShare  = 0.5
	shortShare = 0.36
)
