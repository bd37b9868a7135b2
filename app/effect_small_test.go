package app_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
)

// smallRegister has two patients and one care manager, who met the department
// once. 髙橋 has G0001 (10-08) and G0002 (10-19), 田中 has G0003 (11-09). Each
// is 指導料2, 500 points: 1,500 in all. The first two are confirmed, October is
// closed.
func smallRegister(t *testing.T) *app.App {
	t.Helper()
	ctx := context.Background()
	a := apptest.Empty(t)
	admission := func(id, name string, on models.Date) models.Admission {
		return models.Admission{PatientID: id, AdmittedOn: on, Name: name, ServiceSuitable: models.Yes, PatientWishes: models.Yes,
			ConsentedOn: on, CareManager: "C1", InformedOn: on}
	}
	_, err := a.Do(ctx, "はじめ",
		app.Put(models.Policy{Edition: "第1版", EffectiveOn: 2026_06_01, AnnouncedOn: 2026_06_01, Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes}),
		app.Put(models.Ward{Code: "3E", ValidFrom: 2024_04_01, Name: "3東病棟", Class: models.WardClassI, FeeTreatment: models.FeeSeparate, FiledFrom: 2024_04_01}),
		app.Put(models.Staff{Code: "N1", From: 2020_04_01, Name: "渡邉 恵", Job: models.Nurse, Department: models.FullTime}),
		app.Put(models.Partner{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice}),
		app.Put(models.CareManager{Code: "C1", Name: "佐藤 実", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: 2026_04_20}),
		app.Put(models.Affiliation{CareManager: "C1", Partner: "P1", From: 2022_04_01}),
		app.Put(models.Meeting{Code: "M1", HeldOn: 2026_07_14, Name: "多職種連携会議", Kind: models.MultiJobMeeting}),
		app.Put(models.Attendance{Meeting: "M1", Kind: models.AttendeeStaff, Code: "N1"}),
		app.Put(models.Attendance{Meeting: "M1", Kind: models.AttendeeCM, Code: "C1"}),
		app.Put(models.Contact{Number: "K1", On: 2026_11_02, Kind: models.PhoneCall, Staff: []string{"N1"}, CareManager: "C1"}),
		app.Put(admission("00000001", "髙橋 花子", 2026_10_02)), app.Put(models.WardStay{PatientID: "00000001", AdmittedOn: 2026_10_02, From: 2026_10_02, Ward: "3E"}),
		app.Put(admission("00000002", "田中 一", 2026_11_02)), app.Put(models.WardStay{PatientID: "00000002", AdmittedOn: 2026_11_02, From: 2026_11_02, Ward: "3E"}),
		app.Put(smallSession("G0001", "00000001", 2026_10_02, 2026_10_08)), app.Put(smallSession("G0002", "00000001", 2026_10_02, 2026_10_19)),
		app.Put(smallSession("G0003", "00000002", 2026_11_02, 2026_11_09)))
	require.NoError(t, err)
	_, err = a.Confirm(ctx, 2026_10, seen(t, a, "G0001", "G0002"))
	require.NoError(t, err)
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	for _, v := range judged(t, a).Verdicts {
		require.Equal(t, 500, v.Points, v.Session.Number)
	}
	return a
}

func smallSession(number, patient string, admitted, on models.Date) models.JointGuidance {
	return models.JointGuidance{
		Number: number, PatientID: patient, AdmittedOn: admitted, On: on, Way: models.InPerson, Staff: []string{"N1"}, DoctorsOrder: models.Yes,
		CareManager: "C1", Standing: models.PriorCareManager, PatientJoined: models.Yes, NotedOn: on, PlanAskedOn: on, PlanCopyOn: on,
	}
}

// No session is 指導料2 any more. A confirmed claim of 2 then earns nothing,
// because 1 and 2 are not mixed in one admission; 田中's session becomes
// 指導料1, 400 points: 1,500 → 0 + 0 + 400.
func TestAChangeOfASettingIsForeseenOverAllMonths(t *testing.T) {
	a := smallRegister(t)
	book := judged(t, a).Facts.Book
	ward, policy := book.Wards[0], book.Policies[0]
	ward.FiledFrom = 2026_12_01
	policy.AnnouncedOn = 0
	for name, step := range map[string]app.Step{
		"the 届出 begins later":   app.Put(ward),
		"a 規程 not announced":    app.Put(policy),
		"a 規程 taken out":        app.Remove(policy),
		"two meetings required": app.Put(models.Setting{Key: "meeting_min_count", Value: "2"}),
		"the meeting is not evidence because the department was absent": app.Remove(book.Attendances[1]),
	} {
		t.Run(name, func(t *testing.T) {
			e, err := a.Effect(context.Background(), step)
			require.NoError(t, err)
			assert.Equal(t, [3]int{3, 1500, 400}, [3]int{e.Sessions, e.Before, e.After})
			assert.Equal(t, 3, e.Reclassified())
			assert.Equal(t, "確定済 2件、締め済の2026-10を含む", e.BoundWords())
			assert.Equal(t, []string{"G0001 500→0 500 2026-10", "G0002 500→0 500 2026-10", "G0003 500→400 0 0000-00"}, changesOf(e))
			assert.Len(t, e.Bound(), 2)
			assert.Empty(t, e.Stranded)
		})
	}
	t.Run("facts the judgement does not use change nothing", func(t *testing.T) {
		e, err := a.Effect(context.Background(), app.Put(models.Setting{Key: "hospital_name", Value: "港"}))
		require.NoError(t, err)
		assert.Empty(t, e.Changes)
		assert.Equal(t, [2]int{1500, 1500}, [2]int{e.Before, e.After})
		assert.Empty(t, e.BoundWords())
	})
}

// changesOf returns number, points, confirmed points and closed month of each
// change.
func changesOf(e app.Effect) []string {
	var lines []string
	for _, c := range e.Changes {
		confirmed := 0
		if c.Confirmation != nil {
			confirmed = c.Confirmation.Points
		}
		lines = append(lines, fmt.Sprintf("%s %d→%d %d %04d-%02d", c.Session().Number, c.Before.Points, c.After.Points, confirmed, int(c.Closed)/100, int(c.Closed)%100))
	}
	return lines
}

func TestAChangeOfASessionIsForeseen(t *testing.T) {
	a := smallRegister(t)
	book := judged(t, a).Facts.Book
	alone := book.Sessions[0]
	alone.PatientJoined = models.No
	moved := book.Sessions[2]
	moved.On = 2026_10_30
	third := smallSession("", "00000001", 2026_10_02, 2026_10_26)
	first := smallSession("", "00000002", 2026_11_02, 2026_11_16)
	for name, c := range map[string]struct {
		step    app.Step
		changes []string
		bound   int
	}{
		// Without the patient taking part nothing is billable: 500 → 0.
		"the patient of a confirmed one was not there": {app.Put(alone), []string{"G0001 500→0 500 2026-10"}, 1},
		// A third session of an admission is never billed, but the closed month
		// gets one more record.
		"a third session in a closed month": {app.New(&third), []string{"（新）1 0→0 0 2026-10"}, 1},
		"a second session in an open month": {app.New(&first), []string{"（新）1 0→500 0 0000-00"}, 0},
		// Its day is before the admission, so it earns nothing, and in October.
		"a session moved into a closed month":   {app.Put(moved), []string{"G0003 500→0 0 2026-10"}, 1},
		"a session deleted from a closed month": {app.Remove(book.Sessions[1]), []string{"G0002 500→0 500 2026-10"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := a.Effect(context.Background(), c.step)
			require.NoError(t, err)
			assert.Equal(t, c.changes, changesOf(e))
			assert.Len(t, e.Bound(), c.bound)
		})
	}
	assert.Empty(t, third.Number, "the code of the draft is taken out again")
	assert.Len(t, judged(t, a).Facts.Book.Sessions, 3, "nothing is saved, and the register in memory is as it was")
	assert.Equal(t, models.Yes, judged(t, a).Facts.Book.Sessions[0].PatientJoined)
}

func TestWhatWouldStandOnNoPeriodIsNamed(t *testing.T) {
	a := smallRegister(t)
	book := judged(t, a).Facts.Book
	member, ward := book.Staff[0], book.Wards[0]
	for name, c := range map[string]struct {
		step app.Step
		want []app.Stranded
	}{
		"a last day before later work": {func() app.Step { m := member; m.To = 2026_10_18; return app.Put(m) }(), []app.Stranded{
			{Sheet: "共同指導", Key: "G0002", On: 2026_10_19, Name: "渡邉 恵"}, {Sheet: "共同指導", Key: "G0003", On: 2026_11_09, Name: "渡邉 恵"},
			{Sheet: "やり取り", Key: "K1", On: 2026_11_02, Name: "渡邉 恵"},
		}},
		"the day of the last work": {func() app.Step { m := member; m.To = 2026_11_09; return app.Put(m) }(), nil},
		"a first day after a meeting": {app.Then(func() []app.Step {
			m := member
			m.From, m.Version = 2026_07_15, 0
			return []app.Step{app.Remove(member), app.Put(m)}
		}), []app.Stranded{{Sheet: "会議", Key: "M1", On: 2026_07_14, Name: "渡邉 恵"}}},
		"a ward that ends before a stay begins": {func() app.Step { w := ward; w.ValidTo = 2026_11_01; return app.Put(w) }(), []app.Stranded{
			{Sheet: "病棟履歴", Key: "00000002/2026-11-02", On: 2026_11_02, Name: "3東病棟"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := a.Effect(context.Background(), c.step)
			require.NoError(t, err)
			assert.Equal(t, c.want, e.Stranded)
		})
	}
}

func TestConfirmedClaimsRestOnAnEdition(t *testing.T) {
	ctx := context.Background()
	a := smallRegister(t)
	_, err := a.Do(ctx, "次の版", app.Put(models.Policy{Edition: "第2版", EffectiveOn: 2026_11_01, AnnouncedOn: 2026_11_01, Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes}))
	require.NoError(t, err)
	resting := func(edition string) []string {
		list, err := a.RestingOn(ctx, edition)
		require.NoError(t, err)
		var numbers []string
		for _, v := range list {
			numbers = append(numbers, v.Session.Number)
		}
		return numbers
	}
	assert.Equal(t, []string{"G0001", "G0002"}, resting("第1版"))
	assert.Empty(t, resting("第2版"), "G0003 rests on it, but is not confirmed")
	_, err = a.Confirm(ctx, 2026_11, seen(t, a, "G0003"))
	require.NoError(t, err)
	assert.Equal(t, []string{"G0003"}, resting("第2版"))
}

// If an やり取り may substitute for the meeting (Q8), removing it removes 指導料2: 0 +
// 0 + 400 of 1,500, as without a meeting. Otherwise it changes nothing.
func TestAContactIsForeseenWhereItIsEvidence(t *testing.T) {
	ctx := context.Background()
	a := smallRegister(t)
	contact := models.Contact{Number: "K2", On: 2026_07_01, Kind: models.PhoneCall, Staff: []string{"N1"}, CareManager: "C1"}
	_, err := a.Do(ctx, "電話", app.New(&contact))
	require.NoError(t, err)
	e, err := a.Effect(ctx, app.Remove(contact))
	require.NoError(t, err)
	assert.Empty(t, e.Changes)
	_, err = a.Do(ctx, "代える", app.Put(models.Setting{Key: "routine_contact_can_substitute", Value: "true"}), app.Remove(judged(t, a).Facts.Book.Attendances[0]))
	require.NoError(t, err)
	e, err = a.Effect(ctx, app.Remove(contact))
	require.NoError(t, err)
	assert.Equal(t, [2]int{1500, 400}, [2]int{e.Before, e.After})
}

func TestTheLongestPatientID(t *testing.T) {
	ctx := context.Background()
	a := apptest.Empty(t)
	longest := func() string {
		id, err := a.LongestID(ctx)
		require.NoError(t, err)
		return id
	}
	assert.Empty(t, longest())
	for _, id := range []string{"00012345", "外来-0001234567", "0001234567", "1"} {
		_, err := a.Do(ctx, "入院", app.Put(models.Admission{PatientID: id, AdmittedOn: 2026_06_01, Name: "渡辺茂"}))
		require.NoError(t, err)
	}
	assert.Equal(t, "0001234567", longest(), "an ID with letters is not filled up")
}
