// Package views is the window: its frame, the way between its pages, drafts,
// settings, file dialogs and long work. Each page is a package below this one;
// screens.go lists them. Package ui holds the widgets, package page what pages
// share.
//
// The window reaches the use cases through Desk alone. It sees neither the
// database nor a workbook. Slow work runs in a Worker; its result comes back to
// the window's goroutine.
package views
