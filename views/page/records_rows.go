package page

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"renkei/views/ui"
)

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
	case r.Waiting:
		r.List.SetEmpty(ui.Loading, "")
	case len(r.All) > 0 || r.Recorded != nil && r.Recorded():
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
