package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// newNotice makes a window that says a sentence: why the program cannot start,
// when there is no page to say it on.
func newNotice(a fyne.App, icon fyne.Resource, sentence string) fyne.Window {
	w := newWindow(a, icon)
	text := widget.NewLabel(sentence)
	text.Wrapping = fyne.TextWrapBreak
	closing := widget.NewButton("閉じる", w.Close)
	closing.Importance = widget.HighImportance
	w.SetContent(container.NewPadded(container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), closing), nil, nil, text)))
	w.Resize(fyne.NewSize(520, 160))
	w.CenterOnScreen()
	return w
}
