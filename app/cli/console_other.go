//go:build !windows

package cli

// attachConsole has nothing to do: the streams are there.
func attachConsole() {}
