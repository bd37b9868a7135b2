//go:build !linux && !windows && !darwin

package store

// isRemote cannot tell on this system.
func isRemote(string) (bool, error) { return false, nil }
