package views

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"

	"renkei/models"
)

// show shows a window, or returns an error of code models.Unavailable when there
// can be none.
//
// Without OpenGL the toolkit writes a line to the log and runs on without a
// window; without a display it panics. Either way the user would see nothing. So
// the window is shown and looked for before anything runs. A later panic is not
// about the display; it ends the program with its crash file.
func show(w fyne.Window) error {
	return displayed(func() error {
		w.Show()
		if native, ok := w.(driver.NativeWindow); ok && !exists(native) {
			return noWindow(errors.New("the toolkit made no window; its reason stands before this line in the log"))
		}
		return nil
	})
}

// displayed does what needs a display; a panic of the toolkit becomes an error.
func displayed(do func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = noWindow(fmt.Errorf("panic: %v\n%s", fault, debug.Stack()))
		}
	}()
	return do()
}

// exists reports whether the desktop has a window behind the toolkit's.
func exists(w driver.NativeWindow) (found bool) {
	w.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.WindowsWindowContext:
			found = c.HWND != 0
		case driver.X11WindowContext:
			found = c.WindowHandle != 0
		case driver.MacWindowContext:
			found = c.NSWindow != 0
		default:
			found = true // a kind that does not tell
		}
	})
	return found
}

func noWindow(cause error) error {
	return models.Wrap(cause, models.Unavailable, "%s", noWindowWords(runtime.GOOS))
}

// noWindowWords says that no window can be opened, and what to do about it.
func noWindowWords(system string) string {
	todo := "・デスクトップのある画面で開く（サーバーなら ssh -X の先など。DISPLAY の値も確かめる）\n" +
		"・OpenGL の部品（Debian・Ubuntu なら libgl1 と libgl1-mesa-dri）を入れる"
	if system == "windows" {
		todo = "・グラフィックスのドライバを新しくする\n" +
			"・リモートデスクトップではなく、パソコンの前で直接開く\n" +
			"・互換表示にする（Mesa の opengl32.dll を renkei.exe と同じフォルダに置く）"
	}
	return "画面を開けません。画面を描くしくみ（OpenGL 2.1 以上）が、このパソコンで使えないためです。記録はそのままです。次のどれかを行ってください。\n" +
		todo + "\n" +
		"・画面を使わずに、指示で行う（renkei help で使い方が出ます）"
}

// sayWithoutWindow tells a sentence by the desktop's own box, for when no
// window of the program can be opened. Where the desktop has no such box it
// does nothing.
func sayWithoutWindow(sentence string) error {
	if !zenity.IsAvailable() {
		return nil
	}
	err := zenity.Error(sentence, zenity.Title(ProgramName), zenity.ErrorIcon)
	if errors.Is(err, zenity.ErrCanceled) {
		return nil // read and put away
	}
	return err
}
