// Package page is what the window's frame and its pages ask of each other, and
// the one way to build a page. A page lives in a package of its own, declares
// the use cases it needs as a small interface, and knows neither the frame (in
// views) nor another page. Lists, fields and colours are in views/ui, the
// binding of fields to records in views/form, pickers in views/people.
//
// To build a page of records, read views/meetings beside these steps:
//
//  1. Reader: Load returns a Read, mostly by ReadPart. It prepares in the
//     background all that the page shows. The page sets All and calls Apply.
//  2. Records: the page embeds it, sets Columns, Key, Describe, Enter and the
//     words, and returns BuildRecords from Build. List, detail, filters, drafts,
//     going back and Ctrl+S follow.
//  3. Form: a function makes a local copy of the record, calls NewForm with an
//     Entry (EntryOf for one record), and Bind with one line per field.
//     Begin opens it. What stands above or below it uses Above, Inside, Watch.
//  4. Target: follow opens the form a Target asks for. A new sheet gets its page
//     in the table of target.go, a new page its line in views/screens.go.
package page
