package liaison_test

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

func day(s string) models.Date { return models.MustDate(s) }

var shippedRules = sync.OnceValues(func() (fee.Rules, error) {
	data, err := os.ReadFile("../../assets/rules/2026-06.json")
	if err != nil {
		return fee.Rules{}, err
	}
	return fee.ParseRules(data)
})

// judge judges every session of a book under its own settings.
func judge(t *testing.T, b *models.Book) (*fee.Facts, fee.Rules, []fee.Verdict) {
	t.Helper()
	params, aside := fee.ParamsOf(b.Settings)
	require.Empty(t, aside)
	rules, err := shippedRules()
	require.NoError(t, err)
	facts := fee.NewFacts(b, params)
	return facts, rules, booktest.Judge(t, facts, rules)
}

// monitor judges a book and works out its figures.
func monitor(t *testing.T, b *models.Book, asOf string) liaison.Figures {
	t.Helper()
	facts, _, verdicts := judge(t, b)
	return liaison.Monitor(facts, verdicts, day(asOf))
}

// hospital is the hospital of the random registers.
var hospital = booktest.Hospital

// claimed is one session: its day, its 算定区分 and further edits.
type claimed struct {
	on    string // "" for none
	claim models.Claim
	edit  func(*models.JointGuidance)
}

// stay adds an admission of ten weeks around the first given day, with these
// sessions, each held by the doctor and the department.
func stay(b *models.Book, ward string, sessions ...claimed) {
	n := len(b.Admissions)
	first := day("2026-06-01")
	if sessions[0].on != "" {
		first = day(sessions[0].on)
	}
	a := models.Admission{
		PatientID: fmt.Sprintf("%08d", n), AdmittedOn: first.AddDays(-10), Name: "渡辺茂", ServiceSuitable: models.Yes, PatientWishes: models.Yes,
		ConsentedOn: first.AddDays(-10), DischargedOn: first.AddDays(60),
	}
	b.Admissions = append(b.Admissions, a)
	b.WardStays = append(b.WardStays, models.WardStay{PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, From: a.AdmittedOn, Ward: ward})
	for _, c := range sessions {
		s := models.JointGuidance{
			Number: fmt.Sprintf("G%05d", len(b.Sessions)), PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, Way: models.InPerson,
			Staff: []string{"D1", "S1"}, CareManager: "M1", Standing: models.PriorCareManager, PatientJoined: models.Yes, Claim: c.claim,
		}
		if c.on != "" {
			s.On = day(c.on)
		}
		if c.edit != nil {
			c.edit(&s)
		}
		b.Sessions = append(b.Sessions, s)
	}
}

// claims adds n admissions with one claim each on the day.
func claims(b *models.Book, n int, on string, claim models.Claim) {
	for range n {
		stay(b, "3A", claimed{on: on, claim: claim})
	}
}

func set(b *models.Book, key, value string) { booktest.Set(b, key, value) }

// Edits of a session.
func multiAgency(s *models.JointGuidance) { s.MultiAgency = models.Yes }
func alone(s *models.JointGuidance)       { s.PatientJoined = models.No }
func byDoctor(s *models.JointGuidance)    { s.Staff = []string{"D1"} }
