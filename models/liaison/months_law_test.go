package liaison_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/liaison"
)

// contactIn works out by hand whether an やり取り belongs to the period and area.
func (d drawn) contactIn(c models.Contact) bool {
	office := c.Partner
	if p := d.facts.OfficeOf(c.CareManager, c.On); office == "" && p != nil {
		office = p.Code
	}
	at := slices.IndexFunc(d.book.Partners, func(p models.Partner) bool { return p.Code == office })
	return d.in(c.On) && (d.scope.Area == "" || at >= 0 && models.AreaOf(d.book.Partners[at].Address) == d.scope.Area)
}

// sessionIn works out by hand whether a 共同指導 belongs to the period, ward
// and area.
func (d drawn) sessionIn(s models.JointGuidance) bool {
	ward, office := d.facts.WardOf(models.AdmissionKey{PatientID: s.PatientID, AdmittedOn: s.AdmittedOn}, s.On), d.facts.OfficeOf(s.CareManager, s.On)
	return d.in(s.On) && (d.scope.Ward == "" || ward != nil && ward.Code == d.scope.Ward) &&
		(d.scope.Area == "" || office != nil && models.AreaOf(office.Address) == d.scope.Area)
}

func TestTheMonthsHoldEveryRecordOfTheirs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		for _, m := range liaison.ContactsByMonth(d.facts, d.verdicts, d.scope) {
			kinds := make(map[models.ContactKind]int)
			var contacts, meetings, sessions int
			for _, c := range d.book.Contacts {
				if d.contactIn(c) && c.On.Month() == m.Month {
					contacts++
					kinds[c.Kind]++
				}
			}
			for _, k := range d.book.Meetings {
				if d.in(k.HeldOn) && k.HeldOn.Month() == m.Month {
					meetings++
				}
			}
			for _, s := range d.book.Sessions {
				if d.sessionIn(s) && s.On.Month() == m.Month {
					sessions++
				}
			}
			require.Equal(t, liaison.ContactMonth{Month: m.Month, Kinds: kinds, Contacts: contacts, Meetings: meetings, Sessions: sessions}, m)
		}
	})
}

func TestTheShareOfAdmissionsWithPeacetimeIsThatOfEachDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		for _, m := range liaison.PeacetimeByMonth(d.facts, d.rules, d.scope) {
			want, withCareManager := liaison.PeacetimeMonth{Month: m.Month}, 0
			for _, a := range d.book.Admissions {
				if !d.in(a.AdmittedOn) || a.AdmittedOn.Month() != m.Month || !d.admissionIn(a) {
					continue
				}
				want.Admissions++
				if a.CareManager != "" {
					withCareManager++
				}
				switch {
				case a.CareManager == "":
				case d.peacetime(a.CareManager, a.AdmittedOn):
					want.Ready = append(want.Ready, a.Key())
				default:
					want.Unready = append(want.Unready, a.Key())
				}
			}
			require.Equal(t, want, m)
			require.Equal(t, withCareManager, m.WithCareManager())
		}
	})
}

func TestTownsHoldWhatTheirPartnersHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.scope.Area = ""
		list := liaison.Activities(d.facts, d.scope)
		rows := liaison.Areas(list)
		for i, r := range rows {
			require.True(t, i == 0 || rows[i-1].Total >= r.Total, "the most partners first")
			want := liaison.AreaRow{Area: r.Area, Partners: make(map[liaison.KindGroup][]string)}
			for _, a := range list {
				if models.AreaOf(a.Partner.Address) != r.Area {
					continue
				}
				group := map[models.PartnerKind]liaison.KindGroup{models.CareOffice: "居宅", models.Hospital: "病院"}[a.Partner.Kind]
				want.Partners[group] = append(want.Partners[group], a.Partner.Code)
				want.Total++
				if a.Active {
					want.Active++
				}
				want.Admissions, want.Contacts, want.Sessions = want.Admissions+a.Admissions, want.Contacts+a.Contacts, want.Sessions+a.Sessions
			}
			require.Equal(t, want, r)
			require.Equal(t, r.Admissions >= 3 && r.Contacts+r.Sessions < r.Admissions, r.Cold())
		}
		silent := 0
		for _, s := range liaison.Silences(list, d.scope.AsOf) {
			silent += len(s.Partners)
			for _, a := range s.Partners {
				words := "記録なし"
				if contacts, sessions := d.dealings(a.Partner.Code); len(contacts)+len(sessions) > 0 {
					words = silence(slices.Max(slices.Concat(contacts, sessions)).DaysUntil(d.scope.AsOf))
				}
				require.Equal(t, words, s.Words)
			}
		}
		require.Equal(t, len(slices.DeleteFunc(list, func(a liaison.Activity) bool { return !a.Active })), silent, "each 連携機関 once")
	})
}

// silence returns the step for a number of days.
func silence(days int) string {
	switch {
	case days < 30:
		return "30日未満"
	case days < 60:
		return "30〜59日"
	case days < 90:
		return "60〜89日"
	case days < 180:
		return "90〜179日"
	}
	return "180日以上"
}

func TestStaffingAndWhatEndsAreThoseOfTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.book.Staff = nil
		for i := range rapid.IntRange(0, 6).Draw(t, "staff") {
			d.book.Staff = append(d.book.Staff, models.Staff{
				Code: string(rune('A' + i)), From: dayIn(t, "from", "2025-01-01", 600), To: oneOf(t, "to", models.Date(0), day("2026-09-30"), day("2027-03-31")),
				Job: oneOf(t, "job", models.Nurse, models.SocialWorker, models.Doctor), Department: oneOf(t, "department", "", models.FullTime, models.Dedicated),
				WardDedicated: oneOf(t, "ward", models.Unknown, models.Yes),
			})
		}
		asOf := d.scope.AsOf
		there := func(s models.Staff) bool { return s.From <= asOf && (s.To == 0 || s.To >= asOf) }
		has := func(job models.Job, of ...models.Department) bool {
			return slices.ContainsFunc(d.book.Staff, func(s models.Staff) bool { return there(s) && s.Job == job && slices.Contains(of, s.Department) })
		}
		got := liaison.StaffingOn(d.facts, asOf)
		for _, s := range d.book.Staff {
			is := func(o models.Staff) bool { return o.Code == s.Code }
			require.Equal(t, there(s) && s.Department == models.FullTime, slices.ContainsFunc(got.FullTime, is))
			require.Equal(t, there(s) && s.Department == models.Dedicated, slices.ContainsFunc(got.Dedicated, is))
			require.Equal(t, there(s) && s.WardDedicated == models.Yes, slices.ContainsFunc(got.Wards, is))
		}
		either := []models.Department{models.FullTime, models.Dedicated}
		require.Equal(t, has(models.Nurse, models.FullTime) && has(models.SocialWorker, either...) ||
			has(models.SocialWorker, models.FullTime) && has(models.Nurse, either...), got.Paired)

		var want []models.Date
		soon := func(on models.Date) {
			if on >= asOf && on <= asOf.AddMonths(12) {
				want = append(want, on)
			}
		}
		for _, s := range d.book.Staff {
			if there(s) && s.Department != "" {
				soon(s.To)
			}
		}
		if w := d.book.Wards[2]; w.ValidTo == 0 || w.ValidTo >= asOf {
			soon(w.FiledTo)
			soon(w.ValidTo)
		}
		if d.facts.Params.ChiikiCareExempt {
			soon(2027_03_31)
		}
		slices.Sort(want)
		var ends []models.Date
		for _, e := range liaison.Expiries(d.facts, asOf) {
			if e.Of != "" && e.Of != "連携先" {
				ends = append(ends, e.On)
			}
		}
		require.Equal(t, want, ends)
	})
}
