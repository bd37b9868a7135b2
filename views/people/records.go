package people

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/words"
)

// Kinds of key for records that are not people.
const (
	Admission Kind = "入院"
	Meeting   Kind = "会議"
)

// Admissions returns every admission, newest first, found by patient. The code
// of its key is 患者ID/入院日.
func Admissions(f *fee.Facts) []models.FindEntry {
	entries := make([]models.FindEntry, len(f.Book.Admissions))
	for i := range f.Book.Admissions {
		entries[i] = admissionEntry(&f.Book.Admissions[i])
	}
	slices.Reverse(entries) // the book is sorted by 患者ID and 入院日
	return entries
}

func admissionEntry(a *models.Admission) models.FindEntry {
	stay := "入院 " + a.AdmittedOn.String()
	if !a.DischargedOn.IsZero() {
		stay += "〜退院 " + a.DischargedOn.String()
	}
	born := ""
	if !a.BornOn.IsZero() {
		born = a.BornOn.Wareki() + "生"
	}
	return models.FindEntry{
		Key: Key(Admission, a.Key().String()), Title: cmp.Or(a.Name, a.PatientID), Kana: a.Kana,
		Detail: words.Joined("  ", a.PatientID, stay, born), ID: a.PatientID,
	}
}

// Meetings returns the meetings, newest first.
func Meetings(f *fee.Facts) []models.FindEntry {
	entries := make([]models.FindEntry, len(f.Book.Meetings))
	for i, m := range f.Book.Meetings {
		entries[i] = models.FindEntry{
			Key: Key(Meeting, m.Code), Title: m.Name,
			Detail: words.Joined("  ", m.HeldOn.String(), string(m.Kind), m.Place),
			Texts:  []string{m.Code, m.Host, m.Agenda}, ID: m.Code, Order: NewestFirst(m.HeldOn),
		}
	}
	return entries
}

// NewestFirst returns the models.FindEntry.Order that sorts records newest
// first.
func NewestFirst(on models.Date) string { return fmt.Sprintf("%08d", 9999_99_99-int(on)) }
