package models

import (
	"cmp"
	"slices"
)

// Inpatient is who was in hospital when: what finding a patient needs of an 入院.
type Inpatient struct {
	PatientID                string
	AdmittedOn, DischargedOn Date
	Name, Kana               string
	BornOn                   Date
	Sex                      string
}

// Key identifies the 入院.
func (p *Inpatient) Key() AdmissionKey {
	return AdmissionKey{PatientID: p.PatientID, AdmittedOn: p.AdmittedOn}
}

// Inpatients are sorted by 患者ID and 入院日.
type Inpatients []Inpatient

// Find returns the 入院 of a key, or nil.
func (all Inpatients) Find(key AdmissionKey) *Inpatient {
	at, found := slices.BinarySearchFunc(all, key, compareInpatient)
	if !found {
		return nil
	}
	return &all[at]
}

// Last returns the last 入院 of a patient, or nil.
func (all Inpatients) Last(patient string) *Inpatient {
	at, _ := slices.BinarySearchFunc(all, AdmissionKey{patient, MaxDate + 1}, compareInpatient)
	if at == 0 || all[at-1].PatientID != patient {
		return nil
	}
	return &all[at-1]
}

func compareInpatient(p Inpatient, key AdmissionKey) int {
	return cmp.Or(cmp.Compare(p.PatientID, key.PatientID), cmp.Compare(p.AdmittedOn, key.AdmittedOn))
}

// With replaces all 入院 of some patients, sorted 患者ID, by others. It makes a new
// list.
func (all Inpatients) With(patients []string, now Inpatients) Inpatients {
	next := make(Inpatients, 0, len(all)+len(now))
	for _, p := range all {
		if _, changed := slices.BinarySearch(patients, p.PatientID); !changed {
			next = append(next, p)
		}
	}
	next = append(next, now...)
	slices.SortFunc(next, func(a, b Inpatient) int { return compareInpatient(a, b.Key()) })
	return next
}

// Changed returns the sorted 患者ID of those whose 入院 differ from another list.
func (all Inpatients) Changed(old Inpatients) (patients []string) {
	for i, j := 0, 0; i < len(all) || j < len(old); {
		switch {
		case j == len(old) || i < len(all) && compareInpatient(all[i], old[j].Key()) < 0:
			patients = append(patients, all[i].PatientID)
			i++
		case i == len(all) || compareInpatient(all[i], old[j].Key()) > 0:
			patients = append(patients, old[j].PatientID)
			j++
		default:
			if all[i] != old[j] {
				patients = append(patients, all[i].PatientID)
			}
			i, j = i+1, j+1
		}
	}
	return slices.Compact(patients)
}

// Of returns those of some patients, sorted 患者ID.
func (all Inpatients) Of(patients []string) (of Inpatients) {
	for _, id := range patients {
		at, _ := slices.BinarySearchFunc(all, AdmissionKey{PatientID: id}, compareInpatient)
		for ; at < len(all) && all[at].PatientID == id; at++ {
			of = append(of, all[at])
		}
	}
	return of
}

// Inpatients returns who was in hospital when.
func (b *Book) Inpatients() Inpatients {
	all := make(Inpatients, len(b.Admissions))
	for i := range b.Admissions {
		a := &b.Admissions[i]
		all[i] = Inpatient{a.PatientID, a.AdmittedOn, a.DischargedOn, a.Name, a.Kana, a.BornOn, a.Sex}
	}
	return all
}
