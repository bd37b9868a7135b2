package page

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"renkei/views/ui"
)

// Records is the one way a page, or a section of 設定, shows and edits records:
// a list with its filters, the detail of the selected row beside it, and a form
// in the place of the detail. A page embeds it, sets what differs, and calls
// BuildRecords. Used on the window's goroutine.
//
// The user can rely on this everywhere: choosing another row or beginning a new
// record never closes a form with typing in it. The page says so instead. A form
// without typing closes. A Target from elsewhere in the window closes any form
// and keeps its typing as a draft; the frame has asked the user before.
type Records[R any] struct {
	Reader
	Desk Desk

	// Sheet is the sheet whose records the list shows: 「やり取り」.
	Sheet string
	// RowName is what a row is called in notices, "" for Sheet.
	RowName string
	// Remember is the page's part of the names under which choices are kept:
	// 「contacts」.
	Remember string
	// ListName names the list for screen readers, "" for Sheet.
	ListName string
	Columns  []ui.Column[R]
	// Key returns the key of a row, its own in the list.
	Key func(R) string
	// Arranged is how the list is arranged at first.
	Arranged ui.ListState
	// Share is the list's part of the width.
	Share float32
	// Nothing stands in the place of the detail while no row is selected.
	Nothing string
	// Empty stands in the list while there are no records.
	Empty Empty
	// FilterWords names the filters, for a list that they leave empty:
	// 「年度・種別・算入」.
	FilterWords string
	// Filters points to the choices that narrow the list, kept from one start to
	// the next; nil for none.
	Filters any
	// Apply shows the rows the filters choose, by ShowRows.
	Apply func()
	// All are the rows before the filters; the page sets them when it is read.
	All []R
	// Waiting says that what the filters choose is still being read.
	Waiting bool
	// Recorded reports whether there are records of the sheet at all; nil is whether
	// there are any in All.
	Recorded func() bool
	// Counts counts the rows shown, for the foot of the list; beside stands at the
	// right. Nil for no foot.
	Counts func(shown []R) (words, beside string)
	// Widen takes every filter away, to show a record that they hide. On a page
	// without it such a record is described and the list stays as it is.
	Widen func()
	// Clear is what 「絞り込みをやめる」 does in an empty list; nil is Widen.
	Clear func()
	// Whole says that a form takes the place of the list too, and that the bars
	// belong to the list: a detail without the list stands without them.
	Whole bool
	// Home gives the keyboard to where the work is while nothing is entered; nil
	// is the list.
	Home func()
	// Describe returns what is shown of a row.
	Describe func(R) []fyne.CanvasObject
	// DescribeMarked returns what is shown of the marked rows; nil is a list in
	// which no row can be marked.
	DescribeMarked func([]R) []fyne.CanvasObject
	// Chosen is called after other rows are selected or marked. Nil does nothing.
	Chosen func()
	// Enter is called on Enter and a double click on a row.
	Enter func(R)
	// Editing is called after a form was opened or closed; Editor says which. Nil
	// does nothing.
	Editing func()
	// At leads to a row; nil is by Sheet and Key.
	At func(R) Target
	// Edit opens the form of a row, and Make an empty form for a record that
	// belongs to the one with the key, "" for none. Nil has no such form.
	Edit func(R)
	Make func(key string)
	// Follow does what a target asks for besides showing, editing and making a
	// record of Sheet, and reports whether it did. Nil does nothing.
	Follow func(Target) bool

	// List, Detail, Split and Search are made by BuildRecords; Search may be nil.
	List   *ui.List[R]
	Detail *ui.Detail
	Split  *ui.MasterDetail
	Search *ui.SearchBox

	foot      *ui.Arranged // what Counts says; nil for none
	counted   *ui.Caption
	beside    *ui.Caption
	side      *fyne.Container   // the detail, or the editor in its place
	both      fyne.CanvasObject // the list and the detail with their bars
	over      *fyne.Container   // a whole editor
	editor    Editor            // nil when none is open
	current   string            // key of the row to describe
	described string            // key of the row in the detail, "" for anything else
	quiet     bool              // the list is changed by the program
}

// A page of records is all of these.
var (
	_ Opener = (*Records[int])(nil)
	_ Maker  = (*Records[int])(nil)
	_ Saver  = (*Records[int])(nil)
	_ Keeper = (*Records[int])(nil)
	_ Placed = (*Records[int])(nil)
)

// Empty is what stands in a list without records: what the list is for, and how
// to begin.
type Empty struct {
	Title, Text string
	Begin       *ui.Button // nil for none
}

// BuildRecords makes the page. bar holds the filters, nil for none.
func (r *Records[R]) BuildRecords(bar fyne.CanvasObject) fyne.CanvasObject {
	name := cmp.Or(r.ListName, r.Sheet)
	left := Recall(r.Shell, r.Remember+".list", r.Arranged)
	r.List = NewList(r.Shell, name, r.Columns, r.Key, left, func() { Keep(r.Shell, r.Remember+".list", r.List.State()) })
	r.List.OnSelected = r.selected
	r.List.OnOpened = r.entered
	r.List.OnSelection = r.marked
	r.List.MultiSelect = r.DescribeMarked != nil
	r.Detail = ui.NewDetail()
	r.side = container.NewStack(r.Detail)
	var foot fyne.CanvasObject
	if r.Counts != nil {
		r.counted, r.beside = ui.NewCaption("", ui.Strong), ui.NewRightCaption("", ui.Quiet)
		r.foot = ui.NewBar(ui.StatusHeight+ui.GapCell, ui.Growing(r.counted, 200), ui.Fixed(r.beside, 0))
		foot = r.foot
	}
	r.over = container.NewStack()
	if r.Whole {
		r.Split = ui.NewMasterDetail(container.NewBorder(bar, foot, nil, nil, r.List), r.side, r.Share)
		r.both = r.Split
	} else {
		r.Split = ui.NewMasterDetail(r.List, r.side, r.Share)
		r.both = container.NewBorder(bar, foot, nil, nil, r.Split)
	}
	r.Split.OnRelaid, r.Split.OnBack = r.DescribeSelected, r.back
	return container.NewStack(canvas.NewRectangle(ui.Ground), r.both, r.over)
}

// back is the button that leads from the detail to the list. It leaves an open
// form, which would be out of sight otherwise.
func (r *Records[R]) back() {
	if r.editor != nil {
		r.editor.Escape()
		return
	}
	r.BackToList()
}

// OpensSheet is the sheet whose records the page shows.
func (r *Records[R]) OpensSheet() string { return r.Sheet }

// RecallFilters puts the choices kept into Filters.
func RecallFilters[R, F any](r *Records[R], filters *F) {
	r.Filters = filters
	*filters = Recall(r.Shell, r.Remember+".filter", *filters)
}

// NewFilter returns a box that sets one of the Filters, keeps them and applies
// them.
func (r *Records[R]) NewFilter(set func(value string)) *ui.Select {
	return ui.NewSelect(func(value string) {
		set(value)
		r.Filtered()
	})
}

// NewSearch makes the search box of the list; set puts what was typed into the
// Filters.
func (r *Records[R]) NewSearch(hint string, set func(text string)) *ui.SearchBox {
	r.Search = NewSearchBox(r.Shell, hint, func(text string) {
		set(text)
		r.Apply()
	})
	return r.Search
}

// Filtered keeps the Filters and applies them.
func (r *Records[R]) Filtered() {
	Keep(r.Shell, r.Remember+".filter", r.Filters)
	r.Apply()
}

// Shown reads the register the first time. It gives the keyboard to the open
// form, or else to where the work is.
func (r *Records[R]) Shown() {
	r.Ensure()
	if r.editor != nil {
		r.editor.Focus()
		return
	}
	r.goHome()
}

func (r *Records[R]) goHome() {
	if r.Home != nil {
		r.Home()
		return
	}
	r.FocusList()
}

// Find puts the cursor into the search box, or gives the list the keyboard.
func (r *Records[R]) Find() {
	if r.Whole && r.editor != nil {
		return // the list is out of sight
	}
	r.Split.Close()
	if r.Search != nil {
		r.Shell.Canvas().Focus(r.Search)
		return
	}
	r.FocusList()
}

// FocusList gives the list the keyboard.
func (r *Records[R]) FocusList() { r.Shell.Canvas().Focus(r.List) }

// BackToList shows the list where there is room for one part only, and gives it
// the keyboard.
func (r *Records[R]) BackToList() {
	r.Split.Close()
	r.FocusList()
}
