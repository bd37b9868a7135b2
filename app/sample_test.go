package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/ledger"
	"renkei/assets"
	"renkei/assets/sample"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// sampleHospital is the sample hospital, read, judged and counted.
type sampleHospital struct {
	book     *models.Book
	issues   []ledger.Issue
	verdicts []fee.Verdict
	figures  liaison.Figures
}

func readSample(t *testing.T) sampleHospital {
	t.Helper()
	files, err := sample.Ledger()
	require.NoError(t, err)
	reading, err := ledger.ReadFS(context.Background(), files, nil)
	require.NoError(t, err)
	data, err := assets.Rules.ReadFile("rules/2026-06.json")
	require.NoError(t, err)
	rules, err := fee.ParseRules(data)
	require.NoError(t, err)
	params, aside := fee.ParamsOf(reading.Book.Settings)
	require.Empty(t, aside)
	facts := fee.NewFacts(reading.Book, params)
	verdicts := booktest.Judge(t, facts, rules)
	issues := append(reading.Issues, ledger.CheckReferences(reading, &models.Book{})...)
	assert.Empty(t, reading.Notes)
	return sampleHospital{reading.Book, issues, verdicts, liaison.Monitor(facts, verdicts, models.MustDate(sample.AsOf))}
}

func TestSampleHospital(t *testing.T) {
	s := readSample(t)

	t.Run("reads without an issue", func(t *testing.T) {
		assert.Empty(t, s.issues)
	})
	t.Run("shows every code of the rules", func(t *testing.T) {
		codes := map[string]int{}
		for i := range s.verdicts {
			codes[s.verdicts[i].Code]++
		}
		for _, code := range []string{"0", "1", "2", "3", "4", "5a", "5b", "5c", "6a", "6b", "7a", "7b", "7c", "8", "9", "10", "11", "12", "13", "14", "15"} {
			assert.Positive(t, codes[code], "code %s", code)
		}
	})
	t.Run("shows every warning", func(t *testing.T) {
		warnings := map[string]int{}
		for i := range s.verdicts {
			for _, w := range s.verdicts[i].Warnings {
				warnings[w.Code]++
			}
		}
		for _, code := range []string{"W1", "W2", "W3", "W4", "W5", "W6", "W7"} {
			assert.Positive(t, warnings[code], "warning %s", code)
		}
	})
	t.Run("records nothing after its day but planned discharges", func(t *testing.T) {
		assert.Empty(t, recordedAfter(s.book, models.MustDate(sample.AsOf)))
	})
	t.Run("October 2026 is a month worth showing", func(t *testing.T) {
		results, action := map[fee.Result]int{}, 0
		total := 0
		for i := range s.verdicts {
			if v := &s.verdicts[i]; v.Session.On.Month() == models.MustDate("2026-10-01").Month() {
				total++
				results[v.Result]++
				if v.NeedsAction() {
					action++
				}
			}
		}
		assert.GreaterOrEqual(t, total, 35)
		assert.LessOrEqual(t, total, 45)
		assert.GreaterOrEqual(t, results[fee.Fee2], 12)
		assert.GreaterOrEqual(t, results[fee.Fee1], 5)
		assert.Positive(t, results[fee.Pending])
		assert.GreaterOrEqual(t, action, 3)
	})
	t.Run("the monitor is one partner short of 25", func(t *testing.T) {
		assert.GreaterOrEqual(t, s.figures.Partners, 25)
		assert.Equal(t, 24, s.figures.PartnersMet3)
		assert.Equal(t, 220, beds(s.book, models.MustDate(sample.AsOf)))
	})
	t.Run("only a few claims contradict the verdict", func(t *testing.T) {
		recorded, wrong := 0, 0
		for i := range s.verdicts {
			if v := &s.verdicts[i]; v.Session.Claim.Recorded() {
				recorded++
				if v.Warned("W7") {
					wrong++
				}
			}
		}
		assert.GreaterOrEqual(t, recorded, 200)
		assert.GreaterOrEqual(t, wrong, 3)
		assert.LessOrEqual(t, wrong, 12)
	})
}

// recordedAfter lists the dates in the register after the day.
func recordedAfter(book *models.Book, day models.Date) []string {
	var late []string
	check := func(what, key string, dates ...models.Date) {
		for _, d := range dates {
			if d > day {
				late = append(late, what+" "+key+" "+d.String())
			}
		}
	}
	for _, p := range book.Partners {
		check("連携先", p.Code, p.ConsultedOn, p.AgreedOn, p.EndedOn)
	}
	for _, c := range book.CareManagers {
		check("介護支援専門員", c.Code, c.SharedOn, c.CheckedOn)
	}
	for _, m := range book.Meetings {
		check("会議", m.Code, m.HeldOn)
	}
	for _, c := range book.Contacts {
		check("やり取り", c.Number, c.On)
	}
	for _, a := range book.Admissions {
		check("入院", a.Key().String(), a.AdmittedOn, a.DischargedOn, a.ConsentedOn, a.ReceivedOn, a.InformedOn, a.NoticedOn)
	}
	for _, w := range book.WardStays {
		check("病棟履歴", w.Key().String(), w.From, w.To)
	}
	for _, g := range book.Sessions {
		check("共同指導", g.Number, g.On, g.ScreenConsent, g.NotedOn, g.PlanAskedOn, g.PlanCopyOn)
	}
	return late
}

func beds(book *models.Book, day models.Date) int {
	n := 0
	for _, w := range book.Wards {
		if w.Valid().Covers(day) {
			n += w.Beds
		}
	}
	return n
}
