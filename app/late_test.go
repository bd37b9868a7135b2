package app_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/models"
	"renkei/models/fee"
)

// closedSample is the sample hospital with October confirmed and closed; the
// clock goes on a day after.
func closedSample(t *testing.T) *app.App {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local)
	a, err := app.Open(ctx, app.Config{Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "医事 花子", Now: func() time.Time { return now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	_, err = a.LoadSample(ctx, nil)
	require.NoError(t, err)
	_, err = a.Confirm(ctx, 2026_10, seen(t, a, ready(t, a, 2026_10)...))
	require.NoError(t, err)
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	now = now.Add(24 * time.Hour)
	return a
}

// ready lists what can be confirmed of a month, with or without a claim recorded.
func ready(t *testing.T, a *app.App, month models.Month) []string {
	t.Helper()
	var numbers []string
	for _, v := range judged(t, a).Month(month) {
		if v.Confirmable() {
			numbers = append(numbers, v.Session.Number)
		}
	}
	require.Greater(t, len(numbers), 2)
	return numbers
}

// closeAsBefore closes a month as programs did that kept no verdicts.
func closeAsBefore(t *testing.T, a *app.App, month models.Month, at time.Time) {
	t.Helper()
	_, err := a.Do(context.Background(), "締め", app.Put(models.Closing{Month: month, Number: 1, ClosedBy: "医事 花子", ClosedAt: at.UTC().Format(time.RFC3339)}))
	require.NoError(t, err)
}

func onlyClosing(t *testing.T, a *app.App, month models.Month) fee.AfterClosing {
	t.Helper()
	all, err := a.AfterClosing(context.Background(), month)
	require.NoError(t, err)
	require.Len(t, all, 1)
	return all[0]
}

func sumOf(verdicts []fee.Verdict) int {
	sum := 0
	for _, v := range verdicts {
		sum += v.Points
	}
	return sum
}

func TestAClosingKeepsEachVerdictAsItWas(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	number := ready(t, a, 2026_10)[0]
	_, err := a.Confirm(ctx, 2026_10, seen(t, a, number))
	require.NoError(t, err)
	undo, err := a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)

	month := judged(t, a).Month(2026_10)
	kept := judged(t, a).Facts.Book.ClosedVerdicts
	require.Len(t, kept, len(month))
	confirmed := 0
	for i, v := range month {
		k := kept[i]
		assert.Equal(t, []any{v.Session.Number, v.Session.PatientID, v.Session.AdmittedOn, v.Session.On, string(v.Result), v.Points, v.Code, v.Reason, string(v.Plan)},
			[]any{k.Session, k.PatientID, k.AdmittedOn, k.On, k.Result, k.Points, k.Code, k.Reason, k.Plan})
		assert.Equal(t, int(judged(t, a).Revision), k.Version, "the revision of the closing")
		if k.Confirmed != "" {
			confirmed++
			assert.Equal(t, number, k.Session)
			assert.Equal(t, v.Points, k.ConfirmedPoints)
		}
		grounds, err := fee.Grounds(&k)
		require.NoError(t, err)
		require.Len(t, grounds, len(v.Conditions))
		for j, c := range v.Conditions {
			assert.Equal(t, c.State, grounds[j].State)
			assert.Len(t, grounds[j].Records, len(c.Evidence))
		}
	}
	assert.Equal(t, 1, confirmed)
	assert.Empty(t, onlyClosing(t, a, 2026_10).Changes)

	_, err = a.TakeBack(ctx, undo)
	require.NoError(t, err)
	assert.Empty(t, judged(t, a).Facts.Book.ClosedVerdicts, "a closing taken back keeps nothing")
	assert.Empty(t, judged(t, a).Facts.Book.Closings)
}

// Whatever is changed in the settings of a closed month, the list says by how
// many points, and names the record.
func TestAChangeOfSettingsIsNamedAfterTheClosing(t *testing.T) {
	ctx := context.Background()
	ward := func(t *testing.T, a *app.App) app.Step {
		for _, v := range judged(t, a).Month(2026_10) {
			if v.Result == fee.Fee2 {
				w := *v.Ward
				w.FiledFrom = 2026_11_01
				return app.Put(w)
			}
		}
		require.Fail(t, "no 指導料2")
		return app.Step{}
	}
	policy := func(t *testing.T, a *app.App) app.Step {
		policies := judged(t, a).Facts.Book.Policies
		p := policies[len(policies)-1]
		p.AnnouncedOn, p.AnnouncedHow = 0, ""
		return app.Put(p)
	}
	setting := func(t *testing.T, a *app.App) app.Step {
		s := models.Setting{Key: "meeting_min_count", Value: "2"}
		for _, old := range judged(t, a).Facts.Book.Settings {
			if old.Key == s.Key {
				s.Version = old.Version
			}
		}
		return app.Put(s)
	}
	for name, c := range map[string]struct {
		change func(*testing.T, *app.App) app.Step
		sheet  string
		words  string
	}{
		"a ward filed from the next month": {ward, "病棟", "加算1届出開始: "},
		"a 規程 not made known":              {policy, "規程", "周知日: "},
		"two meetings asked for":           {setting, "設定", "1 → 2"},
	} {
		t.Run(name, func(t *testing.T) {
			a := closedSample(t)
			was := judged(t, a).Month(2026_10)
			_, err := a.Do(ctx, "変更", c.change(t, a))
			require.NoError(t, err)
			is := judged(t, a).Month(2026_10)
			changed := 0
			for i := range is {
				if was[i].Points != is[i].Points {
					changed++
				}
			}
			require.Positive(t, changed)

			after := onlyClosing(t, a, 2026_10)

			assert.Equal(t, sumOf(was), after.Before)
			assert.Equal(t, sumOf(is), after.After)
			found := 0
			for _, l := range after.Changes {
				if l.Before() == l.After() {
					continue
				}
				found++
				require.Len(t, l.Causes, 1, l.Session)
				assert.Equal(t, c.sheet, l.Causes[0].Sheet)
				assert.Contains(t, strings.Join(l.Causes[0].Lines, "、"), c.words)
				assert.Equal(t, "医事 花子", l.Causes[0].Actor)
				assert.False(t, l.Together)
			}
			assert.Equal(t, changed, found)

			t.Run("and nothing when it is changed back", func(t *testing.T) {
				book := judged(t, a).Facts.Book
				back := ledgerBefore(t, a, c.sheet, book)
				_, err := a.Do(ctx, "元どおり", back)
				require.NoError(t, err)
				assert.Empty(t, onlyClosing(t, a, 2026_10).Changes)
			})
		})
	}
}

// ledgerBefore puts a changed record back as the sample has it.
func ledgerBefore(t *testing.T, a *app.App, sheet string, now *models.Book) app.Step {
	t.Helper()
	sample, err := app.SampleLedger(context.Background(), nil)
	require.NoError(t, err)
	switch sheet {
	case "病棟":
		for i, w := range now.Wards {
			if j := slices.IndexFunc(sample.Book.Wards, func(o models.Ward) bool { return o.Code == w.Code && o.ValidFrom == w.ValidFrom }); sample.Book.Wards[j].FiledFrom != w.FiledFrom {
				now.Wards[i].FiledFrom = sample.Book.Wards[j].FiledFrom
				return app.Put(now.Wards[i])
			}
		}
	case "規程":
		for i, p := range now.Policies {
			if j := slices.IndexFunc(sample.Book.Policies, func(o models.Policy) bool { return o.Edition == p.Edition }); sample.Book.Policies[j].AnnouncedOn != p.AnnouncedOn {
				back := sample.Book.Policies[j]
				back.Version = now.Policies[i].Version
				return app.Put(back)
			}
		}
	case "設定":
		for _, s := range now.Settings {
			if s.Key == "meeting_min_count" {
				s.Value = "1"
				return app.Put(s)
			}
		}
	}
	require.Fail(t, "nothing to put back")
	return app.Step{}
}

func TestTwoChangesThatOnlyTogetherChangeAVerdict(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	of := firstFee2(t, a)
	ward := *of.Ward
	ward.FiledFrom = 2026_11_01
	_, err := a.Do(ctx, "病棟", app.Put(ward))
	require.NoError(t, err)
	policies := judged(t, a).Facts.Book.Policies
	policy := policies[len(policies)-1]
	policy.AnnouncedOn, policy.AnnouncedHow = 0, ""
	_, err = a.Do(ctx, "規程", app.Put(policy))
	require.NoError(t, err)

	l := lateOf(t, onlyClosing(t, a, 2026_10), of.Session.Number)

	assert.True(t, l.Together, "putting back one of them is not enough")
	var sheets []string
	for _, c := range l.Causes {
		sheets = append(sheets, c.Sheet)
	}
	assert.Equal(t, []string{"規程", "病棟"}, sheets)
	assert.Equal(t, "いくつかの変更が重なっています", l.CauseLines()[0])
}

// What cost the points is the cause; what only took a paper away stands beside it.
func TestTheCauseOfTheClaimIsToldApartFromThatOfAPaper(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	of := firstFee2(t, a)
	ward, session := *of.Ward, of.Session
	ward.FiledFrom, session.NotedOn = 2026_11_01, 0
	_, err := a.Do(ctx, "変更", app.Put(ward), app.Put(session))
	require.NoError(t, err)

	l := lateOf(t, onlyClosing(t, a, 2026_10), session.Number)

	require.Len(t, l.Causes, 1)
	assert.Equal(t, "病棟", l.Causes[0].Sheet)
	assert.False(t, l.Together)
	require.Len(t, l.Edits, 1)
	assert.Contains(t, l.Edits[0].String(), "要点記載日: ")
}

func firstFee2(t *testing.T, a *app.App) fee.Verdict {
	t.Helper()
	for _, v := range judged(t, a).Month(2026_10) {
		if v.Result == fee.Fee2 && judged(t, a).Facts.Book.ConfirmationOf(v.Session.Number) != nil {
			return v
		}
	}
	require.Fail(t, "no 指導料2 was confirmed")
	return fee.Verdict{}
}

func lateOf(t *testing.T, after fee.AfterClosing, number string) fee.Late {
	t.Helper()
	i := slices.IndexFunc(after.Changes, func(l fee.Late) bool { return l.Session == number })
	require.GreaterOrEqual(t, i, 0, number)
	return after.Changes[i]
}

func TestChangesOfSessionsAfterTheClosing(t *testing.T) {
	ctx := context.Background()
	put := func(t *testing.T, a *app.App, change func(*models.JointGuidance)) fee.Late {
		t.Helper()
		s := firstFee2(t, a).Session
		change(&s)
		_, err := a.Do(ctx, "変更", app.Put(s))
		require.NoError(t, err)
		return lateOf(t, onlyClosing(t, a, 2026_10), s.Number)
	}
	t.Run("its own record, with the points before and after", func(t *testing.T) {
		l := put(t, closedSample(t), func(s *models.JointGuidance) { s.PatientJoined = models.No })
		assert.Equal(t, []int{500, 0}, []int{l.Before(), l.After()})
		require.Len(t, l.Causes, 1)
		assert.Equal(t, []string{"患者参加: ○ → ×"}, l.Causes[0].Lines)
		assert.Equal(t, "判定: 指導料2 500点 → 算定不可 0点", l.Differences[0])
		assert.Empty(t, l.Edits)
	})
	t.Run("words that no condition asks for are told without a difference", func(t *testing.T) {
		l := put(t, closedSample(t), func(s *models.JointGuidance) { s.Body = "書き直し" })
		assert.Empty(t, l.Differences)
		assert.Empty(t, l.Causes)
		require.Len(t, l.Edits, 1)
		assert.Contains(t, l.Edits[0].Lines[0], "→ 書き直し")
	})
	t.Run("one moved to another month earns nothing in this one", func(t *testing.T) {
		l := put(t, closedSample(t), func(s *models.JointGuidance) { s.On = 2026_11_05 })
		assert.Equal(t, []int{500, 0}, []int{l.Before(), l.After()})
		assert.Contains(t, l.Differences[0], "→ 2026-11-05")
		require.Len(t, l.Causes, 1)
	})
	t.Run("one that came later, and one that went", func(t *testing.T) {
		a := closedSample(t)
		was := firstFee2(t, a).Session
		_, err := a.Do(ctx, "登録", app.New(&models.JointGuidance{Number: "G9999", PatientID: was.PatientID, AdmittedOn: was.AdmittedOn, On: 2026_10_31}))
		require.NoError(t, err)
		late := lateOf(t, onlyClosing(t, a, 2026_10), "G9999")
		assert.Nil(t, late.Was)
		require.Len(t, late.Causes, 1)
		assert.Equal(t, []string{"新しい記録"}, late.Causes[0].Lines)
		var free string
		for _, v := range judged(t, a).Month(2026_10) {
			if judged(t, a).Facts.Book.ConfirmationOf(v.Session.Number) == nil && v.Session.Number != "G9999" {
				free = v.Session.Number
			}
		}
		_, err = a.Do(ctx, "削除", app.Remove(judged(t, a).Verdict(free).Session))
		require.NoError(t, err)
		gone := lateOf(t, onlyClosing(t, a, 2026_10), free)
		assert.Nil(t, gone.Now)
		assert.Zero(t, gone.After())
		require.Len(t, gone.Causes, 1)
		assert.Equal(t, []string{"削除"}, gone.Causes[0].Lines)
	})
}

// Closing again begins a list of its own and empties none.
func TestEveryClosingHasItsOwnList(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	s := firstFee2(t, a).Session
	s.PatientJoined = models.No
	_, err := a.Do(ctx, "変更", app.Put(s))
	require.NoError(t, err)
	_, err = a.ReopenMonth(ctx, 2026_10, "返戻のため")
	require.NoError(t, err)
	_, err = a.Unconfirm(ctx, []string{s.Number})
	require.NoError(t, err)
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)

	all, err := a.AfterClosing(ctx, 2026_10)
	require.NoError(t, err)
	require.Len(t, all, 2)
	assert.Equal(t, []int{2, 1}, []int{all[0].Closing.Number, all[1].Closing.Number})
	assert.Empty(t, all[0].Changes, "as it was closed the second time")
	l := lateOf(t, all[1], s.Number)
	assert.Contains(t, l.Differences, "確定: 指導料2 500点 → なし")
	var sheets []string
	for _, c := range l.Causes {
		sheets = append(sheets, c.Sheet)
	}
	assert.Equal(t, []string{"確定", "共同指導"}, sheets)

	t.Run("a later change stands in both", func(t *testing.T) {
		s := judged(t, a).Verdict(s.Number).Session
		s.PatientJoined = models.Yes
		_, err := a.Do(ctx, "変更", app.Put(s))
		require.NoError(t, err)
		all, err := a.AfterClosing(ctx, 2026_10)
		require.NoError(t, err)
		second := lateOf(t, all[0], s.Number)
		assert.Equal(t, []int{0, 500}, []int{second.Before(), second.After()})
		first := lateOf(t, all[1], s.Number)
		assert.Equal(t, []int{500, 500}, []int{first.Before(), first.After()})
		assert.Equal(t, []string{"確定: 指導料2 500点 → なし"}, first.Differences)
	})
}

func TestAMonthIsReadAsOfOneRevision(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	v := firstFee2(t, a)
	claims, err := a.ClaimMonth(ctx, func(j *app.Judged) models.Month {
		s := v.Session
		s.PatientJoined = models.No
		_, err := a.Do(ctx, "変更", app.Put(s)) // somebody else saves while the month is read
		require.NoError(t, err)
		require.NotNil(t, j.Verdict(s.Number))
		return 2026_10
	})
	require.NoError(t, err)
	assert.Equal(t, 500, claims.Judged.Verdict(v.Session.Number).Points)
	require.Len(t, claims.Late, 1)
	assert.Empty(t, claims.Late[0].Changes, "the change is of the next revision")

	claims, err = a.ClaimMonth(ctx, func(*app.Judged) models.Month { return 2026_10 })
	require.NoError(t, err)
	assert.Zero(t, claims.Judged.Verdict(v.Session.Number).Points)
	assert.Len(t, claims.Late[0].Changes, 1)
}

// Another session of the admission takes the place of one that was closed.
func TestAnotherSessionOfTheAdmissionIsNamedAsTheCause(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	var of fee.Verdict
	for _, v := range judged(t, a).Month(2026_10) {
		if v.Result == fee.Fee2 && v.T2 == 500 && !v.Session.Claim.Recorded() {
			of = v
		}
	}
	require.NotEmpty(t, of.Session.Number, "a session alone in its admission that nobody confirmed")
	first, second := of.Session, of.Session
	first.Number, first.Claim, first.ClaimMonth = "G8881", models.ClaimFee1, 2026_10
	second.Number, second.On = "G8882", of.Session.On
	_, err := a.Do(ctx, "登録", app.New(&first), app.New(&second))
	require.NoError(t, err)

	l := lateOf(t, onlyClosing(t, a, 2026_10), of.Session.Number)

	assert.NotEqual(t, l.Before(), l.After())
	require.Len(t, l.Causes, 1)
	assert.Equal(t, []string{"共同指導", "G8881"}, []string{l.Causes[0].Sheet, l.Causes[0].Key}, "the one recorded as claimed, not the other")
}

// What an import changes beside the sessions is shown as any change is.
func TestAnImportAfterTheClosingIsListed(t *testing.T) {
	a := closedSample(t)
	of := firstFee2(t, a)
	take(t, a, folder(t, map[string]string{"病棟": "病棟コード,有効開始,加算1届出開始\n" + of.Ward.Code + "," + of.Ward.ValidFrom.String() + ",2026-11-01\n"}), ledger.Choice{TakeBook: true})
	l := lateOf(t, onlyClosing(t, a, 2026_10), of.Session.Number)
	assert.NotEqual(t, l.Before(), l.After())
	require.Len(t, l.Causes, 1)
	assert.Equal(t, "病棟", l.Causes[0].Sheet)
	_, _, err := a.UndoImport(context.Background(), 0, nil)
	require.NoError(t, err)
	assert.Empty(t, onlyClosing(t, a, 2026_10).Changes, "taken back, it is no difference")
}

func TestOfAClosingThatKeptNothingTheEditsAreListed(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 2, 10, 0, 0, 0, time.Local)
	a, err := app.Open(ctx, app.Config{
		Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "医事 花子", Now: func() time.Time { return now },
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, a.Close()) }()
	_, err = a.LoadSample(ctx, nil)
	require.NoError(t, err)
	closeAsBefore(t, a, 2026_10, now)
	assert.Empty(t, onlyClosing(t, a, 2026_10).Log)

	now = now.Add(24 * time.Hour)
	october, november := judged(t, a).Month(2026_10)[0].Session, judged(t, a).Month(2026_11)[0].Session
	was := october.Body
	october.Body, november.Body = "書き直し", "書き直し"
	_, err = a.Do(ctx, "内容の変更", app.Put(october), app.Put(november))
	require.NoError(t, err)

	after := onlyClosing(t, a, 2026_10)
	assert.False(t, after.Kept)
	require.Len(t, after.Log, 1, "only the closed month's session")
	assert.Equal(t, october.Number, after.Log[0].Session)
	assert.Equal(t, "医事 花子", after.Log[0].Actor)
	if was == "" {
		was = "空欄"
	}
	assert.Equal(t, []string{"内容: " + was + " → 書き直し"}, after.Log[0].Lines)
}

// Every column of the sheet 共同指導 is one that a change after the closing shows.
func TestEveryColumnOfASessionIsShownWhenItChangesAfterTheClosing(t *testing.T) {
	ctx := context.Background()
	closing := time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)
	now := closing.Add(-time.Hour)
	a, err := app.Open(ctx, app.Config{Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "医事 花子", Now: func() time.Time { return now }})
	require.NoError(t, err)
	defer func() { require.NoError(t, a.Close()) }()
	before := models.JointGuidance{
		Number: "G1", PatientID: "00000101", AdmittedOn: 2026_10_02, On: 2026_10_08, Way: models.InPerson, Content: "初回",
		Staff: []string{"N001", "N002"}, DoctorsOrder: models.Yes, CareManager: "C001", Standing: models.PriorCareManager,
		PatientJoined: models.Yes, ScreenShared: models.No, ScreenConsent: 2026_10_07, MultiAgency: models.No, Body: "退院後の支援",
		NotedOn: 2026_10_08, PlanAskedOn: 2026_10_08, PlanCopyOn: 2026_10_20, PlanCopyKind: "原案", Claim: models.ClaimFee1, ClaimMonth: 2026_10,
	}
	after := models.JointGuidance{
		Number: "G1", PatientID: "00000102", AdmittedOn: 2026_10_03, On: 2026_11_09, Way: models.ByVideo, Content: "2回目",
		Staff: []string{"N001"}, DoctorsOrder: models.No, CareManager: "C002", Standing: models.PatientsChoice,
		ScreenShared: models.Yes, ScreenConsent: 2026_10_09, MultiAgency: models.Yes, Body: "福祉用具",
		NotedOn: 2026_10_10, PlanCopyOn: 2026_10_21, PlanCopyKind: "確定", Claim: models.ClaimFee2, ClaimMonth: 2026_11,
		Version: 1,
	}
	_, err = a.Do(ctx, "共同指導の登録", app.Put(before))
	require.NoError(t, err)
	now = closing
	closeAsBefore(t, a, 2026_10, closing)
	now = closing.Add(time.Minute)
	_, err = a.Do(ctx, "共同指導の変更", app.Put(after))
	require.NoError(t, err)

	changes := onlyClosing(t, a, 2026_10).Log
	require.Len(t, changes, 1, "it was of October before")
	assert.Equal(t, []string{
		"患者ID: 00000101 → 00000102", "入院日: 2026-10-02 → 2026-10-03", "指導日: 2026-10-08 → 2026-11-09", "方法: 対面 → ビデオ通話",
		"内容区分: 初回 → 2回目", "職員コード: N001;N002 → N001", "医師の指示: ○ → ×", "CMコード: C001 → C002", "相手の立場: 入院前担当 → 患者選択",
		"患者参加: ○ → 空欄", "画面共有: × → ○", "画面共有同意日: 2026-10-07 → 2026-10-09", "同日多機関共同指導加算: × → ○", "内容: 退院後の支援 → 福祉用具",
		"要点記載日: 2026-10-08 → 2026-10-10", "ケアプラン依頼日: 2026-10-08 → 空欄", "ケアプラン写し受領日: 2026-10-20 → 2026-10-21", "写しの種類: 原案 → 確定",
		"算定区分: 1 → 2", "算定月: 2026-10 → 2026-11",
	}, changes[0].Lines)

	dir := filepath.Join(t.TempDir(), "台帳") + string(filepath.Separator)
	require.NoError(t, a.ExportLedger(ctx, dir, nil))
	text, err := os.ReadFile(filepath.Join(dir, "共同指導.csv"))
	require.NoError(t, err)
	heading, _, _ := strings.Cut(strings.TrimPrefix(string(text), "\uFEFF"), "\r\n")
	var columns []string
	for _, line := range changes[0].Lines {
		column, _, _ := strings.Cut(line, ":")
		columns = append(columns, column)
	}
	assert.Equal(t, heading, "指導番号,"+strings.Join(columns, ","), "no column of the sheet is left out")
}

// What comes first is told by the order of the log, not by the clock.
func TestAChangeIsLateWhenItWasSavedAfterTheClosing(t *testing.T) {
	closing := time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		at    time.Duration
		month models.Month
		late  int
	}{
		{"within the second of the closing", 0, 2026_10, 1},
		{"a day after it", 24 * time.Hour, 2026_10, 1},
		{"after the clock was put back", -24 * time.Hour, 2026_10, 1},
		{"of another month", time.Second, 2026_11, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := context.Background()
			now := closing
			a, err := app.Open(ctx, app.Config{Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "医事 花子", Now: func() time.Time { return now }})
			require.NoError(t, err)
			defer func() { require.NoError(t, a.Close()) }()
			_, err = a.Do(ctx, "共同指導の登録", app.Put(models.JointGuidance{Number: "G0", On: 2026_10_30}))
			require.NoError(t, err)
			closeAsBefore(t, a, c.month, closing)
			now = closing.Add(c.at)
			_, err = a.Do(ctx, "共同指導の登録", app.Put(models.JointGuidance{Number: "G1", On: 2026_10_31}), app.Put(models.JointGuidance{Number: "G2"}))
			require.NoError(t, err)
			changes := onlyClosing(t, a, c.month).Log
			require.Len(t, changes, c.late)
			if c.late == 1 {
				assert.Equal(t, models.LateChange{At: now, Actor: "医事 花子", Session: "G1", Lines: []string{"新しい記録"}}, changes[0])
				_, err = a.Do(ctx, "共同指導の取消し", app.Remove(judged(t, a).Verdict("G1").Session))
				require.NoError(t, err)
				changes = onlyClosing(t, a, c.month).Log
				require.Len(t, changes, 2)
				assert.Equal(t, []string{"削除"}, changes[1].Lines)
			}
		})
	}
}
