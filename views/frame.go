package views

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/search"
	"renkei/views/ui"
	"renkei/views/words"
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
	// KeepCopies, when there is one, copies the register until the context ends
	// and calls told after each look; it is run in the background.
	KeepCopies func(ctx context.Context, told func())
	// Icon is the icon of the window; nil leaves the desktop's.
	Icon fyne.Resource
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
	ledger   *ledgerScreen
	pages    []fyne.CanvasObject // content of each screen, nil until shown
	current  int

	navigation *ui.Navigation
	titleText  *ui.Caption
	titleLine  *fyne.Container
	notice     *ui.Notice
	body       *fyne.Container
	status     *ui.StatusLine
	facts      app.Status

	ctx     context.Context // ends with the window
	end     context.CancelFunc
	job     context.CancelFunc // of the running work, nil when there is none
	closing bool
	asking  latest
	drafts  drafts
	// register is the one the pages were made for.
	register string
	saving   newestSettings
	way      history
}

// Run makes the window, shows it and returns when it is closed, or an error
// when no window can be opened.
func Run(a fyne.App, p Params) error {
	f := NewFrame(a, p)
	defer f.end()
	f.Start()
	return showAndRun(f.window)
}

// NewFrame makes the window without showing it.
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
	f := &Frame{p: p, desk: p.Desk(), drafts: drafts{folder: p.Drafts}, saving: newestSettings{store: p.Settings}}
	f.ctx, f.end = context.WithCancel(context.Background())
	var err error
	if f.settings, err = p.Settings.Load(); err != nil {
		p.Log.Warn("settings cannot be read, the defaults are used", "error", err)
	}
	a.Settings().SetTheme(ui.NewTheme(p.Fonts, f.settings.TextSize))
	f.window = a.NewWindow(ProgramName)
	if p.Icon != nil {
		f.window.SetIcon(p.Icon)
	}
	if f.p.Files == nil {
		f.p.Files = newNativeFiles(newInnerFiles(f.window, p.Worker.UI), p.Log)
	}
	if f.p.Open == nil {
		f.p.Open = openWithDesktop
	}
	f.register = f.desk.Register()
	if err := errors.Join(f.drafts.sweep(f.register), f.drafts.takeOver(f.register)); err != nil {
		p.Log.Warn("drafts of before cannot be taken over", "error", err)
	}
	f.build()
	return f
}

// The window's least sensible and its first size: a 1366×768 screen less the
// desktop's own bars.
const (
	firstWidth, firstHeight = 1360, 720
	leastWidth, leastHeight = 800, 560
)

func (f *Frame) build() {
	f.screens = newScreens(f)
	f.pages = make([]fyne.CanvasObject, len(f.screens))
	entries := make([]ui.NavigationEntry, len(f.screens))
	for i, s := range f.screens {
		entries[i] = ui.NavigationEntry{ID: s.ID(), Word: s.Title(), Icon: s.Icon()}
	}
	f.navigation = ui.NewNavigation(ProgramName, "版 "+f.p.Version, entries, func(id string) { f.leave(func() { f.goTo(place{page: id}) }) })
	f.titleText = ui.NewCaption("", ui.Heading)
	f.titleLine = container.NewStack()
	f.notice = ui.NewNotice()
	f.notice.After, f.notice.OnHidden = f.p.Worker.After, f.relayout
	f.body = container.NewStack()
	f.status = ui.NewStatusLine(f.stopJob)
	f.window.SetContent(container.New(frameLayout{f}, f.navigation, f.titleLine, f.notice, f.body, f.status))
	f.window.SetPadded(false)
	f.window.Resize(fyne.NewSize(
		max(leastWidth, orElse(f.settings.Width, firstWidth)),
		max(leastHeight, orElse(f.settings.Height, firstHeight))))
	f.window.SetCloseIntercept(f.close)
	f.window.SetOnDropped(f.dropped)
	for _, s := range f.shortcuts() {
		f.window.Canvas().AddShortcut(s.key, func(fyne.Shortcut) { s.do() })
	}
}

func orElse(size, otherwise float32) float32 {
	if size == 0 {
		return otherwise
	}
	return size
}

// textSize is the size of the text in pixels.
func (f *Frame) textSize() float32 { return orElse(f.settings.TextSize, ui.TextSize) }

// setTextSize draws every page in another size of text, at once.
func (f *Frame) setTextSize(size float32) {
	f.settings.TextSize = size
	f.saveSettings()
	fyne.CurrentApp().Settings().SetTheme(ui.NewTheme(f.p.Fonts, size))
	f.setActions(f.page().Actions()) // its buttons are wider or narrower now
	f.relayout()
}

// Start shows the remembered page and asks for its content. The first start
// shows 算定, which says how to begin with an empty register.
func (f *Frame) Start() {
	f.refreshStatus()
	if f.p.KeepCopies != nil {
		f.p.Worker.Go(func() { f.p.KeepCopies(f.ctx, func() { f.p.Worker.UI(f.refreshStatus) }) })
	}
	start := "claims"
	for _, s := range f.screens {
		if s.ID() == f.settings.Screen {
			start = s.ID()
		}
	}
	f.Show(start)
	f.tellOfRules()
}

// Window returns the toolkit's window.
func (f *Frame) Window() fyne.Window { return f.window }

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
		f.titleText.SetText(s.Title())
		f.setActions(s.Actions())
		f.setBody(f.pages[i])
		f.settings.Screen = id
		f.saveSettings()
		s.Shown()
	}
}

func (f *Frame) setActions(buttons []*ui.Button) {
	items := []ui.Item{ui.Growing(f.titleText, 80)}
	for _, b := range buttons {
		b.Refresh() // the size of the text may have changed while it was out of sight
		items = append(items, ui.Fixed(b, 0))
	}
	f.titleLine.Objects = []fyne.CanvasObject{ui.NewBar(ui.TitleHeight, items...)}
	f.titleLine.Refresh()
}

func (f *Frame) setBody(o fyne.CanvasObject) {
	f.body.Objects = []fyne.CanvasObject{o}
	f.body.Refresh()
}

// say shows a notice under the title.
func (f *Frame) say(kind ui.NoticeKind, text string, buttons ...*ui.Button) {
	f.notice.Say(kind, text, buttons...)
	f.relayout()
}

func (f *Frame) hideNotice() {
	f.notice.Hide()
	f.relayout()
}

func (f *Frame) relayout() { f.window.Content().Refresh() }

// refreshStatus asks for the facts at the foot.
func (f *Frame) refreshStatus() {
	ctx, newest := f.asking.next(f.ctx)
	var facts app.Status
	var copied time.Time
	trouble := ""
	f.p.Worker.Do(ctx, func(ctx context.Context) (err error) {
		facts, err = f.desk.Status(ctx)
		copied, trouble = f.desk.LastBackup(), f.desk.CopyTrouble(ctx)
		return err
	}, func(err error) {
		if !newest() {
			return
		}
		if err != nil {
			f.p.Log.Error("status cannot be read", "error", err)
			return
		}
		f.facts = facts
		f.navigation.SetOwner(f.owner())
		f.status.SetFacts(statusWords(facts, copied, f.p.Worker.Now()))
		f.sayTrouble(trouble)
	})
}

// owner names whose register is shown, and that it is the sample when it is.
func (f *Frame) owner() string {
	if f.desk.Trying() {
		return "見本の病院（架空）"
	}
	return f.facts.Hospital
}

// sayTrouble says at the foot and on 今日 what is wrong with the copies.
func (f *Frame) sayTrouble(trouble string) {
	said := f.status.Trouble()
	f.status.SetTrouble(trouble)
	if said == trouble {
		return
	}
	for i, s := range f.screens {
		if s.ID() == "today" && f.pages[i] != nil {
			s.Changed()
		}
	}
}

// statusWords returns 「担当 佐藤 ・ 台帳 …/renkei/renkei.db ・ 控え 11/22 09:00」.
func statusWords(s app.Status, copied, now time.Time) string {
	backup := "控え まだありません"
	if !copied.IsZero() {
		local := copied.In(now.Location())
		layout := "01/02 15:04"
		if local.Year() != now.Year() {
			layout = "2006-01-02"
		}
		backup = "控え " + local.Format(layout)
	}
	return words.Joined("  ・  ", words.Prefixed("利用者 ", s.Actor), words.Prefixed("台帳 ", words.ShortPath(s.DataPath)), backup)
}

// changed tells every page that the register's content changed.
func (f *Frame) changed() {
	f.refreshStatus()
	f.followRegister()
	for i, s := range f.screens {
		if f.pages[i] != nil {
			s.Changed()
		}
	}
}

// followRegister makes the pages anew when another register is shown: nothing
// typed or found in the one before may stay in them. What was typed is in its
// drafts.
func (f *Frame) followRegister() {
	if f.register == f.desk.Register() {
		return
	}
	for i, s := range f.screens {
		if keeper, ok := s.(page.Keeper); ok && f.pages[i] != nil {
			if err := keeper.KeepTyping(); err != nil {
				f.showError("書きかけを残すこと", err)
			}
		}
	}
	f.desk = f.p.Desk()
	f.register = f.desk.Register()
	if err := f.drafts.sweep(f.register); err != nil {
		f.p.Log.Warn("half-written drafts cannot be removed", "error", err)
	}
	f.screens = newScreens(f)
	clear(f.pages)
	f.way = history{}
	f.Show(f.screens[f.current].ID())
}

// today is the date by the worker's clock.
func (f *Frame) today() models.Date { return models.Today(f.p.Worker.Now) }

// saveSettings saves a copy of the settings in the background.
func (f *Frame) saveSettings() {
	save := f.saving.next(f.settings)
	f.p.Worker.Do(f.ctx, func(context.Context) error { return save() }, func(err error) {
		if err != nil {
			f.p.Log.Warn("settings cannot be saved", "error", err)
		}
	})
}

type shortcut struct {
	key fyne.Shortcut
	do  func()
}

func (f *Frame) shortcuts() []shortcut {
	control := func(key fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
	}
	return []shortcut{
		{control(fyne.KeyF), func() { f.screens[f.current].Find() }},
		{&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}, f.findEverywhere},
		{control(fyne.KeyO), f.chooseLedgerBook},
		{control(fyne.KeyR), f.changed},
		{control(fyne.KeyN), f.makeNew},
		{control(fyne.KeyS), f.save},
		{&desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}, f.newContact},
		{control(fyne.KeyPageDown), func() { f.turn(1) }},
		{control(fyne.KeyPageUp), func() { f.turn(-1) }},
		{&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}, f.back},
		{&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}, f.forward},
	}
}

// turn goes to the next page of the navigation or to the one before, as between
// the sheets of a workbook (Ctrl+PageDown, Ctrl+PageUp).
func (f *Frame) turn(by int) {
	next := (f.current + by + len(f.screens)) % len(f.screens)
	f.leave(func() { f.goTo(place{page: f.screens[next].ID()}) })
}

// makeNew begins a new record on the page (Ctrl+N).
func (f *Frame) makeNew() {
	if maker, ok := f.page().(page.Maker); ok {
		maker.New()
	}
}

// findEverywhere goes to さがす from wherever the person is (Ctrl+Shift+F).
func (f *Frame) findEverywhere() {
	if f.page().ID() == search.ID {
		f.page().Find()
		return
	}
	shell{f}.GoTo(search.ID, "")
}

// newContact begins an やり取り from wherever the person is (Ctrl+Shift+N).
func (f *Frame) newContact() { shell{f}.GoTo("contacts", "new:") }

// save saves the form of the page (Ctrl+S).
func (f *Frame) save() {
	if saver, ok := f.page().(page.Saver); ok {
		saver.Save()
	}
}

// shortcut runs a shortcut that a focused widget got and has no use for.
func (f *Frame) shortcut(s fyne.Shortcut) {
	for _, known := range f.shortcuts() {
		if known.key.ShortcutName() == s.ShortcutName() {
			known.do()
		}
	}
}

// close remembers the size and closes the window; running work is stopped
// first, after asking, and typing not saved yet is named.
func (f *Frame) close() { f.leave(f.closeNow) }

func (f *Frame) closeNow() {
	if f.job != nil {
		ui.Ask(f.window.Canvas(), "作業の途中です", f.status.Work()+"\n中止して閉じますか。途中のものは残りません。",
			"中止して閉じる", "閉じない", func() {
				f.closing = true
				f.stopJob()
			})
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

// frameLayout places the parts of the frame.
type frameLayout struct{ f *Frame }

// MinSize is called by the toolkit.
func (l frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leastWidth, leastHeight)
}

// Layout is called by the toolkit.
func (l frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := l.f
	left, foot, head := ui.Scaled(ui.NavigationWidth), ui.Scaled(ui.StatusHeight), ui.Scaled(ui.TitleHeight)
	margin := pageMargin(size.Width)
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	place(f.navigation, 0, 0, left, size.Height-foot)
	place(f.status, 0, size.Height-foot, size.Width, foot)
	x, width := left+margin, size.Width-left-2*margin
	place(f.titleLine, x, 0, width, head)
	y := head
	if f.notice.Visible() {
		height := f.notice.HeightFor(width)
		place(f.notice, x, y, width, height)
		y += height + ui.GapField
	}
	place(f.body, x, y, width, size.Height-foot-y-ui.GapField)
}

// pageMargin is the page margin, narrower where room is short.
func pageMargin(width float32) float32 {
	if width < 1600 {
		return ui.GapGroup - ui.GapCell
	}
	return ui.GapPage
}
