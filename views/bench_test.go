package views

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/assets"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/views/ui"
)

// BenchmarkOpenPages opens each page on a register of 30,000 admissions and
// reports the longest the window was held, in milliseconds, by one callback:
// showing the page or taking the worker's answer. The work beside the window
// is not in it.
func BenchmarkOpenPages(b *testing.B) {
	ctx := context.Background()
	dir := b.TempDir()
	folder := filepath.Join(dir, "ledger") + string(filepath.Separator)
	require.NoError(b, ledger.Write(ctx, folder, booktest.Large(30_000), nil))
	registers, err := app.OpenRegisters(ctx, app.Config{Data: filepath.Join(dir, "renkei.db"), Log: slog.New(slog.DiscardHandler)}, app.Beginning{})
	require.NoError(b, err)
	defer registers.Close()
	_, err = registers.Own().ImportLedger(ctx, folder, ledger.Choice{}, nil)
	require.NoError(b, err)
	_, err = registers.Own().Judged(ctx, models.Part{Whole: true}) // as when the program has been open for a while
	require.NoError(b, err)

	var longest time.Duration
	held := func(f func()) {
		from := time.Now()
		f()
		longest = max(longest, time.Since(from))
	}
	worker := Worker{
		Go: func(f func()) { f() }, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		After: func(_ time.Duration, f func()) { held(f) },
	}
	// What the worker does between two callbacks does not hold the window, so
	// its answers are kept until the callback that asked has returned.
	var answers []func()
	worker.UI = func(f func()) { answers = append(answers, f) }
	var asked []func()
	worker.Go = func(f func()) { asked = append(asked, f) }
	settle := func() {
		for len(asked)+len(answers) > 0 {
			work := asked
			asked = nil
			for _, f := range work {
				f()
			}
			due := answers
			answers = nil
			for _, f := range due {
				held(f)
			}
		}
	}
	a := test.NewApp()
	defer a.Quit()
	f := NewFrame(a, Params{
		Desk: AppDesk(registers), Settings: NewSettingsFile(filepath.Join(dir, "settings.json")), Version: app.Version,
		Log: slog.New(slog.DiscardHandler), Worker: worker,
		Fonts: ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
	})
	f.window.Resize(fyne.NewSize(1366, 768))
	f.Start()
	settle()
	for _, id := range f.ScreenIDs() {
		b.Run(id, func(b *testing.B) {
			longest = 0
			for b.Loop() {
				held(func() { f.Show(id) })
				settle()
			}
			b.ReportMetric(float64(longest.Microseconds())/1000, "longest-ms")
		})
	}
}
