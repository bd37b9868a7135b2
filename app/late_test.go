package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/fee"
)

// closed is the sample hospital with October confirmed and closed.
var closed = apptest.Master{Fill: func(ctx context.Context, a *app.App) error {
	if _, err := a.LoadSample(ctx, nil); err != nil {
		return err
	}
	if err := apptest.ConfirmAll(ctx, a, 2026_10); err != nil {
		return err
	}
	_, err := a.CloseMonth(ctx, 2026_10)
	return err
}}

// closedSample opens it the day after.
func closedSample(t *testing.T) *app.App {
	t.Helper()
	return closed.Open(t, apptest.At(func() time.Time { return apptest.Now().Add(24 * time.Hour) }))
}

func onlyClosing(t *testing.T, a *app.App, month models.Month) fee.AfterClosing {
	t.Helper()
	all, err := a.AfterClosing(context.Background(), month)
	require.NoError(t, err)
	require.Len(t, all, 1)
	return all[0]
}

func lateOf(t *testing.T, after fee.AfterClosing, number string) fee.Late {
	t.Helper()
	i := slices.IndexFunc(after.Changes, func(l fee.Late) bool { return l.Session == number })
	require.GreaterOrEqual(t, i, 0, number)
	return after.Changes[i]
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

func sumOf(verdicts []fee.Verdict) int {
	sum := 0
	for _, v := range verdicts {
		sum += v.Points
	}
	return sum
}

func TestAClosingKeepsEachVerdictAsItWas(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
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
	claims, err := a.ClaimMonth(ctx, v.Session.Number, func(of models.Month, _ []models.Month) models.Month {
		s := v.Session
		s.PatientJoined = models.No
		_, err := a.Do(ctx, "変更", app.Put(s)) // somebody else saves while the month is read
		require.NoError(t, err)
		return of
	})
	require.NoError(t, err)
	assert.Equal(t, 500, claims.Judged.Verdict(v.Session.Number).Points)
	require.Len(t, claims.Late, 1)
	assert.Empty(t, claims.Late[0].Changes, "the change is of the next revision")

	claims, err = a.ClaimMonth(ctx, "", func(models.Month, []models.Month) models.Month { return 2026_10 })
	require.NoError(t, err)
	assert.Zero(t, claims.Judged.Verdict(v.Session.Number).Points)
	assert.Len(t, claims.Late[0].Changes, 1)
}
