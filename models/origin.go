package models

// Origin says what a ledger book was exported from. It is needed to tell
// changes made in the book from changes made in the register since.
type Origin struct {
	Register string // identity of the register
	Lineage  string // changes when a copy is restored
	Revision int64  // of the register at the export
}

// Known reports whether the book has an origin. A book made by hand has none.
func (o Origin) Known() bool { return o.Register != "" && o.Lineage != "" }

// Edit is one past change of a record.
type Edit struct {
	ByPerson      bool  // false for an import
	Before, After *Book // books with that one record, nil when it did not exist
}
