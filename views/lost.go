package views

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/views/page"
	"renkei/views/ui"
)

// LostParams are the parts of the window that stands in for the program while
// the register is lost.
type LostParams struct {
	Lost  *app.Lost
	Fonts ui.Fonts
	Icon  fyne.Resource // nil leaves the desktop's
	Log   *slog.Logger
	// Worker may be left zero for that of a real window.
	Worker Worker
	// Begin opens the register as the user chose. It is called from a worker.
	Begin func(context.Context, app.Beginning) (Params, error)
}

// lostWindow offers what can be done about a lost register and, once the user has
// chosen, goes on with the program in its window.
type lostWindow struct {
	p      LostParams
	app    fyne.App
	window fyne.Window
	list   *ui.List[app.Copy]

	restore, fresh, quit *ui.Button

	frame *Frame // of the program once it was begun
	// show shows the program's window; a field for tests.
	show func(fyne.Window) error
}

// end ends the work of the program once it was begun.
func (l *lostWindow) end() {
	if l.frame != nil {
		l.frame.finish()
	}
}

func newLostWindow(a fyne.App, p LostParams) *lostWindow {
	if p.Worker.Go == nil {
		p.Worker = NewWorker(p.Log)
	}
	setTheme(a, p.Fonts, 0)
	l := &lostWindow{p: p, app: a, window: newWindow(a, p.Icon), show: show}
	place := func(c app.Copy) int {
		return 1 + slices.IndexFunc(p.Lost.Copies, func(o app.Copy) bool { return o.Path == c.Path })
	}
	columns := append([]ui.Column[app.Copy]{{
		ID: "place", Title: "順", Width: 44, Align: fyne.TextAlignTrailing, Text: func(c app.Copy) string { return fmt.Sprint(place(c)) },
		Less: func(a, b app.Copy) bool { return place(a) < place(b) },
	}}, page.CopyColumns(app.CountedSheets...)...)
	l.list = ui.NewList(columns, func(c app.Copy) string { return c.Path })
	l.list.Name, l.list.After = "控え", p.Worker.After
	l.list.OnSelected = func(c app.Copy) { l.restore.SetEnabled(c.Fault == nil) }
	l.list.OnOpened = func(app.Copy) { l.askRestore() }
	l.list.SetEmpty("控えはありません", "台帳のファイルを移したときは、元の場所に戻してから、もう一度開いてください。")
	l.restore = ui.NewPrimaryButton("この控えから戻す", theme.HistoryIcon(), l.askRestore)
	l.restore.SetEnabled(false)
	word := "新しい空の台帳を始める"
	if p.Lost.Kind == app.Emptied {
		word = "空の台帳のまま使う"
	}
	l.fresh = ui.NewButton(word, l.askFresh)
	l.quit = ui.NewButton("終了", l.window.Close)
	l.list.SetRows(p.Lost.Copies)
	if best := p.Lost.Best(); best != nil {
		l.list.SelectKey(best.Path)
	}
	head := ui.NewFlow(ui.GapCell, ui.GapGroup,
		ui.NewParagraph(p.Lost.Title(), ui.Style{Bold: true, Size: ui.SubHeadingSize, Color: ui.Bad}),
		ui.NewParagraph(p.Lost.Reason()+l.advice(), ui.Plain))
	bar := ui.NewBar(ui.FieldHeight+2*ui.GapField, ui.Spring(), ui.Fixed(l.quit, 0), ui.Fixed(l.fresh, 0), ui.Fixed(l.restore, 0))
	l.window.SetContent(container.NewStack(canvas.NewRectangle(ui.Ground),
		ui.NewAbove(head, container.NewBorder(nil, container.NewPadded(bar), nil, nil, l.list))))
	l.window.Resize(fyne.NewSize(1000, 520))
	l.window.CenterOnScreen()
	l.window.Canvas().Focus(l.list)
	return l
}

// advice says what to choose by.
func (l *lostWindow) advice() string {
	if len(l.p.Lost.Copies) == 0 {
		return "ファイルを別の場所に移したときは「終了」を押し、元の場所に戻してから開き直してください。"
	}
	const choose = "戻す控えを選んでください。記録の多い新しいものから並んでいます。"
	if l.p.Lost.Kind == app.Damaged {
		return choose + "壊れたファイルは消さずに残します。"
	}
	return "ファイルを別の場所に移しただけなら「終了」を押し、元の場所に戻してから開き直してください。そうでなければ、" + choose
}

func (l *lostWindow) askRestore() {
	c, ok := l.list.Selected()
	if !ok || c.Fault != nil {
		return
	}
	ui.Ask(l.window.Canvas(), "この控えから戻しますか", c.When()+"の控え、"+c.Counts()+"。\n"+
		"これより後の記録は入っていません。控えのファイルと、元の場所に残っているものは、消さずに残します。",
		"この控えから戻す", "やめる", func() { l.begin("控えから戻す作業", app.Beginning{Copy: c.Path}) })
}

// askFresh asks twice: the records of a department hang on it.
func (l *lostWindow) askFresh() {
	told := "これまでの記録は入っていません。"
	if best := l.p.Lost.Best(); best != nil {
		told += "控えには" + best.Counts() + "が残っています。"
	}
	ui.Ask(l.window.Canvas(), l.fresh.Text+"？", told, l.fresh.Text, "やめる", func() {
		ui.Ask(l.window.Canvas(), "ほんとうに、空の台帳で始めますか", "始めたあとに記録すると、もとの台帳とひとつにまとめるのは手作業になります。控えは消えません。",
			"空の台帳で始める", "やめる", func() { l.begin("台帳を開く作業", app.Beginning{New: true}) })
	})
}

// begin opens the register beside the window and goes on in the program's.
func (l *lostWindow) begin(doing string, how app.Beginning) {
	l.enable(false)
	var params Params
	l.p.Worker.Do(context.Background(), func(ctx context.Context) (err error) {
		params, err = l.p.Begin(ctx, how)
		return err
	}, func(err error) {
		l.enable(true)
		if err != nil {
			l.p.Log.Error("cannot begin", "doing", doing, "error", err)
			showFailure(l.window, doing+"ができませんでした", err)
			return
		}
		l.frame = NewFrame(l.app, params)
		l.frame.Start()
		if err := l.show(l.frame.window); err != nil {
			showFailure(l.window, "画面を開けませんでした", err)
			return
		}
		l.window.Close()
	})
}

func (l *lostWindow) enable(idle bool) {
	for _, b := range []*ui.Button{l.fresh, l.quit} {
		b.SetEnabled(idle)
	}
	c, ok := l.list.Selected()
	l.restore.SetEnabled(idle && ok && c.Fault == nil)
}
