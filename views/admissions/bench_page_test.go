package admissions

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/assets"
	"renkei/assets/sample"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// place is the page on a register of the sample hospital, in a window of the
// test driver where everything happens at once.
type place struct {
	*Page
	app   *app.App
	shell *pagetest.Shell
}

// open opens the page on a new register of the sample hospital.
func open(t *testing.T, size fyne.Size) *place {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{
		Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "山田", Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	_, err = a.LoadSample(context.Background(), nil)
	require.NoError(t, err)
	return openOn(t, a, size)
}

func openOn(t *testing.T, a *app.App, size fyne.Size) *place {
	t.Helper()
	toolkit := test.NewTempApp(t)
	toolkit.Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 14))
	shell := &pagetest.Shell{On: models.MustDate(sample.AsOf), Window: test.NewTempWindow(t, nil)}
	p := &place{Page: New(shell, a), app: a, shell: shell}
	shell.Pages = []page.Page{p}
	shell.Window.SetContent(p.Build())
	shell.Window.Resize(size)
	p.Shown()
	require.Empty(t, shell.Errors)
	return p
}

// The room a page has in a window of 1366 and of 1920 pixels.
var (
	small = fyne.NewSize(1160, 640)
	large = fyne.NewSize(1714, 950)
)
