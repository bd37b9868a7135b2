package app

import (
	"renkei/models"
	"renkei/models/fee"
)

// mostConcerned is how many patients and sessions a part names at most. A change
// of more reads the whole register.
const mostConcerned = 500

// partTouched is the part of the register whose verdicts a change of records may
// touch. frame is the register's frame.
func partTouched(touched []any, frame *fee.Facts) models.Part {
	var part models.Part
	for _, record := range touched {
		part = part.With(touchedBy(record, frame))
		if part.Whole || len(part.Patients)+len(part.Numbers) > mostConcerned {
			return models.Part{Whole: true}
		}
	}
	return part
}

// touchedBy is the part that a change of one record may touch: the patient's, the
// partner's, or, for a 会議, the admissions and sessions from its day on, for no
// judgement looks at a later 会議. Of the others everything may depend.
func touchedBy(record any, frame *fee.Facts) models.Part {
	switch r := record.(type) {
	case models.JointGuidance:
		return models.Part{Patients: []string{r.PatientID}, Numbers: []string{r.Number}}
	case models.Admission:
		return models.Part{Patients: []string{r.PatientID}}
	case models.WardStay:
		return models.Part{Patients: []string{r.PatientID}}
	case models.Confirmation:
		return models.Part{Numbers: []string{r.Session}}
	case models.Closing, models.ClosedVerdict:
		return models.Part{}
	case models.Contact:
		return models.Part{Whole: frame.Params.RoutineSubstitutes}
	case models.Partner:
		return models.Part{Partners: []string{r.Code}}
	case models.CareManager:
		return models.Part{CareManagers: []string{r.Code}}
	case models.Affiliation:
		return models.Part{CareManagers: []string{r.CareManager}, Partners: []string{r.Partner}}
	case models.Meeting:
		return since(r.HeldOn).With(since(heldOn(frame, r.Code)))
	case models.Attendance:
		return since(heldOn(frame, r.Meeting))
	}
	return models.Part{Whole: true}
}

// since is the part of what was judged on a day or later, nothing if it is blank.
func since(on models.Date) models.Part {
	if on == 0 {
		return models.Part{}
	}
	later := models.Period{From: on}
	return models.Part{Sessions: later, Admitted: later, Undated: true}
}

// heldOn returns the 開催日 of a registered 会議, blank for another.
func heldOn(frame *fee.Facts, code string) models.Date {
	for i := range frame.Book.Meetings {
		if m := &frame.Book.Meetings[i]; m.Code == code {
			return m.HeldOn
		}
	}
	return 0
}
