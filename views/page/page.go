package page

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/ui"
)

// Page is one page of the window. The navigation and the title line follow
// from it. Every method is called on the window's goroutine.
type Page interface {
	// ID names the page in the settings, for GoTo and for screenshots.
	ID() string
	// Title is the word in the navigation and over the page.
	Title() string
	Icon() fyne.Resource
	// Build makes the page's content, once.
	Build() fyne.CanvasObject
	// Actions are the buttons at the right of the title, the primary one last.
	Actions() []*ui.Button
	// Enable is called when long work begins (false) and ends (true).
	Enable(idle bool)
	// Shown is called each time the page comes into sight.
	Shown()
	// Changed is called after the register changed, with what changed.
	Changed(app.Feed)
	// Find puts the cursor into the page's search box, or goes to さがす when it
	// has none (Ctrl+F).
	Find()
}

// Opener is a page that can show what a Target on it names: a record or a
// section, to which lines of other pages lead.
type Opener interface{ Open(Target) }

// Maker is a page that can begin a new record (Ctrl+N).
type Maker interface{ New() }

// Saver is a page with a form that Ctrl+S saves.
type Saver interface{ Save() }

// Keeper is a page that may hold typing not saved yet.
type Keeper interface {
	// Unsaved says what would be lost by leaving, "" for nothing.
	Unsaved() string
	// KeepTyping keeps it as a draft now, or says why it cannot be kept.
	KeepTyping() error
}

// Placed is a page that tells where in it the user is, so that 戻る finds the
// same record. It returns what Open takes, or ToPage when nothing is chosen.
type Placed interface{ Place() Target }

// Progress is called while work runs: what is being done, how much of it, and
// of how much in total (0 when that is not known).
type Progress = func(what string, done, total int)

// Shell is what the frame does for its pages.
type Shell interface {
	// Do runs work in the background and then done on the window's goroutine.
	// The context ends with the window. An error is not shown: see ShowError.
	Do(work func(context.Context) error, done func(error))
	// Job runs long work with its progress and a button that stops it at the
	// foot of the window; only one at a time. An error is shown before done.
	Job(title string, work func(context.Context, Progress) error, done func(error))
	// Say shows a notice under the title.
	Say(kind ui.NoticeKind, text string, buttons ...*ui.Button)
	// SayUndo shows a notice with 元に戻す.
	SayUndo(text string, undo func())
	// ShowError tells the user what went wrong while doing something.
	ShowError(doing string, err error)
	// GoTo brings a page into sight and opens what the target names. ToPage shows
	// the page as it was. It asks first when typing would be lost.
	GoTo(Target)
	// Changed tells that the register was changed: every page gets to know what.
	Changed()
	// Present tells the others that a record is open in a form, until leave is called,
	// and shows who else has it open each time that may have changed.
	Present(of app.RecordRef, show func(others []app.Presence)) (leave func())
	// Canvas is where the page is drawn, for focus and dialogs.
	Canvas() fyne.Canvas
	// Shortcut runs a window shortcut that a focused widget has no use for.
	Shortcut(fyne.Shortcut)
	// Today is the date by the window's clock.
	Today() models.Date
	// After runs a function on the window's goroutine after a while.
	After(time.Duration, func())
	// Draft keeps what is typed in a form until it is saved, also across a
	// crash.
	Draft(form string) ui.Draft
	// Remember returns what was remembered under a key, "" when nothing was.
	Remember(key string) string
	// Keep remembers a choice under a key until it is changed.
	Keep(key, value string)
	// OpenFile opens a written file with the program the desktop has for it.
	OpenFile(path string)
	// ChooseSave asks where to write a file; chosen is not called on cancel.
	ChooseSave(title, name string, chosen func(path string))
	// ChooseFile asks for a file to read, of a kind by its word and extension
	// (「Excelの台帳ブック」, 「.xlsx」); chosen is not called on cancel.
	ChooseFile(title, kind, extension string, chosen func(path string))
	// ChooseFolder asks for a folder to read; chosen is not called on cancel.
	ChooseFolder(title string, chosen func(path string))
	// Leave goes on, after asking when typing would be lost.
	Leave(then func())
	// Visit brings a page into sight without asking. back leads to where the user
	// was, unless the user has gone to another page meanwhile.
	Visit(pageID string) (back func())
	// Cover puts something in the place of the page in sight, until Uncover or
	// until a page is shown.
	Cover(content fyne.CanvasObject)
	Uncover()
}
