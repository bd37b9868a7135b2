package store

import (
	"fmt"
	"maps"
	"slices"

	"renkei/models"
)

// Draft is a book with changes that are not saved. It copies a sheet before
// changing it and shares the other sheets with the original book, which is
// never changed.
type Draft struct {
	Book models.Book
	// Patients are the 患者ID of the changed admissions, stays and sessions.
	Patients map[string]bool
	// Touched are the records put into the draft and removed from it, and those
	// they replaced.
	Touched []any
	at       map[string]map[recordKey]int // the position of each record, for the copied sheets
	given    int
	undo     []func()
}

// NewDraft starts a draft from a book.
func NewDraft(book *models.Book) *Draft {
	return &Draft{Book: *book, Patients: make(map[string]bool), at: make(map[string]map[recordKey]int)}
}

// Discard removes the codes that DraftNew put into the caller's records.
func (d *Draft) Discard() {
	for _, undo := range d.undo {
		undo()
	}
	d.undo = nil
}

// Sheets returns the names of the changed sheets, sorted.
func (d *Draft) Sheets() []string { return slices.Sorted(maps.Keys(d.at)) }

// note remembers whose record changes.
func (d *Draft) note(row any) {
	d.Touched = append(d.Touched, row)
	switch r := row.(type) {
	case models.JointGuidance:
		d.Patients[r.PatientID] = true
	case models.Admission:
		d.Patients[r.PatientID] = true
	case models.WardStay:
		d.Patients[r.PatientID] = true
	}
}

// own copies the sheet of a table once and returns the positions of its
// records.
func (t *table[T]) own(d *Draft) map[recordKey]int {
	if at := d.at[t.sheet]; at != nil {
		return at
	}
	old := *t.rows(&d.Book)
	rows := make([]T, len(old), len(old)+1)
	at := make(map[recordKey]int, len(old))
	for i := range old {
		rows[i] = old[i]
		at[t.id(&rows[i])] = i
	}
	*t.rows(&d.Book), d.at[t.sheet] = rows, at
	return at
}

// DraftPut replaces the record with the same key, or appends the record to its
// sheet.
func DraftPut[T Record](d *Draft, row T) error {
	t, err := tableOf[T]()
	if err != nil {
		return err
	}
	t.draftPut(d, row)
	return nil
}

func (t *table[T]) draftPut(d *Draft, row T) {
	at, rows := t.own(d), t.rows(&d.Book)
	d.note(row)
	if i, there := at[t.id(&row)]; there {
		d.note((*rows)[i])
		(*rows)[i] = row
		return
	}
	at[t.id(&row)] = len(*rows)
	*rows = append(*rows, row)
}

// PutAll puts every record of a book into the draft (see DraftPut).
func (d *Draft) PutAll(from *models.Book) {
	for _, s := range tables {
		s.draftAll(d, from)
	}
}

func (t *table[T]) draftAll(d *Draft, from *models.Book) {
	for _, row := range *t.rows(from) {
		t.draftPut(d, row)
	}
}

// DraftNew is DraftPut for a new record. A record without a code gets a
// temporary one until Discard, so that other records can refer to it.
func DraftNew[T Record](d *Draft, row *T) error {
	t, err := tableOf[T]()
	if err != nil {
		return err
	}
	if t.first != "" && *t.code(row) == "" {
		d.given++
		*t.code(row) = fmt.Sprintf("%s%d", draftCode, d.given)
		d.undo = append(d.undo, func() { *t.code(row) = "" })
	}
	return DraftPut(d, *row)
}

// draftCode is the prefix of temporary codes. No real code has it.
const draftCode = "（新）"

// DraftRemove removes the record with the key of row from the draft.
func DraftRemove[T Record](d *Draft, row T) error {
	t, err := tableOf[T]()
	if err != nil {
		return err
	}
	at, rows := t.own(d), t.rows(&d.Book)
	i, there := at[t.id(&row)]
	if !there {
		d.note(row)
		return nil
	}
	d.note((*rows)[i])
	*rows = slices.Delete(*rows, i, i+1)
	delete(at, t.id(&row))
	for key, j := range at {
		if j > i {
			at[key] = j - 1
		}
	}
	return nil
}
