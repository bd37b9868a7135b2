package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// StatusLine is the line at the foot of the window: facts at the left, running
// work with its progress and a button that stops it at the right.
type StatusLine struct {
	widget.BaseWidget
	trouble  *Caption
	facts    *Caption
	work     *Caption
	track    *canvas.Rectangle
	fill     *canvas.Rectangle
	stop     *Button
	ground   *canvas.Rectangle
	edge     *canvas.Rectangle
	running  bool
	stopping bool
	title    string
	fraction float32 // −1 when the end is not known
}

var _ fyne.Widget = (*StatusLine)(nil)

// NewStatusLine returns the line; stop is called when the person stops the
// running work.
func NewStatusLine(stop func()) *StatusLine {
	s := &StatusLine{
		trouble: NewCaption("", Style{Bold: true, Color: Bad}),
		facts:   NewCaption("", Quiet),
		work:    NewRightCaption("", Plain),
		track:   canvas.NewRectangle(Line),
		fill:    canvas.NewRectangle(Accent),
		ground:  canvas.NewRectangle(Paper),
		edge:    canvas.NewRectangle(Line),
	}
	s.stop = NewButton("中止", func() { s.setStopping(); stop() })
	s.stop.Hide()
	s.track.Hide()
	s.fill.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// SetFacts shows who works, on what, and the last backup.
func (s *StatusLine) SetFacts(text string) { s.facts.SetText(text) }

// SetTrouble shows what needs a person's eye before the facts, "" for nothing.
func (s *StatusLine) SetTrouble(text string) {
	s.trouble.SetText(text)
	s.Refresh()
}

// Trouble returns what SetTrouble shows.
func (s *StatusLine) Trouble() string { return s.trouble.Text() }

// Facts returns the facts shown.
func (s *StatusLine) Facts() string { return s.facts.Text() }

// Start shows that work has begun.
func (s *StatusLine) Start(title string) {
	s.title, s.running, s.stopping, s.fraction = title, true, false, -1
	s.stop.Enable()
	s.work.SetText(title + "…")
	s.Refresh()
}

// Progress shows how far the work is: done of total of something, total 0 when
// the end is not known.
func (s *StatusLine) Progress(what string, done, total int) {
	if !s.running || s.stopping {
		return
	}
	text := s.title + "…"
	if what != "" {
		text += " " + what
	}
	s.fraction = -1
	if total > 0 {
		s.fraction = min(1, float32(done)/float32(total))
		text += fmt.Sprintf(" %s / %s", Thousands(done), Thousands(total))
	} else if done > 0 {
		text += " " + Thousands(done)
	}
	s.work.SetText(text)
	s.Refresh()
}

func (s *StatusLine) setStopping() {
	s.stopping = true
	s.stop.Disable()
	s.work.SetText("中止しています…")
}

// Finish takes the work away.
func (s *StatusLine) Finish() {
	s.running = false
	s.work.SetText("")
	s.Refresh()
}

// Work returns the text of the running work, "" when there is none.
func (s *StatusLine) Work() string { return s.work.Text() }

// StopButton returns the button that stops the work.
func (s *StatusLine) StopButton() *Button { return s.stop }

// Thousands returns a number with its digits grouped: 11,500.
func Thousands(n int) string {
	if n < 0 {
		return "-" + Thousands(-n)
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", Thousands(n/1000), n%1000)
}

// CreateRenderer is called by the toolkit.
func (s *StatusLine) CreateRenderer() fyne.WidgetRenderer { return &statusRenderer{s} }

type statusRenderer struct{ s *StatusLine }

func (r *statusRenderer) Destroy()           {}
func (r *statusRenderer) MinSize() fyne.Size { return fyne.NewSize(320, Scaled(StatusHeight)) }

func (r *statusRenderer) Layout(size fyne.Size) {
	s := r.s
	s.ground.Resize(size)
	s.edge.Resize(fyne.NewSize(size.Width, RuleThickness))
	facts := size.Width - 2*GapGroup
	if s.running {
		stop, track := s.stop.MinSize().Width, Scaled(120)
		right := size.Width - GapGroup
		s.stop.Resize(fyne.NewSize(stop, size.Height-4))
		s.stop.Move(fyne.NewPos(right-stop, 3))
		right -= stop + GapField
		s.track.Resize(fyne.NewSize(track, 6))
		s.track.Move(fyne.NewPos(right-track, (size.Height-6)/2))
		s.fill.Resize(fyne.NewSize(track*max(0, s.fraction), 6))
		s.fill.Move(s.track.Position())
		right -= track + GapField
		work := min(s.work.MinSize().Width+1, facts*0.55)
		s.work.Resize(fyne.NewSize(work, size.Height))
		s.work.Move(fyne.NewPos(right-work, 0))
		facts = right - work - 2*GapGroup
	}
	left := float32(GapGroup)
	if s.trouble.Text() != "" {
		trouble := max(0, min(s.trouble.MinSize().Width+1, facts))
		s.trouble.Move(fyne.NewPos(left, 0))
		s.trouble.Resize(fyne.NewSize(trouble, size.Height))
		left, facts = left+trouble+GapGroup, facts-trouble-GapGroup
	}
	s.facts.Move(fyne.NewPos(left, 0))
	s.facts.Resize(fyne.NewSize(max(0, facts), size.Height))
}

func (r *statusRenderer) Objects() []fyne.CanvasObject {
	s := r.s
	return []fyne.CanvasObject{s.ground, s.edge, s.trouble, s.facts, s.work, s.track, s.fill, s.stop}
}

func (r *statusRenderer) Refresh() {
	s := r.s
	s.track.Hidden = !s.running
	s.fill.Hidden = !s.running
	s.trouble.Hidden = s.trouble.Text() == ""
	setVisible(s.stop, s.running)
	r.Layout(s.Size())
	canvas.Refresh(s)
}
