package store

import (
	"fmt"
	"path/filepath"
	"syscall"
	"unsafe"
)

// driveRemote is DRIVE_REMOTE of GetDriveTypeW.
const driveRemote = 4

var getDriveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// IsRemote reports whether the folder is on another machine: a UNC path, or a
// drive letter mapped to one.
func IsRemote(folder string) (bool, error) {
	if isUNC(folder) {
		return true, nil
	}
	root, err := syscall.UTF16PtrFromString(filepath.VolumeName(folder) + `\`)
	if err != nil {
		return false, fmt.Errorf("drive of %q: %w", folder, err)
	}
	kind, _, _ := getDriveType.Call(uintptr(unsafe.Pointer(root)))
	return kind == driveRemote, nil
}
