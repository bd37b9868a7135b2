package views

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/assets"
	"renkei/models"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
	"renkei/views/viewtest"
)

// openChecked opens a window whose register is checked beside it.
func openChecked(t *testing.T, worker Worker, check func(context.Context) (*app.Lost, error)) (f *Frame, copied *bool) {
	t.Helper()
	desk := viewtest.NewDesk()
	copied = new(bool)
	f = NewFrame(test.NewTempApp(t), Params{
		Desk: func() Desk { return desk }, Settings: NewSettingsFile(filepath.Join(t.TempDir(), "settings.json")),
		Fonts: ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
		Log:   slog.New(slog.DiscardHandler), Worker: worker, Files: &fakeFiles{},
		Check:      check,
		KeepCopies: func(context.Context, func()) { *copied = true },
	})
	t.Cleanup(f.finish)
	f.window.Resize(fyne.NewSize(1366, 768))
	f.Start()
	return f, copied
}

func TestDamageFoundBesideTheWindowIsSaidAndOffersTheCopies(t *testing.T) {
	copies := []app.Copy{{Path: "控え.db"}}
	f, _ := openChecked(t, syncWorker(), func(context.Context) (*app.Lost, error) {
		return &app.Lost{Kind: app.Damaged, Path: "renkei.db", Copies: copies}, nil
	})
	top := f.window.Canvas().Overlays().Top()
	require.NotNil(t, top)
	said := pagetest.Texts(top)
	assert.Contains(t, said, "台帳のファイル「renkei.db」が壊れています。")
	assert.Contains(t, said, "控えが1個残っています。")

	test.Tap(findButtons(top)["控えを選ぶ"])

	lost, ok := f.next.(*lostWindow)
	require.True(t, ok)
	assert.Equal(t, copies, lost.list.Rows())
	assert.Contains(t, pagetest.Texts(lost.window.Content()), "壊れたファイルは消さずに残します。")
	assert.NotContains(t, pagetest.Texts(lost.window.Content()), "移しただけなら", "nobody moved it")
	assert.Error(t, f.ctx.Err(), "the window of the damaged register is closed")
}

func TestDamageMayBeLookedAt(t *testing.T) {
	f, _ := openChecked(t, syncWorker(), func(context.Context) (*app.Lost, error) {
		return &app.Lost{Kind: app.Damaged, Path: "renkei.db"}, nil
	})
	test.Tap(findButtons(f.window.Canvas().Overlays().Top())["このまま見る"])
	assert.Nil(t, f.next)
	assert.NoError(t, f.ctx.Err())
	assert.Nil(t, f.window.Canvas().Overlays().Top())
}

func TestNothingIsSaidOfAFileThatIsNotDamaged(t *testing.T) {
	for outcome, err := range map[string]error{
		"whole":             nil,
		"cannot be checked": models.Errorf(models.Unavailable, "ディスクを読めません"),
	} {
		t.Run(outcome, func(t *testing.T) {
			f, copied := openChecked(t, syncWorker(), func(context.Context) (*app.Lost, error) { return nil, err })
			assert.Nil(t, f.window.Canvas().Overlays().Top())
			assert.True(t, *copied, "after the check")
		})
	}
}

func TestClosingTheWindowEndsTheCheck(t *testing.T) {
	worker := syncWorker()
	var due []func()
	worker.Go = func(work func()) { due = append(due, work) }
	stopped := false
	f, copied := openChecked(t, worker, func(ctx context.Context) (*app.Lost, error) {
		stopped = ctx.Err() != nil
		return &app.Lost{Kind: app.Damaged, Path: "renkei.db"}, nil
	})
	f.finish()
	for len(due) > 0 {
		work := due[0]
		due = due[1:]
		work()
	}
	assert.True(t, stopped)
	assert.False(t, *copied)
	assert.Nil(t, f.window.Canvas().Overlays().Top())
}
