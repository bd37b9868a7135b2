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
	"renkei/models/fee"
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
func courses(rows []Row, read func(Row) *fee.Facts) map[string][]ui.TimelineEntry {
	told := make(map[string][]ui.TimelineEntry)
	for _, row := range rows {
		if row.Key != homeless {
			told[row.Key] = courseOf(read(row), row)
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
		whole, err := a.Judged(ctx, models.Part{Whole: true})
		require.NoError(r, err)
		every := map[string]int{"P1": 60}
		for range 3 {
			today := booktest.DayIn(r, "today", "2025-06-01", 700)
			part, err := circle(ctx, a, today, nil)
			require.NoError(r, err)
			want, got := NewIndex(whole.Facts, whole.Rules, today, every), NewIndex(part.Facts, part.Rules, today, every)
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
		rows := NewIndex(whole.Facts, whole.Rules, 2026_11_22, nil).Rows
		want := courses(rows, func(Row) *fee.Facts { return whole.Facts })
		require.Equal(r, want, courses(rows, func(row Row) *fee.Facts {
			part, err := a.Recorded(ctx, coursePart(row), nil)
			require.NoError(r, err)
			return part.Facts
		}))
	})
	require.Positive(t, smaller, "the parts are smaller than the register")
}
