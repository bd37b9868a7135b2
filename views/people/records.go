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
func Admissions(all models.Inpatients) []models.FindEntry {
	entries := make([]models.FindEntry, len(all))
	for i := range all {
		entries[i] = admissionEntry(&all[i])
	}
	slices.Reverse(entries)
	return entries
}

func admissionEntry(p *models.Inpatient) models.FindEntry {
	stay := "入院 " + p.AdmittedOn.String()
	if !p.DischargedOn.IsZero() {
		stay += "〜退院 " + p.DischargedOn.String()
	}
	born := ""
	if !p.BornOn.IsZero() {
		born = p.BornOn.Wareki() + "生"
	}
	return models.FindEntry{
		Key: Key(Admission, p.Key().String()), Title: cmp.Or(p.Name, p.PatientID), Kana: p.Kana,
		Detail: words.Joined("  ", p.PatientID, stay, born), ID: p.PatientID,
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
