package views

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"renkei/app"
	"renkei/views/claims"
	"renkei/views/connect"
	"renkei/views/ledger"
	"renkei/views/page"
	"renkei/views/ui"
)

// ProgramName is the name of the program on its window.
const ProgramName = "連携台帳"

// Params are the parts a window is made of.
type Params struct {
	// Desk returns the desk of the register that is shown now.
	Desk     func() Desk
	Settings SettingsStore
	// Drafts is the folder for what is typed and not saved yet; "" keeps none.
	Drafts  string
	Fonts   ui.Fonts
	Version string
	Log     *slog.Logger
	// Check, when there is one, checks the file of the register; it is run in the
	// background, before any copy is made. It returns a damaged one with its copies.
	Check func(context.Context) (*app.Lost, error)
	// Begin gives the program another register to go on with, in the place of a
	// damaged one.
	Begin func(context.Context, app.Beginning) (Params, error)
	// KeepCopies, when there is one, copies the register until the context ends
	// and calls told after each look; it is run in the background.
	KeepCopies func(ctx context.Context, told func())
	// Places are where registers may be.
	Places connect.Places
	// Notice is said at the start, "" for nothing.
	Notice string
	// Live shows what others write, as they write it; else only own changes are
	// looked for.
	Live bool
	// Icon is the icon of the window; nil leaves the desktop's.
	Icon fyne.Resource
	// Window is the window to use; nil makes one.
	Window fyne.Window
	// Worker, Files and Open may be left zero for those of a real window.
	Worker Worker
	Files  FilePicker
	// Open opens a file with the program the desktop has for it.
	Open func(path string) error
}

// Frame is the window: navigation at the left, the title with the page's
// actions at the top, the page, and the status line at the foot.
type Frame struct {
	p        Params
	desk     Desk
	window   fyne.Window
	settings Settings
	screens  []page.Page
	books    *ledger.Page        // the one of the screens that reads files
	pages    []fyne.CanvasObject // content of each screen, nil until shown
	current  int

	navigation *ui.Navigation
	title      titleLine
	notice     *ui.Notice
	body       *fyne.Container
	status     *ui.StatusLine

	ctx      context.Context // ends with the window
	end      context.CancelFunc
	job      job
	asked    page.Latest        // for the status
	looks    page.Latest        // for changes
	cut      bool               // the register cannot be reached
	unfollow func()             // ends following the register that was shown
	revision int64              // up to which the pages know the changes; -1 before the first look
	register string             // the file of the one the pages were made for
	missed   map[int][]app.Feed // changes not told yet, by page out of sight
	present  map[*present]bool  // the forms of records that are open
	drafts   drafts
	saving   newestSettings
	way      history
	moved    bool               // saving was refused because the register was moved
	next     interface{ end() } // in the place of the frame, once its register is damaged or another is opened
}

// NewFrame makes the content of the window without showing it.
func NewFrame(a fyne.App, p Params) *Frame {
	if p.Log == nil {
		p.Log = slog.Default()
	}
	if p.Worker.Go == nil {
		p.Worker = NewWorker(p.Log)
	}
	if err := speakJapanese(); err != nil {
		p.Log.Warn("the toolkit keeps its own words", "error", err)
	}
	f := &Frame{
		p: p, desk: p.Desk(), drafts: drafts{folder: p.Drafts}, saving: newestSettings{store: p.Settings},
		missed: make(map[int][]app.Feed), present: make(map[*present]bool), unfollow: func() {},
	}
	f.ctx, f.end = context.WithCancel(context.Background())
	var err error
	if f.settings, err = p.Settings.Load(); err != nil {
		p.Log.Warn("settings cannot be read, the defaults are used", "error", err)
	}
	setTheme(a, p.Fonts, f.settings.TextSize)
	if f.window = p.Window; f.window == nil {
		f.window = newWindow(a, p.Icon)
	}
	if f.p.Files == nil {
		f.p.Files = newNativeFiles(newInnerFiles(f.window, p.Worker.UI), p.Log)
	}
	if f.p.Open == nil {
		f.p.Open = openWithDesktop
	}
	f.register, f.revision = f.desk.Register(), -1
	if err := errors.Join(f.drafts.sweep(f.register), f.drafts.takeOver(f.register)); err != nil {
		p.Log.Warn("drafts of before cannot be taken over", "error", err)
	}
	f.build()
	return f
}

func (f *Frame) build() {
	f.screens, f.books = newScreens(f)
	f.pages = make([]fyne.CanvasObject, len(f.screens))
	entries := make([]ui.NavigationEntry, len(f.screens))
	for i, s := range f.screens {
		entries[i] = ui.NavigationEntry{ID: s.ID(), Word: s.Title(), Icon: s.Icon()}
	}
	f.navigation = ui.NewNavigation(ProgramName, "版 "+f.p.Version, entries, func(id string) { f.leave(func() { f.goTo(page.ToPage(id)) }) })
	f.title = newTitleLine()
	f.notice = ui.NewNotice()
	f.notice.After, f.notice.OnChanged = f.p.Worker.After, f.relayout
	f.body = container.NewStack()
	f.status = ui.NewStatusLine(f.job.stop)
	f.window.SetContent(ui.Arrange(f.place, f.navigation, f.title.line, f.notice, f.body, f.status))
	f.window.SetPadded(false)
	f.window.Resize(f.settings.size())
	f.window.SetCloseIntercept(f.close)
	f.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { f.books.Dropped(uris) })
	// Before the page is made: the first frame says already where one is.
	f.navigation.SetCurrent(f.first().ID())
	f.title.show(f.first())
	for _, s := range f.shortcuts() {
		f.window.Canvas().AddShortcut(s.key, f.shortcut)
	}
}

// setTextSize draws every page in another size of text, at once.
func (f *Frame) setTextSize(size float32) {
	f.remember(func(s *Settings) { s.TextSize = size })
	setTheme(fyne.CurrentApp(), f.p.Fonts, size)
	f.title.show(f.page()) // its buttons are wider or narrower now
	f.relayout()
}

// Start shows the remembered page and asks for its content. The first start
// shows 算定, which says how to begin with an empty register.
func (f *Frame) Start() {
	f.look() // before the page reads
	f.refreshStatus()
	f.keep()
	f.Show(f.first().ID())
	f.tellOfRules()
	if f.p.Notice != "" {
		f.notice.Say(ui.Attention, f.p.Notice)
	}
	f.follow()
}

// first is the page to begin with: the remembered one, else 算定.
func (f *Frame) first() page.Page {
	first := slices.IndexFunc(f.screens, func(s page.Page) bool { return s.ID() == f.settings.Screen })
	if first < 0 {
		first = slices.IndexFunc(f.screens, func(s page.Page) bool { return s.ID() == claims.ID })
	}
	return f.screens[first]
}

// Window returns the toolkit's window.
func (f *Frame) Window() fyne.Window { return f.window }

// ReadLedger reads a ledger book and shows what taking it in would do.
func (f *Frame) ReadLedger(path string) { f.books.Read(path) }

// ScreenIDs returns the names of the pages.
func (f *Frame) ScreenIDs() []string {
	ids := make([]string, len(f.screens))
	for i, s := range f.screens {
		ids[i] = s.ID()
	}
	return ids
}

// Show brings a page into sight; an unknown name does nothing.
func (f *Frame) Show(id string) {
	for i, s := range f.screens {
		if s.ID() != id {
			continue
		}
		f.current = i
		if f.pages[i] == nil {
			f.pages[i] = s.Build()
		}
		f.navigation.SetCurrent(id)
		f.title.show(s)
		fill(f.body, f.pages[i])
		f.remember(func(s *Settings) { s.Screen = id })
		f.catchUp(i)
		s.Shown()
	}
}

// fill puts the only object into a container.
func fill(c *fyne.Container, o fyne.CanvasObject) {
	c.Objects = []fyne.CanvasObject{o}
	c.Refresh()
}

func (f *Frame) relayout() { f.window.Content().Refresh() }

// followRegister makes new pages when another register is shown, so that nothing
// typed or found in the old one stays in them. What was typed is kept in drafts.
func (f *Frame) followRegister() {
	if f.register == f.desk.Register() {
		return
	}
	for i, s := range f.screens {
		if keeper, ok := s.(page.Keeper); ok && f.pages[i] != nil {
			if err := keeper.KeepTyping(); err != nil {
				shell{f}.ShowError("書きかけを残すこと", err)
			}
		}
	}
	for p := range f.present {
		f.absent(p)
	}
	f.desk = f.p.Desk()
	f.register, f.revision = f.desk.Register(), -1
	f.look()
	f.follow()
	if err := f.drafts.sweep(f.register); err != nil {
		f.p.Log.Warn("half-written drafts cannot be removed", "error", err)
	}
	f.screens, f.books = newScreens(f)
	clear(f.pages)
	clear(f.missed)
	f.way = history{}
	f.Show(f.screens[f.current].ID())
}

// remember changes the settings and saves a copy of them in the background.
func (f *Frame) remember(change func(*Settings)) {
	change(&f.settings)
	save := f.saving.next(f.settings)
	f.p.Worker.Do(f.ctx, func(context.Context) error { return save() }, func(err error) {
		if err != nil {
			f.p.Log.Warn("settings cannot be saved", "error", err)
		}
	})
}

// close remembers the size and closes the window. It asks first when typing is
// not saved or work is running; the work is stopped.
func (f *Frame) close() { f.leave(f.closeNow) }

func (f *Frame) closeNow() {
	if f.job.running() {
		ui.Ask(f.window.Canvas(), "作業の途中です", f.status.Work()+"\n中止して閉じますか。途中のものは残りません。",
			"中止して閉じる", "閉じない", func() { f.job.stopThen(f.closeNow) })
		return
	}
	size := f.window.Canvas().Size()
	f.settings.Width, f.settings.Height = size.Width, size.Height
	if err := f.saving.next(f.settings)(); err != nil {
		f.p.Log.Warn("settings cannot be saved", "error", err)
	}
	f.end()
	f.window.Close()
}
