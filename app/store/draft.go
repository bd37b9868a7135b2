package store

import (
	"fmt"
	"maps"
	"slices"

	"renkei/models"
)

// Draft is a book as it would be with changes that are not saved. The sheets
// without changes are shared with the book it began from, which stays as it is.
type Draft struct {
	Book models.Book
	// Patients are the 患者ID of the admissions, stays and sessions that change.
	Patients map[string]bool
	at       map[string]map[recordKey]int // of the sheets that are copied: where each record is
	given    int
	undo     []func()
}

// NewDraft begins with a book as it is.
func NewDraft(book *models.Book) *Draft {
	return &Draft{Book: *book, Patients: make(map[string]bool), at: make(map[string]map[recordKey]int)}
}

// Discard takes the codes out of the records again that DraftNew gave them.
func (d *Draft) Discard() {
	for _, undo := range d.undo {
		undo()
	}
	d.undo = nil
}

// Sheets are the sheets of which records are changed.
func (d *Draft) Sheets() []string { return slices.Sorted(maps.Keys(d.at)) }

// note remembers whose record is changed.
func (d *Draft) note(row any) {
	switch r := row.(type) {
	case models.JointGuidance:
		d.Patients[r.PatientID] = true
	case models.Admission:
		d.Patients[r.PatientID] = true
	case models.WardStay:
		d.Patients[r.PatientID] = true
	}
}

// own copies the sheet of a table, once, and returns where its records are.
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

// DraftPut puts a record into the draft: in place of the one with its key, else
// at the end of its sheet.
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
	for _, s := range register {
		s.draftAll(d, from)
	}
}

func (t *table[T]) draftAll(d *Draft, from *models.Book) {
	for _, row := range *t.rows(from) {
		t.draftPut(d, row)
	}
}

// DraftNew is DraftPut of a new record, which gets a code of the draft alone when
// it has none, so that others can name it until the draft is discarded.
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

// draftCode begins a code no record has.
const draftCode = "（新）"

// DraftRemove takes the record with the key of row out of the draft.
func DraftRemove[T Record](d *Draft, row T) error {
	t, err := tableOf[T]()
	if err != nil {
		return err
	}
	at, rows := t.own(d), t.rows(&d.Book)
	i, there := at[t.id(&row)]
	if !there {
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
