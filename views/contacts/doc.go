// Package contacts is the page やり取り: the list of contacts with care managers
// and offices, and the quick entry of one or several at once.
package contacts
