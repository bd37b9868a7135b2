// Package ui holds the program's own widgets and its look.
//
//   - tokens.go and theme.go hold colours, sizes and fonts.
//   - arrange.go says how a widget lays out its parts. Every widget here uses it.
//   - field*.go, pick*.go and form*.go are forms and their fields.
//   - list*.go and columns.go are the list of rows.
//   - the other files hold one widget each.
//
// A widget calls back; it knows nothing of fees, files or databases. Package
// form binds fields to records, package page holds what pages share, package
// charts draws charts.
package ui
