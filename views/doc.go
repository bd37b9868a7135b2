// Package views is the window: its frame, its screens, and the small
// interfaces through which it reaches the use cases. It sees neither the
// database nor a workbook. Everything that may take longer than a blink runs
// in a worker; results come back to the window's goroutine one at a time, and
// those that are no longer wanted are dropped. What a screen shows is made by
// pure functions (the *_rows.go files) that know nothing of the toolkit.
package views
