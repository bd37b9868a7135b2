// Package store keeps the register in a database: it opens and migrates the
// file, reads the register whole, and changes it through one door (Write) that
// records every change in the audit log.
//
// What only SQLite understands is in the files named sqlite*.go and in the
// migrations; the rest is plain SQL.
package store
