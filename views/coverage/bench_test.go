package coverage

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/reporting"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// judgedDesk answers with a register judged beforehand. It writes no reports.
type judgedDesk struct {
	reporting.Desk
	answer *app.Judged
}

func (d judgedDesk) Judged(context.Context, models.Part) (*app.Judged, error) { return d.answer, nil }

// admissionsAYear are those of a hospital of 500 beds.
const admissionsAYear = 6000

// BenchmarkSection turns to each section on registers of 1, 3 and 10 years. It
// reports the longest work beside the window and the longest the window was
// held by a callback, in milliseconds; a section already worked out costs no
// work.
func BenchmarkSection(b *testing.B) {
	rules, err := app.Rules()
	require.NoError(b, err)
	for _, n := range []int{1, 3, 10} {
		judged := apptest.JudgeBook(b, booktest.Years(n, admissionsAYear), rules)
		for _, s := range sections {
			b.Run(fmt.Sprintf("years=%d/%s", n, s.id), func(b *testing.B) {
				bench := pagetest.NewBench(b, pagetest.NewApp(b, pagetest.Now))
				shell := &pagetest.TimedShell{Shell: bench.Shell}
				p := New(shell, judgedDesk{answer: judged})
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
