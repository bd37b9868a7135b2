package store

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"renkei/models"
	"renkei/models/booktest"
)

// plans are the parts the program reads most, each of a small share of a large
// register.
var plans = map[string]models.Part{
	"a month":               {Month: 2026_10},
	"a day's stays":         {Stays: models.Period{From: 2026_11_22, To: 2026_11_22}},
	"a period of sessions":  {Sessions: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"a period's admitted":   {Admitted: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"what is unfinished":    {Unfinished: 2026_11_22},
	"about whom was spoken": {OfContacts: true, Contacts: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"without a day":         {Undated: true},
	"a patient":             {Patients: []string{"1"}, OfPatients: true},
	"a session":             {Numbers: []string{"G1"}},
	"a care manager":        {CareManagers: []string{"C1"}, OfPartners: true},
	"a partner":             {Partners: []string{"P1"}, OfPartners: true},
	"a period of contacts":  {Contacts: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"what is planned":       {After: 2026_11_22},
	"the latest before":     {Before: 2026_04_01},
	"a period of 面会":        {Menkai: models.Period{From: 2026_10_01, To: 2026_10_31}},
}

// large are the tables that grow with the patients.
var large = []string{"admissions", "ward_stays", "joint_guidances", "joint_guidance_staff", "contacts", "contact_staff", "confirmations", "closed_verdicts", "audit_log"}

func TestNoLargeTableIsScannedForASmallPart(t *testing.T) {
	s := openTemp(t)
	explained := func(sql string, values []any) []string {
		found, err := s.reader.Raw("EXPLAIN QUERY PLAN "+sql, values...).Rows()
		require.NoError(t, err)
		defer found.Close()
		var steps []string
		for found.Next() {
			var id, parent, unused int
			var detail string
			require.NoError(t, found.Scan(&id, &parent, &unused, &detail))
			steps = append(steps, detail)
		}
		require.NoError(t, found.Err())
		return steps
	}
	require.Contains(t, strings.Join(explained("SELECT * FROM contacts", nil), "\n"), "SCAN contacts", "the test sees a scan")
	for name, part := range plans {
		of := scope{part}
		statements := map[string]clause{
			"admissions": of.patients(clause{}).in("patient_id"), "ward_stays": of.patients(clause{}).in("patient_id"),
			"joint_guidances": of.patients(clause{}).in("patient_id"), "contacts": of.contacts(clause{}).in("number"),
		}
		for table, where := range statements {
			for _, step := range explained("SELECT * FROM "+table+" WHERE "+where.sql+" ORDER BY 1", where.values) {
				for _, big := range large {
					assert.NotRegexp(t, "^SCAN "+big+"( |$)", step, "%s from %s", name, table)
				}
			}
		}
	}
}

func TestChangesAreFoundByTheirRevision(t *testing.T) {
	s := openTemp(t)
	var id, parent, unused int
	var step string
	sql := s.reader.ToSQL(func(db *gorm.DB) *gorm.DB { return changesAfter(db, 1).Select("id").Find(&[]AuditEntry{}) })
	require.NoError(t, s.reader.Raw("EXPLAIN QUERY PLAN "+sql).Row().Scan(&id, &parent, &unused, &step))
	assert.Contains(t, step, "INDEX audit_log_revision (revision>?)")
}

func TestAPartAsksAsOftenWhateverItHolds(t *testing.T) {
	few, many := openTemp(t), openTemp(t)
	upsert(t, few, booktest.Large(1))
	upsert(t, many, booktest.Large(300))
	for name, part := range plans {
		assert.Equal(t, statementsOf(t, few, part), statementsOf(t, many, part), name)
	}
}

func statementsOf(t *testing.T, s *Store, part models.Part) int {
	t.Helper()
	count := &statements{Interface: logger.Discard}
	counting := &Store{path: s.path, reader: s.reader.Session(&gorm.Session{Logger: count})}
	require.NoError(t, counting.Read(context.Background(), func(v View) error {
		_, err := v.Part(part)
		return err
	}))
	assert.Positive(t, count.n)
	return count.n
}
