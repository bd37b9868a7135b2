package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/ledger"
	"renkei/models"
	"renkei/models/fee"
)

func judged(t *testing.T, a *app.App) *app.Judged {
	t.Helper()
	j, err := a.Judged(context.Background(), models.Part{Whole: true})
	require.NoError(t, err)
	return j
}

func TestEditsCanBeTakenBackAndDoneAgain(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	before := judged(t, a).Facts.Book
	partner := before.Partners[0]
	added := models.Partner{Code: "P900", Name: "新しい居宅", Kind: models.CareOffice}
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
	a := apptest.Sample(t)
	good := models.Partner{Code: "P999", Name: "新しい居宅", Kind: models.CareOffice}

	_, err := a.Do(ctx, "連携先の登録", app.Put(good), app.Put(models.Partner{Code: "P998"}))

	assert.Equal(t, models.Invalid, models.ErrorCode(err))
	assert.Nil(t, judged(t, a).Facts.Partner("P999"))
}

func TestEditOverAnOlderVersionIsAConflict(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
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
	a := apptest.Sample(t)
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

// confirmable returns the sessions of a month that are 確定可 and not recorded
// as billed.
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

// seen is what a person sees of sessions now.
func seen(t *testing.T, a *app.App, numbers ...string) []app.Seen {
	t.Helper()
	var sessions []app.Seen
	for _, number := range numbers {
		v := judged(t, a).Verdict(number)
		sessions = append(sessions, app.Seen{Number: number, Result: v.Result, Points: v.Points})
	}
	return sessions
}

func TestOnlyWhatWasSeenIsConfirmed(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	const number = "G0384"
	before := seen(t, a, number)
	require.Equal(t, []app.Seen{{Number: number, Result: fee.Fee2, Points: 500}}, before)
	take(t, a, folder(t, map[string]string{"設定": "キー,値\nmeeting_min_count,90\n"}), ledger.Choice{TakeBook: true})

	_, err := a.Confirm(ctx, 2026_11, before)

	assert.Equal(t, models.Conflict, models.ErrorCode(err))
	assert.Contains(t, models.ErrorMessage(err), "見ているあいだに変わりました（指導料2 500点 → 指導料1 400点）。まだ確定していません")
	assert.Empty(t, judged(t, a).Facts.Book.Confirmations)
	_, err = a.Confirm(ctx, 2026_11, []app.Seen{{Number: number, Result: fee.Fee1, Points: 500}})
	assert.Equal(t, models.Conflict, models.ErrorCode(err), "other points are another claim")
	_, err = a.Confirm(ctx, 2026_11, seen(t, a, number))
	require.NoError(t, err, "seen anew")
}

func TestConfirmingKeepsClassPointsAndRuleVersion(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	numbers := confirmable(t, a, 2026_11)

	undo, err := a.Confirm(ctx, 2026_11, seen(t, a, numbers...))
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
	a := apptest.Sample(t)
	number := confirmable(t, a, 2026_11)[0]
	_, err := a.Confirm(ctx, 2026_11, seen(t, a, number))
	require.NoError(t, err)

	_, err = a.Unconfirm(ctx, []string{number})

	require.NoError(t, err)
	assert.Nil(t, judged(t, a).Facts.Book.ConfirmationOf(number))
	session := judged(t, a).Verdict(number).Session
	assert.Empty(t, session.Claim)
	assert.Zero(t, session.ClaimMonth)
}

// A claim that came with an imported book stays when its 確定 is taken back,
// and so does the yearly count.
func TestWithdrawingAConfirmationPutsBackAnImportedClaim(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	var of *fee.Verdict
	for i, v := range judged(t, a).Verdicts {
		if v.Session.Claim.Recorded() && v.Session.ClaimMonth != 0 && v.Confirmable() {
			of = &judged(t, a).Verdicts[i]
		}
	}
	require.NotNil(t, of)
	number, claim, month := of.Session.Number, of.Session.Claim, of.Session.ClaimMonth
	before, err := a.Monitor(ctx, 2026_11_22)
	require.NoError(t, err)
	for range 2 { // confirming twice keeps what was there before the first time
		_, err = a.Confirm(ctx, month.Add(1), seen(t, a, number))
		require.NoError(t, err)
	}

	_, err = a.Unconfirm(ctx, []string{number})

	require.NoError(t, err)
	session := judged(t, a).Verdict(number).Session
	assert.Equal(t, claim, session.Claim)
	assert.Equal(t, month, session.ClaimMonth)
	after, err := a.Monitor(ctx, 2026_11_22)
	require.NoError(t, err)
	assert.Equal(t, before.FeeCountConfirmed, after.FeeCountConfirmed)
}

func TestAClosedMonthIsNeitherConfirmedNorUnconfirmed(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	numbers := ready(t, a, 2026_10)
	_, err := a.Confirm(ctx, 2026_10, seen(t, a, numbers[:1]...))
	require.NoError(t, err)
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	for what, try := range map[string]func() (*app.Undo, error){
		"確定はできません":            func() (*app.Undo, error) { return a.Confirm(ctx, 2026_10, seen(t, a, numbers[1:2]...)) },
		"2026-10は締めてあるため、確定は": func() (*app.Undo, error) { return a.Confirm(ctx, 2026_11, seen(t, a, numbers[1:2]...)) },
		"確定の取消しはできません":        func() (*app.Undo, error) { return a.Unconfirm(ctx, numbers[:1]) },
	} {
		_, err := try()
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
		assert.Contains(t, models.ErrorMessage(err), what)
	}
	_, err = a.ReopenMonth(ctx, 2026_10, "返戻のため")
	require.NoError(t, err)
	_, err = a.Unconfirm(ctx, numbers[:1])
	require.NoError(t, err)
}

func TestWhyASessionCannotBeConfirmed(t *testing.T) {
	warned := func(result fee.Result, codes ...string) *fee.Verdict {
		v := &fee.Verdict{Result: result}
		for _, code := range codes {
			v.Warnings = append(v.Warnings, fee.Warning{Code: code, Text: code + "のわけ"})
		}
		return v
	}
	for _, c := range []struct {
		verdict *fee.Verdict
		want    string
	}{
		{warned(fee.Fee2), ""},
		{warned(fee.Fee1, "W3", "W5"), ""},
		{warned(fee.Fee1, "W1", "W5"), "W1のわけ"},
		{warned(fee.Fee1, "W2"), "W2のわけ"},
		{warned(fee.FeeLegacy, "W1", "W2", "W7"), "W1のわけ。W2のわけ。W7のわけ"},
		{warned(fee.NotBillable, "W1"), "判定は算定不可です"},
		{warned(fee.NotBillable, "W7"), "W7のわけ"},
		{warned(fee.Pending), "判定は判定保留です"},
	} {
		assert.Equal(t, c.want, app.WhyNotConfirmable(c.verdict))
	}
}

func TestSessionsNotReadyAreNotConfirmed(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	ready := confirmable(t, a, 2026_11)
	for _, v := range judged(t, a).Month(2026_11) {
		if v.Result == fee.NotBillable {
			_, err := a.Confirm(ctx, 2026_11, seen(t, a, append(ready, v.Session.Number)...))
			assert.Equal(t, models.Invalid, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), "算定不可")
		}
	}
	assert.Empty(t, judged(t, a).Facts.Book.Confirmations)
}

func TestMonthIsClosedOnceAndReopenedForAReason(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
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
	for _, open := range []models.Month{month, month.Add(-1)} {
		_, err = a.ReopenMonth(ctx, open, "もう一度")
		assert.Equal(t, open.String()+"は締めてありません", models.ErrorMessage(err))
	}
	_, err = a.CloseMonth(ctx, month)
	require.NoError(t, err)
	assert.Equal(t, 2, judged(t, a).Facts.Book.LastClosing(month).Number)
}

func TestANewRecordGetsItsNumberInTheTransaction(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
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

func TestABlankCodeIsNoFaultWhereSavingGivesOne(t *testing.T) {
	const today models.Date = 2026_11_22
	nurse := models.Staff{From: 2026_04_01, Name: "渡邉 恵", Job: models.Nurse}
	assert.Empty(t, app.EntryProblems(nurse, models.Staff{}, today))
	assert.Empty(t, nurse.Code, "the record itself stays without")

	nurse.From = 2062_04_01
	problems := app.EntryProblems(nurse, models.Staff{}, today)
	require.Len(t, problems, 1)
	assert.Equal(t, "所属開始", problems[0].Field)

	ward := models.Ward{ValidFrom: 2024_04_01, Name: "3東病棟", Class: models.WardClassI, FeeTreatment: models.FeeSeparate}
	problems = app.EntryProblems(ward, models.Ward{}, today)
	require.Len(t, problems, 1, "a ward is not numbered")
	assert.Equal(t, "病棟コード", problems[0].Field)
}

func TestAFailedEditLeavesTheNewRecordWithoutANumber(t *testing.T) {
	a := apptest.Sample(t)
	contact := models.Contact{On: models.MustDate("2026-11-02"), Kind: models.PhoneCall}

	_, err := a.Do(context.Background(), "登録", app.New(&contact), app.Put(models.Partner{Code: "P998"}))

	require.Error(t, err)
	assert.Equal(t, models.Contact{On: models.MustDate("2026-11-02"), Kind: models.PhoneCall}, contact)
}
