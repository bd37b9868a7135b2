package page

import (
	"cmp"
	"slices"

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
	r.Split.OnRelaid = r.DescribeSelected
	return container.NewStack(canvas.NewRectangle(ui.Ground), r.both, r.over)
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

// ShowRows fills the list and counts its rows. It describes the current row as
// it is now, and tells an open form that the register may have changed.
func (r *Records[R]) ShowRows(rows []R) {
	r.explainEmpty()
	if r.Counts != nil {
		words, beside := r.Counts(rows)
		r.counted.SetText(words)
		r.beside.SetText(beside)
		r.foot.Refresh() // it is as wide as its words
	}
	r.quietly(func() { r.List.SetRows(rows) })
	if _, ok := r.Current(); !ok {
		r.current = r.selectedKey()
	}
	r.DescribeSelected()
	if r.editor != nil {
		r.editor.Reloaded()
	}
}

// explainEmpty says why the list is empty, should it be.
func (r *Records[R]) explainEmpty() {
	switch {
	case len(r.All) > 0:
		clear := r.Clear
		if clear == nil {
			clear = r.Widen
		}
		r.List.SetEmpty("条件に合う"+cmp.Or(r.RowName, r.Sheet)+"はありません", r.FilterWords+"・さがす言葉のどれかをゆるめてください。", ui.NewButton("絞り込みをやめる", clear))
	case r.Empty.Begin != nil:
		r.List.SetEmpty(r.Empty.Title, r.Empty.Text, r.Empty.Begin)
	default:
		r.List.SetEmpty(r.Empty.Title, r.Empty.Text)
	}
}

func (r *Records[R]) quietly(do func()) {
	r.quiet = true
	do()
	r.quiet = false
}

// Selected returns the selected row.
func (r *Records[R]) Selected() (R, bool) { return r.List.Selected() }

func (r *Records[R]) selectedKey() string {
	if row, ok := r.List.Selected(); ok {
		return r.Key(row)
	}
	return ""
}

// Current returns the row described: the selected one, or one that the filters
// hide.
func (r *Records[R]) Current() (R, bool) {
	row, ok := r.List.Selected()
	if ok && r.Key(row) == r.current || r.current == "" || r.Widen != nil {
		return row, ok && r.Key(row) == r.current
	}
	return r.Row(r.current)
}

// DescribeSelected shows what is recorded of the current row, where the detail
// is in sight.
func (r *Records[R]) DescribeSelected() {
	row, ok := r.Current()
	switch {
	case r.editor != nil || !r.Split.ShowsDetail():
	case r.List.Marked() > 0:
		r.described = ""
		r.Detail.Set(r.DescribeMarked(r.List.Selection())...)
	case ok && r.current == r.described:
		r.Detail.Renew(r.Describe(row)...)
	case ok:
		r.described = r.current
		r.Detail.Set(r.Describe(row)...)
	default:
		r.described = ""
		r.Detail.Set(ui.NewParagraph(r.Nothing, ui.Quiet))
		r.Split.Close()
	}
}

// selected describes another row. When a form with typing in it is open, the
// form and the selected row stay.
func (r *Records[R]) selected(row R) {
	switch {
	case r.quiet:
		return
	case r.refuses():
		r.quietly(func() { r.List.SelectKey(r.current) })
		return
	}
	r.current = r.Key(row)
	if r.editor != nil {
		r.Close()
		return
	}
	r.DescribeSelected()
}

// marked describes the marked rows, or the selected one once no row is marked.
func (r *Records[R]) marked([]R) {
	if !r.quiet && (r.List.Marked() > 0 || r.described == "") {
		r.DescribeSelected()
	}
	if r.Chosen != nil {
		r.Chosen()
	}
}

// ShowInstead shows something else in the place of the row described, until a
// row is described again. Where typing would be lost it says so and shows nothing.
func (r *Records[R]) ShowInstead(objects ...fyne.CanvasObject) {
	r.Instead(func() {
		r.described = ""
		r.Detail.Set(objects...)
		r.Split.Open()
	})
}

// entered gives the keyboard to an open form, or else does what Enter does.
func (r *Records[R]) entered(row R) {
	if r.editor != nil {
		r.Split.Open()
		r.editor.Focus()
		return
	}
	if key := r.Key(row); key != r.current || !r.Split.ShowsDetail() {
		r.current = key
		r.Split.Open()
		r.DescribeSelected()
	}
	r.Enter(row)
}

// refuses reports whether typing would be lost, and says so.
func (r *Records[R]) refuses() bool {
	what := r.Unsaved()
	if what != "" {
		SayUnsaved(r.Shell, what)
	}
	return what != ""
}

// ShowKey selects the row of a key and shows it. When the filters hide the row,
// they are taken away. It reports whether there is such a row.
func (r *Records[R]) ShowKey(key string) bool {
	found := false
	r.quietly(func() { found = r.List.SelectKey(key) })
	if !found {
		_, found = r.Row(key)
		if found && r.Widen != nil {
			r.Widen()
			r.quietly(func() { found = r.List.SelectKey(key) })
		}
	}
	if found {
		r.current = key
		r.Split.Open()
		r.DescribeSelected()
	}
	return found
}

// Row returns the row of a key among All.
func (r *Records[R]) Row(key string) (row R, ok bool) {
	i := slices.IndexFunc(r.All, func(row R) bool { return r.Key(row) == key })
	if i < 0 {
		return row, false
	}
	return r.All[i], true
}

// Open leads to a target, as soon as the register is read. It closes an open form
// and keeps what is typed in it as a draft.
func (r *Records[R]) Open(t Target) {
	r.Await(func() {
		if r.editor != nil {
			if err := r.editor.KeepTyping(); err != nil {
				r.Shell.ShowError("書きかけを残すこと", err)
			}
			r.Close()
		}
		r.lead(t)
	})
}

func (r *Records[R]) lead(t Target) {
	switch {
	case r.Follow != nil && r.Follow(t):
	case t.Do == New && r.Make != nil:
		r.Make(t.Key)
	case t.Key == "": // the page as it is
	case !r.ShowKey(t.Key):
		r.Shell.Say(ui.Attention, t.Sheet+" "+t.Key+" は見つかりません。削除されたか、番号が変わっています")
	case t.Do == Edit && r.Edit != nil:
		row, _ := r.Current()
		r.Edit(row)
		r.FocusOn(t.Field)
	}
}

// New begins a new record (Ctrl+N).
func (r *Records[R]) New() {
	if r.Make != nil {
		r.Await(func() { r.Make("") })
	}
}

// Place leads to the open form, else to the record in sight.
func (r *Records[R]) Place() Target {
	if r.editor != nil && !r.editor.Place().IsZero() {
		return r.editor.Place()
	}
	row, ok := r.Current()
	switch {
	case !ok || !r.Split.ShowsDetail():
		return ToPage(opens[r.Sheet])
	case r.At != nil:
		return r.At(row)
	}
	return To(r.Sheet, r.Key(row))
}

// Begin opens what make returns in the place of the detail. When typing in
// another form would be lost, it says so and does nothing.
func (r *Records[R]) Begin(make func() Editor) {
	if !r.refuses() {
		r.Replace(make())
	}
}

// Instead closes an open form and does something. When typing would be lost, it
// says so and does nothing.
func (r *Records[R]) Instead(do func()) {
	if !r.refuses() {
		r.Close()
		do()
	}
}

// FocusOn puts the cursor into a field of the open form, by its name.
func (r *Records[R]) FocusOn(field string) {
	if f, ok := r.editor.(*Form); ok {
		f.FocusOn(field)
	}
}

// Replace opens an editor in the place of another without asking. It is for an
// editor that keeps the other and puts it back itself.
func (r *Records[R]) Replace(editor Editor) {
	r.editor = editor
	r.show(editor.Object())
	editor.Focus()
}

// show puts an editor in its place.
func (r *Records[R]) show(o fyne.CanvasObject) {
	if r.Whole {
		// The form scrolls to its first field by its size.
		o.Resize(r.both.Size())
		r.both.Hide()
		r.over.Objects = []fyne.CanvasObject{o}
		r.over.Refresh()
	} else {
		r.side.Objects = []fyne.CanvasObject{o}
		r.side.Refresh()
		r.Split.Open()
	}
	r.edited()
}

// hide puts the detail back in the place of an editor.
func (r *Records[R]) hide() {
	r.side.Objects, r.over.Objects = []fyne.CanvasObject{r.Detail}, nil
	r.side.Refresh()
	r.over.Refresh()
	r.both.Show()
	r.edited()
}

func (r *Records[R]) edited() {
	if r.Editing != nil {
		r.Editing()
	}
}

// NewForm returns a form for Begin. Saving it closes it and shows the record.
func (r *Records[R]) NewForm(o FormOptions) *Form {
	return newForm(r.Shell, r.Desk, o, r.Leave, func(f *Form, e Entry) {
		if r.editor != Editor(f) {
			return // the user has gone on meanwhile
		}
		r.Close()
		r.goHome()
		if e.Key != nil || e.To != nil {
			r.AfterNext(func() { r.showSaved(e) })
		}
	})
}

// showSaved shows what an entry recorded. The page has read it by now.
func (r *Records[R]) showSaved(e Entry) {
	if e.To != nil {
		r.lead(e.To())
	} else {
		r.ShowKey(e.Key())
	}
	if r.Home != nil && r.editor == nil {
		r.Home()
	}
}

// Editor is what is open in the place of the detail, nil for nothing.
func (r *Records[R]) Editor() Editor { return r.editor }

// Close shows the detail again in the place of a form, without asking.
func (r *Records[R]) Close() {
	if r.editor == nil {
		return
	}
	r.editor = nil
	r.hide()
	r.DescribeSelected()
}

// Leave closes a form that the user cancelled.
func (r *Records[R]) Leave() {
	r.Close()
	if r.Home != nil {
		r.Home()
		return
	}
	r.BackToList()
}

// Save saves the open form (Ctrl+S).
func (r *Records[R]) Save() {
	if r.editor != nil {
		r.editor.Save()
	}
}

// Unsaved names the open form while something typed is not saved.
func (r *Records[R]) Unsaved() string {
	if r.editor == nil {
		return ""
	}
	return r.editor.Unsaved()
}

// KeepTyping keeps what is typed as a draft.
func (r *Records[R]) KeepTyping() error {
	if r.editor == nil {
		return nil
	}
	return r.editor.KeepTyping()
}
