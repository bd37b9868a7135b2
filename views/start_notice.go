package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"renkei/views/ui"
)

// RunNotice shows a sentence in a window of its own until it is closed: why
// the program cannot start, when there is no page to say it on. It returns an
// error when no window can be opened.
func RunNotice(a fyne.App, fonts ui.Fonts, sentence string) error {
	a.Settings().SetTheme(ui.NewTheme(fonts, 0))
	w := a.NewWindow(ProgramName)
	text := widget.NewLabel(sentence)
	text.Wrapping = fyne.TextWrapBreak
	closing := widget.NewButton("閉じる", w.Close)
	closing.Importance = widget.HighImportance
	w.SetContent(container.NewPadded(container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), closing), nil, nil, text)))
	w.Resize(fyne.NewSize(520, 160))
	w.CenterOnScreen()
	return showAndRun(w)
}
