package admissions

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/assets"
	"renkei/models/booktest"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// judgedDesk answers with a register judged beforehand.
type judgedDesk struct {
	page.Register
	judged *app.Judged
}

func (d judgedDesk) Judged(context.Context) (*app.Judged, error) { return d.judged, nil }

// watchedShell keeps the longest time the window was held by an answer.
type watchedShell struct {
	pagetest.Shell
	longest time.Duration
	beside  time.Duration // spent on work that a window does in the background
}

func (s *watchedShell) Do(work func(context.Context) error, done func(error)) {
	began := time.Now()
	err := work(context.Background())
	s.beside += time.Since(began)
	s.hold(func() { done(err) })
}

// hold measures what the window's goroutine does itself.
func (s *watchedShell) hold(do func()) {
	began, beside := time.Now(), s.beside
	do()
	s.longest = max(s.longest, time.Since(began)-(s.beside-beside))
}

// BenchmarkThirtyThousand opens the page on 30,000 admissions, shows all of
// them, searches and opens one; 「ms/longest」 is the longest the window was held.
func BenchmarkThirtyThousand(b *testing.B) {
	rules, err := app.Rules()
	require.NoError(b, err)
	judged := app.JudgeBook(booktest.Large(30_000), rules)
	toolkit := test.NewApp()
	defer toolkit.Quit()
	toolkit.Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 14))
	shell := &watchedShell{}
	shell.On, shell.Window = day("2026-11-22"), toolkit.NewWindow("")
	p := New(shell, judgedDesk{judged: judged})
	shell.Window.SetContent(p.Build())
	shell.Window.Resize(pagetest.Small)
	p.filter.Stay = Every
	p.Shown()
	require.Len(b, p.List.Rows(), 30_000)
	rows := p.List.Rows()
	shell.longest = 0
	for b.Loop() {
		p.Changed()
		p.filter.Query = "やま"
		p.apply()
		p.filter.Query = ""
		p.apply()
		shell.hold(func() { p.openAdmission(rows[len(rows)/2].Key, "") })
		shell.hold(p.BackToList)
		shell.hold(func() { p.newSessionOf(p.key) })
		shell.hold(p.Leave)
	}
	b.ReportMetric(float64(shell.longest.Microseconds())/1000, "ms/longest")
}
