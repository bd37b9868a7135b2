package views

import (
	"context"
	"maps"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// shell is the frame as its pages see it.
type shell struct{ f *Frame }

var _ page.Shell = shell{}

func (s shell) Do(work func(context.Context) error, done func(error)) {
	s.f.p.Worker.Do(s.f.ctx, work, done)
}

func (s shell) Say(kind ui.NoticeKind, text string, buttons ...*ui.Button) {
	s.f.notice.Say(kind, text, buttons...)
}

func (s shell) SayUndo(text string, undo func())  { s.f.notice.ShowUndo(text, undo) }
func (s shell) Changed()                          { s.f.changed() }
func (s shell) Canvas() fyne.Canvas               { return s.f.window.Canvas() }
func (s shell) Shortcut(shortcut fyne.Shortcut)   { s.f.shortcut(shortcut) }
func (s shell) Today() models.Date                { return models.Today(s.f.p.Worker.Now) }
func (s shell) After(d time.Duration, run func()) { s.f.p.Worker.After(d, run) }
func (s shell) Draft(form string) ui.Draft        { return s.f.drafts.form(s.f.register, form) }
func (s shell) Leave(then func())                 { s.f.leave(then) }
func (s shell) GoTo(to page.Target)               { s.f.leave(func() { s.f.goTo(to) }) }
func (s shell) Cover(content fyne.CanvasObject)   { fill(s.f.body, content) }
func (s shell) Uncover()                          { s.f.Show(s.f.page().ID()) }

// Visit goes to a page. back returns from it, and does nothing on another page.
func (s shell) Visit(pageID string) (back func()) {
	from := s.f.here()
	s.f.goTo(page.ToPage(pageID))
	return func() {
		if s.f.page().ID() != pageID {
			return
		}
		s.f.goTo(from)
		if from.Page == pageID {
			s.f.Show(pageID)
		}
	}
}

// Remember returns what was kept on the register shown, else what was kept on
// the usual one.
func (s shell) Remember(key string) string {
	if value, ok := s.f.settings.Kept[s.kept(key)]; ok {
		return value
	}
	return s.f.settings.Kept[key]
}

// kept is a key as the settings have it. Each register has its own keys: a choice
// made in the sample does not count in the user's own register.
func (s shell) kept(key string) string {
	if register := filepath.Base(s.f.register); register != app.UsualName {
		return register + "/" + key
	}
	return key
}

func (s shell) Keep(key, value string) {
	key = s.kept(key)
	if s.f.settings.Kept[key] == value {
		return
	}
	// The map is copied, for the one before may be on its way to the file.
	kept := maps.Clone(s.f.settings.Kept)
	if kept == nil {
		kept = make(map[string]string)
	}
	kept[key] = value
	s.f.remember(func(s *Settings) { s.Kept = kept })
}
