package store

import (
	"context"
	"maps"
	"slices"

	"renkei/models"

	"gorm.io/gorm"
)

// Feed is what was changed after a revision, from the audit log.
type Feed struct {
	From, To int64 // changes of the revisions From < r ≤ To
	// Many is true if there were more changes than are worth following. Nothing
	// else is filled in then: everything may have changed.
	Many bool
	// Patients are the 患者ID, before or after, of changed 入院, 病棟履歴, 共同指導 and
	// 確定, sorted.
	Patients []string

	last map[string]map[string]AuditEntry // the last of each record, by sheet and key
}

// mostFollowed is how many changes a Feed holds at most.
const mostFollowed = 2000

// Touches reports whether a record of one of the sheets changed.
func (f Feed) Touches(sheets ...string) bool {
	return f.Many || slices.ContainsFunc(sheets, func(s string) bool { return len(f.last[s]) > 0 })
}

// Empty reports whether nothing changed.
func (f Feed) Empty() bool { return !f.Many && len(f.last) == 0 }

// Sheets returns the names of the sheets with changes, sorted.
func (f Feed) Sheets() []string { return slices.Sorted(maps.Keys(f.last)) }

// keys returns the keys of the changed records of a sheet.
func (f Feed) keys(sheet string) []string { return slices.Sorted(maps.Keys(f.last[sheet])) }

// Since returns what was changed after a revision, also by other processes.
func (s *Store) Since(ctx context.Context, revision int64) (feed Feed, err error) {
	err = s.Read(ctx, func(v View) error {
		feed, err = v.Since(revision)
		return err
	})
	return feed, err
}

// Since returns what was changed after a revision.
func (v View) Since(revision int64) (Feed, error) {
	now, err := v.Revision()
	if err != nil || now == revision {
		return Feed{From: revision, To: now}, err
	}
	if revision < 0 || now < revision || now-revision > mostFollowed { // each has a change at least
		return Feed{From: revision, To: now, Many: true}, nil
	}
	feed := Feed{From: revision, To: now, last: make(map[string]map[string]AuditEntry)}
	entries, err := auditEntries(changesAfter(v.db, revision))
	if err != nil {
		return feed, err
	}
	if len(entries) > mostFollowed {
		return Feed{From: revision, To: now, Many: true}, nil
	}
	for _, e := range entries {
		if feed.last[e.Sheet] == nil {
			feed.last[e.Sheet] = make(map[string]AuditEntry)
		}
		feed.last[e.Sheet][e.Key] = e
	}
	feed.Patients, err = v.patientsOf(entries)
	return feed, err
}

// changesAfter selects the changes after a revision, oldest first, by the index of
// the revision.
func changesAfter(db *gorm.DB, revision int64) *gorm.DB {
	return db.Table("audit_log").Where("revision > ?", revision).Order("revision, id").Limit(mostFollowed + 1)
}

// patientsOf returns whose records audit entries changed.
func (v View) patientsOf(entries []AuditEntry) ([]string, error) {
	patients := make(map[string]bool)
	var sessions []string
	for _, e := range entries {
		ids, session, err := e.about()
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			patients[id] = true
		}
		if session != "" {
			sessions = append(sessions, session)
		}
	}
	if len(sessions) > 0 {
		var ids []string
		if err := v.db.Raw("SELECT patient_id FROM joint_guidances WHERE number IN ?", sessions).Scan(&ids).Error; err != nil {
			return nil, err
		}
		for _, id := range ids {
			patients[id] = true
		}
	}
	return slices.Sorted(maps.Keys(patients)), nil
}

// about returns the 患者ID a changed record names before and after, and the 指導番号
// of a 確定 or a 締めの判定.
func (e AuditEntry) about() (patients []string, session string, err error) {
	switch e.Sheet {
	case admissions.sheet:
		return patientsIn(e, func(a *models.Admission) string { return a.PatientID })
	case wardStays.sheet:
		return patientsIn(e, func(s *models.WardStay) string { return s.PatientID })
	case jointGuidances.sheet:
		return patientsIn(e, func(s *models.JointGuidance) string { return s.PatientID })
	case confirmations.sheet:
		return nil, e.Key, nil
	case closedVerdicts.sheet:
		var of models.ClosedVerdict
		patients, _, err = patientsIn(e, func(c *models.ClosedVerdict) string { of = *c; return c.PatientID })
		return patients, of.Session, err
	}
	return nil, "", nil
}

func patientsIn[T Record](e AuditEntry, patient func(*T) string) (patients []string, _ string, err error) {
	before, after, err := Audited[T](e)
	for _, row := range []*T{before, after} {
		if err == nil && row != nil {
			patients = append(patients, patient(row))
		}
	}
	return patients, "", err
}
