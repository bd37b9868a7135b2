package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// StatusLine is the line at the foot of the window: facts at the left, running
// work with its progress and a button that stops it at the right.
type StatusLine struct {
	Arranged
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

// NewStatusLine returns the line; stop is called when the user stops the
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
	s.Arrange(s, s.place, s.ground, s.edge, s.trouble, s.facts, s.work, s.track, s.fill, s.stop)
	return s
}

// SetFacts shows who works, on what, and the last backup.
func (s *StatusLine) SetFacts(text string) { s.facts.SetText(text) }

// SetTrouble shows a warning before the facts, "" for none.
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

func (s *StatusLine) place(in Room) fyne.Size {
	least := fyne.NewSize(320, Scaled(StatusHeight))
	if !in.Placing() {
		return least
	}
	s.track.Hidden, s.fill.Hidden, s.trouble.Hidden = !s.running, !s.running, s.trouble.Text() == ""
	SetVisible(s.stop, s.running)
	in.Fill(s.ground)
	in.Put(s.edge, 0, 0, in.Width, RuleThickness)
	facts := in.Width - 2*GapGroup
	if s.running {
		stop, track, bar := s.stop.MinSize().Width, Scaled(120), float32(6)
		right := in.Width - GapGroup - stop
		in.Put(s.stop, right, 3, stop, in.Height-4)
		right -= GapField + track
		in.Put(s.track, right, (in.Height-bar)/2, track, bar)
		in.Put(s.fill, right, (in.Height-bar)/2, track*max(0, s.fraction), bar)
		work := min(s.work.MinSize().Width+1, facts*0.55)
		right -= GapField + work
		in.Put(s.work, right, 0, work, in.Height)
		facts = right - 2*GapGroup
	}
	left := float32(GapGroup)
	if !s.trouble.Hidden {
		trouble := max(0, min(s.trouble.MinSize().Width+1, facts))
		in.Put(s.trouble, left, 0, trouble, in.Height)
		left, facts = left+trouble+GapGroup, facts-trouble-GapGroup
	}
	in.Put(s.facts, left, 0, max(0, facts), in.Height)
	return least
}
