package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
)

func TestAPasswordIsHiddenAndKeptByNobody(t *testing.T) {
	themed(t)
	field, next := NewPasswordField(""), NewTextField("")
	w := inWindow(t, field, next)
	typeKeys(w, " 連携2026")
	pressKeys(w, fyne.KeyReturn)
	assert.Equal(t, field.FocusTarget(), w.Canvas().Focused(), "Enter may confirm a conversion")
	assert.True(t, field.entry.Password)
	assert.Equal(t, " 連携2026", field.Text(), "a space counts")
	assert.False(t, field.Blank())
	assert.Empty(t, field.Value(), "a draft is made of the values")
	field.SetValue("kept")
	assert.Equal(t, " 連携2026", field.Text())

	t.Run("it cannot be copied", func(t *testing.T) {
		clipboard := fyne.CurrentApp().Clipboard()
		clipboard.SetContent("before")
		field.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
		field.entry.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
		assert.Equal(t, "before", clipboard.Content())
	})
	t.Run("once cleared it is hidden and does not come back", func(t *testing.T) {
		test.Tap(field.entry.ActionItem.(fyne.Tappable))
		assert.False(t, field.entry.Password, "the eye shows it")
		field.Clear()
		field.entry.TypedShortcut(&fyne.ShortcutUndo{})
		assert.True(t, field.Blank())
		assert.True(t, field.entry.Password)
	})
}

func TestEnterInAPasswordAloneWaitsForTheTextOfAnIME(t *testing.T) {
	themed(t)
	field := NewPasswordField("")
	var due []func()
	entered := 0
	field.OnEntered(func(_ time.Duration, do func()) { due = append(due, do) }, func() { entered++ })
	w := inWindow(t, field)
	typeKeys(w, "連")
	pressKeys(w, fyne.KeyReturn)
	typeKeys(w, "携")
	due[0]()
	assert.Zero(t, entered, "a text followed")
	pressKeys(w, fyne.KeyReturn)
	due[1]()
	assert.Equal(t, 1, entered)
}
