//go:build !linux && !windows && !darwin

package store

// IsRemote cannot tell on this system.
func IsRemote(string) (bool, error) { return false, nil }
