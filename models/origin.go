package models

// Origin is what a ledger book was exported from. Only with it can be told what
// was changed in the book and what in the register since.
type Origin struct {
	Register string // the identity of the register
	Lineage  string // a restored copy of a register begins another
	Revision int64  // of the register when it was exported
}

// Known reports whether there is an origin at all; a book made by hand has none.
func (o Origin) Known() bool { return o.Register != "" && o.Lineage != "" }

// Edit is one change of a record in the past.
type Edit struct {
	ByPerson      bool  // not by an import
	Before, After *Book // books of that one record, nil where there was none
}
