package coverage

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
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

// BenchmarkSection turns to each section on registers of 1, 3 and 10 years. It
// reports the longest work beside the window and the longest the window was
// held by a callback, in milliseconds; a section already worked out costs no
// work.
func BenchmarkSection(b *testing.B) {
	rules, err := app.Rules()
	require.NoError(b, err)
	for _, n := range []int{1, 3, 10} {
		judged := apptest.JudgeBook(b, years(n), rules)
		for _, s := range sections {
			b.Run(fmt.Sprintf("years=%d/%s", n, s.id), func(b *testing.B) {
				bench := pagetest.NewBench(b, pagetest.NewApp(b, pagetest.Now))
				shell := &pagetest.TimedShell{Shell: bench.Shell}
				p := New(shell, pagetest.JudgedDesk{Answer: judged})
				bench.Show(p, pagetest.Small)
				shell.Beside, shell.Held = 0, 0
				for b.Loop() {
					clear(p.done)
					p.now = nil
					p.Open(page.ToSection(ID, s.id, ""))
				}
				b.ReportMetric(float64(shell.Beside.Microseconds())/1000, "work-ms")
				b.ReportMetric(float64(shell.Held.Microseconds())/1000, "held-ms")
			})
		}
	}
}
