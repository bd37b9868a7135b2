package files

import (
	"errors"
	"syscall"
)

// The right to query a process, and the exit status of a running one
// (STILL_ACTIVE).
const (
	queryLimitedInformation = 0x1000
	stillActive             = 259
)

// alive reports whether a process with this number exists, also one of another
// user.
func alive(pid int) bool {
	handle, err := syscall.OpenProcess(queryLimitedInformation, false, uint32(pid))
	if err != nil {
		return errors.Is(err, syscall.ERROR_ACCESS_DENIED)
	}
	defer syscall.CloseHandle(handle) //nolint:errcheck // only a question was asked
	var status uint32
	return syscall.GetExitCodeProcess(handle, &status) != nil || status == stillActive
}
