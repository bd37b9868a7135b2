package fee_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
)

func TestLinkedAdmissionsShareTheirLimits(t *testing.T) {
	second := all(linkedAdmission("2026-10-05"), also("G2", "2026-10-10", ofAdmission("2026-10-05")),
		also("G3", "2026-10-20", ofAdmission("2026-10-05")))
	key := func(key string) change { return func(b *models.Book) { b.Admissions[1].ChainKey = key } }
	for _, c := range []struct {
		name   string
		change change
		code   string // of G3
		t2     int    // of G1
	}{
		{"merged", second, "9", 1000},
		{"not merged", all(second, set("merge_linked_admissions", "false")), "11", 500},
		{"another key", all(second, key("T2")), "11", 500},
		{"blank keys", all(second, key(""), admission(func(a *models.Admission) { a.ChainKey = "" })), "11", 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			verdicts := judgeBook(t, with(c.change))
			assert.Equal(t, c.code, verdicts["G3"].Code, verdicts["G3"].Reason)
			assert.Equal(t, c.t2, verdicts["G1"].T2)
			assert.Equal(t, c.code == "9", verdicts["G1"].Chain == verdicts["G3"].Chain)
		})
	}
	t.Run("the same key of another patient is another chain", func(t *testing.T) {
		verdicts := judgeBook(t, with(second, func(b *models.Book) {
			b.Admissions[1].PatientID, b.WardStays[1].PatientID = "00000002", "00000002"
			b.Sessions[1].PatientID, b.Sessions[2].PatientID = "00000002", "00000002"
		}))
		assert.Equal(t, "11", verdicts["G3"].Code)
		assert.NotEqual(t, verdicts["G1"].Chain, verdicts["G3"].Chain)
	})
	t.Run("every admission keeps its own base date", func(t *testing.T) {
		// A meeting between the two admissions is peacetime for the second.
		verdicts := judgeBook(t, with(second, meeting(func(m *models.Meeting) { m.HeldOn = day("2026-09-15") })))
		assert.False(t, verdicts["G1"].Fits2)
		assert.True(t, verdicts["G2"].Fits2)
	})
	t.Run("regional plan of one admission does not touch the other", func(t *testing.T) {
		verdicts := judgeBook(t, with(second, admission(func(a *models.Admission) { a.RegionalPlan = models.Yes })))
		assert.Equal(t, "7b", verdicts["G1"].Code)
		assert.Equal(t, "11", verdicts["G2"].Code)
	})
	t.Run("the reason says that the admissions are counted together", func(t *testing.T) {
		words := "通算される入院として、まとめて回数を数えています（院内基準）"
		assert.Contains(t, judgeBook(t, with(second))["G1"].Advice, words)
		assert.NotContains(t, judgeBook(t, with(second, set("merge_linked_admissions", "false")))["G1"].Advice, words)
	})
}

func TestUnregisteredAdmissionsFormChainsByTheirKey(t *testing.T) {
	unregistered := func(on string) func(*models.JointGuidance) {
		return func(s *models.JointGuidance) { s.PatientID, s.AdmittedOn = "99999999", day(on) }
	}
	recorded := func(s *models.JointGuidance) { s.Claim = models.ClaimFee1 }
	verdicts := judgeBook(t, with(
		also("U1", "2026-09-10", unregistered("2026-09-01"), recorded), also("U2", "2026-09-20", unregistered("2026-09-01")),
		also("U3", "2026-09-20", unregistered("2026-09-02"))))
	assert.Equal(t, "0", verdicts["U1"].Code)
	assert.Equal(t, fee.Plan1, verdicts["U2"].Plan, "U1 is recorded as 1")
	assert.Equal(t, fee.NoPlan, verdicts["U3"].Plan, "another 入院日 is another chain")
	assert.Nil(t, verdicts["U1"].Admission)
}

func TestSessionsWithBlankKeysStandAlone(t *testing.T) {
	recorded := func(s *models.JointGuidance) { s.Claim = models.ClaimFee1 }
	noPatient := func(s *models.JointGuidance) { s.PatientID = "" }
	noAdmission := func(s *models.JointGuidance) { s.AdmittedOn = 0 }
	verdicts := judgeBook(t, with(
		also("B1", "2026-09-10", noPatient, recorded), also("B2", "2026-09-10", noPatient),
		also("B3", "2026-09-10", noAdmission, recorded), also("B4", "2026-09-10", noAdmission)))
	assert.Equal(t, fee.Plan1, verdicts["B1"].Plan)
	assert.Equal(t, fee.NoPlan, verdicts["B2"].Plan)
	assert.Equal(t, fee.Plan1, verdicts["B3"].Plan)
	assert.Equal(t, fee.NoPlan, verdicts["B4"].Plan)
	assert.Equal(t, fee.Plan2, verdicts["G1"].Plan)
}

func TestVerdictsComeByNumber(t *testing.T) {
	book := with(also("G10", "2026-09-20"), also("G0", "2026-09-25"), also("F9", "2026-09-28"))
	var numbers []string
	for _, v := range booktest.Judge(t, fee.NewFacts(book, fee.DefaultParams()), rules(t)) {
		numbers = append(numbers, v.Session.Number)
	}
	assert.Equal(t, []string{"F9", "G0", "G1", "G10"}, numbers)
}

func TestChainsHoldEverySessionOnce(t *testing.T) {
	book := with(also("G2", "2026-09-20"), also("G3", "2026-09-25", func(s *models.JointGuidance) { s.PatientID = "" }))
	facts := fee.NewFacts(book, fee.DefaultParams())
	chains := fee.Chains(facts)
	require.Len(t, chains, 2)
	assert.Len(t, chains[0], 2)
	verdicts := fee.Judge(chains[0], facts, rules(t))
	require.Len(t, verdicts, 2)
	assert.Equal(t, "G1", verdicts[0].Chain)
	assert.Equal(t, "G1", verdicts[1].Chain, "the chain is named by its first 指導番号")
}

func TestFirstClaimIsTheFirstBilledDayOfTheChain(t *testing.T) {
	for _, c := range []struct {
		name     string
		sessions []entry
		first    models.Date
	}{
		{"the first billable", []entry{{"06-20", fit2, "", ""}, {"06-10", fit2, "", ""}}, day("2026-06-10")},
		{"not a refused one", []entry{{"06-10", rejected, "", ""}, {"06-20", fit2, "", ""}}, day("2026-06-20")},
		{"a recorded one, refused or not", []entry{{"06-10", rejected, as2, ""}, {"06-20", fit2, "", ""}}, day("2026-06-10")},
		{"none", []entry{{"06-10", rejected, "", ""}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, v := range judgeBook(t, chainBook(c.sessions)) {
				assert.Equal(t, c.first, v.FirstClaimOn)
			}
		})
	}
}

func TestJudgingStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	verdicts, err := fee.JudgeAll(ctx, fee.NewFacts(with(), fee.DefaultParams()), rules(t))
	require.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, verdicts)
}
