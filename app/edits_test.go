package app_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
)

// sampleApp opens a register with the sample hospital, on its last day.
func sampleApp(t *testing.T) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{
		Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "医事 花子",
		Now: func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local) },
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	_, err = a.LoadSample(context.Background(), nil)
	require.NoError(t, err)
	return a
}

func judged(t *testing.T, a *app.App) *app.Judged {
	t.Helper()
	j, err := a.Judged(context.Background())
	require.NoError(t, err)
	return j
}

func TestEditsCanBeTakenBackAndDoneAgain(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	before := judged(t, a).Facts.Book
	partner := before.Partners[0]
	added := models.Partner{Code: judged(t, a).NextPartner(), Name: "新しい居宅", Kind: models.CareOffice}
	renamed := partner
	renamed.Name = "名前の変わった居宅"

	undo, err := a.Do(ctx, "連携先の登録", app.Put(added), app.Put(renamed))
	require.NoError(t, err)
	assert.Equal(t, "名前の変わった居宅", judged(t, a).Facts.Partner(partner.Code).Name)
	assert.NotNil(t, judged(t, a).Facts.Partner(added.Code))

	again, err := a.TakeBack(ctx, undo)
	require.NoError(t, err)
	assert.Equal(t, partner.Name, judged(t, a).Facts.Partner(partner.Code).Name)
	assert.Nil(t, judged(t, a).Facts.Partner(added.Code))

	_, err = a.TakeBack(ctx, again)
	require.NoError(t, err)
	assert.Equal(t, "名前の変わった居宅", judged(t, a).Facts.Partner(partner.Code).Name)
	assert.NotNil(t, judged(t, a).Facts.Partner(added.Code))
}

func TestEditWithOneFaultChangesNothing(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	good := models.Partner{Code: "P999", Name: "新しい居宅", Kind: models.CareOffice}

	_, err := a.Do(ctx, "連携先の登録", app.Put(good), app.Put(models.Partner{Code: "P998"}))

	assert.Equal(t, models.Invalid, models.ErrorCode(err))
	assert.Nil(t, judged(t, a).Facts.Partner("P999"))
}

func TestEditOverAnOlderVersionIsAConflict(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	mine := judged(t, a).Facts.Book.Partners[0]
	theirs := mine
	theirs.Phone = "000-0000-0001"
	_, err := a.Do(ctx, "電話の変更", app.Put(theirs))
	require.NoError(t, err)

	mine.Phone = "000-0000-0002"
	_, err = a.Do(ctx, "電話の変更", app.Put(mine))

	assert.Equal(t, models.Conflict, models.ErrorCode(err))
	assert.Equal(t, "000-0000-0001", judged(t, a).Facts.Partner(mine.Code).Phone)
}

func TestTakingBackWhatSomebodyChangedSinceIsRefused(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	partner := judged(t, a).Facts.Book.Partners[0]
	partner.Phone = "000-0000-0001"
	undo, err := a.Do(ctx, "電話の変更", app.Put(partner))
	require.NoError(t, err)
	later := *judged(t, a).Facts.Partner(partner.Code)
	later.Fax = "000-0000-0003"
	_, err = a.Do(ctx, "FAXの変更", app.Put(later))
	require.NoError(t, err)

	_, err = a.TakeBack(ctx, undo)

	assert.Equal(t, models.Conflict, models.ErrorCode(err))
	assert.Contains(t, models.ErrorMessage(err), "電話の変更は、あとから変更されているため元に戻せません")
	assert.Equal(t, "000-0000-0003", judged(t, a).Facts.Partner(partner.Code).Fax)
}

// confirmable returns the 確定可 sessions of a month that nobody has recorded.
func confirmable(t *testing.T, a *app.App, month models.Month) []string {
	t.Helper()
	var numbers []string
	for _, v := range judged(t, a).Month(month) {
		if v.Confirmable() && v.Session.Claim == "" {
			numbers = append(numbers, v.Session.Number)
		}
	}
	require.NotEmpty(t, numbers)
	return numbers
}

func TestConfirmingKeepsClassPointsAndRuleVersion(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	numbers := confirmable(t, a, 2026_11)

	undo, err := a.Confirm(ctx, 2026_11, numbers)
	require.NoError(t, err)

	for _, number := range numbers {
		v := judged(t, a).Verdict(number)
		c := judged(t, a).Facts.Book.ConfirmationOf(number)
		require.NotNil(t, c)
		assert.Equal(t, v.Session.Claim, c.Claim)
		assert.Equal(t, v.Points, c.Points)
		assert.Equal(t, "2026-06", c.RuleVersion)
		assert.Equal(t, "医事 花子", c.By)
		assert.Equal(t, models.Month(2026_11), v.Session.ClaimMonth)
		assert.False(t, v.Warned("W7"), "what is confirmed is what was judged")
	}
	_, err = a.TakeBack(ctx, undo)
	require.NoError(t, err)
	assert.Equal(t, numbers, confirmable(t, a, 2026_11))
	assert.Empty(t, judged(t, a).Facts.Book.Confirmations)
}

func TestConfirmationCanBeWithdrawn(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	number := confirmable(t, a, 2026_11)[0]
	_, err := a.Confirm(ctx, 2026_11, []string{number})
	require.NoError(t, err)

	_, err = a.Unconfirm(ctx, []string{number})

	require.NoError(t, err)
	assert.Nil(t, judged(t, a).Facts.Book.ConfirmationOf(number))
	assert.Empty(t, judged(t, a).Verdict(number).Session.Claim)
}

func TestSessionsNotReadyAreNotConfirmed(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	ready := confirmable(t, a, 2026_11)
	for _, v := range judged(t, a).Month(2026_11) {
		if v.Result == fee.NotBillable {
			_, err := a.Confirm(ctx, 2026_11, append(ready, v.Session.Number))
			assert.Equal(t, models.Invalid, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), "算定不可")
		}
	}
	assert.Empty(t, judged(t, a).Facts.Book.Confirmations)
}

func TestMonthIsClosedOnceAndReopenedForAReason(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	month := models.Month(2026_10)

	_, err := a.CloseMonth(ctx, month)
	require.NoError(t, err)
	_, err = a.CloseMonth(ctx, month)
	assert.Equal(t, models.Invalid, models.ErrorCode(err), "closed already")
	_, err = a.ReopenMonth(ctx, month, " ")
	assert.Equal(t, models.Invalid, models.ErrorCode(err), "no reason")
	_, err = a.ReopenMonth(ctx, month, "写しが後から届いたため")
	require.NoError(t, err)
	assert.False(t, judged(t, a).Facts.Book.LastClosing(month).Closed())
	_, err = a.CloseMonth(ctx, month)
	require.NoError(t, err)
	assert.Equal(t, 2, judged(t, a).Facts.Book.LastClosing(month).Number)
}

func TestChangesAfterClosingAreListed(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 2, 10, 0, 0, 0, time.Local)
	a, err := app.Open(ctx, app.Config{
		Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "医事 花子", Now: func() time.Time { return now },
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, a.Close()) }()
	_, err = a.LoadSample(ctx, nil)
	require.NoError(t, err)
	month := models.Month(2026_10)
	_, err = a.CloseMonth(ctx, month)
	require.NoError(t, err)
	none, err := a.ChangesAfterClosing(ctx, month)
	require.NoError(t, err)
	assert.Empty(t, none)

	now = now.Add(24 * time.Hour)
	october, november := judged(t, a).Month(month)[0].Session, judged(t, a).Month(2026_11)[0].Session
	was := october.Body
	october.Body, november.Body = "書き直し", "書き直し"
	_, err = a.Do(ctx, "内容の変更", app.Put(october), app.Put(november))
	require.NoError(t, err)

	changes, err := a.ChangesAfterClosing(ctx, month)
	require.NoError(t, err)
	require.Len(t, changes, 1, "only the closed month's session")
	assert.Equal(t, october.Number, changes[0].Session)
	assert.Equal(t, "医事 花子", changes[0].Actor)
	if was == "" {
		was = "空欄"
	}
	assert.Equal(t, []string{"内容: " + was + " → 書き直し"}, changes[0].Lines)
}

func TestNextCodesFollowTheGreatest(t *testing.T) {
	j := judged(t, sampleApp(t))
	for name, next := range map[string]string{
		"partner": j.NextPartner(), "care manager": j.NextCareManager(), "meeting": j.NextMeeting(),
		"contact": j.NextContact(), "session": j.NextSession(), "staff": j.NextStaff(),
	} {
		assert.Regexp(t, `^[A-Z]+\d+$`, next, name)
	}
	assert.Nil(t, j.Facts.Partner(j.NextPartner()))
	assert.Nil(t, j.Verdict(j.NextSession()))
	assert.Equal(t, "K0100", app.NextAfter("K0099"))
	empty := app.Judged{Facts: fee.NewFacts(&models.Book{}, fee.DefaultParams())}
	assert.Equal(t, "P001", empty.NextPartner())
}

func TestANewRecordGetsItsNumberInTheTransaction(t *testing.T) {
	ctx := context.Background()
	a := sampleApp(t)
	person := models.CareManager{Name: "新しい 人", Qualification: models.QualifiedCM}
	job := models.Affiliation{Partner: judged(t, a).Facts.Book.Partners[0].Code, From: models.MustDate("2026-11-01")}
	before := len(judged(t, a).Facts.Book.CareManagers)

	undo, err := a.Do(ctx, "介護支援専門員 "+app.Number+" の登録", app.New(&person), app.Then(func() []app.Step {
		job.CareManager = person.Code
		return []app.Step{app.New(&job)}
	}))

	require.NoError(t, err)
	require.NotEmpty(t, person.Code)
	assert.Equal(t, "介護支援専門員 "+person.Code+" の登録", undo.What)
	assert.Len(t, judged(t, a).Facts.Book.CareManagers, before+1)
	assert.Equal(t, person.Code, judged(t, a).Facts.Book.CareManagers[before].Code, "after all the others")

	_, err = a.TakeBack(ctx, undo)
	require.NoError(t, err)
	assert.Len(t, judged(t, a).Facts.Book.CareManagers, before)
}

func TestAFailedEditLeavesTheNewRecordWithoutANumber(t *testing.T) {
	a := sampleApp(t)
	contact := models.Contact{On: models.MustDate("2026-11-02"), Kind: models.PhoneCall}

	_, err := a.Do(context.Background(), "登録", app.New(&contact), app.Put(models.Partner{Code: "P998"}))

	require.Error(t, err)
	assert.Equal(t, models.Contact{On: models.MustDate("2026-11-02"), Kind: models.PhoneCall}, contact)
}
