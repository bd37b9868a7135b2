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

func (s shell) Job(title string, work func(context.Context, page.Progress) error, done func(error)) {
	s.f.runJob(title, work, done)
}

func (s shell) Say(kind ui.NoticeKind, text string, buttons ...*ui.Button) {
	s.f.say(kind, text, buttons...)
}

func (s shell) SayUndo(text string, undo func()) {
	s.f.notice.ShowUndo(text, undo)
	s.f.relayout()
}

func (s shell) ShowError(doing string, err error) { s.f.showError(doing, err) }
func (s shell) Changed()                          { s.f.changed() }
func (s shell) Canvas() fyne.Canvas               { return s.f.window.Canvas() }
func (s shell) Shortcut(shortcut fyne.Shortcut)   { s.f.shortcut(shortcut) }
func (s shell) Today() models.Date                { return s.f.today() }
func (s shell) After(d time.Duration, run func()) { s.f.p.Worker.After(d, run) }
func (s shell) Draft(form string) ui.Draft        { return s.f.drafts.form(s.f.register, form) }
func (s shell) OpenFile(path string)              { s.f.open(path) }
func (s shell) GoTo(to page.Target)               { s.f.leave(func() { s.f.goTo(to) }) }

// Remember returns what was kept on the register shown, else what was kept on
// the usual one.
func (s shell) Remember(key string) string {
	if value, ok := s.f.settings.Kept[s.kept(key)]; ok {
		return value
	}
	return s.f.settings.Kept[key]
}

// kept is a key as the settings have it: what is kept names the records of a
// register, and what a person chose in the sample is not chosen in their own.
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
	s.f.settings.Kept = kept
	s.f.saveSettings()
}

func (s shell) ChooseSave(title, name string, chosen func(path string)) {
	s.f.pickSave(title, name, FileKind{"ファイル", filepath.Ext(name)}, chosen)
}
