package liaison_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/liaison"
)

// asked works out by hand on which days we asked for a 共同指導 for a patient,
// by whom we asked: 「M1」, or 「@P1」 for an office alone.
func (d drawn) asked(patient string) map[string][]models.Date {
	days := make(map[string][]models.Date)
	for _, c := range d.book.Contacts {
		if c.PatientID != patient || c.Initiator == "先方" || c.Purpose != "共同指導の日程調整" && c.Purpose != "共同指導の依頼" {
			continue
		}
		whom := c.CareManager
		if whom == "" {
			whom = "@" + c.Partner
		}
		days[whom] = append(days[whom], c.On)
	}
	return days
}

func TestAskingIsTheFirstSinceTheSessionBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		got := make(map[string]models.Date)
		for _, m := range liaison.AskedByMonth(d.facts, d.verdicts, d.scope) {
			for _, a := range m.Asked {
				require.Equal(t, m.Month, a.On.Month())
				require.GreaterOrEqual(t, a.Days(), 0)
				got[a.Number] = a.Since
			}
			for _, number := range m.Unasked {
				got[number] = 0
			}
		}
		want := make(map[string]models.Date)
		for _, v := range d.verdicts {
			s := v.Session
			if !d.in(s.On) || d.scope.Ward != "" && (v.Ward == nil || v.Ward.Code != d.scope.Ward) ||
				d.scope.Area != "" && (v.Office == nil || models.AreaOf(v.Office.Address) != d.scope.Area) {
				continue
			}
			asked := d.asked(s.PatientID)
			days := asked[s.CareManager]
			if v.Office != nil {
				days = slices.Concat(days, asked["@"+v.Office.Code])
			}
			slices.Sort(days)
			want[s.Number] = 0
			for _, on := range days {
				between := slices.ContainsFunc(d.book.Sessions, func(o models.JointGuidance) bool {
					return o.PatientID == s.PatientID && o.On < s.On && o.On >= on
				})
				if on >= s.AdmittedOn && on <= s.On && !between {
					want[s.Number] = on
					break
				}
			}
		}
		require.Equal(t, want, got)
	})
}

func TestAwaitedArePatientsAskedForAndNotSeenSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		got := make(map[string]models.Date)
		var before models.Date
		for _, a := range liaison.AwaitedOn(d.facts, d.scope) {
			require.LessOrEqual(t, before, a.Contact.On, "the longest waiting first")
			before = a.Contact.On
			got[a.Admission.PatientID] = a.Contact.On
			var planned []models.Date
			for _, s := range d.book.Sessions {
				if s.PatientID == a.Admission.PatientID && s.On > d.scope.AsOf {
					planned = append(planned, s.On)
				}
			}
			if len(planned) == 0 {
				planned = []models.Date{0}
			}
			require.Equal(t, slices.Min(planned), a.Planned)
		}
		want := make(map[string]models.Date)
		for _, a := range d.book.Admissions {
			if a.AdmittedOn > d.scope.AsOf || a.DischargedOn != 0 && a.DischargedOn < d.scope.AsOf || !d.admissionIn(a) {
				continue
			}
			var last models.Date
			for _, days := range d.asked(a.PatientID) {
				for _, on := range days {
					if on >= a.AdmittedOn && on <= d.scope.AsOf {
						last = max(last, on)
					}
				}
			}
			since := slices.ContainsFunc(d.book.Sessions, func(s models.JointGuidance) bool {
				return s.PatientID == a.PatientID && s.On >= last && s.On <= d.scope.AsOf
			})
			if last != 0 && !since {
				want[a.PatientID] = last
			}
		}
		require.Equal(t, want, got)
	})
}

func TestTheMiddleOfTheDaysFromAskingToTheSession(t *testing.T) {
	asked := func(days ...int) liaison.AskedMonth {
		var m liaison.AskedMonth
		for _, n := range days {
			m.Asked = append(m.Asked, liaison.Asking{Since: day("2026-10-01"), On: day("2026-10-01").AddDays(n)})
		}
		return m
	}
	days, ok := asked(9, 0, 4, 5).MedianDays()
	assert.True(t, ok)
	assert.Equal(t, 4, days, "the earlier one of two")
	_, ok = asked().MedianDays()
	assert.False(t, ok)
}
