package views

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// desktopWindow is a window on a desktop that has or has not what it takes.
type desktopWindow struct {
	fyne.Window
	handle uintptr
	fault  string
}

func (w *desktopWindow) Show() {
	if w.fault != "" {
		panic(w.fault)
	}
}

func (w *desktopWindow) RunNative(f func(any)) { f(driver.X11WindowContext{WindowHandle: w.handle}) }

func TestAWindowThatCannotBeShownIsToldInWords(t *testing.T) {
	plain := test.NewTempWindow(t, nil)
	assert.NoError(t, show(&desktopWindow{Window: plain, handle: 7}))
	for name, window := range map[string]*desktopWindow{
		"without OpenGL the toolkit goes on silently": {Window: plain},
		"without a display the toolkit panics":        {Window: plain, handle: 7, fault: "NotInitialized"},
	} {
		t.Run(name, func(t *testing.T) {
			err := show(window)
			require.Error(t, err)
			assert.Equal(t, models.Unavailable, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), "画面を開けません")
			assert.ErrorContains(t, err, window.fault, "the log has the reason")
		})
	}
}

func TestWhatToDoWithoutAWindow(t *testing.T) {
	assert.Contains(t, noWindowWords("windows"), "opengl32.dll")
	assert.NotContains(t, noWindowWords("windows"), "DISPLAY")
	assert.Contains(t, noWindowWords("linux"), "DISPLAY")
	for _, system := range []string{"windows", "linux", "darwin"} {
		assert.Contains(t, noWindowWords(system), "renkei help")
	}
}
