package app

import (
	"renkei/app/store"
	"renkei/models"
)

// Merged is what comes of a record that two people changed at once.
type Merged[T Record] struct {
	// Row is what is saved: under the key and the version of theirs, with what
	// either changed, and with mine where both did.
	Row T
	// Kept are the fields that only they changed, Contested those that both changed
	// to something different.
	Kept, Contested []models.FieldAt[T]
}

// Merge takes what only one of two records changed since base, the record both
// began with. A list is one value.
func Merge[T Record](base, mine, theirs T) Merged[T] {
	m := Merged[T]{Row: mine}
	store.SetVersion(&m.Row, store.VersionOf(&theirs))
	for _, f := range models.FieldsOf[T]() {
		switch {
		case f.Same(&mine, &theirs), f.Same(&base, &theirs):
		case f.Same(&base, &mine):
			f.Copy(&m.Row, &theirs)
			m.Kept = append(m.Kept, f)
		default:
			m.Contested = append(m.Contested, f)
		}
	}
	return m
}

// MergeNew merges two records that were registered under one key. Of a text, a day and
// a list the filled one is taken; a choice and a mark say something when they are blank,
// too (部門所属: 部門の外), so that they are contested.
func MergeNew[T Record](mine, theirs T) Merged[T] {
	var blank T
	m := Merge(blank, mine, theirs)
	m.Kept = nil
	for _, f := range models.FieldsOf[T]() {
		switch {
		case f.Same(&mine, &theirs) || !f.Same(&blank, &mine) && !f.Same(&blank, &theirs):
		case f.Kind == models.ChoiceField || f.Kind == models.MarkField:
			f.Copy(&m.Row, &mine)
			m.Contested = append(m.Contested, f)
		case f.Same(&blank, &mine):
			m.Kept = append(m.Kept, f)
		}
	}
	return m
}
