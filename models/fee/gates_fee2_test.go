package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
)

// asked is one case of a condition of 指導料2 and whether it is ○.
type asked struct {
	name   string
	change change
	met    bool
}

// standsAs checks that only the condition with this ID changes the fee: ○ gives
// 指導料2, × gives 指導料1.
func standsAs(t *testing.T, id string, cases []asked) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			want, state := fee.Fee1, fee.NotMet
			if c.met {
				want, state = fee.Fee2, fee.Met
			}
			got := condition(t, v, id)
			assert.Equal(t, state, got.State, got.Missing)
			assert.Equal(t, want, v.Result, v.Reason)
			assert.Equal(t, c.met, v.Fits2)
			assert.Equal(t, c.met, got.Missing == "", "what is missing is said exactly when it is missing")
		})
	}
}

func TestWardHasToBeFiled(t *testing.T) {
	filed := func(from, to models.Date) change {
		return ward(func(w *models.Ward) { w.FiledFrom, w.FiledTo = from, to })
	}
	standsAs(t, "11a", []asked{
		{"never filed", filed(0, 0), false},
		{"an end without a start", filed(0, day("2027-03-31")), false},
		{"filed from the day", filed(day("2026-09-10"), 0), true},
		{"filed from the day after", filed(day("2026-09-11"), 0), false},
		{"filed until the day", filed(day("2026-06-01"), day("2026-09-10")), true},
		{"filed until the day before", filed(day("2026-06-01"), day("2026-09-09")), false},
	})
}

func TestStaffOfTheDepartmentHasToTakePart(t *testing.T) {
	dedicated := worker(func(s *models.Staff) { s.Department, s.WardDedicated = "", models.Yes })
	standsAs(t, "11b", []asked{
		{"full-time", worker(func(s *models.Staff) { s.Department = models.FullTime }), true},
		{"dedicated", worker(func(s *models.Staff) { s.Department = models.Dedicated }), true},
		{"none of the department", byStaff(models.Yes, "N1"), false},
		{"one of two of the department", byStaff(models.Yes, "N1", "S1"), true},
		{"a second row on the day is in the department", all(byStaff(models.Yes, "N1"), func(b *models.Book) {
			b.Staff = append(b.Staff, models.Staff{Code: "N1", From: day("2026-09-10"), Name: "鈴木一郎", Job: models.Nurse, Department: models.Dedicated})
		}), true},
		{"joined the department the day after", all(byStaff(models.Yes, "N1"), func(b *models.Book) {
			b.Staff = append(b.Staff, models.Staff{Code: "N1", From: day("2026-09-11"), Name: "鈴木一郎", Job: models.Nurse, Department: models.Dedicated})
		}), false},
	})
	t.Run("ward staff only", func(t *testing.T) {
		// The staff member at the meeting stays in the department.
		nurse := all(byStaff(models.Yes, "N1"), func(b *models.Book) { b.Staff[1].WardDedicated = models.Yes })
		v := judge(t, nurse)
		assert.Equal(t, fee.Fee1, v.Result)
		assert.Contains(t, v.Reason, "病棟専任のみの実施です")
		assert.Equal(t, fee.Fee2, judge(t, nurse, set("ward_staff_is_department", "true")).Result)
	})
	t.Run("ward staff at the meeting", func(t *testing.T) {
		assert.Equal(t, fee.NotMet, condition(t, judge(t, dedicated), "11d").State)
		assert.Equal(t, fee.Fee2, judge(t, dedicated, set("ward_staff_is_department", "true")).Result)
	})
}

func TestPolicyHasToBeWholeAndKnown(t *testing.T) {
	bySession := set("policy_must_precede", "session")
	edition := func(effective, announced string, whole models.Mark) change {
		return func(b *models.Book) {
			p := models.Policy{Edition: "第2版", EffectiveOn: day(effective), Within7Days: models.Yes, Before7Days: models.Yes, Encourages: whole}
			if announced != "" {
				p.AnnouncedOn = day(announced)
			}
			b.Policies = append(b.Policies, p)
		}
	}
	effective := func(s string) change {
		return policy(func(p *models.Policy) { p.EffectiveOn, p.AnnouncedOn = day(s), day("2026-04-10") })
	}
	announced := func(s string) change { return policy(func(p *models.Policy) { p.AnnouncedOn = day(s) }) }
	standsAs(t, "11c", []asked{
		{"none", func(b *models.Book) { b.Policies = nil }, false},
		{"without the first item", policy(func(p *models.Policy) { p.Within7Days = models.No }), false},
		{"without the second item", policy(func(p *models.Policy) { p.Before7Days = models.Unknown }), false},
		{"without the third item", policy(func(p *models.Policy) { p.Encourages = models.Unknown }), false},
		{"never announced", policy(func(p *models.Policy) { p.AnnouncedOn = 0 }), false},
		{"by session: in force from the day", all(bySession, effective("2026-09-10")), true},
		{"by session: in force from the day after", all(bySession, effective("2026-09-11")), false},
		{"by session: announced on the day", all(bySession, announced("2026-09-10")), true},
		{"by session: announced the day after", all(bySession, announced("2026-09-11")), false},
		{"by session: a new edition in force, not announced", all(bySession, edition("2026-09-01", "", models.Yes)), false},
		{"by session: a new edition in force, announced later", all(bySession, edition("2026-09-01", "2026-09-11", models.Yes)), false},
		{"by session: a new edition announced on the day", all(bySession, edition("2026-09-01", "2026-09-10", models.Yes)), true},
		{"by session: a new edition that lost an item", all(bySession, edition("2026-09-01", "2026-09-01", models.No)), false},
		{"by session: a new edition in force the day after", all(bySession, edition("2026-09-11", "2026-09-01", models.No)), true},
		{"an older edition that lacks an item", edition("2025-04-01", "2025-04-01", models.No), true},
		{"announced on the day of admission", announced("2026-09-01"), true},
		{"announced the day after", announced("2026-09-02"), false},
		{"in force the day after", effective("2026-09-02"), false},
		{"a new edition after it does not matter", edition("2026-09-02", "", models.No), true},
	})
	t.Run("the reason names the gap", func(t *testing.T) {
		v := judge(t, bySession, edition("2026-09-01", "2026-09-11", models.Yes))
		assert.Equal(t, "指導料1の要件を満たします。指導料2にならない理由: 規程（第2版）の周知日2026-09-11が指導日2026-09-10より後です。新しい版の施行日2026-09-01から周知日までの間は、前の版も使えず指導料2になりません（院内基準: 指導日まで）", v.Reason)
	})
}

func TestMeetingHasToLieInTheWindow(t *testing.T) {
	heldOn := func(s string) change { return meeting(func(m *models.Meeting) { m.HeldOn = day(s) }) }
	admitted := func(s string) change {
		return func(b *models.Book) {
			a, stay, g := &b.Admissions[0], &b.WardStays[0], &b.Sessions[0]
			a.AdmittedOn, stay.AdmittedOn, stay.From, g.AdmittedOn = day(s), day(s), day(s), day(s)
		}
	}
	bySession := set("evidence_must_precede", "session")
	months := func(n string) change { return set("evidence_lookback_months", n) }
	standsAs(t, "11d", []asked{
		{"the day before the admission", heldOn("2026-08-31"), true},
		{"the day of admission", heldOn("2026-09-01"), false},
		{"twelve months before", heldOn("2025-09-01"), true},
		{"a day more than twelve months before", heldOn("2025-08-31"), false},
		{"without a limit", all(months("0"), heldOn("2020-04-01")), true},
		{"one month before", all(months("1"), heldOn("2026-08-01")), true},
		{"a day more than one month before", all(months("1"), heldOn("2026-07-31")), false},
		{"the limit clamps to the end of the month", all(admitted("2026-08-31"), months("6"), heldOn("2026-02-28")), true},
		{"but not a day earlier", all(admitted("2026-08-31"), months("6"), heldOn("2026-02-27")), false},
		{"by session: the day before it", all(bySession, heldOn("2026-09-09")), true},
		{"by session: the day itself", all(bySession, heldOn("2026-09-10")), false},
		{"by session: twelve months before it", all(bySession, heldOn("2025-09-10")), true},
		{"by session: a day more", all(bySession, heldOn("2025-09-09")), false},
	})
}

func TestMeetingHasToCount(t *testing.T) {
	kind := func(k models.MeetingKind, counts models.Mark) change {
		return meeting(func(m *models.Meeting) { m.Kind, m.Counts = k, counts })
	}
	study := set("study_session_default", "true")
	attends := func(i int, kind models.AttendeeKind, code string) change {
		return func(b *models.Book) { b.Attendances[i] = models.Attendance{Meeting: "K1", Kind: kind, Code: code} }
	}
	standsAs(t, "11d", []asked{
		{"community care meeting", kind(models.CommunityCareMeeting, models.Unknown), true},
		{"service meeting", kind(models.ServiceMeeting, models.Unknown), true},
		{"multi-profession meeting", kind(models.MultiJobMeeting, models.Unknown), true},
		{"multi-profession meeting marked ×", kind(models.MultiJobMeeting, models.No), false},
		{"study session", kind(models.StudySession, models.Unknown), false},
		{"study session marked ○", kind(models.StudySession, models.Yes), true},
		{"study session by default", all(study, kind(models.StudySession, models.Unknown)), true},
		{"study session by default, marked ×", all(study, kind(models.StudySession, models.No)), false},
		{"no meeting at all", noMeetings, false},
		{"nobody of the department", attends(0, models.AttendeeStaff, "N1"), false},
		{"one of the department entered as その他", attends(0, models.AttendeeOther, "S1"), false},
		{"the department joined on that day", func(b *models.Book) { b.Staff[0].From = day("2026-07-14") }, true},
		{"the department joined the day after", func(b *models.Book) { b.Staff[0].From = day("2026-07-15") }, false},
		{"another care manager of the office", attends(1, models.AttendeeCM, "M2"), false},
		{"two asked, one held", set("meeting_min_count", "2"), false},
		{"two asked, two held", all(set("meeting_min_count", "2"), held("K2", "2026-06-10", "M1")), true},
		{"two asked, the second does not count", all(set("meeting_min_count", "2"), held("K2", "2026-06-10", "M1", func(m *models.Meeting) { m.Counts = models.No })), false},
	})
}

func TestWhoHasToAttend(t *testing.T) {
	byOffice, anyone := set("relationship_unit", "office"), set("require_cm_attendance", "false")
	colleague := func(b *models.Book) { b.Attendances[1].Code = "M2" }
	nobody := func(b *models.Book) { b.Attendances = b.Attendances[:1] }
	left := func(code, to string) change {
		return func(b *models.Book) {
			for i := range b.Affiliations {
				if b.Affiliations[i].CareManager == code {
					b.Affiliations[i].To = day(to)
				}
			}
			b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: code, Partner: "P2", From: day(to).AddDays(1)})
		}
	}
	standsAs(t, "11d", []asked{
		{"person: a colleague went", colleague, false},
		{"person: the care manager has moved since", left("M1", "2026-08-15"), true},
		{"office: a colleague went", all(byOffice, colleague), true},
		{"office: the colleague moved away later", all(byOffice, colleague, left("M2", "2026-07-14")), true},
		{"office: the colleague had moved away by then", all(byOffice, colleague, left("M2", "2026-07-13")), false},
		{"office: the care manager went for the former office", all(byOffice, left("M1", "2026-08-15")), false},
		{"office: the new office went", all(byOffice, left("M1", "2026-08-15"), left("M2", "2026-07-01"), colleague), true},
		{"anyone: no care manager went", all(anyone, nobody), true},
		{"anyone: but the department has to", all(anyone, func(b *models.Book) { b.Attendances = b.Attendances[1:] }), false},
		{"anyone: but only in the window", all(anyone, nobody, meeting(func(m *models.Meeting) { m.HeldOn = day("2026-09-01") })), false},
		{"office, colleague's sharing is not the care manager's own", all(byOffice, colleague), true},
	})
}

func TestRoutineContactsMayStandForMeetings(t *testing.T) {
	allowed, byOffice := set("routine_contact_can_substitute", "true"), set("relationship_unit", "office")
	contact := func(number, on string, edits ...func(*models.Contact)) change {
		return func(b *models.Book) {
			c := models.Contact{Number: number, On: day(on), Kind: models.PhoneCall, Initiator: "先方", CareManager: "M1", Staff: []string{"S1"}}
			for _, edit := range edits {
				edit(&c)
			}
			b.Contacts = append(b.Contacts, c)
		}
	}
	with := func(cm, office string) func(*models.Contact) {
		return func(c *models.Contact) { c.CareManager, c.Partner = cm, office }
	}
	by := func(staff ...string) func(*models.Contact) { return func(c *models.Contact) { c.Staff = staff } }
	two := set("meeting_min_count", "2")
	standsAs(t, "11d", []asked{
		{"not allowed", all(noMeetings, contact("R1", "2026-08-01")), false},
		{"allowed", all(allowed, noMeetings, contact("R1", "2026-08-01")), true},
		{"on the day of admission", all(allowed, noMeetings, contact("R1", "2026-09-01")), false},
		{"twelve months before", all(allowed, noMeetings, contact("R1", "2025-09-01")), true},
		{"a day more", all(allowed, noMeetings, contact("R1", "2025-08-31")), false},
		{"by nobody of the department", all(allowed, noMeetings, contact("R1", "2026-08-01", by("N1"))), false},
		{"one of two of the department", all(allowed, noMeetings, contact("R1", "2026-08-01", by("N1", "S1"))), true},
		{"with a colleague", all(allowed, noMeetings, contact("R1", "2026-08-01", with("M2", ""))), false},
		{"with the office only", all(allowed, noMeetings, contact("R1", "2026-08-01", with("", "P1"))), false},
		{"one day twice is one", all(allowed, two, noMeetings, contact("R1", "2026-08-01"), contact("R2", "2026-08-01")), false},
		{"two days are two", all(allowed, two, noMeetings, contact("R1", "2026-08-01"), contact("R2", "2026-08-02")), true},
		{"a day and a meeting are two", all(allowed, two, contact("R1", "2026-08-01")), true},
		{"even on the day of the meeting", all(allowed, two, contact("R1", "2026-07-14")), true},
		{"office: a colleague without an office written", all(allowed, byOffice, noMeetings, contact("R1", "2026-08-01", with("M2", ""))), true},
		{"office: the office only", all(allowed, byOffice, noMeetings, contact("R1", "2026-08-01", with("", "P1"))), true},
		{"office: another office written", all(allowed, byOffice, noMeetings, contact("R1", "2026-08-01", with("M1", "P2"))), false},
	})
	t.Run("each day is represented by its first record, newest day first", func(t *testing.T) {
		v := judge(t, allowed, two, noMeetings, contact("R1", "2026-08-02"), contact("R2", "2026-08-01"), contact("R3", "2026-08-02"))
		assert.Equal(t, []fee.Evidence{
			{Kind: "やり取り", Key: "R1", Date: day("2026-08-02"), Text: "日頃のやり取り 2026-08-02（院内基準: 会議に代える）"},
			{Kind: "やり取り", Key: "R2", Date: day("2026-08-01"), Text: "日頃のやり取り 2026-08-01（院内基準: 会議に代える）"},
		}, condition(t, v, "11d").Evidence)
	})
}

func TestContactsHaveToBeShared(t *testing.T) {
	shared := func(s string) change { return manager(func(c *models.CareManager) { c.SharedOn = day(s) }) }
	never := manager(func(c *models.CareManager) { c.SharedOn = 0 })
	atMeeting := func(m *models.Meeting) { m.ContactsShared = models.Yes }
	uncounted := func(m *models.Meeting) { m.ContactsShared, m.Counts = models.Yes, models.No }
	standsAs(t, "11e", []asked{
		{"the day before the admission", shared("2026-08-31"), true},
		{"the day of admission", shared("2026-09-01"), false},
		{"long ago", shared("2015-04-01"), true},
		{"never", never, false},
		{"by session: the day before it", all(set("evidence_must_precede", "session"), shared("2026-09-09")), true},
		{"by session: the day itself", all(set("evidence_must_precede", "session"), shared("2026-09-10")), false},
		{"at the meeting", all(never, meeting(atMeeting)), true},
		{"at a meeting outside the window", all(never, held("K2", "2020-05-01", "M1", atMeeting)), true},
		{"at a meeting that does not count", all(never, held("K2", "2026-08-31", "M1", uncounted)), true},
		{"at a meeting on the day of admission", all(never, held("K2", "2026-09-01", "M1", atMeeting)), false},
		{"at a meeting before the department had staff", all(never, held("K2", "2020-03-31", "M1", atMeeting)), false},
		{"at a meeting a colleague went to", all(never, held("K2", "2026-08-31", "M2", atMeeting)), false},
		{"office: a colleague's sharing", all(never, set("relationship_unit", "office"), held("K2", "2026-08-31", "M2", atMeeting)), false},
	})
	t.Run("not asked for", func(t *testing.T) {
		v := judge(t, never, set("require_contact_share_date", "false"))
		assert.Equal(t, fee.Fee2, v.Result)
		assert.Equal(t, fee.NotAsked, condition(t, v, "11e").State)
		assert.NotContains(t, v.Reason, "連絡先共有")
	})
}

func TestLocalAgreementIsAskedForOnDemand(t *testing.T) {
	require := set("require_local_agreement", "true")
	agreed := func(d models.Date) change { return office(func(p *models.Partner) { p.AgreedOn = d }) }
	standsAs(t, "11f", []asked{
		{"the day before the admission", all(require, agreed(day("2026-08-31"))), true},
		{"the day of admission", all(require, agreed(day("2026-09-01"))), false},
		{"none", all(require, agreed(0)), false},
		{"by session: the day before it", all(require, set("evidence_must_precede", "session"), agreed(day("2026-09-09"))), true},
	})
	v := judge(t, agreed(0))
	assert.Equal(t, fee.Fee2, v.Result, "「望ましい」 only")
	assert.Equal(t, fee.NotAsked, condition(t, v, "11f").State)
}

func TestFee2BeginsInJune2026(t *testing.T) {
	moved := func(on string) change {
		return func(b *models.Book) {
			a, stay, g := &b.Admissions[0], &b.WardStays[0], &b.Sessions[0]
			from := day("2026-05-20")
			a.AdmittedOn, stay.AdmittedOn, stay.From, g.AdmittedOn = from, from, from, from
			a.ConsentedOn, g.On = from, day(on)
			b.Meetings[0].HeldOn, b.CareManagers[0].SharedOn = day("2026-05-01"), day("2026-05-01")
		}
	}
	before := judge(t, moved("2026-05-31"))
	assert.Equal(t, "1", before.Code)
	assert.Equal(t, fee.FeeLegacy, before.Result)
	assert.False(t, before.Fits2)
	assert.Equal(t, fee.NotAsked, condition(t, before, "11a").State)
	assert.Equal(t, "11", judge(t, moved("2026-06-01")).Code)
}
