package admissions

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/booktest"
)

var stays = []string{Here, Left, LeftYear, Every}

// eachRegister tries a law on random registers with patients who come again and
// whose admissions are counted together, and with closed months.
func eachRegister(t *testing.T, law func(t *rapid.T, a *app.App, whole *app.Judged)) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		ctx := context.Background()
		a, err := app.Open(ctx, apptest.Config(filepath.Join(folder, fmt.Sprint(n), app.UsualName)))
		require.NoError(r, err)
		defer func() { require.NoError(r, a.Close()) }()
		book := booktest.Random(r)
		comeAgain(r, book)
		apptest.Record(r, a, book)
		for _, month := range []models.Month{2026_06, 2026_07} {
			whole, err := a.Judged(ctx, models.Part{Whole: true})
			require.NoError(r, err)
			if len(whole.Month(month)) > 0 && rapid.Bool().Draw(r, "close") {
				_, err = a.CloseMonth(ctx, month)
				require.NoError(r, err)
			}
		}
		whole, err := a.Judged(ctx, models.Part{Whole: true})
		require.NoError(r, err)
		if rapid.Bool().Draw(r, "changed since") { // some verdicts differ from those closed
			for _, v := range whole.Verdicts {
				if g := v.Session; v.Points > 0 && whole.Facts.Book.Closed(g.BilledMonth()) {
					g.PatientJoined = models.No
					_, err = a.Do(ctx, "参加の変更", app.Put(g))
					require.NoError(r, err)
				}
			}
			whole, err = a.Judged(ctx, models.Part{Whole: true})
			require.NoError(r, err)
		}
		law(r, a, whole)
	})
}

// comeAgain gives some patients an earlier admission, also one counted together
// with the later.
func comeAgain(t *rapid.T, b *models.Book) {
	for i := range len(b.Admissions) {
		if !rapid.Bool().Draw(t, "came before") {
			continue
		}
		chain := booktest.OneOf(t, "together", "", "1")
		b.Admissions[i].ChainKey = chain
		before := b.Admissions[i]
		before.AdmittedOn = before.AdmittedOn.AddDays(-booktest.OneOf(t, "days before", 40, 200, 500))
		before.DischargedOn, before.InformedOn, before.ConsentedOn = before.AdmittedOn.AddDays(20), 0, before.AdmittedOn
		b.Admissions = append(b.Admissions, before)
		b.WardStays = append(b.WardStays, models.WardStay{PatientID: before.PatientID, AdmittedOn: before.AdmittedOn, From: before.AdmittedOn, Ward: "3A"})
		b.Sessions = append(b.Sessions, models.JointGuidance{
			Number: fmt.Sprintf("B%03d", i), PatientID: before.PatientID, AdmittedOn: before.AdmittedOn, On: before.AdmittedOn.AddDays(3), Way: models.InPerson,
			Staff: []string{booktest.OneOf(t, "by", "D1", "S1")}, CareManager: "M1", Standing: models.PriorCareManager, PatientJoined: models.Yes,
		})
	}
	slices.SortFunc(b.Admissions, func(a, b models.Admission) int {
		return cmp.Or(strings.Compare(a.PatientID, b.PatientID), cmp.Compare(a.AdmittedOn, b.AdmittedOn))
	})
}

// asOf draws a day between the first and the last of the register, or one on
// which an admission comes or goes.
func asOf(t *rapid.T, b *models.Book) models.Date {
	days := []models.Date{booktest.DayIn(t, "as of", "2026-04-01", 500)}
	for _, a := range b.Admissions {
		days = append(days, a.AdmittedOn.AddDays(-1))
		if left := a.DischargedOn; left != 0 {
			days = append(days, left, left.AddDays(1), left.AddMonths(3), left.AddMonths(3).AddDays(1), left.AddMonths(12), left.AddMonths(12).AddDays(1))
		}
	}
	return rapid.SampledFrom(days).Draw(t, "today")
}

func TestTheRowsOfAStayAreThoseOfTheWholeRegister(t *testing.T) {
	smaller := map[string]int{}
	eachRegister(t, func(r *rapid.T, a *app.App, whole *app.Judged) {
		today := asOf(r, whole.Facts.Book)
		for _, stay := range stays {
			judged, err := a.Judged(context.Background(), partOf(stay, today))
			require.NoError(r, err)
			got, want := newSnapshot(judged, today, stay), newSnapshot(whole, today, stay)
			filter := Filter{Stay: stay, Ward: rapid.SampledFrom([]string{"", "", "3階東"}).Draw(r, "ward"), Query: rapid.SampledFrom([]string{"", "", "渡辺", "1"}).Draw(r, "query")}
			require.Equal(r, Choose(want.rows, filter), Choose(got.rows, filter), "%q on %s", stay, today)
			require.Equal(r, want.wards, got.wards, stay)
			require.Equal(r, want.staffed, got.staffed, stay)
			if len(got.rows) < len(want.rows) {
				smaller[stay]++
			}
		}
	})
	for _, stay := range []string{Here, Left, LeftYear} {
		require.Positive(t, smaller[stay], "the part is smaller than the register")
	}
	require.Zero(t, smaller[Every])
}

func TestAStayShowsTheAdmissionsOfItsTime(t *testing.T) {
	rules, err := app.Rules()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		book := booktest.Random(r)
		comeAgain(r, book)
		whole, today := apptest.JudgeBook(r, book, rules), asOf(r, book)
		for _, stay := range stays {
			var want []models.AdmissionKey
			for _, a := range whole.Facts.Book.Admissions {
				left := a.DischargedOn
				here := left == 0 || left >= today
				switch stay {
				case Here:
					if !here {
						continue
					}
				case Left:
					if here || left < today.AddMonths(-3) {
						continue
					}
				case LeftYear:
					if here || left < today.AddMonths(-12) {
						continue
					}
				}
				want = append(want, a.Key())
			}
			var got []models.AdmissionKey
			for _, row := range Choose(newSnapshot(whole, today, stay).rows, Filter{Stay: stay}) {
				got = append(got, row.Key)
			}
			require.ElementsMatch(r, want, got, "%q on %s", stay, today)
		}
	})
}

func TestTheRecordOfAPatientIsThatOfTheWholeRegister(t *testing.T) {
	differs, linked := 0, 0
	eachRegister(t, func(r *rapid.T, a *app.App, whole *app.Judged) {
		today := asOf(r, whole.Facts.Book)
		all := newSnapshot(whole, today, Every)
		same := func(got *snapshot, key models.AdmissionKey) {
			want := describe(all.find(key), whole.Rules)
			require.Equal(r, want, describe(got.find(key), got.judged.Rules))
			for _, line := range want.Sessions {
				require.Equal(r, conditionLines(all.verdict(line.Number), today, true), conditionLines(got.verdict(line.Number), today, true))
				if line.Differs {
					differs++
				}
			}
			linked += len(want.Linked)
		}
		for _, adm := range whole.Facts.Book.Admissions {
			judged, err := a.Judged(context.Background(), patientPart(adm.PatientID))
			require.NoError(r, err)
			same(newSnapshot(judged, today, Every), adm.Key())
		}
		for _, stay := range stays {
			judged, err := a.Judged(context.Background(), partOf(stay, today))
			require.NoError(r, err)
			got := newSnapshot(judged, today, stay)
			for _, row := range got.rows {
				same(got, row.Key)
			}
		}
	})
	require.Positive(t, differs, "some 共同指導 differ from what was closed")
	require.Positive(t, linked, "some 入院 are counted together")
}
