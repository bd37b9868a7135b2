package files

import (
	"errors"
	"syscall"
)

// The right to ask for a process's exit status, and the one of a process that
// has none yet (STILL_ACTIVE).
const (
	queryLimitedInformation = 0x1000
	stillActive             = 259
)

// alive reports whether a process has the number, also one of another user.
func alive(pid int) bool {
	handle, err := syscall.OpenProcess(queryLimitedInformation, false, uint32(pid))
	if err != nil {
		return errors.Is(err, syscall.ERROR_ACCESS_DENIED)
	}
	defer syscall.CloseHandle(handle) //nolint:errcheck // only a question was asked
	var status uint32
	return syscall.GetExitCodeProcess(handle, &status) != nil || status == stillActive
}
