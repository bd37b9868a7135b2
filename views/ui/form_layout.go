package ui

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Widths of a form at the standard text size.
const (
	formLabelWidth = 152
	formFieldWidth = 480  // the most an ordinary field is wide
	formMemoWidth  = 880  // the most a memo is wide
	formTwoColumns = 1000 // the width from which there are two columns
)

// formRow is a row with its label and messages.
type formRow struct {
	FormRow
	label       *Paragraph
	must        *canvas.Text
	hint        *Paragraph
	message     *Paragraph
	touched     bool    // changed since it was last checked
	top, bottom float32 // its place in the body
	messageAt   float32 // where the message begins: below the label in a line, else below the field
}

// mustStyle is the style of 必須.
var mustStyle = Style{Color: Bad}

func newFormRow(row FormRow) *formRow {
	return &formRow{
		FormRow: row,
		label:   NewParagraph(row.Label, Plain),
		must:    NewText("必須", mustStyle),
		hint:    NewParagraph(row.Hint, Quiet),
		message: NewParagraph("", Style{Color: Bad}),
	}
}

func (r *formRow) enabled() bool {
	d, ok := r.Field.FocusTarget().(fyne.Disableable)
	return r.Field.Visible() && (!ok || !d.Disabled())
}

// fieldWidth is the width of the field where there is room for most.
func (r *formRow) fieldWidth(most float32) float32 {
	if r.Width > 0 {
		return min(most, Scaled(r.Width))
	}
	if p, ok := r.Field.(interface{ preferredWidth() float32 }); ok {
		return min(most, Scaled(p.preferredWidth()))
	}
	if r.spans() {
		return min(most, Scaled(formMemoWidth))
	}
	return min(most, Scaled(formFieldWidth))
}

// spans reports whether the row takes the whole width of the form.
func (r *formRow) spans() bool {
	s, ok := r.Field.(interface{ spans() bool })
	return ok && s.spans()
}

// inlineLabel is the width of the label of a row behind another.
func (r *formRow) inlineLabel() float32 {
	if r.Label == "" {
		return 0
	}
	width := Plain.width(r.Label) + GapField
	if r.Required {
		width += mustStyle.width(r.must.Text) + GapCell
	}
	return width
}

// formLine is the rows that stand on one line.
type formLine struct {
	title *Caption // of a section; then there are no rows
	rule  *canvas.Rectangle
	rows  []*formRow
}

func (l *formLine) visible() bool {
	return l.title != nil || slices.ContainsFunc(l.rows, func(r *formRow) bool { return r.Field.Visible() })
}

func (l *formLine) spans() bool {
	return slices.ContainsFunc(l.rows, func(r *formRow) bool { return r.spans() })
}

// formBody is the sections and rows, one below the other.
type formBody struct {
	Arranged // in the order they are read, which is the order of Tab
	lines    []*formLine
}

func newFormBody() *formBody {
	b := &formBody{}
	b.Arrange(b, b.place)
	return b
}

func (b *formBody) section(title string) {
	l := &formLine{title: NewCaption(title, Style{Bold: true, Size: SubHeadingSize}), rule: canvas.NewRectangle(Line)}
	b.lines, b.objects = append(b.lines, l), append(b.objects, l.title, l.rule)
}

func (b *formBody) add(r *formRow) {
	b.objects = append(b.objects, r.label, r.must, r.Field, r.message, r.hint)
	if n := len(b.lines); r.SameLine && n > 0 && b.lines[n-1].title == nil {
		b.lines[n-1].rows = append(b.lines[n-1].rows, r)
		return
	}
	b.lines = append(b.lines, &formLine{rows: []*formRow{r}})
}

// place walks through the lines.
func (b *formBody) place(in Room) fyne.Size {
	width := in.Width - 2*GapGroup
	columns, gap := 1, float32(GapPage)
	if width >= Scaled(formTwoColumns) {
		columns = 2
	}
	column := (width - gap*float32(columns-1)) / float32(columns)
	y, row, at := float32(GapGroup-GapCell), float32(0), 0
	flush := func() {
		if at > 0 {
			y, row, at = y+row+GapField, 0, 0
		}
	}
	for _, l := range b.lines {
		switch {
		case !l.visible():
		case l.title != nil:
			flush()
			y = l.placeTitle(in, GapGroup, y, width)
		case l.spans() || columns == 1:
			flush()
			y += l.place(in, GapGroup, y, width) + GapField
		default:
			row = max(row, l.place(in, GapGroup+float32(at)*(column+gap), y, column))
			if at++; at == columns {
				flush()
			}
		}
	}
	flush()
	return fyne.NewSize(Scaled(formLabelWidth+240), y+GapField)
}

func (l *formLine) placeTitle(in Room, x, y, width float32) float32 {
	y += GapField
	y += in.Fit(l.title, x, y, width) + GapCell
	in.Put(l.rule, x, y, width, RuleThickness)
	return y + GapField + GapCell
}

// place puts the rows of a line side by side, below each other where there is
// no room, and returns their height.
func (l *formLine) place(in Room, x, y, width float32) float32 {
	labelWidth := Scaled(formLabelWidth)
	left, right := x+labelWidth, x+width
	top, height, at := y, float32(0), left
	var placed []*formRow
	endLine := func() {
		for _, r := range placed {
			height += r.placeNotes(in, left, top+height, right-left)
			if in.Placing() {
				r.top, r.bottom = top, top+height
			}
		}
		top, height, at, placed = top+height, 0, left, nil
	}
	for i, r := range l.rows {
		if !r.Field.Visible() {
			if in.Placing() {
				r.hideNotes()
			}
			continue
		}
		inline := float32(0)
		if i > 0 {
			inline = r.inlineLabel()
		}
		field := r.fieldWidth(right - left)
		if i > 0 && at > left && at+inline+field > right+0.5 {
			endLine()
			top += GapCell
		}
		fieldAt := at + inline
		field = min(field, right-fieldAt)
		fieldHeight := max(HeightFor(r.Field, field), Scaled(FieldHeight))
		if i == 0 {
			height = max(height, r.placeLabel(in, x, top, labelWidth)+GapField)
		} else {
			r.placeLabel(in, at, top, inline)
		}
		r.placeField(in, fieldAt, top, field, fieldHeight)
		r.messageAt = at
		height = max(height, fieldHeight)
		at = fieldAt + field + GapGroup
		placed = append(placed, r)
	}
	endLine()
	return top - y
}

func (r *formRow) placeField(in Room, x, y, width, height float32) {
	if r.Field.MinSize().Height < Scaled(FieldHeight) {
		y += (Scaled(FieldHeight) - r.Field.MinSize().Height) / 2
		height = r.Field.MinSize().Height
	}
	in.Put(r.Field, x, y, width, height)
}

// labelText is the width of the label's text in a label of a width.
func (r *formRow) labelText(width float32) float32 {
	width -= GapField
	if r.Required {
		width -= mustStyle.width(r.must.Text) + GapCell
	}
	return width
}

// placeLabel puts the label in the middle of a line's height, 必須 at its end,
// and returns the height of the label.
func (r *formRow) placeLabel(in Room, x, y, width float32) float32 {
	text, line := r.labelText(width), Plain.lineHeight()
	if in.Placing() {
		r.label.Hidden, r.must.Hidden = r.Label == "", !r.Required
		mustStyle.apply(r.must) // the size of the text may have been changed
	}
	middle := y + max(0, (Scaled(FieldHeight)-line)/2)
	in.Put(r.must, x+text+GapCell, middle, mustStyle.width(r.must.Text), line)
	return in.Fit(r.label, x, middle, text)
}

// placeNotes puts the message below the field and the hint below the line, and
// returns their height.
func (r *formRow) placeNotes(in Room, x, y, width float32) float32 {
	height := float32(0)
	for _, p := range []*Paragraph{r.message, r.hint} {
		x, width := x, width
		if p == r.message {
			x, width = r.messageAt, width-(r.messageAt-x)
		}
		shown := p.Text() != ""
		if in.Placing() {
			p.Hidden = !shown
		}
		if shown {
			height += in.Fit(p, x, y+height+2, width)
		}
	}
	if height > 0 {
		height += GapCell
	}
	return height
}

func (r *formRow) hideNotes() {
	r.label.Hidden, r.must.Hidden, r.message.Hidden, r.hint.Hidden = true, true, true, true
}

// formFrame is the form on the page: what is wrong at the top, the body that
// scrolls, the buttons at the foot.
type formFrame struct {
	Arranged
	form      *Form
	ground    *canvas.Rectangle
	unkept    *Panel     // a draft could not be kept, read or forgotten
	warning   *Paragraph // in unkept
	restored  *Panel     // a draft is in the fields
	overtaken *Paragraph // in restored: which fields somebody else changed since
	problems  *Panel
	lines     []*problemLine
	list      *Flow
	status    *Caption
	foot      *Arranged
	footing   *canvas.Rectangle // behind the foot
	rule      *canvas.Rectangle // above it
}

func newFormFrame(f *Form) *formFrame {
	w := &formFrame{form: f, ground: newGround(Paper, Line, 0), list: NewFlow(2, 0), status: NewCaption("", Quiet)}
	w.footing, w.rule = canvas.NewRectangle(Paper), canvas.NewRectangle(Line)
	w.problems = NewPanel(w.list, BadSoft, Bad)
	w.warning = NewParagraph("", Style{Bold: true, Color: Bad})
	w.unkept = NewPanel(NewFlow(0, 0, w.warning), BadSoft, Bad)
	w.overtaken = NewParagraph("", Style{Bold: true, Color: Warn})
	w.overtaken.Hide()
	restored := NewCaption("前に書きかけた内容を戻しました。まだ保存していません。", Plain)
	line := NewBar(FieldHeight, Growing(restored, 120), Fixed(NewButton("書きかけを捨てる", f.Revert), 0))
	w.restored = NewPanel(NewFlow(0, 0, line, w.overtaken), WarnSoft, Warn)
	for _, p := range []*Panel{w.unkept, w.restored, w.problems} {
		p.Hide()
	}
	items := []Item{Growing(w.status, 80)}
	// 保存 is where Tab comes to from the last field.
	if f.o.Save != nil {
		items = append(items, Fixed(w.button(NewPrimaryButton(cmp.Or(f.o.SaveWord, "保存")+"（Ctrl+S）", theme.DocumentSaveIcon(), f.save)), 0))
	}
	if f.o.Cancel != nil {
		items = append(items, Fixed(w.button(NewButton("やめる", f.Escape)), 0))
	}
	w.foot = NewBar(FieldHeight+2*GapField, items...)
	for _, o := range []fyne.CanvasObject{w.foot, w.footing, w.rule} {
		SetVisible(o, len(items) > 1)
	}
	// In the order of Tab.
	w.Arrange(w, w.place, w.ground, w.unkept, w.restored, w.problems, f.scroll, w.footing, w.rule, w.foot)
	return w
}

func (w *formFrame) button(b *Button) *Button {
	b.OnEscape = w.form.Escape
	return b
}

// tellRestored says that a draft is in the fields, and which of them somebody
// else changed since.
func (w *formFrame) tellRestored(overtaken []string) {
	w.overtaken.SetText(overtakenWords(overtaken))
	SetVisible(w.overtaken, len(overtaken) > 0)
	w.restored.Show()
}

// say shows how the draft is doing, at the foot.
func (w *formFrame) say(text string) { w.status.SetText(text) }

// warn says over the fields what is wrong with the draft, "" for nothing.
func (w *formFrame) warn(text string) {
	if text != w.warning.Text() {
		w.warning.SetText(text)
		SetVisible(w.unkept, text != "")
		w.Refresh()
	}
}

func (w *formFrame) setProblems(lines []*problemLine) {
	w.lines = lines
	w.problems.Hidden = len(lines) == 0
	if len(lines) > 0 {
		w.list.Set(problemBlocks(w.form.o.NotDone, lines)...)
	}
}

// settled changes the list after a field has been put right, or wrong again.
func (w *formFrame) settled(r *formRow, fault string) {
	if fault != "" {
		return // its own message says so
	}
	rest := slices.DeleteFunc(slices.Clone(w.lines), func(l *problemLine) bool { return l.row == r })
	if len(rest) != len(w.lines) {
		w.setProblems(rest)
	}
}

// Refresh draws the form anew.
func (w *formFrame) Refresh() {
	w.Arranged.Refresh()
	w.form.body.Refresh()
	w.form.scroll.Refresh()
}

func (w *formFrame) place(in Room) fyne.Size {
	const rule = RuleThickness
	body, width := w.form.body, in.Width-2*rule
	least := fyne.NewSize(body.MinSize().Width+Scaled(16), Scaled(200))
	if !in.Placing() {
		return least
	}
	in.Fill(w.ground)
	y := float32(rule)
	for _, p := range []*Panel{w.unkept, w.restored, w.problems} {
		if p.Visible() {
			y += in.Fit(p, rule+GapField, y+GapField, width-2*GapField) + GapField
		}
	}
	foot := float32(0)
	if w.foot.Visible() {
		foot = w.foot.MinSize().Height
		top := in.Height - foot
		in.Put(w.foot, GapGroup, top, in.Width-2*GapGroup, foot)
		in.Put(w.footing, rule, top, width, foot-rule)
		in.Put(w.rule, rule, top, width, rule)
	}
	body.Resize(fyne.NewSize(width, body.HeightFor(width)))
	in.Put(w.form.scroll, rule, y, width, max(0, in.Height-y-foot-rule))
	return least
}
