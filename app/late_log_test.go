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
	"renkei/app/apptest"
	"renkei/models"
)

// closeAsBefore closes a month as programs did that kept no verdicts.
func closeAsBefore(t *testing.T, a *app.App, month models.Month, at time.Time) {
	t.Helper()
	_, err := a.Do(context.Background(), "締め", app.Put(models.Closing{Month: month, Number: 1, ClosedBy: "医事 花子", ClosedAt: at.UTC().Format(time.RFC3339)}))
	require.NoError(t, err)
}

func TestOfAClosingThatKeptNothingTheEditsAreListed(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 2, 10, 0, 0, 0, time.Local)
	a := apptest.Sample(t, apptest.At(func() time.Time { return now }))
	closeAsBefore(t, a, 2026_10, now)
	assert.Empty(t, onlyClosing(t, a, 2026_10).Log)

	now = now.Add(24 * time.Hour)
	october, november := judged(t, a).Month(2026_10)[0].Session, judged(t, a).Month(2026_11)[0].Session
	was := october.Body
	october.Body, november.Body = "書き直し", "書き直し"
	_, err := a.Do(ctx, "内容の変更", app.Put(october), app.Put(november))
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
	a := apptest.Empty(t, apptest.At(func() time.Time { return now }))
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
	_, err := a.Do(ctx, "共同指導の登録", app.Put(before))
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
			a := apptest.Empty(t, apptest.At(func() time.Time { return now }))
			_, err := a.Do(ctx, "共同指導の登録", app.Put(models.JointGuidance{Number: "G0", On: 2026_10_30}))
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
