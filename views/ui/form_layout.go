package ui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
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
	widget.BaseWidget
	lines []*formLine
}

var _ Block = (*formBody)(nil)

func newFormBody() *formBody {
	b := &formBody{}
	b.ExtendBaseWidget(b)
	return b
}

func (b *formBody) section(title string) {
	b.lines = append(b.lines, &formLine{
		title: NewCaption(title, Style{Bold: true, Size: SubHeadingSize}), rule: canvas.NewRectangle(Line),
	})
}

func (b *formBody) add(r *formRow) {
	if n := len(b.lines); r.SameLine && n > 0 && b.lines[n-1].title == nil {
		b.lines[n-1].rows = append(b.lines[n-1].rows, r)
		return
	}
	b.lines = append(b.lines, &formLine{rows: []*formRow{r}})
}

// HeightFor returns the height of all lines at a width.
func (b *formBody) HeightFor(width float32) float32 { return b.place(width, false) }

// place walks through the lines and returns their height; move puts the
// objects there.
func (b *formBody) place(width float32, move bool) float32 {
	width -= 2 * GapGroup
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
			y = l.placeTitle(GapGroup, y, width, move)
		case l.spans() || columns == 1:
			flush()
			y += l.place(GapGroup, y, width, move) + GapField
		default:
			row = max(row, l.place(GapGroup+float32(at)*(column+gap), y, column, move))
			if at++; at == columns {
				flush()
			}
		}
	}
	flush()
	return y + GapField
}

func (l *formLine) placeTitle(x, y, width float32, move bool) float32 {
	height := l.title.MinSize().Height
	y += GapField
	if move {
		box{x, y, width, height}.place(l.title)
		box{x, y + height + GapCell, width, RuleThickness}.place(l.rule)
	}
	return y + height + GapCell + GapField + GapCell
}

// place puts the rows of a line side by side, below each other where there is
// no room, and returns their height.
func (l *formLine) place(x, y, width float32, move bool) float32 {
	labelWidth := Scaled(formLabelWidth)
	left, right := x+labelWidth, x+width
	top, height, at := y, float32(0), left
	var placed []*formRow
	endLine := func() {
		for _, r := range placed {
			height += r.placeNotes(left, top+height, right-left, move)
			if move {
				r.top, r.bottom = top, top+height
			}
		}
		top, height, at, placed = top+height, 0, left, nil
	}
	for i, r := range l.rows {
		if !r.Field.Visible() {
			if move {
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
		if move {
			if i == 0 {
				r.placeLabel(x, top, labelWidth)
			} else {
				r.placeLabel(at, top, inline)
			}
			r.placeField(fieldAt, top, field, fieldHeight)
		}
		if i == 0 {
			height = max(height, r.label.HeightFor(r.labelText(labelWidth))+GapField)
		}
		height = max(height, fieldHeight)
		at = fieldAt + field + GapGroup
		placed = append(placed, r)
	}
	endLine()
	return top - y
}

func (r *formRow) placeField(x, y, width, height float32) {
	if r.Field.MinSize().Height < Scaled(FieldHeight) {
		y += (Scaled(FieldHeight) - r.Field.MinSize().Height) / 2
		height = r.Field.MinSize().Height
	}
	box{x, y, width, height}.place(r.Field)
}

// labelText is the width of the label's text in a label of a width.
func (r *formRow) labelText(width float32) float32 {
	width -= GapField
	if r.Required {
		width -= mustStyle.width(r.must.Text) + GapCell
	}
	return width
}

// placeLabel puts the label in the middle of a line's height, 必須 at its end.
func (r *formRow) placeLabel(x, y, width float32) {
	text, line := r.labelText(width), Plain.lineHeight()
	r.label.Hidden, r.must.Hidden = r.Label == "", !r.Required
	mustStyle.apply(r.must) // the size of the text may have been changed
	middle := y + max(0, (Scaled(FieldHeight)-line)/2)
	box{x, middle, text, r.label.HeightFor(text)}.place(r.label)
	box{x + text + GapCell, middle, mustStyle.width(r.must.Text), line}.place(r.must)
}

// placeNotes puts the message and the hint below the field and returns their
// height.
func (r *formRow) placeNotes(x, y, width float32, move bool) float32 {
	height := float32(0)
	for _, p := range []*Paragraph{r.message, r.hint} {
		shown := p.Text() != ""
		h := float32(0)
		if shown {
			h = p.HeightFor(width)
		}
		if move {
			p.Hidden = !shown
			box{x, y + height + 2, width, h}.place(p)
		}
		height += h
	}
	if height > 0 {
		height += GapCell
	}
	return height
}

func (r *formRow) hideNotes() {
	r.label.Hidden, r.must.Hidden, r.message.Hidden, r.hint.Hidden = true, true, true, true
}

// CreateRenderer is called by the toolkit.
func (b *formBody) CreateRenderer() fyne.WidgetRenderer { return &formBodyRenderer{b} }

type formBodyRenderer struct{ b *formBody }

func (r *formBodyRenderer) Destroy()           {}
func (r *formBodyRenderer) Layout(s fyne.Size) { r.b.place(s.Width, true) }

func (r *formBodyRenderer) MinSize() fyne.Size {
	width := Scaled(formLabelWidth + 240)
	return fyne.NewSize(width, r.b.HeightFor(max(width, r.b.Size().Width)))
}

// Objects are in the order they are read, which is the order of Tab.
func (r *formBodyRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, l := range r.b.lines {
		if l.title != nil {
			objects = append(objects, l.title, l.rule)
		}
		for _, row := range l.rows {
			objects = append(objects, row.label, row.must, row.Field, row.message, row.hint)
		}
	}
	return objects
}

func (r *formBodyRenderer) Refresh() {
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

// formFrame is the form on the page: what is wrong at the top, the body that
// scrolls, the buttons at the foot.
type formFrame struct {
	widget.BaseWidget
	form     *Form
	ground   *canvas.Rectangle
	unkept   *notePanel // that a draft could not be kept, read or forgotten
	restored *restoredPanel
	problems *Panel
	lines    []*problemLine
	list     *Flow
	status   *Caption
	foot     *fyne.Container
	footing  *canvas.Rectangle // behind the foot
	rule     *canvas.Rectangle // above it
}

func newFormFrame(f *Form) *formFrame {
	w := &formFrame{form: f, ground: canvas.NewRectangle(Paper), list: NewFlow(2, 0), status: NewCaption("", Quiet)}
	w.footing, w.rule = canvas.NewRectangle(Paper), canvas.NewRectangle(Line)
	w.ground.StrokeColor, w.ground.StrokeWidth = Line, RuleThickness
	w.problems = NewPanel(w.list, BadSoft, Bad)
	w.problems.Hide()
	w.unkept, w.restored = newNotePanel(BadSoft, Bad), newRestoredPanel(f.Revert)
	items := []Item{Growing(w.status, 80)}
	word := f.o.SaveWord
	if word == "" {
		word = "保存"
	}
	// 保存 is where Tab comes to from the last field.
	if f.o.Save != nil {
		items = append(items, Fixed(w.button(NewPrimaryButton(word+"（Ctrl+S）", theme.DocumentSaveIcon(), f.save)), 0))
	}
	if f.o.Cancel != nil {
		items = append(items, Fixed(w.button(NewButton("やめる", f.Escape)), 0))
	}
	w.foot = NewBar(FieldHeight+2*GapField, items...)
	for _, o := range []fyne.CanvasObject{w.foot, w.footing, w.rule} {
		setVisible(o, len(items) > 1)
	}
	w.ExtendBaseWidget(w)
	return w
}

func (w *formFrame) button(b *Button) *Button {
	b.OnEscape = w.form.Escape
	return b
}

// notePanel is a sentence over the fields, hidden while there is none.
type notePanel struct {
	*Panel
	text *Paragraph
}

func newNotePanel(ground, ink color.Color) *notePanel {
	text := NewParagraph("", Style{Bold: true, Color: ink})
	n := &notePanel{NewPanel(NewFlow(0, 0, text), ground, ink), text}
	n.Hide()
	return n
}

// restoredPanel says that a draft is in the fields, and which of them were
// changed by somebody else since.
type restoredPanel struct {
	*Panel
	overtaken *Paragraph
}

func newRestoredPanel(drop func()) *restoredPanel {
	text := NewCaption("前に書きかけた内容を戻しました。まだ保存していません。", Plain)
	overtaken := NewParagraph("", Style{Bold: true, Color: Warn})
	overtaken.Hide()
	line := NewBar(FieldHeight, Growing(text, 120), Fixed(NewButton("書きかけを捨てる", drop), 0))
	p := &restoredPanel{NewPanel(NewFlow(0, 0, line, overtaken), WarnSoft, Warn), overtaken}
	p.Hide()
	return p
}

func (p *restoredPanel) show(overtaken []string) {
	p.overtaken.SetText(overtakenWords(overtaken))
	setVisible(p.overtaken, len(overtaken) > 0)
	p.Show()
}

// say shows how the draft is doing, at the foot.
func (w *formFrame) say(text string) { w.status.SetText(text) }

// warn says over the fields what is wrong with the draft, "" for nothing.
func (w *formFrame) warn(text string) {
	if text == w.unkept.text.Text() {
		return
	}
	w.unkept.text.SetText(text)
	setVisible(w.unkept.Panel, text != "")
	w.Refresh()
}

func (w *formFrame) setProblems(lines []*problemLine) {
	w.lines = lines
	w.problems.Hidden = len(lines) == 0
	if len(lines) > 0 {
		w.list.Set(problemBlocks(lines)...)
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

// CreateRenderer is called by the toolkit.
func (w *formFrame) CreateRenderer() fyne.WidgetRenderer { return &formFrameRenderer{w} }

type formFrameRenderer struct{ w *formFrame }

func (r *formFrameRenderer) Destroy() {}

func (r *formFrameRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.w.form.body.MinSize().Width+Scaled(16), Scaled(200))
}

func (r *formFrameRenderer) Layout(size fyne.Size) {
	w, body := r.w, r.w.form.body
	w.ground.Resize(size)
	y := float32(RuleThickness)
	width := size.Width - 2*RuleThickness
	for _, p := range []*Panel{w.unkept.Panel, w.restored.Panel, w.problems} {
		if !p.Visible() {
			continue
		}
		height := p.HeightFor(width - 2*GapField)
		box{RuleThickness + GapField, y + GapField, width - 2*GapField, height}.place(p)
		y += height + GapField
	}
	foot := float32(0)
	if w.foot.Visible() {
		foot = w.foot.MinSize().Height
		top := size.Height - foot
		box{GapGroup, top, size.Width - 2*GapGroup, foot}.place(w.foot)
		box{RuleThickness, top, width, foot - RuleThickness}.place(w.footing)
		box{RuleThickness, top, width, RuleThickness}.place(w.rule)
	}
	inner := fyne.NewSize(width, body.HeightFor(width))
	body.Resize(inner)
	box{RuleThickness, y, width, max(0, size.Height-y-foot-RuleThickness)}.place(w.form.scroll)
}

// Objects are in the order of Tab.
func (r *formFrameRenderer) Objects() []fyne.CanvasObject {
	w := r.w
	return []fyne.CanvasObject{w.ground, w.unkept.Panel, w.restored.Panel, w.problems, w.form.scroll, w.footing, w.rule, w.foot}
}

func (r *formFrameRenderer) Refresh() {
	r.Layout(r.w.Size())
	r.w.form.body.Refresh()
	r.w.form.scroll.Refresh()
	canvas.Refresh(r.w)
}
