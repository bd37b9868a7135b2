package store

import "syscall"

// mountedLocally is MNT_LOCAL of sys/mount.h.
const mountedLocally = 0x1000

// IsRemote reports whether the folder is on another machine.
func IsRemote(folder string) (bool, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return false, err
	}
	return s.Flags&mountedLocally == 0, nil
}
