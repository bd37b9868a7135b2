package admissions

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/assets"
	"renkei/models/booktest"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
)

// BenchmarkThirtyThousand opens the page on 30,000 admissions, shows all of
// them, searches and opens one; 「ms/longest」 is the longest the window was held.
func BenchmarkThirtyThousand(b *testing.B) {
	rules, err := app.Rules()
	require.NoError(b, err)
	judged := apptest.JudgeBook(b, booktest.Large(30_000), rules)
	toolkit := test.NewApp()
	defer toolkit.Quit()
	toolkit.Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 14))
	shell := &pagetest.TimedShell{Shell: &pagetest.Shell{}}
	shell.On, shell.Window = day("2026-11-22"), toolkit.NewWindow("")
	desk := pagetest.JudgedDesk{Answer: judged}
	p := New(shell, desk, people.NewDirectory(desk))
	shell.Window.SetContent(p.Build())
	shell.Window.Resize(pagetest.Small)
	p.filter.Stay = Every
	p.Shown()
	require.Len(b, p.List.Rows(), 30_000)
	rows := p.List.Rows()
	shell.Held = 0
	for b.Loop() {
		p.Changed(app.Feed{Many: true})
		p.filter.Query = "やま"
		p.apply()
		p.filter.Query = ""
		p.apply()
		shell.Hold(func() { p.openAdmission(rows[len(rows)/2].Key, "") })
		shell.Hold(p.BackToList)
		shell.Hold(func() { p.newSessionOf(p.key) })
		shell.Hold(p.Leave)
	}
	b.ReportMetric(float64(shell.Held.Microseconds())/1000, "ms/longest")
}
