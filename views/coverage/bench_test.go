package coverage

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// admissionsAYear are those of a hospital of 500 beds.
const admissionsAYear = 6000

// years returns a register of so many years, the same number of admissions in
// each.
func years(n int) *models.Book {
	b := booktest.Large(n * admissionsAYear)
	back := make(map[string]int, len(b.Admissions)) // months, by patient
	for i := range b.Admissions {
		a := &b.Admissions[i]
		months := -12 * (i % n)
		back[a.PatientID] = months
		for _, on := range []*models.Date{&a.AdmittedOn, &a.ExpectedOn, &a.DischargedOn, &a.ConsentedOn, &a.InformedOn, &a.NoticedOn} {
			*on = on.AddMonths(months)
		}
	}
	for i := range b.WardStays {
		s := &b.WardStays[i]
		s.AdmittedOn, s.From = s.AdmittedOn.AddMonths(back[s.PatientID]), s.From.AddMonths(back[s.PatientID])
	}
	for i := range b.Sessions {
		s := &b.Sessions[i]
		s.AdmittedOn, s.On = s.AdmittedOn.AddMonths(back[s.PatientID]), s.On.AddMonths(back[s.PatientID])
	}
	for i := range b.Contacts {
		b.Contacts[i].On = b.Contacts[i].On.AddMonths(back[b.Contacts[i].PatientID])
	}
	return b
}

// desk answers with a register judged beforehand, as the program does once it
// has been open for a while.
type desk struct{ judged *app.Judged }

func (d desk) Judged(context.Context) (*app.Judged, error) { return d.judged, nil }

// timed is a shell that tells apart what is done beside the window and what
// holds it.
type timed struct {
	*pagetest.Shell
	beside, held time.Duration // the longest
}

func (s *timed) Do(work func(context.Context) error, done func(error)) {
	from := time.Now()
	err := work(context.Background())
	s.beside = max(s.beside, time.Since(from))
	from = time.Now()
	done(err)
	s.held = max(s.held, time.Since(from))
}

var _ page.Shell = (*timed)(nil)

// BenchmarkSection turns to each section on registers of 1, 3 and 10 years. It
// reports the longest work beside the window and the longest the window was
// held by a callback, in milliseconds; a section already worked out costs no
// work.
func BenchmarkSection(b *testing.B) {
	rules, err := app.Rules()
	require.NoError(b, err)
	for _, n := range []int{1, 3, 10} {
		judged := app.JudgeBook(years(n), rules)
		for _, s := range sections {
			b.Run(fmt.Sprintf("years=%d/%s", n, s.id), func(b *testing.B) {
				bench := pagetest.NewBench(b, pagetest.NewApp(b, pagetest.Now))
				shell := &timed{Shell: bench.Shell}
				p := New(shell, desk{judged})
				bench.Show(p, pagetest.Small)
				shell.beside, shell.held = 0, 0
				for b.Loop() {
					clear(p.done)
					p.now = nil
					p.Open(page.ToSection(ID, s.id, ""))
				}
				b.ReportMetric(float64(shell.beside.Microseconds())/1000, "work-ms")
				b.ReportMetric(float64(shell.held.Microseconds())/1000, "held-ms")
			})
		}
	}
}
