// Package pagetest holds a frame and a window for the tests of pages, over a
// real register: everything happens at once on the calling goroutine, and what
// the page said is written down.
package pagetest

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// Shell is a page.Shell that records what it was asked.
type Shell struct {
	On     models.Date // today
	Window fyne.Window
	Pages  []page.Page // told of changes

	Said    []string // notices, in order
	Errors  []error
	Undo    func()        // of the last SayUndo
	Went    []page.Target // of each GoTo
	Opened  []string      // files
	SaveTo  string        // what ChooseSave answers; "" is thinking better of it
	ReadOf  string        // what ChooseFile and ChooseFolder answer, as SaveTo
	Covered fyne.CanvasObject
	Kept    map[string]string
	Drafted map[string]ui.Typed
	Open    []app.RecordRef // open in forms
	Others  []app.Presence  // who else has them open
	Passed  []string        // names of shortcuts passed on
}

var _ page.Shell = (*Shell)(nil)

// Do does the work at once.
func (s *Shell) Do(work func(context.Context) error, done func(error)) {
	done(work(context.Background()))
}

// Job does the work at once.
func (s *Shell) Job(title string, work func(context.Context, page.Progress) error, done func(error)) {
	err := work(context.Background(), func(string, int, int) {})
	if err != nil {
		s.ShowError(title, err)
	}
	done(err)
}

// Say writes the notice down.
func (s *Shell) Say(_ ui.NoticeKind, text string, _ ...*ui.Button) { s.Said = append(s.Said, text) }

// SayUndo writes the notice down and keeps its 元に戻す.
func (s *Shell) SayUndo(text string, undo func()) {
	s.Said, s.Undo = append(s.Said, text), undo
}

// ShowError writes the error down.
func (s *Shell) ShowError(_ string, err error) { s.Errors = append(s.Errors, err) }

// GoTo writes down where to.
func (s *Shell) GoTo(to page.Target) { s.Went = append(s.Went, to) }

// Changed tells the pages.
func (s *Shell) Changed() {
	for _, p := range s.Pages {
		p.Changed(app.Feed{Many: true})
	}
}

// Present writes the record down and shows Others.
func (s *Shell) Present(of app.RecordRef, show func([]app.Presence)) (leave func()) {
	s.Open = append(s.Open, of)
	show(s.Others)
	return func() { s.Open = slices.Delete(s.Open, slices.Index(s.Open, of), slices.Index(s.Open, of)+1) }
}

// Canvas is that of the window.
func (s *Shell) Canvas() fyne.Canvas { return s.Window.Canvas() }

// Shortcut writes the shortcut down.
func (s *Shell) Shortcut(shortcut fyne.Shortcut) {
	s.Passed = append(s.Passed, shortcut.ShortcutName())
}

// Today is the day the test set.
func (s *Shell) Today() models.Date { return s.On }

// After runs the function at once.
func (s *Shell) After(_ time.Duration, f func()) { f() }

// Remember returns what was kept.
func (s *Shell) Remember(key string) string { return s.Kept[key] }

// Keep keeps a choice.
func (s *Shell) Keep(key, value string) {
	if s.Kept == nil {
		s.Kept = make(map[string]string)
	}
	s.Kept[key] = value
}

// OpenFile writes the file down.
func (s *Shell) OpenFile(path string) { s.Opened = append(s.Opened, path) }

// ChooseSave answers SaveTo.
func (s *Shell) ChooseSave(_, _ string, chosen func(path string)) {
	if s.SaveTo != "" {
		chosen(s.SaveTo)
	}
}

// ChooseFile answers ReadOf.
func (s *Shell) ChooseFile(_, _, _ string, chosen func(path string)) { s.ChooseFolder("", chosen) }

// ChooseFolder answers ReadOf.
func (s *Shell) ChooseFolder(_ string, chosen func(path string)) {
	if s.ReadOf != "" {
		chosen(s.ReadOf)
	}
}

// Leave goes on: nothing is being typed.
func (s *Shell) Leave(then func()) { then() }

// Visit writes down where to, and the way back as 「back」.
func (s *Shell) Visit(pageID string) (back func()) {
	s.GoTo(page.ToPage(pageID))
	return func() { s.GoTo(page.ToPage("back")) }
}

// Cover keeps what is in the place of the page.
func (s *Shell) Cover(content fyne.CanvasObject) { s.Covered = content }

// Uncover forgets it.
func (s *Shell) Uncover() { s.Covered = nil }

// Draft keeps a form's typing in Drafted.
func (s *Shell) Draft(form string) ui.Draft { return draft{s, form} }

type draft struct {
	s    *Shell
	form string
}

func (d draft) Load() (ui.Typed, error) {
	return d.s.Drafted[d.form], nil
}

func (d draft) Save(typed ui.Typed) error {
	if d.s.Drafted == nil {
		d.s.Drafted = make(map[string]ui.Typed)
	}
	d.s.Drafted[d.form] = typed
	return nil
}

func (d draft) Clear() error {
	delete(d.s.Drafted, d.form)
	return nil
}
