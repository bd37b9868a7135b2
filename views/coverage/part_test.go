package coverage

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/liaison"
)

// told is what a section shows, and what each of its values opens.
func told(s *Section) (blocks []Block, details map[string]string) {
	details = make(map[string]string)
	for key, d := range s.Details {
		details[key] = fmt.Sprint(d.Title, d.To)
		if d.Rows != nil {
			details[key] += fmt.Sprintf("%+v", d.Rows())
		}
	}
	return s.Blocks, details
}

// loosen scatters days of records, so that what is known depends on the day.
func loosen(t *rapid.T, b *models.Book) {
	on := func(what string) models.Date { return booktest.DayIn(t, what, "2026-05-01", 300) }
	for i := range b.Admissions {
		if a := &b.Admissions[i]; rapid.IntRange(0, 3).Draw(t, "consented late") == 0 {
			a.ConsentedOn = on("consented")
		}
		if a := &b.Admissions[i]; rapid.IntRange(0, 3).Draw(t, "left early") == 0 {
			a.DischargedOn = a.AdmittedOn.AddDays(3) // some sessions come later
		}
	}
	for i := range b.Sessions {
		if s := &b.Sessions[i]; rapid.IntRange(0, 3).Draw(t, "papers late") == 0 {
			s.NotedOn, s.ScreenConsent = on("noted"), on("screen")
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "moves") {
		move := models.Affiliation{CareManager: booktest.OneOf(t, "who", "M1", "M2", "M3"), Partner: booktest.OneOf(t, "to", "P1", "P2", "P3"),
			From: booktest.DayIn(t, "moved", "2026-07-01", 150)}
		if !slices.Contains(b.Affiliations, move) {
			b.Affiliations = append(b.Affiliations, move)
		}
	}
	b.Partners = append(b.Partners, models.Partner{Code: "P4", Name: "かもめ居宅", Kind: models.CareOffice, ConsultedOn: booktest.OneOf(t, "consulted", 0, models.Date(2026_12_01))})
	for i := range rapid.IntRange(0, 3).Draw(t, "with it") {
		b.Contacts = append(b.Contacts, models.Contact{Number: fmt.Sprintf("N%d", i), On: booktest.DayIn(t, "on", "2025-01-01", 800), Kind: models.FaceToFace, Partner: "P4", Staff: []string{"S1"}})
	}
}

func drawScope(t *rapid.T) liaison.Scope {
	from := booktest.OneOf(t, "from", models.Date(2026_04_01), 2026_06_01, 2026_07_15, 2025_04_01)
	return liaison.Scope{
		Period: models.Period{From: from, To: from.AddDays(booktest.OneOf(t, "length", 364, 29, 60))},
		AsOf:   booktest.OneOf(t, "as of", models.Date(2026_06_30), 2026_08_10, 2026_10_01, 2027_03_31, 2027_06_30),
		Ward:   booktest.OneOf(t, "ward", "", "", "3A", "4B"), Area: booktest.OneOf(t, "area", "", "", "みなと市"),
	}
}

func TestASectionShowsOfItsPartWhatItShowsOfTheWholeRegister(t *testing.T) {
	folder, n, smaller := t.TempDir(), 0, 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		ctx := context.Background()
		a, err := app.Open(ctx, apptest.Config(filepath.Join(folder, fmt.Sprint(n), app.UsualName)))
		require.NoError(r, err)
		defer func() { require.NoError(r, a.Close()) }()
		book := booktest.Random(r)
		loosen(r, book)
		apptest.Record(r, a, book)
		whole, err := a.Judged(ctx, models.Part{Whole: true})
		require.NoError(r, err)
		for range 4 {
			scope := drawScope(r)
			for _, s := range sections {
				part, err := a.Judged(ctx, PartOf(s.id, scope, whole.Facts.Params))
				require.NoError(r, err)
				want, err := Build(ctx, s.id, whole, scope)
				require.NoError(r, err)
				got, err := Build(ctx, s.id, part, scope)
				require.NoError(r, err)
				blocks, details := told(got)
				wantBlocks, wantDetails := told(want)
				for i := range wantBlocks {
					require.Equal(r, wantBlocks[i], blocks[i], "%s of %+v", s.id, scope)
				}
				require.Equal(r, wantDetails, details, "%s of %+v", s.id, scope)
				if len(part.Facts.Book.Sessions)+len(part.Facts.Book.Contacts) < len(whole.Facts.Book.Sessions)+len(whole.Facts.Book.Contacts) {
					smaller++
				}
			}
		}
	})
	require.Positive(t, smaller, "the parts are smaller than the register")
}
