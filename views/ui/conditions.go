package ui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Condition is one line of a condition panel, ready to show.
type Condition struct {
	Mark     string // ○ × －
	Word     string // the mark in words
	Color    color.Color
	Name     string
	Evidence []Evidence
	Missing  string // what is missing, shown in Bad
	Source   string
	Quiet    bool // the whole line in quiet ink: it does not decide here
}

// Evidence is a record a condition rests on, a line of its own.
type Evidence struct {
	Text string
	Link any // what OnOpened is given; nil opens nothing
}

// Conditions is the table 条件・根拠・出典 of a verdict. With links among the
// evidence it is one stop of the keyboard: the arrows move over them, Enter
// opens.
type Conditions struct {
	widget.BaseWidget
	// OnOpened is called with the link of a piece of evidence on Enter and on a
	// click.
	OnOpened func(link any)
	// OnMoved tells the link the keyboard moved to, for whoever scrolls the table.
	OnMoved func(link fyne.CanvasObject)
	// OnEscape is called on Escape; nil does nothing.
	OnEscape func()
	// OnShortcut gets the shortcuts, which a table has no use for.
	OnShortcut func(fyne.Shortcut)

	head    []*Caption
	rows    []*conditionRow
	links   []*evidenceLink // from the top
	current int             // index in links
	focused bool
}

var (
	_ fyne.Focusable    = (*Conditions)(nil)
	_ fyne.Disableable  = (*Conditions)(nil)
	_ fyne.Shortcutable = (*Conditions)(nil)
	_ Block             = (*Conditions)(nil)
)

// NewConditions returns the table of the conditions.
func NewConditions(conditions []Condition) *Conditions {
	t := &Conditions{}
	style := Style{Bold: true, Color: QuietInk}
	for _, title := range []string{"", "条件", "根拠", "出典"} {
		t.head = append(t.head, NewCaption(title, style))
	}
	for _, c := range conditions {
		t.rows = append(t.rows, t.newRow(c))
	}
	t.ExtendBaseWidget(t)
	return t
}

// conditionSpans divides a width into mark, name, evidence and source.
func conditionSpans(width float32) [4]span {
	mark, source := Scaled(72), Scaled(112)
	rest := max(0, width-mark-source)
	name := rest * 0.48
	return [4]span{
		{0, mark},
		{mark, name},
		{mark + name, rest - name},
		{mark + rest, source},
	}
}

// HeightFor returns the height of the table at a width.
func (t *Conditions) HeightFor(width float32) float32 {
	spans := conditionSpans(width)
	height := t.headHeight()
	for _, row := range t.rows {
		height += row.height(spans)
	}
	return height
}

func (t *Conditions) headHeight() float32 { return Scaled(26) }

// CreateRenderer is called by the toolkit.
func (t *Conditions) CreateRenderer() fyne.WidgetRenderer {
	return &conditionsRenderer{t: t, rule: canvas.NewRectangle(Line)}
}

type conditionsRenderer struct {
	t    *Conditions
	rule *canvas.Rectangle
}

func (r *conditionsRenderer) Destroy() {}
func (r *conditionsRenderer) Refresh() { r.Layout(r.t.Size()); canvas.Refresh(r.t) }

func (r *conditionsRenderer) MinSize() fyne.Size {
	const least = 360
	return fyne.NewSize(least, r.t.HeightFor(max(least, r.t.Size().Width)))
}

func (r *conditionsRenderer) Layout(size fyne.Size) {
	spans := conditionSpans(size.Width)
	head := r.t.headHeight()
	for i, c := range r.t.head {
		c.Move(fyne.NewPos(spans[i].x, 0))
		c.Resize(fyne.NewSize(spans[i].width-GapField, head))
	}
	r.rule.Move(fyne.NewPos(0, head-RuleThickness))
	r.rule.Resize(fyne.NewSize(size.Width, RuleThickness))
	y := head
	for _, row := range r.t.rows {
		height := row.height(spans)
		row.place(spans, y, size.Width, height)
		y += height
	}
}

func (r *conditionsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.rule}
	for _, c := range r.t.head {
		objects = append(objects, c)
	}
	for _, row := range r.t.rows {
		objects = append(objects, row.rule, row.mark, row.name, row.missing, row.source)
		for _, e := range row.evidence {
			objects = append(objects, e)
		}
	}
	return objects
}

type conditionRow struct {
	rule                  *canvas.Rectangle
	mark                  *canvas.Text
	name, missing, source *Paragraph
	evidence              []Block // Paragraph or evidenceLink
}

func (t *Conditions) newRow(c Condition) *conditionRow {
	ink, missing := color.Color(Ink), color.Color(Bad)
	if c.Quiet {
		ink, missing = QuietInk, QuietInk
	}
	row := &conditionRow{
		rule:    canvas.NewRectangle(FaintLine),
		mark:    NewText(c.Mark+" "+c.Word, Style{Bold: !c.Quiet, Color: c.Color}),
		name:    NewParagraph(c.Name, Style{Color: ink}),
		missing: NewParagraph(c.Missing, Style{Color: missing}),
		source:  NewParagraph(c.Source, Quiet),
	}
	for _, e := range c.Evidence {
		if e.Link == nil {
			row.evidence = append(row.evidence, NewParagraph(e.Text, Style{Color: ink}))
			continue
		}
		link := newEvidenceLink(t, e)
		t.links = append(t.links, link)
		row.evidence = append(row.evidence, link)
	}
	row.missing.Hidden = c.Missing == ""
	return row
}

// third are the lines of the column 根拠.
func (c *conditionRow) third() []Block {
	if c.missing.Hidden {
		return c.evidence
	}
	return append(slices.Clip(c.evidence), c.missing)
}

func (c *conditionRow) height(spans [4]span) float32 {
	third := float32(0)
	for _, line := range c.third() {
		third += line.HeightFor(spans[2].width - GapField)
	}
	return max(c.name.HeightFor(spans[1].width-GapField), third, c.source.HeightFor(spans[3].width)) + 2*GapCell
}

func (c *conditionRow) place(spans [4]span, y, width, height float32) {
	c.rule.Move(fyne.NewPos(0, y+height-RuleThickness))
	c.rule.Resize(fyne.NewSize(width, RuleThickness))
	top := y + GapCell
	c.mark.Move(fyne.NewPos(spans[0].x, top))
	c.mark.Resize(fyne.NewSize(spans[0].width, c.mark.MinSize().Height))
	put := func(b Block, s span, gap, at float32) float32 {
		h := b.HeightFor(s.width - gap)
		b.Move(fyne.NewPos(s.x, at))
		b.Resize(fyne.NewSize(s.width-gap, h))
		return h
	}
	put(c.name, spans[1], GapField, top)
	put(c.source, spans[3], 0, top)
	for _, line := range c.third() {
		top += put(line, spans[2], GapField, top)
	}
}
