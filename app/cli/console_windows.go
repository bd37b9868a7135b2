package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

var attach = windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")

// attachConsole connects a windowed .exe to the console of the shell that
// started it. Streams redirected to a file or a pipe stay as they are.
func attachConsole() {
	const parent = ^uintptr(0) // ATTACH_PARENT_PROCESS
	if ok, _, _ := attach.Call(parent); ok == 0 {
		return // started without a console
	}
	out, err := os.OpenFile("CONOUT$", os.O_WRONLY, 0)
	if err != nil {
		return
	}
	if !usable(os.Stdout) {
		os.Stdout = out
	}
	if !usable(os.Stderr) {
		os.Stderr = out
	}
}

func usable(f *os.File) bool {
	kind, err := windows.GetFileType(windows.Handle(f.Fd()))
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}
