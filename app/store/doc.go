// Package store keeps the register in a database. It opens and migrates the
// file, reads the whole register, and changes it only through Write, which
// records every change in the audit log. It also makes, reads and restores
// copies.
//
// tables.go lists the columns of every entity, migrations the schema; a
// released migration never changes. SQL that only SQLite understands belongs in
// sqlite*.go and in the migrations. What an edit means for the user is in app,
// what is true of a record in models.
package store
