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
	"a month":                   {Month: 2026_10},
	"a day's stays":             {Stays: models.Period{From: 2026_11_22, To: 2026_11_22}},
	"stays and what was closed": {Stays: models.Period{From: 2026_11_22}, Kept: true},
	"a period of sessions":      {Sessions: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"a period's admitted":       {Admitted: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"what is unfinished":        {Unfinished: 2026_11_22},
	"without a day":             {Undated: true},
	"a patient":                 {Patients: []string{"1"}, OfPatients: true},
	"a session":                 {Numbers: []string{"G1"}},
	"a care manager":            {CareManagers: []string{"C1"}, OfPartners: true},
	"a partner":                 {Partners: []string{"P1"}, OfPartners: true},
	"a period of contacts":      {Contacts: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"what is planned":           {After: 2026_11_22},
	"the latest before":         {Before: 2026_04_01},
	"a period of 面会":            {Menkai: models.Period{From: 2026_10_01, To: 2026_10_31}},
	"the latest met before":     {Met: 2026_04_01},
	"about whom was spoken":     {OfContacts: true, Contacts: models.Period{From: 2026_10_01, To: 2026_10_31}},
}

// large are the tables that grow with the patients, and what scope.go calls them.
var large = []string{"d", "our", "admissions", "ward_stays", "joint_guidances", "joint_guidance_staff", "contacts", "contact_staff", "confirmations", "closed_verdicts", "audit_log"}

func TestNoLargeTableIsScannedForASmallPart(t *testing.T) {
	s := openFile(t)
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
		if where := of.kept(); where.sql != "" {
			statements["closed_verdicts"] = where
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

func TestTheLatestMetAreThoseOfOurStaffOfTheDay(t *testing.T) {
	met := func(number string, on models.Date, staff ...string) models.Contact {
		return models.Contact{Number: number, On: on, Kind: models.FaceToFace, Partner: "P" + number[:1], Staff: staff}
	}
	book := &models.Book{
		Staff: []models.Staff{
			{Code: "S1", From: 2020_04_01, To: 2020_09_30, Name: "渡邉 恵", Job: models.Nurse, Department: models.FullTime},
			{Code: "S2", From: 2020_04_01, Name: "佐藤 実", Job: models.Nurse, WardDedicated: models.Yes},
			{Code: "S3", From: 2020_04_01, Name: "山田 花", Job: models.Doctor, WardDedicated: models.No},
		},
		Contacts: []models.Contact{
			met("1a", 2020_04_01, "S1"), met("1b", 2020_03_31, "S1"),
			met("2a", 2020_09_30, "S3", "S1"), met("2b", 2020_10_01, "S1"),
			met("3a", 2021_03_31, "S2"), met("3b", 2021_03_31, "S2"), met("3c", 2021_03_30, "S2"), met("3d", 2021_04_01, "S2"),
			met("4a", 2020_05_01, "S2"), met("4b", 2020_06_01, "S3"), met("4c", 2020_06_01),
			{Number: "4d", On: 2020_06_01, Kind: models.PhoneCall, Partner: "P4", Staff: []string{"S2"}},
			{Number: "5a", On: 2020_06_01, Kind: models.VideoCall, Partner: "P5", Staff: []string{"S2"}},
		},
	}
	for _, code := range []string{"P1", "P2", "P3", "P4", "P5"} {
		book.Partners = append(book.Partners, models.Partner{Code: code, Name: code, Kind: models.CareOffice})
	}
	s := openTemp(t)
	upsert(t, s, book)
	var numbers []string
	require.NoError(t, s.Read(t.Context(), func(v View) error {
		part, err := v.Part(models.Part{Met: 2021_04_01})
		for _, c := range part.Contacts {
			numbers = append(numbers, c.Number)
		}
		return err
	}))
	assert.Equal(t, []string{"1a", "2a", "3a", "3b", "4a", "5a"}, numbers)
}

func TestChangesAreFoundByTheirRevision(t *testing.T) {
	s := openFile(t)
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
	counting := &Store{place: s.place, engine: s.engine, reader: s.reader.Session(&gorm.Session{Logger: count})}
	require.NoError(t, counting.Read(context.Background(), func(v View) error {
		_, err := v.Part(part)
		return err
	}))
	assert.Positive(t, count.n)
	return count.n
}
