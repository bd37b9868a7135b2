package partners

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/views/ui"
)

// widen adds what booktest.Random seldom has: offices consulted long before,
// dealings with them in the years before, and someone who has moved.
func widen(t *rapid.T, b *models.Book) {
	if rapid.IntRange(0, 3).Draw(t, "routine") == 0 {
		booktest.Set(b, "routine_contact_can_substitute", "true")
	}
	if rapid.Bool().Draw(t, "moved") {
		b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: "M1", Partner: "P2", From: booktest.DayIn(t, "moved on", "2024-06-01", 900)})
	}
	for i := range b.Partners {
		b.Partners[i].ConsultedOn = booktest.OneOf(t, "consulted", b.Partners[i].ConsultedOn, models.Date(2024_04_01))
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "dealings before") {
		with := booktest.OneOf(t, "with", [2]string{"M1", ""}, [2]string{"M2", ""}, [2]string{"", "P1"}, [2]string{"M1", "P2"}, [2]string{"M3", ""})
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("B%02d", i), On: booktest.DayIn(t, "on", "2024-01-01", 1000), CareManager: with[0], Partner: with[1],
			Kind:  booktest.OneOf(t, "kind", models.FaceToFace, models.VideoCall, models.PhoneCall),
			Staff: []string{booktest.OneOf(t, "by", "S1", "W1", "D1")},
		})
	}
}

// courses are those of every row.
func courses(t require.TestingT, rows []Row, read func(Row) *app.Judged) map[string][]ui.TimelineEntry {
	told := make(map[string][]ui.TimelineEntry)
	for _, row := range rows {
		if row.Key != homeless {
			told[row.Key] = courseOf(read(row).Facts, row)
		}
	}
	return told
}

func TestThePartsShowWhatTheWholeRegisterWould(t *testing.T) {
	folder, n, smaller := t.TempDir(), 0, 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		ctx := context.Background()
		a, err := app.Open(ctx, apptest.Config(filepath.Join(folder, fmt.Sprint(n), app.UsualName)))
		require.NoError(r, err)
		defer func() { require.NoError(r, a.Close()) }()
		book := booktest.Random(r)
		widen(r, book)
		apptest.Record(r, a, book)
		read := func(part models.Part) *app.Judged {
			judged, err := a.Judged(ctx, part)
			require.NoError(r, err)
			return judged
		}
		whole := read(models.Part{Whole: true})
		for range 3 {
			today := booktest.DayIn(r, "today", "2025-06-01", 700)
			part, err := circle(ctx, a, today)
			require.NoError(r, err)
			want, got := NewIndex(whole, today, map[string]int{"P1": 60}), NewIndex(part, today, map[string]int{"P1": 60})
			require.Equal(r, want.Rows, got.Rows, "as of %s", today)
			for i := range want.Rows {
				code := want.Rows[i].Code
				wantPerson, _ := want.DescribePerson(code)
				gotPerson, _ := got.DescribePerson(code)
				require.Equal(r, wantPerson, gotPerson, "as of %s", today)
				wantOffice, _ := want.DescribeOffice(code, 60)
				gotOffice, _ := got.DescribeOffice(code, 60)
				require.Equal(r, wantOffice, gotOffice, "as of %s", today)
			}
			if len(part.Facts.Book.Contacts) < len(whole.Facts.Book.Contacts) {
				smaller++
			}
		}
		rows := NewIndex(whole, 2026_11_22, nil).Rows
		require.Equal(r, courses(r, rows, func(Row) *app.Judged { return whole }), courses(r, rows, func(row Row) *app.Judged { return read(coursePart(row)) }))
	})
	require.Positive(t, smaller, "the parts are smaller than the register")
}
