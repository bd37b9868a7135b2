package views

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
)

// change changes the register as another program would.
func (w *walker) change(steps ...app.Step) {
	w.t.Helper()
	_, err := w.registers.Own().Do(context.Background(), "試し", steps...)
	require.NoError(w.t, err)
}

func TestTheNewDefaultIsToldOnce(t *testing.T) {
	w := sit(t)
	assert.NotContains(t, w.notice.Text(), "規程の基準日", "the sample says which it wants")
	judged, err := w.registers.Shown().Judged(context.Background(), models.Part{Whole: true})
	require.NoError(t, err)
	for _, s := range judged.Facts.Book.Settings {
		if s.Key == "policy_must_precede" {
			w.change(app.Remove(s))
		}
	}
	require.NoError(t, w.registers.Close())

	again := sitAgain(t, w.data)
	assert.Equal(t, "「規程の基準日」の既定が「入院日まで」に変わり、5件の共同指導の判定が変わりました。確定した値はそのままです", again.notice.Text())
	test.Tap(findButtons(again.notice)["判定基準を開く"])
	assert.Equal(t, "settings", again.page().ID())
	require.NoError(t, again.registers.Close())

	third := sitAgain(t, w.data)
	assert.NotContains(t, third.notice.Text(), "規程の基準日", "told already")
}

func TestARowOfTheSettingsThatCannotBeUsedIsSaidAtTheStart(t *testing.T) {
	w := sit(t)
	w.change(app.Put(models.Setting{Key: "meeting_min", Value: "9"}))
	require.NoError(t, w.registers.Close())
	again := sitAgain(t, w.data)
	assert.Equal(t, "設定に使えない行が1件あります。その行は使わずに判定しています", again.notice.Text())
}
