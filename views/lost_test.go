package views

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/assets"
	"renkei/models"
	"renkei/views/ui"
	"renkei/views/viewtest"
)

// lostBench is the window on a register that was moved away, with a full copy of
// the day before and an empty one of today.
type lostBench struct {
	*lostWindow
	full  string
	began []app.Beginning
	err   error // what beginning answers
	shown []fyne.Window
}

func openLost(t *testing.T) *lostBench {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.Local)
	folder := t.TempDir()
	config := app.Config{Data: filepath.Join(folder, "renkei.db"), Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
	copied := func(fill func(*app.App)) string {
		config.New = true
		a, err := app.Open(ctx, config)
		require.NoError(t, err)
		fill(a)
		_, err = a.BackUpToday(ctx)
		require.NoError(t, err)
		require.NoError(t, a.Close())
		require.NoError(t, os.Remove(config.Data))
		return filepath.Join(folder, "backups", "renkei-"+now.Format("2006-01-02")+".db")
	}
	b := &lostBench{}
	b.full = copied(func(a *app.App) {
		_, err := a.LoadSample(ctx, nil)
		require.NoError(t, err)
	})
	now = now.AddDate(0, 0, 1)
	copied(func(*app.App) {})
	found, err := app.FindLost(ctx, config.Data)
	require.NoError(t, err)
	require.NotNil(t, found)

	fonts := ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}
	b.lostWindow = newLostWindow(test.NewTempApp(t), LostParams{
		Lost: found, Fonts: fonts, Log: slog.New(slog.DiscardHandler), Worker: syncWorker(),
		Begin: func(_ context.Context, how app.Beginning) (Params, error) {
			b.began = append(b.began, how)
			return Params{
				Desk: func() Desk { return viewtest.NewDesk() }, Settings: NewSettingsFile(filepath.Join(t.TempDir(), "settings.json")),
				Fonts: fonts, Log: slog.New(slog.DiscardHandler), Worker: syncWorker(), Files: &fakeFiles{},
			}, b.err
		},
	})
	b.show = func(w fyne.Window) error { b.shown = append(b.shown, w); return nil }
	return b
}

// answer presses a button of the dialog over the window.
func (b *lostBench) answer(t *testing.T, word string) {
	t.Helper()
	top := b.window.Canvas().Overlays().Top()
	require.NotNil(t, top, "a question is asked")
	button := findButtons(top)[word]
	require.NotNil(t, button, word)
	test.Tap(button)
}

func TestALostRegisterIsRestoredInTheWindow(t *testing.T) {
	b := openLost(t)
	rows := b.list.Rows()
	require.Len(t, rows, 2)
	assert.Equal(t, b.full, rows[0].Path, "the full one before the newer empty one")
	selected, _ := b.list.Selected()
	assert.Equal(t, b.full, selected.Path)
	assert.Same(t, b.list, b.window.Canvas().Focused())

	b.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.answer(t, "やめる")
	assert.Empty(t, b.began)
	test.Tap(b.restore)
	b.answer(t, "この控えから戻す")

	assert.Equal(t, []app.Beginning{{Copy: b.full}}, b.began)
	require.Len(t, b.shown, 1, "the program's window opens")
	assert.Same(t, b.frame.window, b.shown[0])
}

func TestAnEmptyRegisterIsBegunWhenAskedTwice(t *testing.T) {
	b := openLost(t)
	test.Tap(b.fresh)
	b.answer(t, "新しい空の台帳を始める")
	assert.Empty(t, b.began, "asked again")
	b.answer(t, "やめる")
	assert.Empty(t, b.began)
	test.Tap(b.fresh)
	b.answer(t, "新しい空の台帳を始める")
	b.answer(t, "空の台帳で始める")
	assert.Equal(t, []app.Beginning{{New: true}}, b.began)
	assert.Len(t, b.shown, 1)
}

func TestWhatCannotBeBegunIsSaidAndMayBeTriedAgain(t *testing.T) {
	b := openLost(t)
	b.err = models.Errorf(models.Unavailable, "ディスクの空きがありません")
	test.Tap(b.restore)
	b.answer(t, "この控えから戻す")
	assert.Empty(t, b.shown)
	b.answer(t, "閉じる")
	b.err = nil
	test.Tap(b.restore)
	b.answer(t, "この控えから戻す")
	assert.Len(t, b.shown, 1)
}

func TestACopyThatCannotBeReadIsNotOffered(t *testing.T) {
	b := openLost(t)
	rows := b.list.Rows()
	rows[1].Fault = os.ErrInvalid
	b.list.SetRows(rows)
	b.list.SelectKey(rows[1].Path)
	assert.True(t, b.restore.Disabled())
	b.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Nil(t, b.window.Canvas().Overlays().Top())
}

func TestTroubleWithTheCopiesStandsAtTheFoot(t *testing.T) {
	desk := viewtest.NewDesk()
	b := open(t, desk)
	assert.Empty(t, b.status.Trouble())
	desk.Trouble = "控えをとれませんでした"
	b.refreshStatus()
	assert.Equal(t, "控えをとれませんでした", b.status.Trouble())
	b.Show("today")
	desk.Trouble = ""
	b.refreshStatus()
	assert.Empty(t, b.status.Trouble())
}
