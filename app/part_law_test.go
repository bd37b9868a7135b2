package app_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// drawPart draws a part of a register of booktest.Random: few selections, so that
// records come into it and leave it, and periods that begin and end on days of
// records.
func drawPart(t *rapid.T, b *models.Book) models.Part {
	days := []models.Date{2026_06_01}
	for _, s := range b.Sessions {
		days = append(days, s.On, s.AdmittedOn)
	}
	for _, a := range b.Admissions {
		days = append(days, a.AdmittedOn, a.DischargedOn)
	}
	for _, c := range b.Contacts {
		days = append(days, c.On)
	}
	days = where(days, func(on models.Date) bool { return on != 0 })
	seldom := func(what string) bool { return rapid.IntRange(0, 4).Draw(t, what) == 0 }
	period := func(what string) models.Period {
		if !seldom(what) {
			return models.Period{}
		}
		from, to := booktest.OneOf(t, what+" from", days...), booktest.OneOf(t, what+" to", days...)
		return models.Period{From: min(from, to), To: booktest.OneOf(t, what+" end", 0, max(from, to))}
	}
	some := func(what string, values ...string) []string {
		if !seldom(what) {
			return nil
		}
		return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, 2, rapid.ID[string]).Draw(t, what)
	}
	return models.Part{
		Sessions: period("sessions"), Stays: period("stays"), Admitted: period("admitted"),
		Undated: seldom("undated"), OfContacts: rapid.Bool().Draw(t, "of contacts"),
		Unfinished:     booktest.OneOf[models.Date](t, "unfinished", 0, 0, 0, 2026_07_01, 2026_09_01, 2027_06_01),
		Month:          booktest.OneOf[models.Month](t, "month", 0, 0, 2026_06, 2026_07, 2026_08),
		AcrossPolicies: seldom("across"),
		After:          booktest.OneOf[models.Date](t, "after", 0, 0, 2026_07_01, 2026_08_01),
		Before:         booktest.OneOf[models.Date](t, "before", 0, 0, 2026_06_15, 2026_08_01, 2027_01_01),
		Met:            booktest.OneOf[models.Date](t, "met", 0, 0, 2026_07_01, 2026_09_01, 2027_01_01),
		Patients:       some("patients", "00000000", "00000001", "00000002"), Numbers: some("numbers", "G000", "G001", "G002"),
		CareManagers: some("care managers", "M1", "M3", "M9"), Partners: some("partners", "P1", "P2"),
		Contacts: period("contacts"), Menkai: period("menkai"),
		Kept: rapid.Bool().Draw(t, "kept"), OfPatients: rapid.Bool().Draw(t, "of patients"), OfPartners: rapid.Bool().Draw(t, "of partners"),
	}
}

// partOf is a part of a whole register by the words of models.Part alone.
func partOf(b *models.Book, p models.Part) *models.Book {
	in := func(span models.Period, on models.Date) bool { return on != 0 && span.Covers(on) }
	cms := map[string]bool{}
	for _, code := range p.CareManagers {
		cms[code] = true
	}
	for _, a := range b.Affiliations {
		if slices.Contains(p.Partners, a.Partner) {
			cms[a.CareManager] = true
		}
	}
	kept := map[string]bool{} // 指導番号 of the closings of the month
	patients := map[string]bool{}
	for _, v := range b.ClosedVerdicts {
		if p.Month != 0 && v.Month == p.Month {
			kept[v.Session], patients[v.PatientID] = true, true
		}
	}
	for _, a := range b.Admissions {
		stays := p.Stays.From != 0 && (p.Stays.To == 0 || a.AdmittedOn <= p.Stays.To) && (a.DischargedOn == 0 || a.DischargedOn >= p.Stays.From)
		if stays || in(p.Admitted, a.AdmittedOn) || slices.Contains(p.Patients, a.PatientID) || cms[a.CareManager] {
			patients[a.PatientID] = true
		}
	}
	latest, met := latestBefore(b, p.Before), latestBefore(ofMeetings(b), p.Met)
	for _, c := range b.Contacts {
		if p.OfContacts && c.PatientID != "" && in(p.Contacts, c.On) {
			patients[c.PatientID] = true
		}
	}
	for _, s := range b.Sessions {
		across := slices.ContainsFunc(b.Policies, func(policy models.Policy) bool {
			between := func(d models.Date) bool { return d != 0 && d > s.AdmittedOn && d <= s.On }
			return s.On >= models.RevisionDate && (between(policy.EffectiveOn) || between(policy.AnnouncedOn))
		})
		if in(p.Sessions, s.On) || p.Undated && s.On == 0 || p.After != 0 && s.On > p.After || latest[s.CareManager+" 共同指導 "+s.On.String()] ||
			met[s.CareManager+" 共同指導 "+s.On.String()] && sessionMeets(b, s) || p.Unfinished != 0 && (s.NotedOn == 0 || s.PlanCopyOn == 0 || max(s.NotedOn, s.PlanCopyOn) > p.Unfinished) ||
			p.Month != 0 && (s.On.Month() == p.Month || s.ClaimMonth == p.Month || kept[s.Number]) ||
			p.AcrossPolicies && across || slices.Contains(p.Patients, s.PatientID) || slices.Contains(p.Numbers, s.Number) || cms[s.CareManager] {
			patients[s.PatientID] = true
		}
	}
	return only(b, p, patients, func(c models.Contact) bool {
		who := c.Partner + " 連携先 " + c.On.String()
		if c.Partner == "" {
			who = c.CareManager + " やり取り " + c.On.String()
		}
		return latest[who] || c.CareManager != "" && latest[c.CareManager+" 人 "+c.On.String()] || met[who] && contactMeets(b, c) || in(p.Contacts, c.On) || c.Kind.Menkai() && in(p.Menkai, c.On) || p.OfPatients && c.PatientID != "" && patients[c.PatientID] ||
			p.OfPartners && (slices.Contains(p.Partners, c.Partner) || cms[c.CareManager])
	})
}

// ofMeetings is the part of a register in which our 担当者 met the other side.
func ofMeetings(b *models.Book) *models.Book {
	of := *b
	of.Contacts = where(b.Contacts, func(c models.Contact) bool { return contactMeets(b, c) })
	of.Sessions = where(b.Sessions, func(s models.JointGuidance) bool { return sessionMeets(b, s) })
	return &of
}

func contactMeets(b *models.Book, c models.Contact) bool {
	return (c.Kind == models.FaceToFace || c.Kind == models.VideoCall) && ours(b, c.Staff, c.On)
}

func sessionMeets(b *models.Book, s models.JointGuidance) bool {
	return (s.Way == models.InPerson || s.Way == models.ByVideo) && ours(b, s.Staff, s.On)
}

// ours: one of the staff is 部門の担当者 or 病棟専任 on the day.
func ours(b *models.Book, codes []string, on models.Date) bool {
	return slices.ContainsFunc(b.Staff, func(s models.Staff) bool {
		return slices.Contains(codes, s.Code) && s.From <= on && (s.To == 0 || on <= s.To) && (s.Department != "" || s.WardDedicated.Is())
	})
}

// latestBefore names the latest dealings before a day, with each partner, with
// each care manager, and with each care manager before each day on which the
// office changes.
func latestBefore(b *models.Book, before models.Date) map[string]bool {
	found := map[string]bool{}
	note := func(who string, before models.Date, days []models.Date) {
		var last models.Date
		for _, on := range days {
			if on < before {
				last = max(last, on)
			}
		}
		if last != 0 {
			found[who+last.String()] = true
		}
	}
	held, alone, with, people := map[string][]models.Date{}, map[string][]models.Date{}, map[string][]models.Date{}, map[string][]models.Date{}
	for _, s := range b.Sessions {
		held[s.CareManager] = append(held[s.CareManager], s.On)
	}
	for _, c := range b.Contacts {
		people[c.CareManager] = append(people[c.CareManager], c.On)
		if c.Partner != "" {
			with[c.Partner] = append(with[c.Partner], c.On)
		} else {
			alone[c.CareManager] = append(alone[c.CareManager], c.On)
		}
	}
	for _, p := range b.Partners {
		note(p.Code+" 連携先 ", before, with[p.Code])
	}
	for _, cm := range b.CareManagers {
		note(cm.Code+" 人 ", before, people[cm.Code])
		ends := []models.Date{before}
		for _, a := range b.Affiliations {
			if a.CareManager == cm.Code && before != 0 {
				ends = append(ends, min(before, a.From))
				if a.To != 0 {
					ends = append(ends, min(before, a.To.AddDays(1)))
				}
			}
		}
		for _, end := range ends {
			note(cm.Code+" 共同指導 ", end, held[cm.Code])
			note(cm.Code+" やり取り ", end, alone[cm.Code])
		}
	}
	return found
}

func only(b *models.Book, p models.Part, patients map[string]bool, contact func(models.Contact) bool) *models.Book {
	of := *b
	numbers, billed := map[string]bool{}, map[string]models.Month{}
	of.Admissions = where(b.Admissions, func(a models.Admission) bool { return patients[a.PatientID] })
	of.WardStays = where(b.WardStays, func(s models.WardStay) bool { return patients[s.PatientID] })
	of.Sessions = where(b.Sessions, func(s models.JointGuidance) bool { return patients[s.PatientID] })
	for _, s := range of.Sessions {
		numbers[s.Number], billed[s.Number] = true, s.BilledMonth()
	}
	of.Confirmations = where(b.Confirmations, func(c models.Confirmation) bool { return numbers[c.Session] })
	of.ClosedVerdicts = where(b.ClosedVerdicts, func(v models.ClosedVerdict) bool {
		return p.Month != 0 && v.Month == p.Month || p.Kept && v.Month == billed[v.Session]
	})
	of.Contacts = where(b.Contacts, contact)
	return &of
}

func where[T any](rows []T, is func(T) bool) []T {
	var kept []T
	for _, row := range rows {
		if is(row) {
			kept = append(kept, row)
		}
	}
	return kept
}

// eachRegister tries a law on random registers, each in a file of its own.
func eachRegister(t *testing.T, law func(t *rapid.T, a *app.App)) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		a, err := app.Open(context.Background(), apptest.Config(filepath.Join(folder, fmt.Sprint(n), app.UsualName)))
		require.NoError(r, err)
		defer func() { require.NoError(r, a.Close()) }()
		apptest.Record(r, a, booktest.Random(r))
		law(r, a)
	})
}

// sameBook compares two books sheet by sheet, so that a difference can be read.
func sameBook(t require.TestingT, want, got *models.Book, part models.Part) {
	w, g := reflect.ValueOf(*want), reflect.ValueOf(*got)
	for i := range w.NumField() {
		require.Equal(t, w.Field(i).Interface(), g.Field(i).Interface(), "%s of %+v", w.Type().Field(i).Name, part)
	}
}

func judgedPart(t require.TestingT, a *app.App, part models.Part) *app.Judged {
	j, err := a.Judged(context.Background(), part)
	require.NoError(t, err)
	return j
}

func TestAPartIsJudgedAsInTheWholeRegister(t *testing.T) {
	kept := 0
	eachRegister(t, func(r *rapid.T, a *app.App) {
		if rapid.Bool().Draw(r, "close") {
			closeSome(r, a)
		}
		whole := judgedPart(r, a, models.Part{Whole: true})
		parts := []models.Part{drawPart(r, whole.Facts.Book)}
		if closed := whole.Facts.Book.ClosedVerdicts; len(closed) > 0 {
			parts = append(parts, models.Part{Patients: []string{closed[0].PatientID}, Kept: true})
		}
		for _, part := range parts {
			isJudgedAsInTheWhole(r, whole, judgedPart(r, a, part), part)
			if n := len(partOf(whole.Facts.Book, part).ClosedVerdicts); part.Kept && n > 0 && n < len(whole.Facts.Book.ClosedVerdicts) {
				kept++
			}
		}
	})
	require.Positive(t, kept, "some 締めの判定 come with their patients")
}

func isJudgedAsInTheWhole(r *rapid.T, whole, got *app.Judged, part models.Part) {
	want := partOf(whole.Facts.Book, part)
	if !whole.Facts.Params.RoutineSubstitutes { // else it holds what the sessions rest on too
		require.Equal(r, want.Contacts, got.Facts.Book.Contacts)
	}
	want.Contacts = got.Facts.Book.Contacts
	sameBook(r, want, got.Facts.Book, part)
	verdicts := where(whole.Verdicts, func(v fee.Verdict) bool {
		return slices.ContainsFunc(want.Sessions, func(s models.JointGuidance) bool { return s.Number == v.Session.Number })
	})
	require.Equal(r, verdicts, got.Verdicts)
	require.Equal(r, whole.Facts.Book.Extent(), got.Extent)
}

func TestWhatTheChangesLeaveIsWhatIsRead(t *testing.T) {
	eachRegister(t, func(r *rapid.T, a *app.App) {
		book := judgedPart(r, a, models.Part{Whole: true}).Facts.Book
		parts := []models.Part{drawPart(r, book), drawPart(r, book), {Whole: true}, {}}
		recorded := make([]*app.Recorded, len(parts))
		record := func(a *app.App, i int) *app.Recorded {
			now, err := a.Recorded(context.Background(), parts[i], recorded[i])
			require.NoError(r, err)
			return now
		}
		for range rapid.IntRange(1, 4).Draw(r, "edits") {
			for i, part := range parts[:rapid.IntRange(1, len(parts)).Draw(r, "followed")] {
				judgedPart(r, a, part)
				recorded[i] = record(a, i)
			}
			editSome(r, a)
		}
		other, err := app.Open(context.Background(), apptest.Config(a.Place())) // as another process, which remembers nothing
		require.NoError(r, err)
		defer func() { require.NoError(r, other.Close()) }()
		for i, part := range parts {
			recorded[i] = record(a, i)
			require.Same(r, recorded[i], record(a, i))
			read, err := other.Recorded(context.Background(), part, nil)
			require.NoError(r, err)
			sameBook(r, read.Facts.Book, recorded[i].Facts.Book, part)
			require.Equal(r, read.Facts.Params, recorded[i].Facts.Params)
			left, fresh := judgedPart(r, a, part), judgedPart(r, other, part)
			require.Equal(r, fresh.Revision, left.Revision)
			sameBook(r, fresh.Facts.Book, left.Facts.Book, part)
			require.Equal(r, fresh.Verdicts, left.Verdicts, "%+v", part)
			require.Equal(r, fresh.Extent, left.Extent)
			require.Equal(r, fresh.Aside, left.Aside)
		}
	})
}

func TestTheWorkOfADayAndTheMonitorAreThoseOfTheWholeRegister(t *testing.T) {
	eachRegister(t, func(r *rapid.T, a *app.App) {
		whole, on := judgedPart(r, a, models.Part{Whole: true}), booktest.DayIn(r, "as of", "2026-04-01", 300)
		work, err := a.Worklist(context.Background(), on)
		require.NoError(r, err)
		require.Equal(r, liaison.Worklist(whole.Facts, whole.Rules, whole.Verdicts, liaison.Working(whole.Facts.Book, on), on), work)
		figures, err := a.Monitor(context.Background(), on)
		require.NoError(r, err)
		require.Equal(r, liaison.Monitor(whole.Facts, whole.Verdicts, on), figures)
	})
}

func TestAChangeHasTheSameEffectOnAPartAsOnTheWholeRegister(t *testing.T) {
	eachRegister(t, func(r *rapid.T, a *app.App) {
		steps := drawEdit(r, a)
		got, err := a.Effect(context.Background(), steps...)
		require.NoError(r, err)
		want, err := judgedPart(r, a, models.Part{Whole: true}).Effect(context.Background(), steps...)
		require.NoError(r, err)
		require.Equal(r, want.Changes, got.Changes)
		require.Equal(r, want.Stranded, got.Stranded)
		require.Equal(r, want.After-want.Before, got.After-got.Before)
	})
}

// drawBilled adds stays whose sessions are 指導料2 where the 規程 allows it.
func drawBilled(t *rapid.T, b *models.Book) {
	for i := range 6 {
		in := booktest.DayIn(t, "in", "2026-05-20", 90)
		a := models.Admission{PatientID: fmt.Sprintf("%08d", i), AdmittedOn: in, Name: "渡辺茂", ServiceSuitable: models.Yes, PatientWishes: models.Yes, ConsentedOn: in, CareManager: "M1"}
		on := in.AddDays(booktest.OneOf(t, "after", 1, 10, 40))
		b.Admissions = append(b.Admissions, a)
		b.WardStays = append(b.WardStays, models.WardStay{PatientID: a.PatientID, AdmittedOn: in, From: in, Ward: "3A"})
		b.Sessions = append(b.Sessions, models.JointGuidance{Number: fmt.Sprintf("G%03d", i), PatientID: a.PatientID, AdmittedOn: in, On: on, Way: models.InPerson, Staff: []string{"D1", "S1"},
			CareManager: "M1", Standing: models.PriorCareManager, PatientJoined: models.Yes, DoctorsOrder: models.Yes, NotedOn: on, PlanAskedOn: on, PlanCopyOn: on})
	}
}

func TestWhatRestsOnAnEditionIsFoundInItsPart(t *testing.T) {
	folder, n, resting := t.TempDir(), 0, map[string]int{}
	ctx := context.Background()
	rapid.Check(t, func(r *rapid.T) {
		n++
		a, err := app.Open(ctx, apptest.Config(filepath.Join(folder, fmt.Sprint(n), app.UsualName)))
		require.NoError(r, err)
		defer func() { require.NoError(r, a.Close()) }()
		book := booktest.Hospital()
		drawBilled(r, book)
		since := booktest.DayIn(r, "in force", "2026-06-01", 60)
		book.Policies = append(book.Policies, models.Policy{Edition: "第2版", EffectiveOn: since, AnnouncedOn: since, Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes})
		booktest.Set(book, "policy_must_precede", booktest.OneOf(r, "by", fee.Admission, fee.Session))
		apptest.Record(r, a, book)
		for _, month := range []models.Month{2026_06, 2026_07, 2026_08, 2026_09} {
			for _, v := range judgedPart(r, a, models.Part{Whole: true}).Month(month) {
				if v.Confirmable() {
					_, err := a.Confirm(ctx, month, []app.Seen{{Number: v.Session.Number, Result: v.Result, Points: v.Points}})
					require.NoError(r, err)
				}
			}
		}
		for _, edition := range []string{"第1版", "第2版", "ない版"} {
			var want, got []string
			whole := judgedPart(r, a, models.Part{Whole: true})
			for _, v := range whole.Verdicts {
				by := v.Session.On
				if whole.Facts.Params.PolicyMustPrecede == fee.Admission {
					by = v.Session.AdmittedOn
				}
				inForce := map[bool]string{true: "第2版", false: "第1版"}[by >= since]
				if c := whole.Facts.Book.ConfirmationOf(v.Session.Number); c != nil && c.Claim == models.ClaimFee2 && inForce == edition {
					want = append(want, v.Session.Number)
				}
			}
			found, err := a.RestingOn(ctx, edition)
			require.NoError(r, err)
			for _, v := range found {
				got = append(got, v.Session.Number)
			}
			require.Equal(r, want, got, edition)
			resting[edition] += len(got)
		}
	})
	assert.Positive(t, resting["第1版"])
	assert.Positive(t, resting["第2版"])
}

// editSome makes a random change. One that the register refuses changes nothing.
func editSome(t *rapid.T, a *app.App) {
	steps := drawEdit(t, a)
	if rapid.IntRange(0, 5).Draw(t, "close") == 0 {
		closeSome(t, a)
	}
	before := judgedPart(t, a, models.Part{}).Revision
	if _, err := a.Do(context.Background(), "変更", steps...); err != nil {
		assert.Equal(t, before, judgedPart(t, a, models.Part{}).Revision, "refused: %v", err)
	}
}

// drawEdit draws a change of the kinds the pages make.
func drawEdit(t *rapid.T, a *app.App) []app.Step {
	b := *judgedPart(t, a, models.Part{Whole: true}).Facts.Book
	on := booktest.DayIn(t, "new day", "2026-04-01", 200)
	edits := []func() []app.Step{
		func() []app.Step { return changed(t, b.Sessions, func(s *models.JointGuidance) { s.On = on }) },
		func() []app.Step {
			return changed(t, b.Sessions, func(s *models.JointGuidance) { s.PatientID = "00000001" })
		},
		func() []app.Step { return changed(t, b.Sessions, func(s *models.JointGuidance) { s.PlanCopyOn = 0 }) },
		func() []app.Step {
			return changed(t, b.Sessions, func(s *models.JointGuidance) { s.ClaimMonth = on.Month() })
		},
		func() []app.Step { return changed(t, b.Sessions, func(s *models.JointGuidance) { s.On = 0 }) },
		func() []app.Step { return removed(t, b.Sessions) },
		func() []app.Step {
			return changed(t, b.Admissions, func(a *models.Admission) { a.DischargedOn, a.CareManager = on, "M3" })
		},
		func() []app.Step {
			return changed(t, b.Admissions, func(a *models.Admission) { a.ChainKey = "同じ" })
		},
		func() []app.Step { return removed(t, b.WardStays) },
		func() []app.Step {
			return changed(t, b.Contacts, func(c *models.Contact) { c.On, c.Staff = on, []string{"S1"} })
		},
		func() []app.Step { return changed(t, b.Contacts, func(c *models.Contact) { c.PatientID = "00000001" }) },
		func() []app.Step { return removed(t, b.Contacts) },
		func() []app.Step {
			return []app.Step{app.New(&models.Contact{On: on, Kind: models.FaceToFace, CareManager: "M1", PatientID: "00000002"})}
		},
		func() []app.Step { return changed(t, b.Meetings, func(m *models.Meeting) { m.HeldOn = on }) },
		func() []app.Step { return removed(t, b.Attendances) },
		func() []app.Step {
			return changed(t, b.Affiliations, func(a *models.Affiliation) { a.To = a.From.AddDays(60) })
		},
		func() []app.Step {
			return []app.Step{app.Put(models.Affiliation{CareManager: "M1", Partner: "P2", From: on})}
		},
		func() []app.Step { return changed(t, b.Partners, func(p *models.Partner) { p.AgreedOn = on }) },
		func() []app.Step {
			return changed(t, b.CareManagers, func(c *models.CareManager) { c.CanPlan = models.No })
		},
		func() []app.Step { return changed(t, b.Policies, func(p *models.Policy) { p.AnnouncedOn = on }) },
		func() []app.Step { return changed(t, b.Wards, func(w *models.Ward) { w.FiledFrom = on }) },
		func() []app.Step { return changed(t, b.Staff, func(s *models.Staff) { s.Department = "" }) },
		func() []app.Step {
			return []app.Step{app.Put(models.CareManager{Code: "M9", Name: "林 空", Qualification: models.QualifiedCM})}
		},
		func() []app.Step {
			return changed(t, b.Settings, func(s *models.Setting) { s.Value = booktest.OneOf(t, "value", "", "true", "false", "6") })
		},
	}
	return edits[rapid.IntRange(0, len(edits)-1).Draw(t, "edit")]()
}

// closeSome confirms and closes what can be in a month, or opens it again.
func closeSome(t *rapid.T, a *app.App) {
	ctx, month := context.Background(), booktest.OneOf[models.Month](t, "closed", 2026_06, 2026_07, 2026_08)
	whole := judgedPart(t, a, models.Part{Whole: true})
	if whole.Facts.Book.Closed(month) {
		_, err := a.ReopenMonth(ctx, month, "確かめ")
		require.NoError(t, err)
		return
	}
	for _, v := range whole.Month(month) {
		if v.Confirmable() {
			_, err := a.Confirm(ctx, month, []app.Seen{{Number: v.Session.Number, Result: v.Result, Points: v.Points}})
			require.NoError(t, err)
		}
	}
	if len(whole.Month(month)) > 0 {
		_, err := a.CloseMonth(ctx, month)
		require.NoError(t, err)
	}
}

func changed[T app.Record](t *rapid.T, rows []T, change func(*T)) []app.Step {
	if len(rows) == 0 {
		return nil
	}
	row := rows[rapid.IntRange(0, len(rows)-1).Draw(t, "which")]
	change(&row)
	return []app.Step{app.Put(row)}
}

func removed[T app.Record](t *rapid.T, rows []T) []app.Step {
	if len(rows) == 0 {
		return nil
	}
	return []app.Step{app.Remove(rows[rapid.IntRange(0, len(rows)-1).Draw(t, "which")])}
}
