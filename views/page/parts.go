package page

import "renkei/views/ui"

// NewList returns a list of a page, named for screen readers. It is arranged as
// it was left. keep is called when the user arranges it otherwise; nil when that
// is not remembered.
func NewList[T any](s Shell, name string, columns []ui.Column[T], key func(T) string, left ui.ListState, keep func()) *ui.List[T] {
	list := ui.NewList(columns, key)
	list.Name = name
	list.After = s.After
	list.OnShortcut = s.Shortcut
	list.OnCopied = func(rows int) {
		s.Say(ui.Done, ui.Thousands(rows)+"件をコピーしました。Excelに貼り付けられます")
	}
	list.OnArranged = keep
	list.Restore(left)
	return list
}

// NewConditions returns the table of conditions on a panel, each piece of
// evidence leading to its record; escape is called on Escape.
func NewConditions(s Shell, conditions []ui.Condition, on *ui.Detail, escape func()) *ui.Conditions {
	table := ui.NewConditions(conditions)
	table.OnOpened = func(link any) { s.GoTo(link.(Target)) }
	table.OnMoved, table.OnEscape, table.OnShortcut = on.Reveal, escape, s.Shortcut
	return table
}

// NewButtonLine returns a line of buttons; escape is called on Escape in one.
func NewButtonLine(height float32, escape func(), buttons ...*ui.Button) *ui.Arranged {
	items := make([]ui.Item, 0, len(buttons)+1)
	for _, b := range buttons {
		b.OnEscape = escape
		items = append(items, ui.Fixed(b, 0))
	}
	return ui.NewBar(height, append(items, ui.Spring())...)
}

// NewSearchBox returns a search box of a page; changed gets what is typed.
func NewSearchBox(s Shell, hint string, changed func(text string)) *ui.SearchBox {
	box := ui.NewSearchBox(hint, s.After, changed)
	box.OnShortcut = s.Shortcut
	return box
}

// NewForm returns a form of a page whose typing is kept as a draft under a
// name; its options need only say what the form does itself.
func NewForm(s Shell, draft string, o ui.FormOptions) *ui.Form {
	o.After, o.Draft = s.After, s.Draft(draft)
	o.Stuck = func(err error) { s.ShowError("書きかけを消すこと", err) }
	form := ui.NewForm(o)
	form.OnShortcut = s.Shortcut
	return form
}

// SayUnsaved says why something is not done: what is typed in a form, named by
// its title, would be lost.
func SayUnsaved(s Shell, title string) {
	s.Say(ui.Attention, "「"+title+"」の途中です。保存する（Ctrl+S）か、やめてから選んでください")
}
