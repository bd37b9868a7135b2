package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
)

// confirmation returns the 確定 of a session, or nil.
func confirmation(t *testing.T, a *app.App, number string) *models.Confirmation {
	t.Helper()
	return judged(t, a).Facts.Book.ConfirmationOf(number)
}

// Each edit of a 確定 is taken back, or done again, only as far as it could be made
// by hand at that moment.
func TestA確定IsNotTurnedBackInAMonthClosedSince(t *testing.T) {
	const month = models.Month(2026_10)
	const unconfirming = "2026-10は締めてあるため、確定の取消しはできません。先に算定の画面の「締めを解く」で理由を入力してください"
	const confirming = "2026-10は締めてあるため、確定はできません。先に算定の画面の「締めを解く」で理由を入力してください"
	ctx := context.Background()
	for name, c := range map[string]struct {
		edit func(t *testing.T, a *app.App, number string) *app.Undo
		want string
	}{
		"a 確定": {confirmed, unconfirming},
		"a 取消し": {func(t *testing.T, a *app.App, number string) *app.Undo {
			confirmed(t, a, number)
			undo, err := a.Unconfirm(ctx, []string{number})
			require.NoError(t, err)
			return undo
		}, confirming},
		"a 確定 taken back": {func(t *testing.T, a *app.App, number string) *app.Undo {
			return takenBack(t, a, confirmed(t, a, number))
		}, confirming},
		"a 確定 done again": {func(t *testing.T, a *app.App, number string) *app.Undo {
			return takenBack(t, a, takenBack(t, a, confirmed(t, a, number)))
		}, unconfirming},
		"a 確定 in another month": {func(t *testing.T, a *app.App, number string) *app.Undo {
			undo, err := a.Confirm(ctx, month.Add(1), seen(t, a, number))
			require.NoError(t, err)
			return undo
		}, unconfirming},
	} {
		t.Run(name, func(t *testing.T) {
			a := apptest.Sample(t)
			number := ready(t, a, month)[0]
			undo := c.edit(t, a, number)
			_, err := a.CloseMonth(ctx, month)
			require.NoError(t, err)
			before := confirmation(t, a, number)

			_, err = a.TakeBack(ctx, undo)

			assert.Equal(t, models.Invalid, models.ErrorCode(err))
			assert.Equal(t, c.want, models.ErrorMessage(err))
			assert.Equal(t, before, confirmation(t, a, number))

			_, err = a.ReopenMonth(ctx, month, "返戻のため")
			require.NoError(t, err)
			_, err = a.TakeBack(ctx, undo)
			require.NoError(t, err, "open again")
			assert.NotEqual(t, before == nil, confirmation(t, a, number) == nil)
		})
	}
}

// confirmed confirms a session in its own month.
func confirmed(t *testing.T, a *app.App, number string) *app.Undo {
	t.Helper()
	undo, err := a.Confirm(context.Background(), judged(t, a).Verdict(number).Session.On.Month(), seen(t, a, number))
	require.NoError(t, err)
	return undo
}

func takenBack(t *testing.T, a *app.App, undo *app.Undo) *app.Undo {
	t.Helper()
	again, err := a.TakeBack(context.Background(), undo)
	require.NoError(t, err)
	return again
}

// The month from which a 確定 moves to another one is closed.
func TestA確定IsNotTakenOutOfAClosedMonth(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	number := ready(t, a, 2026_09)[0]
	_, err := a.Confirm(ctx, 2026_10, seen(t, a, number))
	require.NoError(t, err)
	moved, err := a.Confirm(ctx, 2026_11, seen(t, a, number))
	require.NoError(t, err)
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)

	_, err = a.TakeBack(ctx, moved)
	assert.Equal(t, models.Invalid, models.ErrorCode(err), "into it")
	assert.Equal(t, models.Month(2026_11), confirmation(t, a, number).Month)

	_, err = a.CloseMonth(ctx, 2026_11)
	require.NoError(t, err)
	_, err = a.Confirm(ctx, 2026_12, seen(t, a, number))
	assert.Equal(t, models.Invalid, models.ErrorCode(err), "out of it")
	assert.Equal(t, models.Month(2026_11), confirmation(t, a, number).Month)
}

func TestA確定ComesBackOnlyAsItIsJudgedNow(t *testing.T) {
	ctx := context.Background()
	const number = "G0384"
	for name, edit := range map[string]func(t *testing.T, a *app.App) *app.Undo{
		"by undoing its 取消し": func(t *testing.T, a *app.App) *app.Undo {
			confirmed(t, a, number)
			undo, err := a.Unconfirm(ctx, []string{number})
			require.NoError(t, err)
			return undo
		},
		"by doing it again": func(t *testing.T, a *app.App) *app.Undo {
			return takenBack(t, a, confirmed(t, a, number))
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := apptest.Sample(t)
			undo := edit(t, a)
			refused := func(want string) {
				t.Helper()
				_, err := a.TakeBack(ctx, undo)
				assert.Equal(t, models.Conflict, models.ErrorCode(err))
				assert.Equal(t, want, models.ErrorMessage(err))
				assert.Nil(t, confirmation(t, a, number))
			}

			consented := *judged(t, a).Facts.Admission(judged(t, a).Verdict(number).Session.Key())
			without := consented
			without.ConsentedOn = 0
			withdrawn, err := a.Do(ctx, "同意日の変更", app.Put(without))
			require.NoError(t, err)
			refused("G0384（2026-11-04）は、いまは確定できないため元に戻せません。判定は算定不可です")
			takenBack(t, a, withdrawn)

			fewer, err := a.Do(ctx, "設定の変更", app.Put(setting(t, a, "meeting_min_count", "90")))
			require.NoError(t, err)
			refused("G0384（2026-11-04）の判定が、確定したあとで変わったため元に戻せません（指導料2 500点 → 指導料1 400点）。算定の画面で確かめて、確定してください")
			takenBack(t, a, fewer)

			takenBack(t, a, undo)
			assert.Equal(t, 500, confirmation(t, a, number).Points, "judged as before")
		})
	}
}

// setting is the row of 設定 with another value.
func setting(t *testing.T, a *app.App, key, value string) models.Setting {
	t.Helper()
	for _, s := range judged(t, a).Facts.Book.Settings {
		if s.Key == key {
			s.Value = value
			return s
		}
	}
	return models.Setting{Key: key, Value: value}
}

// A colleague closes the month after it was looked at and before it is saved.
func TestA確定IsTurnedBackOnTheStateThatWasLookedAt(t *testing.T) {
	ctx := context.Background()
	const month = models.Month(2026_10)
	var between func() // the clock is read between the two
	a := apptest.Sample(t, apptest.At(func() time.Time {
		if do := between; do != nil {
			between = nil
			do()
		}
		return apptest.Now()
	}))
	colleague := apptest.Open(t, a.Place())
	number := ready(t, a, month)[0]
	undo := confirmed(t, a, number)
	closing := func() {
		_, err := colleague.CloseMonth(ctx, month)
		require.NoError(t, err)
	}

	between = closing
	_, err := a.TakeBack(ctx, undo)
	assert.Equal(t, models.Invalid, models.ErrorCode(err))
	assert.NotNil(t, confirmation(t, a, number))

	_, err = colleague.ReopenMonth(ctx, month, "返戻のため")
	require.NoError(t, err)
	again := takenBack(t, a, undo)
	between = closing
	_, err = a.TakeBack(ctx, again)
	assert.Equal(t, models.Invalid, models.ErrorCode(err))
	assert.Nil(t, confirmation(t, a, number))
}
