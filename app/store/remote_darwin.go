package store

import "syscall"

// isRemote reports whether the folder lies on another machine.
func isRemote(folder string) (bool, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return false, err
	}
	return s.Flags&syscall.MNT_LOCAL == 0, nil
}
