package liaison_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// visits adds 面会 of the department with an institution.
func visits(b *models.Book, partner string, days ...models.Date) {
	for _, on := range days {
		b.Contacts = append(b.Contacts, models.Contact{Number: fmt.Sprintf("V%d", len(b.Contacts)), On: on, Kind: models.FaceToFace, Partner: partner, Staff: []string{"S1"}})
	}
}

// lapsing returns the expiries of the institutions only.
func lapsing(facts *fee.Facts, asOf models.Date) (list []string) {
	for _, e := range liaison.Expiries(facts, asOf) {
		if e.Of == "連携先" || e.Of == "" {
			list = append(list, e.On.String()+" "+e.What+" "+e.Key)
		}
	}
	return list
}

func TestInstitutionsFallOutOfTheirYear(t *testing.T) {
	b := hospital()
	b.Wards[0].Acute = models.Yes
	b.Partners = []models.Partner{
		{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice, ConsultedOn: 2025_04_01},
		{Code: "H1", Name: "港病院", Kind: models.Hospital, ConsultedOn: 2025_04_01},
		{Code: "P2", Name: "もみじ居宅", Kind: models.CareOffice, ConsultedOn: 2025_04_01, EndedOn: 2026_12_16},
		{Code: "H2", Name: "浜医院", Kind: models.Clinic, ConsultedOn: 2025_04_01},
		{Code: "P3", Name: "みどり居宅", Kind: models.CareOffice, ConsultedOn: 2025_04_01},
	}
	visits(b, "P1", 2025_12_10, 2026_02_01, 2026_03_01)             // three with the first of them
	visits(b, "H1", 2025_12_05, 2025_12_20, 2026_02_01, 2026_03_01) // three without the first
	visits(b, "H2", 2025_12_02, 2026_02_01, 2026_03_01)
	visits(b, "P2", 2026_02_01, 2026_03_01, 2026_04_01) // ends before
	visits(b, "P3", 2025_12_10, 2026_02_01)             // never had three
	facts, _, _ := judgedBook(t, b)
	assert.Equal(t, []string{
		"2026-12-01 面会3回以上の連携機関 H2",
		"2026-12-09 面会3回以上の連携機関 P1", // on 10 December the year begins on the 11th
		"2026-12-15 面会3回以上の連携機関 P2",
		"2026-12-19 面会3回以上の連携機関 H1",
		"2026-12-19 医療機関の要件 ", // when the second of the two lapses
	}, lapsing(facts, 2026_11_22))

	b.Settings = append(b.Settings, models.Setting{Key: "a246_period", Value: "fiscal"})
	facts, _, _ = judgedBook(t, b)
	assert.Empty(t, lapsing(facts, 2026_11_22), "of the fiscal year nobody has three yet")
}

func TestWhatIsForeseenIsWhatTheDaysBring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		for _, p := range []string{"P1", "P2", "P3"} {
			for range rapid.IntRange(0, 5).Draw(t, "visits") {
				visits(d.book, p, dayIn(t, "met", "2025-12-01", 400))
			}
		}
		asOf := d.scope.AsOf
		known, err := liaison.KnownOn(context.Background(), fee.NewFacts(d.book, d.facts.Params), d.rules, d.verdicts, asOf)
		require.NoError(t, err)
		ends := map[string]models.Date{}
		for _, e := range liaison.Expiries(known.Facts, asOf) {
			if e.Key != "" {
				ends[e.Key] = e.On
			}
		}
		met := func(code string, on models.Date) bool {
			for _, p := range liaison.StandingNow(known.Facts, on).Partners {
				if p.Partner.Code == code {
					return p.Short == 0
				}
			}
			return false
		}
		for _, code := range []string{"P1", "P2", "P3"} {
			if !met(code, asOf) {
				require.NotContains(t, ends, code)
				continue
			}
			last := asOf
			for last <= asOf.AddMonths(liaison.LapseMonths) && met(code, last.AddDays(1)) {
				last = last.AddDays(1)
			}
			if last > asOf.AddMonths(liaison.LapseMonths) {
				require.NotContains(t, ends, code, "later than is looked ahead")
			} else {
				require.Equal(t, last, ends[code], code)
			}
		}
	})
}
