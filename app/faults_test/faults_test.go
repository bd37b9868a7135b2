// Package faults_test breaks the network and the server under the program's hands:
// nothing that was confirmed is lost, and nothing is done twice. Its registers are on
// a server whatever the engine of the other tests is.
package faults_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/app/store/storetest"
	"renkei/models"
	"renkei/models/booktest"
)

const month = models.Month(2026_10)

// open opens a register at a place, with the clock of the register.
func open(t *testing.T, place, actor string) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: place, Actor: actor, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(func() { _ = a.Close() }) // its server may be gone
	return a
}

// sample returns the URL of a database that holds the sample hospital.
func sample(t *testing.T, place string) string {
	t.Helper()
	a := open(t, place, "準備")
	_, err := a.LoadSample(context.Background(), nil)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	return place
}

// count returns the number of やり取り with a text.
func count(t *testing.T, a *app.App, body string) int {
	t.Helper()
	judged, err := a.Judged(context.Background(), models.Part{Contacts: models.Period{From: models.MinDate}})
	require.NoError(t, err)
	n := 0
	for _, c := range judged.Facts.Book.Contacts {
		if c.Body == body {
			n++
		}
	}
	return n
}

func call(body string) app.Step {
	return app.New(&models.Contact{On: 2026_11_20, Kind: models.PhoneCall, Partner: "P001", Body: body})
}

func TestASaveOverACutLineIsRefusedAndSavedWhenItIsMended(t *testing.T) {
	ctx := context.Background()
	place := sample(t, storetest.Database(t, ""))
	line := storetest.NewLine(t, place)
	a := open(t, line.URL, "看護師")
	line.Cut()
	begun := time.Now()
	_, err := a.Do(ctx, "登録", call("切れているあいだの電話"))
	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
	assert.Contains(t, models.ErrorMessage(err), "サーバー")
	assert.Less(t, time.Since(begun), time.Minute, "it is said, not waited for without end")
	line.Mend(t)
	_, err = a.Do(ctx, "登録", call("切れているあいだの電話"))
	require.NoError(t, err)
	assert.Equal(t, 1, count(t, open(t, place, "検査"), "切れているあいだの電話"))
}

func TestASaveWhoseAnswerIsLostIsFoundSavedAndNotSavedAgain(t *testing.T) {
	ctx := context.Background()
	place := sample(t, storetest.Database(t, ""))
	line := storetest.NewLine(t, place)
	a := open(t, line.URL, "看護師")
	line.LoseAnswerTo("commit")
	_, err := a.Do(ctx, "登録", call("返事の来なかった電話"))
	require.NoError(t, err, "the program looks whether it was saved")
	assert.Equal(t, 1, count(t, open(t, place, "検査"), "返事の来なかった電話"))
}

func TestAServerThatCrashesInTheMiddleLosesNothingConfirmed(t *testing.T) {
	ctx := context.Background()
	server := storetest.NewOwn(t)
	storetest.Do(t, server.URL, "CREATE DATABASE renkei")
	place := sample(t, storetest.In(t, server.URL, "renkei"))
	a := open(t, place, "看護師")
	before, err := a.Imports(ctx)
	require.NoError(t, err)
	_, err = a.Do(ctx, "登録", call("落ちる前の電話"))
	require.NoError(t, err)

	books := t.TempDir() + "/ledger/"
	require.NoError(t, ledger.Write(ctx, books, booktest.Large(200), nil))
	crashed := false
	_, err = a.ImportLedger(ctx, books, ledger.Choice{}, func(what string, done, total int) {
		if what == "登録" && done > total/2 && !crashed {
			crashed = true
			server.Crash(t)
		}
	})
	require.True(t, crashed)
	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
	_, err = a.CloseMonth(ctx, month)
	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)

	server.Start(t)
	assert.Equal(t, 1, count(t, a, "落ちる前の電話"))
	after, err := a.Imports(ctx)
	require.NoError(t, err)
	assert.Equal(t, before, after, "all of an import or nothing")
	_, err = a.ImportLedger(ctx, books, ledger.Choice{}, nil)
	require.NoError(t, err)
	after, err = a.Imports(ctx)
	require.NoError(t, err)
	assert.Len(t, after, len(before)+1)
	_, err = a.CloseMonth(ctx, month)
	require.NoError(t, err)
}

func TestTwoDesksCloseOneMonthOnce(t *testing.T) {
	ctx := context.Background()
	place := sample(t, storetest.Database(t, ""))
	one, other := open(t, place, "甲"), open(t, place, "乙")
	var errs [2]error
	var group sync.WaitGroup
	for i, a := range []*app.App{one, other} {
		group.Go(func() { _, errs[i] = a.CloseMonth(ctx, month) })
	}
	group.Wait()
	failed := errs[0]
	if failed == nil {
		failed = errs[1]
	} else {
		require.NoError(t, errs[1])
	}
	assert.Equal(t, models.Invalid, models.ErrorCode(failed), "%v", failed)
	assert.Contains(t, models.ErrorMessage(failed), "すでに締めてあります")
	judged, err := one.Judged(ctx, models.Part{Month: month})
	require.NoError(t, err)
	assert.Len(t, judged.Facts.Book.Closings, 1)
}

// Whatever comes first, no session of a month that is closed is confirmed after it.
func TestNothingIsConfirmedInAMonthThatIsClosedMeanwhile(t *testing.T) {
	ctx := context.Background()
	place := sample(t, storetest.Database(t, ""))
	clerk, nurse := open(t, place, "医事"), open(t, place, "看護師")
	judged, err := clerk.Judged(ctx, models.Part{Month: month})
	require.NoError(t, err)
	var seen []app.Seen
	for _, v := range judged.Month(month) {
		if v.Confirmable() {
			seen = append(seen, app.Seen{Number: v.Session.Number, Result: v.Result, Points: v.Points})
		}
	}
	require.Greater(t, len(seen), 5)
	var group sync.WaitGroup
	group.Go(func() {
		for _, s := range seen {
			if _, err := clerk.Confirm(ctx, month, []app.Seen{s}); err != nil {
				assert.Contains(t, models.ErrorMessage(err), "締めてある")
				return
			}
		}
	})
	group.Go(func() {
		time.Sleep(50 * time.Millisecond)
		_, err := nurse.CloseMonth(ctx, month)
		assert.NoError(t, err)
	})
	group.Wait()
	judged, err = clerk.Judged(ctx, models.Part{Month: month})
	require.NoError(t, err)
	book := judged.Facts.Book
	require.Len(t, book.Closings, 1)
	for _, c := range book.Confirmations {
		assert.Less(t, c.Version, book.Closings[0].Version, "%s was confirmed before the month was closed", c.Session)
	}
	for _, kept := range book.ClosedVerdicts {
		assert.Equal(t, book.ConfirmationOf(kept.Session) != nil, kept.Confirmed != "", "%s is kept as it is", kept.Session)
	}
}
