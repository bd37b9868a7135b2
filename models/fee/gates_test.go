package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

func TestSessionWithEverythingEarnsFee2(t *testing.T) {
	v := judge(t)
	assert.Equal(t, fee.Fee2, v.Result)
	assert.Equal(t, "11", v.Code)
	assert.Equal(t, 500, v.Points)
	assert.Empty(t, v.Warnings)
	assert.True(t, v.Confirmable())
}

// TestOneThingBroken breaks one fact of a session that earns 指導料2. The code
// must be that of the first row of 11-1 that applies.
func TestOneThingBroken(t *testing.T) {
	video := func(shared models.Mark, consent string) change {
		return session(func(s *models.JointGuidance) {
			s.Way, s.ScreenShared = models.ByVideo, shared
			if consent != "" {
				s.ScreenConsent = day(consent)
			}
		})
	}
	chosen := session(func(s *models.JointGuidance) { s.Standing = models.PatientsChoice })
	kind := func(k models.PartnerKind) change { return office(func(p *models.Partner) { p.Kind = k }) }
	qualified := func(q models.Qualification) change {
		return manager(func(c *models.CareManager) { c.Qualification = q })
	}
	on := func(s string) change { return session(func(g *models.JointGuidance) { g.On = day(s) }) }
	by := func(way models.GuidanceWay) change {
		return session(func(s *models.JointGuidance) { s.Way = way })
	}

	for _, c := range []struct {
		name   string
		change change
		code   string
	}{
		{"without a day", session(func(s *models.JointGuidance) { s.On = 0 }), "0"},
		{"without a way", by(""), "0"},
		{"without a patient", session(func(s *models.JointGuidance) { s.PatientID = "" }), "0"},
		{"without a day of admission", session(func(s *models.JointGuidance) { s.AdmittedOn = 0 }), "0"},
		{"without a care manager", session(func(s *models.JointGuidance) { s.CareManager = "" }), "0"},
		{"without staff", byStaff(models.Yes), "0"},
		{"admission not registered", session(func(s *models.JointGuidance) { s.AdmittedOn = day("2026-09-02") }), "0"},
		{"care manager not registered", session(func(s *models.JointGuidance) { s.CareManager = "M9" }), "0"},
		{"staff not registered", byStaff(models.Yes, "S9"), "0"},
		{"one of several staff not registered", byStaff(models.Yes, "S1", "S9"), "0"},
		{"not registered and outside the stay", all(on("2026-08-31"), byStaff(models.Yes, "S9")), "0"},

		{"the day before the admission", on("2026-08-31"), "2"},
		{"the day of admission", all(on("2026-09-01"), admission(func(a *models.Admission) { a.ConsentedOn = day("2026-09-01") })), "11"},
		{"the day of discharge", on("2026-09-30"), "11"},
		{"the day after the discharge", on("2026-10-01"), "2"},
		{"long after, discharge not given", all(on("2026-10-01"), admission(func(a *models.Admission) { a.DischargedOn = 0 })), "11"},
		{"outside the stay without a ward", all(on("2026-10-01"), func(b *models.Book) { b.WardStays = nil }), "2"},

		{"no ward on the day", func(b *models.Book) { b.WardStays[0].To = day("2026-09-09") }, "0"},
		{"ward left that very day", func(b *models.Book) { b.WardStays[0].To = day("2026-09-10") }, "11"},
		{"no ward facts on the day", ward(func(w *models.Ward) { w.ValidTo = day("2026-09-09") }), "0"},
		{"ward facts not registered", func(b *models.Book) { b.WardStays[0].Ward = "9Z" }, "0"},
		{"no office on the day", func(b *models.Book) { b.Affiliations[0].To = day("2026-09-09") }, "0"},
		{"office joined after the day", func(b *models.Book) { b.Affiliations[0].From = day("2026-09-11") }, "0"},
		{"office not registered", func(b *models.Book) { b.Affiliations[0].Partner = "P9" }, "0"},
		{"no staff row on the day", worker(func(s *models.Staff) { s.To = day("2026-09-09") }), "0"},
		{"one of two staff has a row on the day", all(worker(func(s *models.Staff) { s.To = day("2026-09-09") }), byStaff(models.Yes, "S1", "N1")), "13"},

		{"bundled ward", ward(func(w *models.Ward) { w.FeeTreatment = models.FeeBundled }), "3"},
		{"bundled ward and no consent", all(ward(func(w *models.Ward) { w.FeeTreatment = models.FeeBundled }), admission(func(a *models.Admission) { a.ConsentedOn = 0 })), "3"},

		{"service not suitable", admission(func(a *models.Admission) { a.ServiceSuitable = models.No }), "4"},
		{"suitability not known", admission(func(a *models.Admission) { a.ServiceSuitable = models.Unknown }), "4"},
		{"patient does not wish it", admission(func(a *models.Admission) { a.PatientWishes = models.No }), "4"},
		{"wish not known", admission(func(a *models.Admission) { a.PatientWishes = models.Unknown }), "4"},
		{"no consent", admission(func(a *models.Admission) { a.ConsentedOn = 0 }), "4"},
		{"consent on the day", admission(func(a *models.Admission) { a.ConsentedOn = day("2026-09-10") }), "11"},
		{"consent the day after", admission(func(a *models.Admission) { a.ConsentedOn = day("2026-09-11") }), "4"},

		{"chief care manager", qualified(models.ChiefCM), "11"},
		{"consultation specialist", qualified(models.ConsultSpecialist), "11"},
		{"other qualification", qualified(models.OtherQualified), "5a"},
		{"cannot plan", manager(func(c *models.CareManager) { c.CanPlan = models.No }), "5a"},
		{"planning not known", manager(func(c *models.CareManager) { c.CanPlan = models.Unknown }), "5a"},
		{"chosen at a hospital", all(chosen, kind(models.Hospital)), "5a"},
		{"chosen at a clinic", all(chosen, kind(models.Clinic)), "5a"},
		{"chosen at a visiting nurse station", all(chosen, kind(models.VisitingNurse)), "5a"},
		{"chosen at a home service", all(chosen, kind(models.HomeService)), "5a"},
		{"chosen at a community service", all(chosen, kind(models.CommunityService)), "5a"},
		{"the prior care manager at a home service", kind(models.HomeService), "11"},
		{"chosen at another place", all(chosen, kind(models.OtherPartner)), "5a"},
		{"chosen at a nursing home", all(chosen, kind(models.NursingHome)), "11"},
		{"chosen at a community center", all(chosen, kind(models.CommunityCenter)), "11"},
		{"prior care manager at a clinic", kind(models.Clinic), "11"},
		{"standing not given", session(func(s *models.JointGuidance) { s.Standing = "" }), "5b"},
		{"annexed facility", office(func(p *models.Partner) { p.Annex = models.AnnexFacility }), "5c"},
		{"annexed care office", office(func(p *models.Partner) { p.Annex = models.AnnexCareOffice }), "11"},

		{"by document", by(models.ByDocument), "6a"},
		{"by document, phone allowed", all(by(models.ByDocument), set("allow_phone", "true")), "6a"},
		{"by phone", by(models.ByPhone), "6a"},
		{"by phone, allowed", all(by(models.ByPhone), set("allow_phone", "true")), "11"},
		{"patient not there", session(func(s *models.JointGuidance) { s.PatientJoined = models.No }), "6a"},
		{"patient not known", session(func(s *models.JointGuidance) { s.PatientJoined = models.Unknown }), "6a"},
		{"family only, allowed", all(session(func(s *models.JointGuidance) { s.PatientJoined = models.No }), set("allow_family_only", "true")), "11"},

		{"video, no screen shared", video(models.Unknown, ""), "11"},
		{"video, screen shared without consent", video(models.Yes, ""), "6b"},
		{"video, screen consent on the day", video(models.Yes, "2026-09-10"), "11"},
		{"video, screen consent the day after", video(models.Yes, "2026-09-11"), "6b"},
		{"screen marked in person", session(func(s *models.JointGuidance) { s.ScreenShared = models.Yes }), "11"},

		{"multi-agency on the session", session(func(s *models.JointGuidance) { s.MultiAgency = models.Yes }), "7a"},
		{"regional plan", admission(func(a *models.Admission) { a.RegionalPlan = models.Yes }), "7b"},
		{"psychiatric ward add-on", ward(func(w *models.Ward) { w.PSWAddOn = models.Yes }), "7c"},
		{"decided not to bill", session(func(s *models.JointGuidance) { s.Claim = models.ClaimNone }), "15"},
		{"not to bill, psychiatric add-on", all(session(func(s *models.JointGuidance) { s.Claim = models.ClaimNone }), ward(func(w *models.Ward) { w.PSWAddOn = models.Yes })), "7c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			assert.Equal(t, c.code, v.Code, v.Reason)
			assert.Equal(t, resultOf[c.code], v.Result)
			assert.Equal(t, v.Code == "11" || v.Code == "13", v.Candidate)
		})
	}
}

// resultOf is the 判定 of each code (11-1, 11-2).
var resultOf = map[string]fee.Result{
	"0": fee.Pending, "1": fee.FeeLegacy, "11": fee.Fee2, "13": fee.Fee1, "15": fee.NotBilled,
	"2": fee.NotBillable, "3": fee.NotBillable, "4": fee.NotBillable, "5a": fee.NotBillable, "5b": fee.NotBillable,
	"5c": fee.NotBillable, "6a": fee.NotBillable, "6b": fee.NotBillable, "7a": fee.NotBillable, "7b": fee.NotBillable,
	"7c": fee.NotBillable, "8": fee.NotBillable, "9": fee.NotBillable, "10": fee.NotBillable, "12": fee.NotBillable,
	"14": fee.NotBillable,
}

func TestMultiAgencyHoldsTheDayForTheChain(t *testing.T) {
	multi := func(s *models.JointGuidance) { s.MultiAgency = models.Yes }
	outside := func(s *models.JointGuidance) { s.MultiAgency, s.CareManager = models.Yes, "M9" }
	linked := linkedAdmission("2026-09-10")
	for _, c := range []struct {
		name   string
		change change
		code   string
	}{
		{"another session of the day", also("G2", "2026-09-10", multi), "7a"},
		{"another session of the day that is held back", also("G2", "2026-09-10", outside), "7a"},
		{"another session on another day", also("G2", "2026-09-11", multi), "11"},
		{"a linked admission on the day", all(linked, also("G2", "2026-09-10", multi, ofAdmission("2026-09-10"))), "7a"},
		{"a linked admission, chains not merged", all(linked, set("merge_linked_admissions", "false"), also("G2", "2026-09-10", multi, ofAdmission("2026-09-10"))), "11"},
		{"another patient on the day", also("G2", "2026-09-10", multi, func(s *models.JointGuidance) { s.PatientID = "00000002" }), "11"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.code, judge(t, c.change).Code)
		})
	}
}

// linkedAdmission adds another admission of the patient, counted together with
// the first.
func linkedAdmission(admittedOn string) change {
	return func(b *models.Book) {
		b.Admissions[0].ChainKey = "T1"
		a := b.Admissions[0]
		a.AdmittedOn, a.DischargedOn = day(admittedOn), 0
		stay := b.WardStays[0]
		stay.AdmittedOn, stay.From = a.AdmittedOn, a.AdmittedOn
		b.Admissions, b.WardStays = append(b.Admissions, a), append(b.WardStays, stay)
	}
}

// ofAdmission moves a session to the admission of that day.
func ofAdmission(admittedOn string) func(*models.JointGuidance) {
	return func(s *models.JointGuidance) { s.AdmittedOn = day(admittedOn) }
}

func TestFee1AsksForADoctorOrHisOrder(t *testing.T) {
	noOrder, order := models.Unknown, models.Yes
	for _, c := range []struct {
		name  string
		order models.Mark
		staff []string
		fits  bool
	}{
		{"doctor without an order", noOrder, []string{"D1"}, true},
		{"nurse with an order", order, []string{"N1"}, true},
		{"nurse without an order", noOrder, []string{"N1"}, false},
		{"nurse, order refused", models.No, []string{"N1"}, false},
		{"clerk with an order", order, []string{"C1"}, false},
		{"clerk and nurse with an order", order, []string{"C1", "N1"}, true},
		{"clerk and doctor without an order", noOrder, []string{"C1", "D1"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, byStaff(c.order, c.staff...))
			assert.Equal(t, c.fits, v.Fits1)
			assert.Equal(t, c.fits, condition(t, v, "e1").State == fee.Met)
		})
	}
}

func TestStaffRowOfTheDayDecides(t *testing.T) {
	formerDoctor := func(b *models.Book) {
		b.Staff = append(b.Staff, models.Staff{Code: "N1", From: day("2010-04-01"), To: day("2019-03-31"), Name: "鈴木一郎", Job: models.Doctor})
	}
	v := judge(t, formerDoctor, byStaff(models.Unknown, "N1"))
	assert.False(t, v.Fits1, "the doctor's row does not cover the day")

	alsoDoctor := func(b *models.Book) {
		b.Staff = append(b.Staff, models.Staff{Code: "N1", From: day("2026-04-01"), Name: "鈴木一郎", Job: models.Doctor})
	}
	assert.True(t, judge(t, alsoDoctor, byStaff(models.Unknown, "N1")).Fits1, "any row that covers the day counts")
}

func TestWardAndOfficeAreThoseOfTheDay(t *testing.T) {
	bundled := func(b *models.Book) {
		w := b.Wards[0]
		w.Code, w.Name, w.FeeTreatment = "4R", "回復期病棟", models.FeeBundled
		b.Wards = append(b.Wards, w)
	}
	transfer := func(on, oldTo string) change {
		return func(b *models.Book) {
			b.WardStays[0].To = day(oldTo)
			b.WardStays = append(b.WardStays, models.WardStay{PatientID: patient, AdmittedOn: day("2026-09-01"), From: day(on), Ward: "4R"})
		}
	}
	t.Run("on a transfer day the receiving ward", func(t *testing.T) {
		v := judge(t, bundled, transfer("2026-09-10", "2026-09-10"))
		assert.Equal(t, "3", v.Code)
		assert.Equal(t, "4R", v.Ward.Code)
	})
	t.Run("before the transfer the old ward", func(t *testing.T) {
		v := judge(t, bundled, transfer("2026-09-11", "2026-09-11"))
		assert.Equal(t, "11", v.Code)
	})
	t.Run("of overlapping ward facts the latest", func(t *testing.T) {
		v := judge(t, func(b *models.Book) {
			w := b.Wards[0]
			w.ValidFrom, w.FeeTreatment = day("2026-09-10"), models.FeeBundled
			b.Wards = append(b.Wards, w)
		})
		assert.Equal(t, "3", v.Code)
	})
	move := func(from, to string) change {
		return func(b *models.Book) {
			b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: "M1", Partner: to, From: day(from)})
		}
	}
	for _, c := range []struct{ name, from, to, office string }{
		{"of overlapping affiliations the latest", "2026-09-10", "P2", "P2"},
		{"an affiliation that starts later does not count", "2026-09-11", "P2", "P1"},
		{"an affiliation that started earlier does not win", "2024-03-31", "P2", "P1"},
		{"on a tie the greatest code", "2024-04-01", "P2", "P2"},
		{"on a tie the smaller code loses", "2024-04-01", "P0", "P1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, move(c.from, c.to), func(b *models.Book) {
				b.Partners = append(b.Partners, models.Partner{Code: "P0", Name: "あおば居宅", Kind: models.CareOffice})
			})
			require.NotNil(t, v.Office)
			assert.Equal(t, c.office, v.Office.Code)
		})
	}
}
