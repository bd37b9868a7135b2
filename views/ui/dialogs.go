package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Message is an error in words: what happened, what to do, and the details
// that help the person who is asked for help.
type Message struct {
	Title   string
	What    string
	Todo    string // "" when What says it already
	Details string // for copying; "" hides the button
}

// Text returns the whole message for the clipboard.
func (m Message) Text() string {
	text := m.Title + "\n" + m.What
	if m.Todo != "" {
		text += "\n" + m.Todo
	}
	if m.Details != "" {
		text += "\n\n" + m.Details
	}
	return text
}

// Dialog is a panel over the window. Escape closes it, Enter presses the
// button that has the focus.
type Dialog struct {
	popup  *widget.PopUp
	canvas fyne.Canvas
	before fyne.Focusable
	// OnRefused is called when a question is closed without doing it.
	OnRefused func()
}

// ShowError shows a message over the window until it is closed.
func ShowError(c fyne.Canvas, m Message) *Dialog {
	d := &Dialog{canvas: c, before: c.Focused()}
	closing := NewButton("閉じる", d.Close)
	closing.Importance = widget.HighImportance
	buttons := []*Button{closing}
	if m.Details != "" {
		buttons = []*Button{NewButton("詳細をコピー", func() {
			fyne.CurrentApp().Clipboard().SetContent(m.Text())
		}), closing}
	}
	lines := []fyne.CanvasObject{
		NewParagraph(m.Title, Style{Bold: true, Size: SubHeadingSize, Color: Bad}),
		NewParagraph(m.What, Plain),
	}
	if m.Todo != "" {
		lines = append(lines, NewParagraph(m.Todo, Plain))
	}
	d.show(lines, buttons)
	return d
}

// Ask shows a question with two buttons: yes calls then, no only closes. The
// second has the focus.
func Ask(c fyne.Canvas, title, text, yes, no string, then func()) *Dialog {
	d := &Dialog{canvas: c, before: c.Focused()}
	doIt := NewButton(yes, func() {
		d.OnRefused = nil
		d.Close()
		then()
	})
	doIt.Importance = widget.DangerImportance
	d.show([]fyne.CanvasObject{
		NewParagraph(title, Style{Bold: true, Size: SubHeadingSize}),
		NewParagraph(text, Plain),
	}, []*Button{doIt, NewButton(no, d.Close)})
	return d
}

const dialogWidth = 520

// show puts the lines over the buttons; the last button gets the focus.
func (d *Dialog) show(lines []fyne.CanvasObject, buttons []*Button) {
	row := container.NewHBox(layout.NewSpacer())
	for _, b := range buttons {
		b.OnEscape = d.Close
		row.Add(b)
	}
	flow := NewFlow(GapField+GapCell, GapGroup, append(lines, row)...)
	width := Scaled(dialogWidth)
	d.popup = widget.NewModalPopUp(container.NewGridWrap(fyne.NewSize(width, flow.HeightFor(width)), flow), d.canvas)
	d.popup.Show()
	d.canvas.Focus(buttons[len(buttons)-1])
}

// Close takes the dialog away and gives the focus back.
func (d *Dialog) Close() {
	d.popup.Hide()
	if d.before != nil {
		d.canvas.Focus(d.before)
	}
	call(d.OnRefused)
}

// ShowMenu opens a menu under an object.
func ShowMenu(under fyne.CanvasObject, items ...*fyne.MenuItem) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(under); c != nil {
		below := fyne.NewPos(0, under.Size().Height)
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, below, under)
	}
}
