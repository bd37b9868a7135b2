//go:build !linux && !windows && !darwin

package store

// IsRemote is always false: this system has no check.
func IsRemote(string) (bool, error) { return false, nil }
