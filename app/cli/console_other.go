//go:build !windows

package cli

// attachConsole does nothing: the streams exist.
func attachConsole() {}
