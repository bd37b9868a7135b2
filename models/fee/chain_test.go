package fee_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
)

// chainCase is a chain with its verdicts worked out by hand from 11-2.
type chainCase struct {
	name     string
	sessions []entry
	plan     fee.Plan
	t1, t2   int
}

var pointsOf = map[string]int{"1": 400, "13": 400, "11": 500}

func judgedAs(t *testing.T, cases []chainCase, changes ...change) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			verdicts := judgeBook(t, chainBook(c.sessions, changes...))
			for i, h := range c.sessions {
				v := verdicts[fmt.Sprintf("G%d", i+1)]
				assert.Equal(t, h.code, v.Code, "%s: %s", v.Session.Number, v.Reason)
				assert.Equal(t, resultOf[h.code], v.Result, v.Session.Number)
				assert.Equal(t, pointsOf[h.code], v.Points, v.Session.Number)
				assert.Equal(t, []any{c.plan, c.t1, c.t2}, []any{v.Plan, v.T1, v.T2}, "plan, T1 and T2 stand with %s too", v.Session.Number)
			}
		})
	}
}

const (
	undecided = models.Claim("")
	as1       = models.ClaimFee1
	as2       = models.ClaimFee2
	asOld     = models.ClaimLegacy
	asNone    = models.ClaimNone
)

func TestChainWithNothingRecorded(t *testing.T) {
	judgedAs(t, []chainCase{
		{"two that fit 2", []entry{{"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}}, fee.Plan2, 800, 1000},
		{"two that fit 1", []entry{{"06-10", only1, "", "13"}, {"06-20", only1, "", "13"}}, fee.Plan1, 800, 0},
		{"one of 2 and two of 1 earn more as 1", []entry{{"06-10", fit2, "", "13"}, {"06-20", only1, "", "13"}}, fee.Plan1, 800, 500},
		{"one of 2 and one of 1 earn more as 2", []entry{{"06-10", only2, "", "11"}, {"06-20", only1, "", "12"}}, fee.Plan2, 400, 500},
		{"one of 2 without an order", []entry{{"06-10", only2, "", "11"}}, fee.Plan2, 0, 500},
		{"two of 2 and one of 1", []entry{{"06-10", only2, "", "11"}, {"06-20", only2, "", "11"}, {"06-25", only1, "", "12"}}, fee.Plan2, 400, 1000},
		{"two of 1 exclude a 2", []entry{{"06-10", only2, "", "10"}, {"06-20", only1, "", "13"}, {"06-25", only1, "", "13"}}, fee.Plan1, 800, 500},
		{"one that fits neither, under 2", []entry{{"06-10", fit2, "", "11"}, {"06-20", fitless, "", "14"}}, fee.Plan2, 400, 500},
		{"one that fits neither, under 1", []entry{{"06-10", only1, "", "13"}, {"06-20", fitless, "", "14"}}, fee.Plan1, 400, 0},
		{"one that fits neither, no plan", []entry{{"06-10", fitless, "", "14"}}, fee.NoPlan, 0, 0},
		{"one refused, no plan", []entry{{"06-10", rejected, "", "6a"}}, fee.NoPlan, 0, 0},
		{"one held back, no plan", []entry{{"", fit2, "", "0"}}, fee.NoPlan, 0, 0},
		{"a refused one takes no place", []entry{{"06-05", rejected, "", "6a"}, {"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}}, fee.Plan2, 800, 1000},
		{"one decided not to bill takes no place", []entry{{"06-05", fit2, asNone, "15"}, {"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}}, fee.Plan2, 800, 1000},
		{"one decided not to bill does not use its day", []entry{{"06-10", fit2, asNone, "15"}, {"06-10", fit2, "", "11"}}, fee.Plan2, 400, 500},
	})
}

func TestOneDayIsOneSession(t *testing.T) {
	judgedAs(t, []chainCase{
		{"the second of a day", []entry{{"06-10", fit2, "", "11"}, {"06-10", fit2, "", "8"}}, fee.Plan2, 400, 500},
		{"the one that fits holds the day", []entry{{"06-10", only1, "", "8"}, {"06-10", only2, "", "11"}}, fee.Plan2, 400, 500},
		{"one that fits neither on the day of one that fits", []entry{{"06-10", fitless, "", "8"}, {"06-10", only1, "", "13"}}, fee.Plan1, 400, 0},
		{"two that fit neither on one day", []entry{{"06-10", fitless, "", "14"}, {"06-10", fitless, "", "14"}}, fee.NoPlan, 0, 0},
		{"a refused one keeps its own code", []entry{{"06-10", fit2, "", "11"}, {"06-10", rejected, "", "6a"}}, fee.Plan2, 400, 500},
	})
}

func TestTwoToAnAdmission(t *testing.T) {
	judgedAs(t, []chainCase{
		{"a third that fits 2", []entry{{"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}, {"06-25", fit2, "", "9"}}, fee.Plan2, 800, 1000},
		{"a third that fits 1", []entry{{"06-10", only1, "", "13"}, {"06-20", only1, "", "13"}, {"06-25", only1, "", "9"}}, fee.Plan1, 800, 0},
		{"the order is by day, not by number", []entry{{"06-25", fit2, "", "9"}, {"06-20", fit2, "", "11"}, {"06-10", fit2, "", "11"}}, fee.Plan2, 800, 1000},
		{"another on the day of the third", []entry{{"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}, {"06-25", fit2, "", "9"}, {"06-25", fit2, "", "8"}}, fee.Plan2, 800, 1000},
		{"a third that does not fit is reported as such", []entry{{"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}, {"06-25", only1, "", "12"}}, fee.Plan2, 800, 1000},
	})
}

func TestWhatIsRecordedBinds(t *testing.T) {
	judgedAs(t, []chainCase{
		{"recorded 1", []entry{{"06-10", fit2, as1, "13"}, {"06-20", fit2, "", "13"}}, fee.Plan1, 800, 1000},
		{"recorded 1 excludes a 2", []entry{{"06-10", only1, as1, "13"}, {"06-20", only2, "", "10"}}, fee.Plan1, 400, 500},
		{"recorded 1 that does not fit keeps its place", []entry{{"06-10", only2, as1, "10"}, {"06-20", only1, "", "13"}, {"06-25", only1, "", "9"}}, fee.Plan1, 800, 500},
		{"recorded 1 that fits neither", []entry{{"06-10", fitless, as1, "14"}, {"06-20", fit2, "", "13"}}, fee.Plan1, 400, 500},
		{"recorded 2, then one of 1", []entry{{"06-10", fit2, as2, "11"}, {"06-20", only1, "", "12"}}, fee.Plan2, 800, 500},
		{"recorded 2, then one of neither", []entry{{"06-10", fit2, as2, "11"}, {"06-20", fitless, "", "14"}}, fee.Plan2, 400, 500},
		{"recorded 2 that only fits 1 keeps its place", []entry{{"06-10", only1, as2, "12"}, {"06-20", fit2, "", "11"}, {"06-25", fit2, "", "9"}}, fee.Plan2, 800, 1000},
		{"recorded 1 and 2: 1 binds", []entry{{"06-10", fit2, as2, "13"}, {"06-20", fit2, as1, "13"}}, fee.Plan1, 800, 1000},
		{"recorded ones come first", []entry{{"06-05", fit2, "", "9"}, {"06-10", fit2, as2, "11"}, {"06-20", fit2, as2, "11"}}, fee.Plan2, 800, 1000},
		{"recorded ones keep their day", []entry{{"06-10", fit2, "", "8"}, {"06-10", fit2, as2, "11"}}, fee.Plan2, 400, 500},
		{"a third recorded one is over the limit", []entry{{"06-10", fit2, as2, "11"}, {"06-20", fit2, as2, "11"}, {"06-25", fit2, as2, "9"}}, fee.Plan2, 800, 1000},
		{"a third recorded one that does not fit", []entry{{"06-10", fit2, as2, "11"}, {"06-20", fit2, as2, "11"}, {"06-25", only1, as2, "12"}, {"06-28", fit2, "", "9"}}, fee.Plan2, 800, 1000},
		{"an early one that does not fit takes the place of a later one", []entry{{"06-05", only1, as2, "12"}, {"06-10", fit2, as2, "11"}, {"06-20", fit2, as2, "9"}}, fee.Plan2, 800, 1000},
		{"of two recorded on one day the one that fits comes first", []entry{{"06-10", only1, as2, "12"}, {"06-10", fit2, as2, "11"}, {"06-20", fit2, "", "11"}}, fee.Plan2, 800, 1000},
		{"two recorded on a day", []entry{{"06-10", fit2, as2, "11"}, {"06-10", fit2, as2, "8"}}, fee.Plan2, 400, 500},
	})
}

func TestBlockedClaimsKeepTheirPlace(t *testing.T) {
	judgedAs(t, []chainCase{
		{"one place left", []entry{{"06-05", rejected, as2, "6a"}, {"06-10", fit2, "", "11"}, {"06-20", fit2, "", "9"}}, fee.Plan2, 400, 500},
		{"no place left", []entry{{"06-05", rejected, as2, "6a"}, {"06-06", rejected, as2, "6a"}, {"06-10", fit2, "", "9"}}, fee.Plan2, 0, 0},
		{"their day is used", []entry{{"06-05", rejected, as2, "6a"}, {"06-05", fit2, "", "8"}}, fee.Plan2, 0, 0},
		{"a later one leaves one place to the earlier", []entry{{"06-10", fit2, "", "11"}, {"06-15", fit2, "", "9"}, {"06-20", rejected, as2, "6a"}}, fee.Plan2, 400, 500},
		{"two of one day are one place", []entry{{"06-05", rejected, as1, "6a"}, {"06-05", rejected, as1, "6a"}, {"06-10", only1, "", "13"}}, fee.Plan1, 400, 0},
		{"even when a third is recorded", []entry{{"06-05", fit2, as2, "11"}, {"06-10", fit2, as2, "11"}, {"06-20", rejected, as2, "6a"}}, fee.Plan2, 400, 500},
		{"recorded without a day binds but takes no place", []entry{{"", fit2, as1, "0"}, {"06-10", fit2, "", "13"}, {"06-20", fit2, "", "13"}}, fee.Plan1, 800, 1000},
		{"recorded 2 without a day binds", []entry{{"", fit2, as2, "0"}, {"06-10", only1, "", "12"}, {"06-20", only1, "", "12"}}, fee.Plan2, 800, 0},
	})
}

func TestOldFeeCountsAsFee1(t *testing.T) {
	judgedAs(t, []chainCase{
		{"an old one alone", []entry{{"05-10", only1, "", "1"}}, fee.Plan1, 0, 0},
		{"an old one of neither", []entry{{"05-10", fitless, "", "14"}, {"06-10", fit2, "", "11"}}, fee.Plan2, 400, 500},
		{"an old one binds to 1", []entry{{"05-10", only1, "", "1"}, {"06-10", fit2, "", "13"}}, fee.Plan1, 400, 500},
		{"and shares the places", []entry{{"05-10", only1, "", "1"}, {"06-10", fit2, "", "13"}, {"06-20", fit2, "", "9"}}, fee.Plan1, 400, 1000},
		{"two old ones leave none", []entry{{"05-10", only1, "", "1"}, {"05-20", fit2, "", "1"}, {"06-10", fit2, "", "9"}}, fee.Plan1, 0, 500},
		{"three old ones", []entry{{"05-10", only1, "", "1"}, {"05-20", only1, "", "1"}, {"05-25", only1, "", "9"}}, fee.Plan1, 0, 0},
		{"two of an old day are one", []entry{{"05-10", only1, "", "1"}, {"05-10", only1, "", "8"}, {"06-10", fit2, "", "13"}}, fee.Plan1, 400, 500},
		{"31 May is old, 1 June is new", []entry{{"05-31", fit2, "", "1"}, {"06-01", fit2, "", "13"}}, fee.Plan1, 400, 500},
		{"recorded old, refused by itself", []entry{{"05-10", rejected, asOld, "6a"}, {"06-10", fit2, "", "13"}, {"06-20", fit2, "", "9"}}, fee.Plan1, 400, 1000},
		{"recorded old of neither", []entry{{"05-10", fitless, asOld, "14"}, {"06-10", fit2, "", "13"}}, fee.Plan1, 400, 500},
		{"an old refused one binds nothing", []entry{{"05-10", rejected, "", "6a"}, {"06-10", fit2, "", "11"}}, fee.Plan2, 400, 500},
		{"recorded 2 leaves an undecided old one out", []entry{{"05-10", only1, "", "12"}, {"06-10", fit2, as2, "11"}}, fee.Plan2, 400, 500},
		{"recorded 2 and an old one that fits neither", []entry{{"05-10", fitless, "", "14"}, {"06-10", fit2, as2, "11"}}, fee.Plan2, 400, 500},
		{"recorded 2 without a day leaves it out too", []entry{{"", fit2, as2, "0"}, {"05-10", only1, "", "12"}, {"06-10", fit2, "", "11"}}, fee.Plan2, 400, 500},
		{"recorded old and recorded 2: old binds", []entry{{"05-10", only1, asOld, "1"}, {"06-10", fit2, as2, "13"}}, fee.Plan1, 400, 500},
		{"recorded old without a day binds nothing", []entry{{"", fit2, asOld, "0"}, {"06-10", fit2, "", "11"}}, fee.Plan2, 400, 500},
		{"three recorded old ones leave zero places, not fewer", []entry{{"05-05", only1, asOld, "1"}, {"05-10", only1, asOld, "1"}, {"05-20", only1, asOld, "9"}, {"06-10", only1, "", "9"}}, fee.Plan1, 0, 0},
	})
}

func TestOldFeeCountsForItself(t *testing.T) {
	judgedAs(t, []chainCase{
		{"two and two", []entry{{"05-10", only1, "", "1"}, {"05-20", only1, "", "1"}, {"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}}, fee.Plan2, 800, 1000},
		{"three old ones", []entry{{"05-10", only1, "", "1"}, {"05-20", only1, "", "1"}, {"05-25", only1, "", "9"}}, fee.NoPlan, 0, 0},
		{"beside a recorded 2", []entry{{"05-10", only1, "", "1"}, {"06-10", fit2, as2, "11"}}, fee.Plan2, 400, 500},
		{"recorded old but refused: takes only an old place", []entry{{"05-10", rejected, asOld, "6a"}, {"06-10", fit2, "", "11"}, {"06-20", fit2, "", "11"}}, fee.Plan2, 800, 1000},
		{"without a plan an old one is billed", []entry{{"05-10", fit2, "", "1"}, {"06-10", fitless, "", "14"}}, fee.NoPlan, 0, 0},
	}, set("legacy_treated_as", "none"))
}

func TestRebillingIsProposed(t *testing.T) {
	verdicts := judgeBook(t, chainBook([]entry{{"06-10", fit2, as2, "11"}, {"06-20", only1, undecided, "12"}}))
	for _, number := range []string{"G1", "G2"} {
		reason := verdicts[number].Reason
		assert.Contains(t, reason, "両方を指導料1とすれば合計800点です（指導料2では500点）")
		assert.Contains(t, reason, "返戻・取下げ")
	}
	assert.Contains(t, verdicts["G2"].Reason, "入退院支援部門の担当者が実施していません")

	for name, sessions := range map[string][]entry{
		"nothing recorded": {{"06-10", fit2, undecided, "13"}, {"06-20", only1, undecided, "13"}},
		"recorded 1":       {{"06-10", fit2, as1, "13"}, {"06-20", only1, undecided, "13"}},
		"2 pays better":    {{"06-10", fit2, as2, "11"}, {"06-20", fit2, undecided, "11"}},
	} {
		t.Run("not when "+name, func(t *testing.T) {
			for _, v := range judgeBook(t, chainBook(sessions)) {
				assert.NotContains(t, v.Reason, "両方を指導料1とすれば")
			}
		})
	}
}

func TestBetterPlanIsShown(t *testing.T) {
	verdicts := judgeBook(t, chainBook([]entry{{"06-10", fit2, undecided, "13"}, {"06-20", only1, undecided, "13"}}))
	assert.Contains(t, verdicts["G1"].Advice, "この入院は指導料1で統一すると800点、指導料2で統一すると500点です")
}
