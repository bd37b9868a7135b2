// Package contacts is the page やり取り: the list of contacts with care managers
// and offices, and the quick entry of one or several at once. rows.go has the
// rows, filter.go the period and the other filters, form.go the form, entry.go
// what saving it does, phrases.go and phrasebar.go the 定型文. Which contacts count
// as 面会 is in models/liaison; the search for people is in views/people.
package contacts
