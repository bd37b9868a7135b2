package liaison_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// in works out by hand whether a day belongs to the scope.
func (d drawn) in(on models.Date) bool {
	return on >= d.scope.Period.From && on <= d.scope.Period.To && on <= d.scope.AsOf
}

// dealings lists the days of やり取り and 共同指導 with an office up to the
// day.
func (d drawn) dealings(office string) (contacts, sessions []models.Date) {
	at := func(cm string, on models.Date) bool {
		p := d.facts.OfficeOf(cm, on)
		return p != nil && p.Code == office
	}
	for _, c := range d.book.Contacts {
		if c.On <= d.scope.AsOf && (c.Partner == office || c.Partner == "" && at(c.CareManager, c.On)) {
			contacts = append(contacts, c.On)
		}
	}
	for _, s := range d.book.Sessions {
		if s.On <= d.scope.AsOf && at(s.CareManager, s.On) {
			sessions = append(sessions, s.On)
		}
	}
	return contacts, sessions
}

func TestActivitiesAreTheCountsOfTheRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		list := liaison.Activities(d.facts, d.scope)
		var codes []string
		for _, a := range list {
			codes = append(codes, a.Partner.Code)
			contacts, sessions := d.dealings(a.Partner.Code)
			count := func(days []models.Date) (n int) {
				for _, on := range days {
					if d.in(on) {
						n++
					}
				}
				return n
			}
			require.Equal(t, count(contacts), a.Contacts)
			require.Equal(t, count(sessions), a.Sessions)
			all := slices.Concat(contacts, sessions)
			if len(all) == 0 {
				require.Zero(t, a.FirstOn+a.LastOn)
			} else {
				require.Equal(t, slices.Min(all), a.FirstOn)
				require.Equal(t, slices.Max(all), a.LastOn)
			}
			admissions := 0
			for _, adm := range d.book.Admissions {
				if p := d.facts.OfficeOf(adm.CareManager, adm.AdmittedOn); p != nil && p.Code == a.Partner.Code && d.in(adm.AdmittedOn) {
					admissions++
				}
			}
			require.Equal(t, admissions, a.Admissions)
			require.Equal(t, admissions >= 3 && a.Contacts+a.Sessions < admissions, a.Cold())
		}
		var want []string
		for _, p := range d.book.Partners {
			if (p.EndedOn == 0 || p.EndedOn > d.scope.AsOf) && (d.scope.Area == "" || models.AreaOf(p.Address) == d.scope.Area) {
				want = append(want, p.Code)
			}
		}
		require.Equal(t, want, codes)

		quiet := liaison.NotContacted(list, d.scope.AsOf, 60)
		for _, a := range list {
			listed := slices.ContainsFunc(quiet, func(q liaison.Activity) bool { return q.Partner == a.Partner })
			consulted := a.Partner.ConsultedOn != 0 && a.Partner.ConsultedOn <= d.scope.AsOf
			require.Equal(t, consulted && (a.LastOn == 0 || a.LastOn.AddDays(60) <= d.scope.AsOf), listed)
		}
		rows, total := liaison.Areas(list), 0
		for _, r := range rows {
			n := 0
			for _, partners := range r.Partners {
				n += len(partners)
			}
			require.Equal(t, r.Total, n)
			total += n
		}
		require.Equal(t, len(list), total, "every partner stands in one 市区町村")
	})
}

func TestTurnoverIsTheFirstAndTheLastDealing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		turnover := liaison.Turnovers(d.facts, d.scope)
		has := func(list []liaison.Activity, code string) bool {
			return slices.ContainsFunc(list, func(a liaison.Activity) bool { return a.Partner.Code == code })
		}
		for _, a := range liaison.Activities(d.facts, d.scope) {
			contacts, sessions := d.dealings(a.Partner.Code)
			days := slices.Concat(contacts, sessions)
			inside := slices.ContainsFunc(days, d.in)
			earlier := slices.ContainsFunc(days, func(on models.Date) bool { return on < d.scope.Period.From })
			year := slices.ContainsFunc(days, func(on models.Date) bool {
				return on < d.scope.Period.From && on >= d.scope.Period.From.AddMonths(-12)
			})
			since := slices.ContainsFunc(days, func(on models.Date) bool { return on >= d.scope.Period.From })
			require.Equal(t, inside && !earlier, has(turnover.New, a.Partner.Code))
			require.Equal(t, year && !since, has(turnover.Lost, a.Partner.Code))
		}
		for _, p := range d.book.Partners {
			ended := slices.ContainsFunc(turnover.Ended, func(e *models.Partner) bool { return e.Code == p.Code })
			require.Equal(t, p.EndedOn != 0 && d.in(p.EndedOn) && (d.scope.Area == "" || models.AreaOf(p.Address) == d.scope.Area), ended)
		}
	})
}

// admissionIn works out by hand whether an admission belongs to the ward and
// area.
func (d drawn) admissionIn(a models.Admission) bool {
	on := d.scope.AsOf
	if a.DischargedOn != 0 && a.DischargedOn < on {
		on = a.DischargedOn
	}
	w, p := d.facts.WardOf(a.Key(), on), d.facts.OfficeOf(a.CareManager, a.AdmittedOn)
	return (d.scope.Ward == "" || w != nil && w.Code == d.scope.Ward) &&
		(d.scope.Area == "" || p != nil && models.AreaOf(p.Address) == d.scope.Area)
}

// peacetime works out by hand whether there is 平時の連携 with a care manager
// before a day: S1 attended a 会議 in the window with the care manager (or a
// colleague, if the office counts), the contacts are shared, and the 取り決め
// exists if required.
func (d drawn) peacetime(cm string, before models.Date) bool {
	at := slices.IndexFunc(d.book.CareManagers, func(c models.CareManager) bool { return c.Code == cm })
	office := d.facts.OfficeOf(cm, before)
	if at < 0 || office == nil {
		return false
	}
	met, shared := false, d.book.CareManagers[at].SharedOn != 0 && d.book.CareManagers[at].SharedOn < before
	for _, m := range d.book.Meetings {
		there := func(code string) bool {
			return slices.ContainsFunc(d.book.Attendances, func(a models.Attendance) bool { return a.Meeting == m.Code && a.Code == code })
		}
		if m.HeldOn >= before || !there("S1") {
			continue
		}
		if m.ContactsShared == models.Yes && there(cm) {
			shared = true
		}
		with := there(cm)
		switch {
		case !d.facts.Params.RequireCMAttendance:
			with = true
		case d.facts.Params.RelationshipUnit == fee.Office:
			with = slices.ContainsFunc(d.book.CareManagers, func(c models.CareManager) bool {
				o := d.facts.OfficeOf(c.Code, m.HeldOn)
				return there(c.Code) && o != nil && o.Code == office.Code
			})
		}
		months := d.facts.Params.LookbackMonths
		if with && m.Kind != models.StudySession && (months == 0 || m.HeldOn >= before.AddMonths(-months)) {
			met = true
		}
	}
	agreed := !d.facts.Params.RequireLocalAgreement || office.AgreedOn != 0 && office.AgreedOn < before
	return met && shared && agreed
}

func TestUnreadyAreThePatientsInHospitalWithoutPeacetime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		found := make(map[string]bool)
		for _, u := range liaison.UnreadyCareManagers(d.facts, d.rules, d.scope) {
			found[u.Admission.PatientID] = true
			require.False(t, u.Peacetime.Ready)
		}
		for _, a := range d.book.Admissions {
			inHospital := a.AdmittedOn <= d.scope.AsOf && (a.DischargedOn == 0 || a.DischargedOn >= d.scope.AsOf)
			base := a.AdmittedOn
			if d.facts.Params.EvidenceMustPrecede == fee.Session {
				base = d.scope.AsOf
			}
			want := inHospital && a.CareManager != "" && d.admissionIn(a) && !d.peacetime(a.CareManager, base)
			require.Equal(t, want, found[a.PatientID])
		}
	})
}

func TestWorkloadCountsEachOfOursOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		months := d.scope.Months()
		got := make(map[string][]liaison.Load)
		for _, s := range liaison.Workload(d.facts, d.verdicts, d.scope) {
			got[s.Code] = s.Months
		}
		want := make(map[string][]liaison.Load)
		for _, code := range []string{"S1", "W1", "D1"} {
			loads, any := make([]liaison.Load, len(months)), false
			for i, m := range months {
				mine := func(on models.Date, staff []string) bool {
					hit := on.Month() == m && d.in(on) && slices.Contains(staff, code)
					any = any || hit
					return hit
				}
				for _, c := range d.book.Contacts {
					if d.contactIn(c) && mine(c.On, c.Staff) {
						loads[i].Contacts++
					}
				}
				for _, s := range d.book.Sessions {
					if d.sessionIn(s) && mine(s.On, s.Staff) {
						loads[i].Sessions++
					}
				}
				for _, k := range d.book.Meetings {
					there := slices.ContainsFunc(d.book.Attendances, func(a models.Attendance) bool { return a.Meeting == k.Code && a.Code == code })
					if there && mine(k.HeldOn, []string{code}) {
						loads[i].Meetings++
					}
				}
			}
			if any {
				want[code] = loads
			}
		}
		require.Equal(t, want, got)
	})
}

// decided works out by hand whether the patient already had a care manager
// (N-02).
func (d drawn) decided(a models.Admission) bool {
	prior, chosen := false, false
	for _, s := range d.book.Sessions {
		if s.PatientID == a.PatientID && s.AdmittedOn == a.AdmittedOn && s.On <= d.scope.AsOf {
			prior, chosen = prior || s.Standing == "入院前担当", chosen || s.Standing == "患者選択"
		}
	}
	return a.CareManager != "" && (prior || !chosen && a.CareStatus != "未申請")
}

func TestSevenDaysAndPapersAreTheCountsOfTheRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		var in, late, missing int
		for _, m := range liaison.InformedByMonth(d.facts, d.scope) {
			in, late, missing = in+len(m.InTime), late+len(m.Late), missing+len(m.Missing)
			for _, key := range m.InTime {
				require.Equal(t, m.Month, key.AdmittedOn.Month())
			}
		}
		var wantIn, wantLate, wantMissing int
		for _, a := range d.book.Admissions {
			if !d.in(a.AdmittedOn) || !d.admissionIn(a) || !d.decided(a) {
				continue
			}
			last := 6
			if d.facts.Params.DayCount == fee.NextDay {
				last = 7
			}
			switch {
			case a.InformedOn != 0 && a.InformedOn <= d.scope.AsOf && a.AdmittedOn.DaysUntil(a.InformedOn) > last:
				wantLate++
			case a.InformedOn != 0 && a.InformedOn <= d.scope.AsOf:
				wantIn++
			case a.AdmittedOn.AddDays(last) < d.scope.AsOf || a.DischargedOn != 0 && a.DischargedOn <= d.scope.AsOf:
				wantMissing++
			}
		}
		require.Equal(t, []int{wantIn, wantLate, wantMissing}, []int{in, late, missing})

		papers := liaison.PapersOf(d.verdicts, d.scope)
		var noNote, noCopy, copies, asked int
		for _, v := range d.verdicts {
			s := v.Session
			if v.Points == 0 || !d.in(s.On) || d.scope.Ward != "" && v.Ward.Code != d.scope.Ward ||
				d.scope.Area != "" && models.AreaOf(v.Office.Address) != d.scope.Area {
				continue
			}
			if s.NotedOn == 0 || s.NotedOn > d.scope.AsOf {
				noNote++
			}
			if s.PlanCopyOn != 0 && s.PlanCopyOn <= d.scope.AsOf {
				copies++
			} else if s.On.DaysUntil(d.scope.AsOf) > 14 {
				noCopy++
				if s.PlanAskedOn != 0 && s.PlanAskedOn <= d.scope.AsOf {
					asked++
				}
			}
		}
		require.Equal(t, []int{noNote, noCopy, copies, asked}, []int{len(papers.NoNote), len(papers.NoCopy), len(papers.Received), len(papers.CopyAsked)})
		for i, r := range papers.Received {
			at := slices.IndexFunc(d.book.Sessions, func(s models.JointGuidance) bool { return s.Number == r.Number })
			require.Equal(t, d.book.Sessions[at].On.AddDays(r.Days), d.book.Sessions[at].PlanCopyOn)
			require.True(t, i == 0 || papers.Received[i-1].Days <= r.Days, "the soonest first")
		}
	})
}

func TestStandingNowIsTheMonitor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		m := liaison.Monitor(d.facts, d.verdicts, d.scope.AsOf)
		s := liaison.StandingNow(d.facts, d.scope.AsOf)
		require.Equal(t, []int{m.Partners, m.PartnersMet3, m.PartnersMet3Medical, m.PartnersMet3Care}, []int{len(s.Partners), s.Met, s.Medical, s.Care})
		require.Equal(t, max(0, 25-s.Met), s.Short)
		for i, p := range s.Partners {
			require.Equal(t, max(0, 3-len(p.Days)), p.Short)
			require.Equal(t, i < s.Met, p.Short == 0, "those that have three come first")
			require.Zero(t, p.StartBy, "nothing is to come")
		}
	})
}

func TestTheLastDayToStartLeavesAWorkingDayForEachMeeting(t *testing.T) {
	b := hospital()
	b.Partners = []models.Partner{{Code: "P1", Name: "一", ConsultedOn: 2025_04_01}, {Code: "P2", Name: "二", ConsultedOn: 2025_04_01}}
	for i, on := range []models.Date{2026_05_11, 2026_06_11} {
		b.Contacts = append(b.Contacts, models.Contact{Number: string(rune('A' + i)), On: on, Kind: models.FaceToFace, Partner: "P1", Staff: []string{"S1"}})
	}
	facts, _, _ := judgedBook(t, b)

	s := liaison.StandingByMarch(facts, 2026_11_22)

	require.Equal(t, models.Date(2027_03_31), s.End)
	assert.Equal(t, time.Wednesday, s.End.Weekday())
	assert.Equal(t, models.Date(2027_03_31), s.Lacking()[0].StartBy, "one missing: the last day itself")
	assert.Equal(t, models.Date(2027_03_29), s.Lacking()[1].StartBy, "three missing: Monday, Tuesday, Wednesday")
	assert.Equal(t, 25, s.Short)
}

func TestStaffingAndWhatEnds(t *testing.T) {
	b := hospital()
	b.Staff = append(b.Staff, models.Staff{Code: "N1", From: 2025_04_01, To: 2027_03_31, Name: "中村", Job: models.Nurse, Department: models.Dedicated})
	b.Wards[0].FiledTo = 2026_12_31
	set(b, "chiiki_care_exempt", "true")
	facts, _, _ := judgedBook(t, b)

	s := liaison.StaffingOn(facts, 2026_11_22)
	assert.True(t, s.Paired)
	assert.Len(t, s.Wards, 1)
	assert.False(t, liaison.StaffingOn(facts, 2027_04_01).Paired, "the nurse has left")

	var ends []string
	for _, e := range liaison.Expiries(facts, 2026_11_22) {
		ends = append(ends, e.On.String()+" "+e.What)
	}
	assert.Equal(t, []string{"2026-12-31 加算1の届出", "2027-03-31 部門の専任", "2027-03-31 経過措置（地域包括ケア病床の除外）"}, ends)
	assert.Empty(t, liaison.Expiries(facts, 2027_04_01))
}
