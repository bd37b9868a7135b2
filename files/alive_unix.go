//go:build !windows

package files

import (
	"errors"
	"syscall"
)

// alive reports whether a process has the number, also one of another user.
func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
