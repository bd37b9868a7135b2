package ui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	Arranged
	// OnOpened is called with the link of a piece of evidence on Enter and on a
	// click.
	OnOpened func(link any)
	// OnMoved gets the link the keyboard moved to, so that the page can scroll.
	OnMoved func(link fyne.CanvasObject)
	// OnEscape is called on Escape; nil does nothing.
	OnEscape func()
	// OnShortcut gets all shortcuts; nil hands them to the window.
	OnShortcut func(fyne.Shortcut)

	head    []*Caption
	rule    *canvas.Rectangle // under the head
	rows    []*conditionRow
	links   []*evidenceLink // from the top
	current int             // index in links
	focused bool
}

var (
	_ fyne.Focusable    = (*Conditions)(nil)
	_ fyne.Disableable  = (*Conditions)(nil)
	_ fyne.Shortcutable = (*Conditions)(nil)
)

// NewConditions returns the table of the conditions.
func NewConditions(conditions []Condition) *Conditions {
	t := &Conditions{rule: canvas.NewRectangle(Line)}
	objects := []fyne.CanvasObject{t.rule}
	style := Style{Bold: true, Color: QuietInk}
	for _, title := range []string{"", "条件", "根拠", "出典"} {
		c := NewCaption(title, style)
		t.head, objects = append(t.head, c), append(objects, c)
	}
	for _, c := range conditions {
		row := t.newRow(c)
		t.rows, objects = append(t.rows, row), append(objects, row.rule, row.mark, row.name, row.missing, row.source)
		for _, e := range row.evidence {
			objects = append(objects, e)
		}
	}
	t.Arrange(t, t.place, objects...)
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

func (t *Conditions) place(in Room) fyne.Size {
	spans, y := conditionSpans(in.Width), Scaled(26)
	for i, c := range t.head {
		in.Put(c, spans[i].x, 0, spans[i].width-GapField, y)
	}
	in.Put(t.rule, 0, y-RuleThickness, in.Width, RuleThickness)
	for _, row := range t.rows {
		y += row.place(in, spans, y)
	}
	return fyne.NewSize(360, y)
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

// place puts the row at y and returns its height.
func (c *conditionRow) place(in Room, spans [4]span, y float32) float32 {
	top, third := y+GapCell, float32(0)
	in.Put(c.mark, spans[0].x, top, spans[0].width, c.mark.MinSize().Height)
	name := in.Fit(c.name, spans[1].x, top, spans[1].width-GapField)
	source := in.Fit(c.source, spans[3].x, top, spans[3].width)
	for _, line := range c.third() {
		third += in.Fit(line, spans[2].x, top+third, spans[2].width-GapField)
	}
	height := max(name, third, source) + 2*GapCell
	in.Put(c.rule, 0, y+height-RuleThickness, in.Width, RuleThickness)
	return height
}
