package ui

import (
	"testing"

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
