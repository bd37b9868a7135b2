package fee_test

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
)

func TestNewSessionsOfAChainNeverMixTheFees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, chain := range chainsOf(judgeBook(t, drawBook(t))) {
			results, total := make(map[fee.Result]int), 0
			for _, v := range chain {
				if v.Session.On >= models.RevisionDate {
					results[v.Result]++
					total += v.Points
				}
			}
			assert.False(t, results[fee.Fee1] > 0 && results[fee.Fee2] > 0, "指導料1 and 指導料2 in one chain")
			assert.Contains(t, []int{0, 400, 500, 800, 1000}, total)
		}
	})
}

func TestNoMoreThanTwoAreBillable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := drawBook(t)
		params, aside := fee.ParamsOf(book.Settings)
		require.Empty(t, aside)
		for _, chain := range chainsOf(judgeBook(t, book)) {
			before, after := 0, 0
			days := make(map[models.Date]int)
			for _, v := range chain {
				switch {
				case !v.Result.Billable():
					continue
				case v.Session.On < models.RevisionDate:
					before++
				default:
					after++
				}
				days[v.Session.On]++
				assert.Equal(t, 1, days[v.Session.On], "one to a day")
			}
			assert.LessOrEqual(t, before, 2)
			assert.LessOrEqual(t, after, 2)
			if params.LegacyTreatedAs == fee.LegacyAsFee1 {
				assert.LessOrEqual(t, before+after, 2)
			}
		}
	})
}

func TestOrderOfTheRowsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := drawBook(t)
		want := judgeBook(t, book)
		shuffle(book, rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))))
		assert.Equal(t, want, judgeBook(t, book))
	})
}

func shuffle(b *models.Book, r *rand.Rand) {
	b.Settings = mixed(r, b.Settings)
	b.Policies = mixed(r, b.Policies)
	b.Wards = mixed(r, b.Wards)
	b.Staff = mixed(r, b.Staff)
	b.Partners = mixed(r, b.Partners)
	b.CareManagers = mixed(r, b.CareManagers)
	b.Affiliations = mixed(r, b.Affiliations)
	b.Meetings = mixed(r, b.Meetings)
	b.Attendances = mixed(r, b.Attendances)
	b.Contacts = mixed(r, b.Contacts)
	b.Admissions = mixed(r, b.Admissions)
	b.WardStays = mixed(r, b.WardStays)
	b.Sessions = mixed(r, b.Sessions)
}

// mixed returns the rows shuffled, as a copy: verdicts made before point into
// the original.
func mixed[T any](r *rand.Rand, rows []T) []T {
	rows = slices.Clone(rows)
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

func TestAnotherMeetingNeverLowersT2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := drawBook(t)
		before := judgeBook(t, book)
		held("K-new", "2026-04-01", rapid.SampledFrom([]string{"M1", "M2"}).Draw(t, "attending"), func(m *models.Meeting) {
			m.HeldOn = drawDay(t, "2025-03-01", 700)
		})(book)
		for number, v := range judgeBook(t, book) {
			assert.GreaterOrEqual(t, v.T2, before[number].T2, number)
		}
	})
}

func TestWithoutPolicyThereIsNoFee2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := drawBook(t)
		book.Policies = nil
		for _, v := range judgeBook(t, book) {
			assert.NotEqual(t, fee.Fee2, v.Result)
			assert.Zero(t, v.T2)
		}
	})
}

func TestWarningsNeverChangeTheResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := drawBook(t)
		before := judgeBook(t, book)
		for i := range book.Sessions {
			s := &book.Sessions[i]
			s.NotedOn, s.PlanCopyOn = drawMaybe(t, s.On), drawMaybe(t, s.On)
		}
		for i := range book.Admissions {
			a := &book.Admissions[i]
			a.InformedOn, a.NoticedOn = drawMaybe(t, a.AdmittedOn.AddDays(20)), drawMaybe(t, a.AdmittedOn.AddDays(90))
		}
		for i := range book.CareManagers {
			book.CareManagers[i].CheckedOn = drawMaybe(t, day("2026-06-01"))
		}
		for number, v := range judgeBook(t, book) {
			was := before[number]
			assert.Equal(t, []any{was.Result, was.Code, was.Points, was.Plan, was.T1, was.T2},
				[]any{v.Result, v.Code, v.Points, v.Plan, v.T1, v.T2}, number)
		}
	})
}

// drawMaybe returns the day or a blank one.
func drawMaybe(t *rapid.T, d models.Date) models.Date {
	if rapid.Bool().Draw(t, "blank") {
		return 0
	}
	return d
}

// TestBetterPlanIsTheBestLawfulOne compares T1 and T2 with a search over every
// way to bill the sessions of a chain that the 告示 allows.
func TestBetterPlanIsTheBestLawfulOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sessions := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entry {
			return entry{
				on:  rapid.SampledFrom([]string{"06-01", "06-02", "06-10", "07-01"}).Draw(t, "on"),
				fit: rapid.SampledFrom([]fit{fit2, fit2, only1, only1, only2, fitless, rejected}).Draw(t, "fit"),
			}
		}), 1, 5).Draw(t, "sessions")
		best := mostPoints(sessions)
		total := 0
		for _, v := range judgeBook(t, chainBook(sessions)) {
			assert.Equal(t, best, max(v.T1, v.T2))
			total += v.Points
		}
		assert.Equal(t, best, total, "and the sessions are billed by it")
	})
}

// mostPoints tries no fee, 指導料1 and 指導料2 for every session: one per day,
// two per admission, never both fees, and only a fee whose conditions are met.
func mostPoints(sessions []entry) int {
	best := 0
	var try func(i, count, points int, fees [3]bool, days []string)
	try = func(i, count, points int, fees [3]bool, days []string) {
		if count > 2 || fees[1] && fees[2] {
			return
		}
		if i == len(sessions) {
			best = max(best, points)
			return
		}
		s := sessions[i]
		try(i+1, count, points, fees, days)
		if slices.Contains(days, s.on) {
			return
		}
		taken := append(slices.Clone(days), s.on)
		if s.fit == fit2 || s.fit == only1 {
			with1 := fees
			with1[1] = true
			try(i+1, count+1, points+400, with1, taken)
		}
		if s.fit == fit2 || s.fit == only2 {
			with2 := fees
			with2[2] = true
			try(i+1, count+1, points+500, with2, taken)
		}
	}
	try(0, 0, 0, [3]bool{}, nil)
	return best
}

func chainsOf(verdicts map[string]*fee.Verdict) map[string][]*fee.Verdict {
	chains := make(map[string][]*fee.Verdict)
	for _, v := range verdicts {
		chains[v.Chain] = append(chains[v.Chain], v)
	}
	return chains
}
