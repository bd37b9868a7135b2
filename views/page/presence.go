package page

import (
	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/views/ui"
	"renkei/views/words"
)

// Presented is an Editor that tells the others while it is open.
type Presented interface {
	// Opened is called when it is put into sight, Closed when it is taken away. It may
	// come again.
	Opened()
	Closed()
}

// Presence says who else has a record open.
type Presence struct {
	shell Shell
	of    app.RecordRef
	refit func()
	line  *ui.Paragraph
	leave func() // nil while it is closed
}

// NewPresence returns what says so of a record; of none for the zero one. refit is
// called when the line comes or goes.
func NewPresence(s Shell, of app.RecordRef, refit func()) *Presence {
	p := &Presence{shell: s, of: of, refit: refit, line: ui.NewParagraph("", ui.Style{Bold: true, Color: ui.Warn})}
	p.line.Hide()
	return p
}

// Object is the line.
func (p *Presence) Object() fyne.CanvasObject { return p.line }

// Opened tells the others that the record is open.
func (p *Presence) Opened() {
	if p.of != (app.RecordRef{}) && p.leave == nil {
		p.leave = p.shell.Present(p.of, p.show)
	}
}

// Closed tells them that it is not.
func (p *Presence) Closed() {
	if p.leave != nil {
		p.leave()
		p.leave = nil
	}
}

func (p *Presence) show(others []app.Presence) {
	text := words.AlsoOpen(others)
	if text == p.line.Text() {
		return
	}
	p.line.SetText(text)
	ui.SetVisible(p.line, text != "")
	p.refit()
}
