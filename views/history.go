package views

import (
	"slices"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// history holds the places the user visited, for 戻る and 進む.
type history struct {
	behind, ahead []page.Target
}

// mostPlaces is how far 戻る reaches.
const mostPlaces = 50

// goTo brings a page into sight and opens what is named on it, and remembers
// where it came from.
func (f *Frame) goTo(to page.Target) {
	from := f.here()
	if from == to {
		if f.body.Objects[0] != f.pages[f.current] {
			f.Show(to.Page) // a list stands in its place
		}
		return
	}
	f.way.behind = append(f.way.behind, from)
	if len(f.way.behind) > mostPlaces {
		f.way.behind = slices.Delete(f.way.behind, 0, 1)
	}
	f.way.ahead = nil
	f.arrive(to)
}

func (f *Frame) arrive(at page.Target) {
	f.Show(at.Page)
	if opener, ok := f.page().(page.Opener); ok && at != page.ToPage(at.Page) {
		opener.Open(at)
	}
}

// back and forward walk along the way.
func (f *Frame) back()    { f.walk(&f.way.behind, &f.way.ahead) }
func (f *Frame) forward() { f.walk(&f.way.ahead, &f.way.behind) }

func (f *Frame) walk(from, to *[]page.Target) {
	if len(*from) == 0 {
		return
	}
	f.leave(func() {
		last := len(*from) - 1
		next := (*from)[last]
		*from = (*from)[:last]
		*to = append(*to, f.here())
		f.arrive(next)
	})
}

func (f *Frame) page() page.Page { return f.screens[f.current] }

func (f *Frame) here() page.Target {
	if placed, ok := f.page().(page.Placed); ok {
		return placed.Place()
	}
	return page.ToPage(f.page().ID())
}

// leave goes on, after asking when typing would be lost.
func (f *Frame) leave(then func()) {
	keeper, ok := f.page().(page.Keeper)
	if !ok || keeper.Unsaved() == "" {
		then()
		return
	}
	// The typing is kept now: the program may end before the usual delay is over.
	told, leave := "入力中の内容は下書きに残り、同じ画面を開くと続けられます。", "このまま移る"
	if err := keeper.KeepTyping(); err != nil {
		told, leave = "入力中の内容を下書きに残せないため、移ると消えます。"+models.ErrorMessage(err)+"。", "入力を消して移る"
	}
	if f.moved {
		told = "この台帳は別の場所に移されたため、ここには保存できず、移した先にも入りません。移した先で入力し直せるように、書き写してから移ってください。"
	}
	ui.Ask(f.window.Canvas(), "保存していない入力があります", keeper.Unsaved()+"\n"+told, leave, "とどまる", then)
}
