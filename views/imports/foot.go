package imports

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app/ledger"
	"renkei/views/ui"
)

// foot is where the user decides: on rows that both sides changed, on values that
// would be emptied, on closed months, and whether to import.
type foot struct {
	p *Preview

	flow        *ui.Flow
	conflicts   *ui.Wrap
	decided     *ui.Caption
	clear, keep *ui.CheckField
	clearN      int // how many values the tick agrees to
	keepN       int
	reason      *ui.Caption
	take, leave *ui.Button
	save        *ui.Button
	ticks       *ui.Wrap
	bar         fyne.CanvasObject
}

func (f *foot) build(p *Preview) {
	f.p = p
	f.decided = ui.NewCaption("", ui.Strong)
	stay := ui.NewButton("すべて台帳のまま", func() { f.decideAll(false) })
	book := ui.NewButton("すべてブックの値にする", func() { f.decideAll(true) })
	f.conflicts = ui.NewWrap(f.decided, stay, book)
	f.clear, f.keep = ui.NewCheckField(""), ui.NewCheckField("")
	for _, tick := range []*ui.CheckField{f.clear, f.keep} {
		tick.OnChange(f.fill)
		tick.EscapeTo(p.Leave)
	}
	f.reason = ui.NewCaption("", ui.Style{Color: ui.Warn})
	f.save = ui.NewIconButton("一覧を保存", theme.DocumentSaveIcon(), p.save)
	f.leave = ui.NewButton("やめる", p.Leave)
	f.take = ui.NewPrimaryButton("", theme.ConfirmIcon(), p.Take)
	for _, b := range []*ui.Button{stay, book, f.save, f.leave, f.take} {
		b.OnEscape = p.Leave
	}
	f.bar = ui.NewBar(ui.FieldHeight, ui.Growing(f.reason, 40), ui.Fixed(f.save, 0), ui.Fixed(f.leave, 0), ui.Fixed(f.take, 0))
	f.ticks = ui.NewWrap(f.clear, f.keep)
	f.flow = ui.NewFlow(ui.GapCell, 0, f.conflicts, f.ticks, f.bar)
}

// contested returns the rows that both sides changed.
func (f *foot) contested() []*ledger.Row {
	var rows []*ledger.Row
	for _, e := range f.p.found.entries {
		if e.Kinds[0] == Conflict {
			rows = append(rows, e.Row)
		}
	}
	return rows
}

func (f *foot) decideAll(book bool) { f.p.decide(f.contested(), book) }

func (f *foot) fill() {
	if f.p.found == nil {
		return
	}
	contested, book := f.contested(), 0
	for _, row := range contested {
		if f.p.chosen[row.RowKey] {
			book++
		}
	}
	ui.SetVisible(f.conflicts, len(contested) > 0)
	f.decided.SetText(fmt.Sprintf("両方で変更された%s行：台帳のまま%s行・ブックの値にする%s行",
		ui.Thousands(len(contested)), ui.Thousands(len(contested)-book), ui.Thousands(book)))
	f.offer(f.clear, &f.clearN, len(f.p.found.Plan.Emptied()), "空欄になる値（%s件）を空欄にする")
	f.offer(f.keep, &f.keepN, len(f.p.found.Plan.ClosedRows()), "確定済み・締めた月の行（%s件）は台帳のままにする")
	ui.SetVisible(f.ticks, f.clearN+f.keepN > 0)
	f.conflicts.Refresh()
	f.ticks.Refresh()
	why := f.why()
	f.reason.SetText(why)
	f.take.Text = fmt.Sprintf("読み込む（%s行）", ui.Thousands(f.p.found.Plan.Written()))
	f.take.SetEnabled(why == "" && !f.p.busy)
	f.take.Refresh()
	f.bar.Refresh()
	f.p.content.Refresh()
}

// offer shows a tick for a number of values or rows. If there are more than the
// user agreed to, it removes the tick.
func (f *foot) offer(tick *ui.CheckField, agreed *int, n int, words string) {
	if n > *agreed {
		tick.SetChecked(false)
	}
	*agreed = n
	tick.Text = fmt.Sprintf(words, ui.Thousands(n))
	tick.Refresh()
	ui.SetVisible(tick, n > 0)
}

// why says what is left to decide before the import, "" for nothing.
func (f *foot) why() string {
	clear, keep := f.clearN > 0 && !f.clear.Checked(), f.keepN > 0 && !f.keep.Checked()
	switch {
	case clear && keep:
		return "一覧で確かめ、上の2か所にチェックを入れてください"
	case clear:
		return "空欄になる値を確かめ、上にチェックを入れてください"
	case keep:
		return "変えない行を確かめ、上にチェックを入れてください"
	case f.p.found.Plan.Written() == 0:
		return "このままでは、登録は何も変わりません"
	}
	return ""
}

// first returns the first missing tick, else the button that imports.
func (f *foot) first() fyne.Focusable {
	switch {
	case f.clearN > 0 && !f.clear.Checked():
		return f.clear
	case f.keepN > 0 && !f.keep.Checked():
		return f.keep
	case f.take.Disabled():
		return f.p.list
	}
	return f.take
}
