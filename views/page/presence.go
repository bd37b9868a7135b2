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
	// line says who, none that nobody has any more: the fields below do not move.
	line, none *ui.Paragraph
	both       *ui.Flow
	leave      func() // nil while it is closed
}

// NewPresence returns what says so of a record; of none for the zero one. refit is
// called when the line comes.
func NewPresence(s Shell, of app.RecordRef, refit func()) *Presence {
	p := &Presence{shell: s, of: of, refit: refit, line: ui.NewParagraph("", ui.Style{Bold: true, Color: ui.Warn}),
		none: ui.NewParagraph("ほかに開いている人はいなくなりました", ui.Quiet)}
	p.line.Hide()
	p.none.Hide()
	p.both = ui.NewFlow(0, 0, p.line, p.none)
	p.both.Hide()
	return p
}

// Object is the line.
func (p *Presence) Object() fyne.CanvasObject { return p.both }

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
	ui.SetVisible(p.none, text == "")
	ui.SetVisible(p.both, true)
	p.refit()
}
