package app_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
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
	session := judged(t, a).Verdict(number).Session
	assert.Empty(t, session.Claim)
	assert.Zero(t, session.ClaimMonth)
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
	for _, open := range []models.Month{month, month.Add(-1)} {
		_, err = a.ReopenMonth(ctx, open, "もう一度")
		assert.Equal(t, open.String()+"は締めてありません", models.ErrorMessage(err))
	}
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
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	now = closing.Add(time.Minute)
	_, err = a.Do(ctx, "共同指導の変更", app.Put(after))
	require.NoError(t, err)

	changes, err := a.ChangesAfterClosing(ctx, 2026_10)
	require.NoError(t, err)
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
			_, err = a.CloseMonth(ctx, c.month)
			require.NoError(t, err)
			now = closing.Add(c.at)
			_, err = a.Do(ctx, "共同指導の登録", app.Put(models.JointGuidance{Number: "G1", On: 2026_10_31}), app.Put(models.JointGuidance{Number: "G2"}))
			require.NoError(t, err)
			changes, err := a.ChangesAfterClosing(ctx, c.month)
			require.NoError(t, err)
			require.Len(t, changes, c.late)
			if c.late == 1 {
				assert.Equal(t, models.LateChange{At: now, Actor: "医事 花子", Session: "G1", Lines: []string{"新しい記録"}}, changes[0])
				_, err = a.Do(ctx, "共同指導の取消し", app.Remove(judged(t, a).Verdict("G1").Session))
				require.NoError(t, err)
				changes, err = a.ChangesAfterClosing(ctx, c.month)
				require.NoError(t, err)
				require.Len(t, changes, 2)
				assert.Equal(t, []string{"削除"}, changes[1].Lines)
			}
		})
	}
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
