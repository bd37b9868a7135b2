package liaison_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// inScope works out by hand whether a session counts in the figures of 指導料2.
func (d drawn) inScope(v *fee.Verdict) bool {
	on := v.Session.On
	if on < 2026_06_01 || on < d.scope.Period.From || on > d.scope.Period.To || on > d.scope.AsOf {
		return false
	}
	if d.scope.Ward != "" && (v.Ward == nil || v.Ward.Code != d.scope.Ward) {
		return false
	}
	return d.scope.Area == "" || v.Office != nil && models.AreaOf(v.Office.Address) == d.scope.Area
}

func TestFee2SharesAreTheCountsOfTheSessions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		sessions := d.scope.Sessions(d.verdicts)
		type cell struct {
			key    string
			result fee.Result
		}
		for by, keysOf := range map[liaison.Grouping]func(v *fee.Verdict) []string{
			liaison.ByMonth: func(v *fee.Verdict) []string { return []string{v.Session.On.String()[:7]} },
			liaison.ByWard: func(v *fee.Verdict) []string {
				if v.Ward == nil {
					return []string{""}
				}
				return []string{v.Ward.Code}
			},
			liaison.ByOffice: func(v *fee.Verdict) []string {
				if v.Office == nil {
					return []string{""}
				}
				return []string{v.Office.Code}
			},
			liaison.ByStaff: func(v *fee.Verdict) []string {
				codes := make(map[string]bool)
				for _, c := range v.Session.Staff {
					codes[c] = true
				}
				var list []string
				for c := range codes {
					list = append(list, c)
				}
				return list
			},
		} {
			want, got := make(map[cell]int), make(map[cell]int)
			for i := range d.verdicts {
				if v := &d.verdicts[i]; d.inScope(v) {
					for _, key := range keysOf(v) {
						want[cell{key, v.Result}]++
					}
				}
			}
			for _, s := range liaison.Fee2Shares(d.facts, sessions, d.scope, by) {
				sum := 0
				for result, numbers := range s.Numbers {
					got[cell{s.Key, result}] = len(numbers)
					sum += len(numbers)
				}
				assert.Equal(t, s.Total, sum)
			}
			require.Equal(t, want, got)
		}
	})
}

// lossByHand works out what a chain loses: its sessions by day fill the places
// of the two that 指導料2 left free.
func (d drawn) lossByHand(chain string) map[string]int {
	rule := map[string]bool{"0": true, "4": true, "5b": true, "6a": true, "6b": true}
	lost, places, held := map[string]int{}, 2, map[models.Date]bool{}
	var open []fee.Verdict
	for _, v := range d.verdicts {
		if v.Chain != chain {
			continue
		}
		if v.Session.On < 2026_06_01 {
			if d.facts.Params.LegacyTreatedAs == "1" && (v.Session.Claim == "旧" || v.Candidate && v.Fits1) {
				return nil
			}
			continue
		}
		recorded := v.Session.Claim == "1" || v.Session.Claim == "2"
		switch {
		case v.Result == fee.Fee2, recorded && !v.Candidate && !rule[v.Code]:
			if !held[v.Session.On] {
				held[v.Session.On] = true
				places--
			}
		case v.Candidate && v.Code != "8" && v.Code != "9" || rule[v.Code]:
			open = append(open, v)
		}
	}
	slices.SortStableFunc(open, func(a, b fee.Verdict) int { return int(a.Session.On - b.Session.On) })
	for _, v := range open {
		if places > 0 && !held[v.Session.On] {
			held[v.Session.On] = true
			places--
			lost[v.Session.Number] = 500 - v.Points
		}
	}
	return lost
}

func TestWaterfallAccountsForEverySession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		w := liaison.Fee2Waterfall(d.facts, d.rules, d.verdicts, d.scope.Sessions(d.verdicts))
		reasons, fee2 := make(map[string]string), 0
		for _, step := range w.Steps {
			points := 0
			require.Len(t, step.Lost, len(step.Numbers))
			for k, number := range step.Numbers {
				reasons[number] = step.Code
				i := slices.IndexFunc(d.verdicts, func(v fee.Verdict) bool { return v.Session.Number == number })
				require.Equal(t, d.lossByHand(d.verdicts[i].Chain)[number], step.Lost[k])
				points += step.Lost[k]
			}
			require.Equal(t, points, step.Points, step.Name)
			require.NotEqual(t, step.Code, step.Name, "every reason has words")
		}
		all := 0
		for i := range d.verdicts {
			v := &d.verdicts[i]
			if !d.inScope(v) {
				continue
			}
			all++
			why := v.Code
			switch {
			case v.Result == fee.Fee2:
				fee2++
				why = ""
			case slices.Contains([]string{"10", "12", "13", "14"}, v.Code):
				why = liaison.LossPlan
				for _, id := range []string{"11f", "11e", "11d", "11c", "11b", "11a"} {
					if j := slices.IndexFunc(v.Conditions, func(c fee.Condition) bool { return c.ID == id }); v.Conditions[j].State == fee.NotMet {
						why = id
					}
				}
			}
			require.Equal(t, why, reasons[v.Session.Number], v.Session.Number)
		}
		require.Equal(t, all, w.All)
		require.Equal(t, fee2, len(w.Fee2))
	})
}

// done returns the whole register with the action recorded.
func (d drawn) done(a liaison.Action) *models.Book {
	b := *d.book
	switch a.Kind {
	case liaison.ActMeeting:
		b.Staff = append(slices.Clone(b.Staff), models.Staff{Code: "X", From: 1900_01_01, Name: "X", Job: models.Nurse, Department: models.Dedicated})
		b.Meetings = append(slices.Clone(b.Meetings), models.Meeting{Code: "X", HeldOn: a.On, Name: "X", Kind: models.CommunityCareMeeting, ContactsShared: models.Yes})
		b.Attendances = append(slices.Clone(b.Attendances), models.Attendance{Meeting: "X", Kind: models.AttendeeStaff, Code: "X"})
		for _, cm := range a.People {
			b.Attendances = append(b.Attendances, models.Attendance{Meeting: "X", Kind: models.AttendeeCM, Code: cm})
		}
	case liaison.ActShare:
		b.CareManagers = slices.Clone(b.CareManagers)
		for i := range b.CareManagers {
			if cm := &b.CareManagers[i]; slices.Contains(a.People, cm.Code) && (cm.SharedOn == 0 || a.On < cm.SharedOn) {
				cm.SharedOn = a.On
			}
		}
	case liaison.ActPolicy:
		p := b.Policies[0] // the only one; complete except for its 周知日
		p.AnnouncedOn = p.EffectiveOn
		b.Policies = []models.Policy{p}
	case liaison.ActFiling:
		b.Wards = slices.Clone(b.Wards)
		for i := range b.Wards {
			if b.Wards[i].Code == a.Key {
				b.Wards[i].FiledFrom = a.On
			}
		}
	case liaison.ActAgreement:
		b.Partners = slices.Clone(b.Partners)
		for i := range b.Partners {
			if b.Partners[i].Code == a.Key {
				b.Partners[i].AgreedOn = a.On
			}
		}
	case liaison.ActAttend:
		b.Staff = append(slices.Clone(b.Staff), models.Staff{Code: "X", From: 1900_01_01, Name: "X", Job: models.SocialWorker, Department: models.Dedicated})
		b.Sessions = slices.Clone(b.Sessions)
		for i := range d.verdicts {
			v := &d.verdicts[i]
			lacks := slices.ContainsFunc(v.Conditions, func(c fee.Condition) bool { return c.ID == "11b" && c.State == fee.NotMet })
			if d.inScope(v) && v.Candidate && lacks {
				j := slices.IndexFunc(b.Sessions, func(s models.JointGuidance) bool { return s.Number == v.Session.Number })
				b.Sessions[j].Staff = append(slices.Clone(b.Sessions[j].Staff), "X")
			}
		}
	}
	return &b
}

func TestWhatIfIsWhatJudgingTheWholeRegisterAgainGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		last := 1 << 30
		of := make(map[string]bool) // chains with a session of the scope
		for i := range d.verdicts {
			of[d.verdicts[i].Chain] = of[d.verdicts[i].Chain] || d.inScope(&d.verdicts[i])
		}
		for _, a := range liaison.WhatIf(d.facts, d.rules, d.verdicts, d.scope.Sessions(d.verdicts)) {
			require.LessOrEqual(t, a.Points, last, "the most points first")
			last = a.Points
			var turned []string
			points := 0
			for i, after := range booktest.Judge(t, fee.NewFacts(d.done(a), d.facts.Params), d.rules) {
				before := &d.verdicts[i]
				if of[before.Chain] {
					points += after.Points - before.Points
				}
				if d.inScope(before) && before.Result != fee.Fee2 && after.Result == fee.Fee2 {
					turned = append(turned, before.Session.Number)
				}
			}
			require.Equal(t, turned, a.Turned, "%+v", a)
			require.Equal(t, points, a.Points, "%+v", a)
		}
	})
}
