// Package ui holds the window's own widgets and its look: the tokens and the
// theme, the register list, the condition panel, badges, paragraphs that wrap
// Japanese, notices, the status line and the page frame. Widgets call back;
// they know nothing of fees, files or databases.
package ui
