package pagetest

import (
	"context"
	"time"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
)

// JudgedDesk answers with a register judged beforehand, as the program does
// once it has been open for a while. It saves nothing.
type JudgedDesk struct {
	page.Desk
	Answer *app.Judged
}

// Judged returns the register.
func (d JudgedDesk) Judged(context.Context, models.Part) (*app.Judged, error) { return d.Answer, nil }

// Inpatients returns those of the register.
func (d JudgedDesk) Inpatients(context.Context) (*app.Inpatients, error) {
	return &app.Inpatients{All: d.Answer.Facts.Book.Inpatients()}, nil
}

// TimedShell is a Shell that tells apart what is done beside the window and what
// holds it.
type TimedShell struct {
	*Shell
	Beside, Held time.Duration // the longest of each

	beside time.Duration // in all
}

var _ page.Shell = (*TimedShell)(nil)

// Do does the work at once and measures it.
func (s *TimedShell) Do(work func(context.Context) error, done func(error)) {
	began := time.Now()
	err := work(context.Background())
	took := time.Since(began)
	s.beside += took
	s.Beside = max(s.Beside, took)
	s.Hold(func() { done(err) })
}

// Hold measures what holds the window, without the work beside it that is begun
// meanwhile.
func (s *TimedShell) Hold(do func()) {
	began, beside := time.Now(), s.beside
	do()
	s.Held = max(s.Held, time.Since(began)-(s.beside-beside))
}
