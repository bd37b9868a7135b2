package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

// wards replaces the filed wards by one per 区分.
func wards(b *models.Book, beds map[models.WardClass]int) {
	proto := b.Wards[0]
	b.Wards = b.Wards[1:]
	for class, n := range beds {
		w := proto
		w.Code, w.Class, w.Beds = "W"+string(class), class, n
		if class == models.WardClassI {
			w.Code = "3A"
		}
		b.Wards = append(b.Wards, w)
	}
}

func TestThresholdIsStrictlyExceeded(t *testing.T) {
	// イ+ロ 200床 × 0.15 + ハ 40床 × 0.10 + A307 20床 × 0.05 = 35
	beds := map[models.WardClass]int{models.WardClassI: 120, models.WardClassRo: 80, models.WardClassHa: 40, models.WardClassA307: 20}
	for _, c := range []struct {
		name                     string
		beds                     map[models.WardClass]int
		claims, consults, remain int
		hundredths               int
		fulfilled                bool
	}{
		{"35 is not enough", beds, 35, 0, 1, 3500, false},
		{"36 is enough", beds, 36, 0, 0, 3500, true},
		{"35 and one A307 consultation is enough", beds, 35, 1, 0, 3500, true},
		{"none yet", beds, 0, 0, 36, 3500, false},
		{"6 against 6.75 is not enough", map[models.WardClass]int{models.WardClassI: 45}, 6, 0, 1, 675, false},
		{"7 against 6.75 is enough", map[models.WardClass]int{models.WardClassI: 45}, 7, 0, 0, 675, true},
		{"no filed ward: one exceeds zero", map[models.WardClass]int{}, 0, 0, 1, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			wards(b, c.beds)
			claims(b, c.claims, "2026-06-10", models.ClaimFee1)
			if c.consults > 0 {
				set(b, "a307_consult_count", "1")
			}
			m := monitor(t, b, "2026-11-22")
			assert.Equal(t, c.claims, m.FeeCountConfirmed)
			assert.Equal(t, c.consults, m.A307ConsultCount)
			assert.Equal(t, c.hundredths, m.ThresholdHundredths)
			assert.Equal(t, c.remain, m.Remaining)
			assert.Equal(t, c.fulfilled, m.Fulfilled)
		})
	}
}

func TestThresholdCountsFiledWardsOfTheDay(t *testing.T) {
	const asOf = "2026-11-22"
	for _, c := range []struct {
		name string
		edit func(*models.Ward)
		want int
	}{
		{"filed", func(*models.Ward) {}, 675},
		{"区分 ロ", func(w *models.Ward) { w.Class = models.WardClassRo }, 675},
		{"区分 ハ", func(w *models.Ward) { w.Class = models.WardClassHa }, 450},
		{"区分 A307", func(w *models.Ward) { w.Class = models.WardClassA307 }, 225},
		{"bundled", func(w *models.Ward) { w.FeeTreatment = models.FeeBundled }, 0},
		{"bundled A307", func(w *models.Ward) { w.Class, w.FeeTreatment = models.WardClassA307, models.FeeBundled }, 225},
		{"not filed", func(w *models.Ward) { w.FiledFrom = 0 }, 0},
		{"filed from the day", func(w *models.Ward) { w.FiledFrom = day(asOf) }, 675},
		{"filed from the day after", func(w *models.Ward) { w.FiledFrom = day("2026-11-23") }, 0},
		{"filed until the day", func(w *models.Ward) { w.FiledTo = day(asOf) }, 675},
		{"filed until the day before", func(w *models.Ward) { w.FiledTo = day("2026-11-21") }, 0},
		{"facts until the day before", func(w *models.Ward) { w.ValidTo = day("2026-11-21") }, 0},
		{"facts from the day after", func(w *models.Ward) { w.ValidFrom = day("2026-11-23") }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			c.edit(&b.Wards[0])
			assert.Equal(t, c.want, monitor(t, b, asOf).ThresholdHundredths)
		})
	}
}

func TestCommunityCareBedsMayBeLeftOutUntilMarch2027(t *testing.T) {
	for _, c := range []struct {
		exempt, asOf string
		want         int
	}{
		{"true", "2027-03-31", 0},
		{"true", "2027-04-01", 675},
		{"false", "2026-11-22", 675},
	} {
		t.Run(c.exempt+" as of "+c.asOf, func(t *testing.T) {
			b := hospital()
			b.Wards[0].CommunityCare = models.Yes
			set(b, "chiiki_care_exempt", c.exempt)
			assert.Equal(t, c.want, monitor(t, b, c.asOf).ThresholdHundredths)
		})
	}
}

func TestPastYear(t *testing.T) {
	for _, c := range []struct {
		name, period, asOf, on string
		counted                bool
	}{
		{"the day itself", "rolling12", "2026-11-22", "2026-11-22", true},
		{"the day after", "rolling12", "2026-11-22", "2026-11-23", false},
		{"one day less than a year ago", "rolling12", "2026-11-22", "2025-11-23", true},
		{"a year ago", "rolling12", "2026-11-22", "2025-11-22", false},
		{"at the end of a month, from the first", "rolling12", "2026-11-30", "2025-12-01", true},
		{"but not a day earlier", "rolling12", "2026-11-30", "2025-11-30", false},
		{"at the end of February", "rolling12", "2027-02-28", "2026-03-01", true},
		{"but not a day of February a year before", "rolling12", "2027-02-28", "2026-02-28", false},
		{"the day before the leap day", "rolling12", "2028-02-28", "2027-03-01", true},
		{"fiscal: 1 April", "fiscal", "2026-11-22", "2026-04-01", true},
		{"fiscal: 31 March", "fiscal", "2026-11-22", "2026-03-31", false},
		{"fiscal: in March, the April before", "fiscal", "2027-03-31", "2026-04-01", true},
		{"fiscal: on 1 April, a new year", "fiscal", "2027-04-01", "2027-03-31", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			set(b, "a246_period", c.period)
			claim := models.ClaimFee1
			if day(c.on) < models.RevisionDate {
				claim = models.ClaimLegacy
			}
			claims(b, 1, c.on, claim)
			assert.Equal(t, c.counted, monitor(t, b, c.asOf).FeeCountConfirmed == 1)
		})
	}
}

func TestCountedClaims(t *testing.T) {
	for _, c := range []struct {
		name                           string
		sessions                       []claimed
		confirmed, projected, withdraw int
	}{
		{"recorded as judged", []claimed{{"2026-06-10", models.ClaimFee2, nil}}, 1, 1, 0},
		{"the old fee", []claimed{{"2026-05-10", models.ClaimLegacy, nil}}, 1, 1, 0},
		{"recorded 2, judged 1 beside a recorded 1", []claimed{{"2026-06-10", models.ClaimFee2, nil}, {"2026-06-20", models.ClaimFee1, nil}}, 2, 2, 0},
		{"billable, not recorded", []claimed{{"2026-06-10", "", nil}}, 0, 1, 0},
		{"decided not to bill", []claimed{{"2026-06-10", models.ClaimNone, nil}}, 0, 0, 0},
		{"recorded, refused", []claimed{{"2026-06-10", models.ClaimFee1, alone}}, 0, 0, 1},
		{"recorded, held back", []claimed{{"2026-06-10", models.ClaimFee1, func(s *models.JointGuidance) { s.CareManager = "M9" }}}, 1, 0, 0},
		{"recorded without a day", []claimed{{"", models.ClaimFee1, nil}}, 0, 0, 0},
		{"recorded over the limit", []claimed{{"2026-06-10", models.ClaimFee1, nil}, {"2026-06-11", models.ClaimFee1, nil}, {"2026-06-12", models.ClaimFee1, nil}}, 2, 2, 1},
		{"recorded 2, not fit", []claimed{{"2026-06-10", models.ClaimFee2, byDoctor}}, 0, 0, 1},
		{"withdrawal out of the period", []claimed{{"2025-11-22", models.ClaimLegacy, alone}}, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			stay(b, "3A", c.sessions...)
			m := monitor(t, b, "2026-11-22")
			assert.Equal(t, []int{c.confirmed, c.projected, c.withdraw}, []int{m.FeeCountConfirmed, m.FeeCountProjected, m.ClaimsToWithdraw})
		})
	}
}

// TestMultiAgencyDaysCount: a day on which only 多機関共同指導加算 keeps a session from
// being billed still counts (疑義解釈 その1 問24), up to two per admission.
func TestMultiAgencyDaysCount(t *testing.T) {
	multi := func(on string) claimed { return claimed{on, "", multiAgency} }
	both := func(edits ...func(*models.JointGuidance)) func(*models.JointGuidance) {
		return func(s *models.JointGuidance) {
			multiAgency(s)
			for _, edit := range edits {
				edit(s)
			}
		}
	}
	unfit := func(s *models.JointGuidance) { s.Staff = []string{"W1"} }
	only2 := func(s *models.JointGuidance) { s.Staff = []string{"S1"} }
	for _, c := range []struct {
		name                 string
		sessions             []claimed
		confirmed, projected int
	}{
		{"one", []claimed{multi("2026-06-10")}, 1, 1},
		{"fit for 2 only", []claimed{{"2026-06-10", "", both(only2)}}, 1, 1},
		{"fit for neither", []claimed{{"2026-06-10", "", both(unfit)}}, 0, 0},
		{"an old one", []claimed{multi("2026-05-10")}, 1, 1},
		{"two of one day", []claimed{multi("2026-06-10"), multi("2026-06-10")}, 1, 1},
		{"three days are two", []claimed{multi("2026-06-10"), multi("2026-06-11"), multi("2026-06-12")}, 2, 2},
		{"decided not to bill does not matter", []claimed{{"2026-06-10", models.ClaimNone, multiAgency}}, 1, 1},
		{"recorded: to be withdrawn instead", []claimed{{"2026-06-10", models.ClaimFee1, multiAgency}}, 0, 0},
		{"another session of the day without the mark", []claimed{multi("2026-06-10"), {"2026-06-10", "", nil}}, 1, 1},
		{"refused anyway", []claimed{{"2026-06-10", "", both(alone)}}, 0, 0},
		{"one claim leaves one", []claimed{{"2026-06-10", models.ClaimFee1, nil}, multi("2026-06-11"), multi("2026-06-12")}, 2, 2},
		{"two claims leave none", []claimed{{"2026-06-10", models.ClaimFee1, nil}, {"2026-06-11", models.ClaimFee1, nil}, multi("2026-06-12")}, 2, 2},
		{"a claim without a day leaves one too", []claimed{{"", models.ClaimFee1, nil}, multi("2026-06-11"), multi("2026-06-12")}, 1, 2},
		{"a billable session leaves one to the projection", []claimed{{"2026-06-10", "", nil}, multi("2026-06-11"), multi("2026-06-12")}, 2, 2},
		{"a refused claim leaves both", []claimed{{"2026-06-10", models.ClaimFee1, alone}, multi("2026-06-11"), multi("2026-06-12")}, 2, 2},
		{"a claim held back on the day", []claimed{{"2026-06-10", models.ClaimFee1, func(s *models.JointGuidance) { s.CareManager = "M9" }}, multi("2026-06-10"), multi("2026-06-12")}, 2, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			stay(b, "3A", c.sessions...)
			m := monitor(t, b, "2026-11-22")
			assert.Equal(t, []int{c.confirmed, c.projected}, []int{m.FeeCountConfirmed, m.FeeCountProjected})
		})
	}
	t.Run("only the earliest two, even before the period", func(t *testing.T) {
		b := hospital()
		stay(b, "3A", multi("2025-11-20"), multi("2025-11-21"), multi("2025-11-24"))
		assert.Zero(t, monitor(t, b, "2026-11-22").FeeCountConfirmed)
	})
	t.Run("only the earliest two, in every period", func(t *testing.T) {
		b := hospital()
		stay(b, "3A", multi("2026-11-20"), multi("2026-11-21"), multi("2026-11-23"))
		assert.Equal(t, 1, monitor(t, b, "2026-11-20").FeeCountConfirmed)
		assert.Equal(t, 2, monitor(t, b, "2026-11-30").FeeCountConfirmed)
	})
	t.Run("not in a ward that bundles the fee", func(t *testing.T) {
		b := hospital()
		stay(b, "5R", multi("2026-06-10"))
		assert.Zero(t, monitor(t, b, "2026-11-22").FeeCountConfirmed)
	})
	t.Run("not with a regional plan", func(t *testing.T) {
		b := hospital()
		stay(b, "3A", multi("2026-06-10"))
		b.Admissions[0].RegionalPlan = models.Yes
		assert.Zero(t, monitor(t, b, "2026-11-22").FeeCountConfirmed)
	})
	t.Run("not in a ward with the psychiatric add-on", func(t *testing.T) {
		b := hospital()
		b.Wards[0].PSWAddOn = models.Yes
		stay(b, "3A", multi("2026-06-10"))
		assert.Zero(t, monitor(t, b, "2026-11-22").FeeCountConfirmed)
	})
	t.Run("two per admission, not two in all", func(t *testing.T) {
		b := hospital()
		stay(b, "3A", multi("2026-06-10"), multi("2026-06-11"))
		stay(b, "3A", multi("2026-06-10"), multi("2026-06-11"))
		assert.Equal(t, 4, monitor(t, b, "2026-11-22").FeeCountConfirmed)
	})
}
