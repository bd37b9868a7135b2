package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// spring is April to June 2026 as of 2026-06-15.
var spring = liaison.Scope{Period: models.Period{From: 2026_04_01, To: 2026_06_30}, AsOf: 2026_06_15}

// dealings returns a book of offices with やり取り on the given days.
func dealings(days map[string][]models.Date) *models.Book {
	b := &models.Book{}
	for _, code := range []string{"P1", "P2", "P3", "P4", "P5", "P6"} {
		if on, ok := days[code]; ok {
			b.Partners = append(b.Partners, models.Partner{Code: code, ConsultedOn: 2020_04_01})
			for _, d := range on {
				b.Contacts = append(b.Contacts, models.Contact{On: d, Kind: models.PhoneCall, Partner: code})
			}
		}
	}
	return b
}

func codesOf(list []liaison.Activity) (codes []string) {
	for _, a := range list {
		codes = append(codes, a.Partner.Code)
	}
	return codes
}

func activities(b *models.Book) []liaison.Activity {
	return liaison.Activities(fee.NewFacts(b, fee.DefaultParams()), spring)
}

func TestActivitiesCountThePeriodUpToTheDay(t *testing.T) {
	b := dealings(map[string][]models.Date{
		"P1": {2026_03_31, 2026_04_01, 2026_06_15, 2026_06_16},
		"P2": {2026_05_01},
		"P3": {2026_05_01},
		"P4": nil,
	})
	b.Partners[1].EndedOn, b.Partners[2].EndedOn = 2026_06_15, 2026_06_16
	b.CareManagers = []models.CareManager{{Code: "C1"}}
	b.Affiliations = []models.Affiliation{{CareManager: "C1", Partner: "P1", From: 2026_04_01}}
	for _, on := range []models.Date{2026_03_31, 2026_04_01, 2026_06_15, 2026_06_16} {
		b.Admissions = append(b.Admissions, models.Admission{PatientID: "1", AdmittedOn: on, CareManager: "C1"})
		b.Sessions = append(b.Sessions, models.JointGuidance{Number: on.String(), On: on, CareManager: "C1"})
	}
	list := activities(b)
	assert.Equal(t, []string{"P1", "P3", "P4"}, codesOf(list), "one that ended on the day is gone, one that ends tomorrow is there")
	first := list[0]
	assert.Equal(t, [3]int{2, 2, 2}, [3]int{first.Admissions, first.Contacts, first.Sessions}, "of 4月1日 and of the day itself")
	assert.Equal(t, [2]models.Date{2026_03_31, 2026_06_15}, [2]models.Date{first.FirstOn, first.LastOn})
	assert.Equal(t, [2]models.Date{}, [2]models.Date{list[2].FirstOn, list[2].LastOn})
	assert.True(t, list[1].Active)
}

func TestActivitiesAreChosenAndOrdered(t *testing.T) {
	of := func(code string, admissions, contacts, sessions int, last models.Date, active bool) liaison.Activity {
		return liaison.Activity{Partner: &models.Partner{Code: code}, Admissions: admissions, Contacts: contacts, Sessions: sessions, LastOn: last, Active: active}
	}
	list := []liaison.Activity{
		of("nothing", 0, 0, 0, 0, true),
		of("busy", 3, 2, 0, 2026_06_01, true),
		of("busiest", 5, 2, 3, 2026_06_10, true),
		of("as busy, spoken to more", 3, 2, 1, 2026_03_18, true),
		of("little", 2, 0, 0, 2026_03_17, true),
		of("a call only", 0, 1, 0, 2026_03_17, false),
		of("a session only", 0, 0, 1, 2026_05_01, true),
	}
	assert.Equal(t, []string{"busy"}, codesOf(liaison.ColdOnes(list)), "three 入院 and fewer dealings than 入院")
	assert.Equal(t, []string{"busiest", "busy", "as busy, spoken to more", "little", "a call only", "a session only"}, codesOf(liaison.Busiest(list)))
	// 2026-03-17 to 2026-06-15 is 90 days.
	assert.Equal(t, []string{"nothing", "little"}, codesOf(liaison.NotContacted(list, 2026_06_15, 90)), "89 days are not enough, nor one that is no 連携機関")
	assert.Len(t, list, 7, "the list itself stays")
	assert.Equal(t, "nothing", list[0].Partner.Code)
}

func TestTurnoversAtTheirBounds(t *testing.T) {
	b := dealings(map[string][]models.Date{
		"P1": {2026_04_01},             // new on the first day
		"P2": {2026_03_31},             // lost: contacted until the day before
		"P3": {2025_04_01},             // lost: a year before
		"P4": {2025_03_31},             // longer ago
		"P5": {2026_03_31, 2026_04_01}, // neither
		"P6": {2026_06_16},             // in the future
	})
	b.Partners = append(b.Partners, models.Partner{Code: "E1", EndedOn: 2026_04_01}, models.Partner{Code: "E2", EndedOn: 2026_06_15},
		models.Partner{Code: "E3", EndedOn: 2026_03_31}, models.Partner{Code: "E4", EndedOn: 2026_06_16})
	turnover := liaison.Turnovers(fee.NewFacts(b, fee.DefaultParams()), spring)
	assert.Equal(t, []string{"P1"}, codesOf(turnover.New))
	assert.Equal(t, []string{"P2", "P3"}, codesOf(turnover.Lost))
	var ended []string
	for _, p := range turnover.Ended {
		ended = append(ended, p.Code)
	}
	assert.Equal(t, []string{"E1", "E2"}, ended)
}
