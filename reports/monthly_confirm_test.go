package reports

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

// closed returns October with four sessions confirmed and the month closed
// twice. Since then one confirmed session became 指導料1, another not billable,
// and a third was deleted. The first closing kept no verdicts.
func closed() Monthly {
	m := october()
	m.Confirmed = map[string]models.Confirmation{
		"G001": {Session: "G001", Claim: models.ClaimFee2, Points: 500, Month: 2026_10},
		"G002": {Session: "G002", Claim: models.ClaimFee2, Points: 500, Month: 2026_10},
		"G004": {Session: "G004", Claim: models.ClaimFee2, Points: 500, Month: 2026_10}, // judged 指導料1
		"G008": {Session: "G008", Claim: models.ClaimFee2, Points: 500, Month: 2026_10}, // judged 算定不可
	}
	m.Closing = &models.Closing{Month: 2026_10, Number: 2, ClosedBy: "医事 花子", ClosedAt: "2026-11-05T01:02:03Z"}
	at := time.Date(2026, 11, 6, 3, 4, 5, 0, time.UTC)
	now := func(number string) *fee.Verdict {
		return &m.Verdicts[slices.IndexFunc(m.Verdicts, func(v fee.Verdict) bool { return v.Session.Number == number })]
	}
	was := func(number, patient string) *models.ClosedVerdict {
		return &models.ClosedVerdict{Month: 2026_10, Number: 2, Session: number, PatientID: patient, On: 2026_10_06, Result: "指導料2", Points: 500}
	}
	g004, g008 := m.Confirmed["G004"], m.Confirmed["G008"]
	m.AfterClosings = []fee.AfterClosing{
		{Closing: *m.Closing, Kept: true, Before: 4600, After: 3100, Changes: []fee.Late{
			{Session: "G004", Was: was("G004", "00000041"), Now: now("G004"), InMonth: true, Confirmed: &g004,
				Differences: []string{"判定: 指導料2 500点 → 指導料1 400点", "コード: 11 → 13"},
				Causes:      []fee.Cause{{Sheet: "病棟", Key: "4W/2024-04-01", Name: "4西病棟", Lines: []string{"加算1届出開始: 2026-06-01 → 2026-11-01"}, At: at, Actor: "+81 太郎"}}},
			{Session: "G008", Was: was("G008", "00000060"), Now: now("G008"), InMonth: true, Confirmed: &g008,
				Differences: []string{"判定: 指導料2 500点 → 算定不可 0点"}, Together: true,
				Causes: []fee.Cause{{Sheet: "設定", Key: "meeting_min_count", Name: "平時の会議の回数", Lines: []string{"1 → 2"}}}},
			{Session: "G777", Was: was("G777", "00000777"), Differences: []string{"記録が削除されました: 指導料2 500点 → なし"}},
		}},
		{Closing: models.Closing{Month: 2026_10, Number: 1, ClosedBy: "医事", ClosedAt: "2026-11-03T01:02:03Z", ReopenedBy: "医事",
			ReopenedAt: "2026-11-04T01:02:03Z", Reason: "記載もれ"}, Log: []models.LateChange{
			{At: at, Actor: "渡邉 恵", Session: "G008", Lines: []string{"同意日: 2026-10-01 → 2026-10-04", "内容: =1+1 → @x"}}}},
	}
	return m
}

func TestMonthlyTellsConfirmedFromOpen(t *testing.T) {
	file := written(t, closed())
	t.Run("class and points of the 確定, or of the verdict without one", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "区分")
		assert.Equal(t, []string{
			"指導料2 4 2,000 20,000 1 500 5,000 0 1 2",
			"指導料1 0 0 0 3 1,200 12,000 2 1 0",
			"旧区分 0 0 0 0 0 0 0 0 0",
			"計 4 2,000 20,000 4 1,700 17,000 2 2 2",
		}, figures(rows, 10))
	})
	t.Run("a confirmed session is no longer 確定可", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "判定")
		assert.Equal(t, "指導料2 3 1,500 15,000 2 0 2", figures(rows, 7)[0])
		assert.Equal(t, "算定不可 3 0 0 1 0 1", figures(rows, 7)[6])
	})
	t.Run("a confirmed session that is not billable now is at stake with its points", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "内容")
		assert.Equal(t, "記録と判定の相違 1 500 5,000", figures(rows, 4)[3])
	})
	t.Run("every confirmed session stays in the list, with the points it was confirmed with", func(t *testing.T) {
		header, rows := tableUnder(t, file, "算定一覧", "患者ID")
		assert.Equal(t, []string{"確定済", "確定済", "要対応", "確定と\n相違\n500→\n400点", "要対応", "確定可", "確定と\n相違\n500→\n0点", "確定可"},
			columnOf(t, header, rows, "状態"))
		assert.Equal(t, []string{"500", "500", "500", "500", "400", "400", "500", "400"}, columnOf(t, header, rows, "点数"), "2,000 + 1,700 of 集計")
		assert.Equal(t, "113099910", columnOf(t, header, rows, "診療行為コード")[6])
		head, err := file.GetCellValue("算定一覧", "A3")
		require.NoError(t, err)
		assert.Contains(t, head, "全 8件　3,700点　37,000円　うち確定済 4件 2,000点")
	})
	t.Run("the head says who stands behind the figures", func(t *testing.T) {
		note, err := file.GetCellValue("集計", "A3")
		require.NoError(t, err)
		assert.Contains(t, note, "確定済の4件 2,000点は医事課が確定したものです。未確定の4件 1,700点は判定案で")
	})
	t.Run("differences since each closing, with cause and points", func(t *testing.T) {
		header, rows := tableUnder(t, file, "締め後の変更", "患者ID")
		value := func(name string) []string { return columnOf(t, header, rows, name) }
		assert.Equal(t, []string{"G004", "G008", "G777", "G008"}, value("指導番号"))
		assert.Equal(t, []string{"2回目", "2回目", "2回目", "1回目"}, value("締め"))
		assert.Equal(t, []string{"500", "500", "500", ""}, value("締めた時の点数"))
		assert.Equal(t, []string{"指導料1", "算定不可", "（この月にない）", ""}, value("今の判定"))
		assert.Equal(t, []string{"400", "0", "0", ""}, value("今の点数"))
		assert.Equal(t, []string{"−100", "−500", "−500", ""}, value("差（点）"))
		local := time.Date(2026, 11, 6, 3, 4, 5, 0, time.UTC).Local().Format("2006-01-02 15:04")
		assert.Equal(t, []string{"病棟 4W/2024-04-01（4西病棟） 加算1届出開始: 2026-06-01 → 2026-11-01（" + local + " +81 太郎）",
			"いくつかの変更が重なっています\n判定基準 平時の会議の回数: 1 → 2", "記録の変更では説明できません（判定ルールの改定など）",
			local + " 渡邉 恵\n同意日: 2026-10-01 → 2026-10-04\n内容: =1+1 → @x"}, value("原因（前 → 後）"))
		assert.Equal(t, []string{"指導料2\n500点", "指導料2\n500点", "―", ""}, value("確定"))
	})
	t.Run("who closed the month, when, and the sum of changes", func(t *testing.T) {
		head, err := file.GetCellValue("締め後の変更", "A3")
		require.NoError(t, err)
		assert.Contains(t, head, "医事 花子（2回目）　締めたときとの違い 3件（うち点数が変わる 3件）　4,600点 → 3,100点（−1,500点）")
		head, err = file.GetCellValue("締め後の変更", "A4")
		require.NoError(t, err)
		assert.Contains(t, head, "変更 1件（判定の控えなし）")
	})
}

func TestMonthlyOfAMonthThatIsAllConfirmed(t *testing.T) {
	m := closed()
	for _, v := range m.Verdicts {
		if v.Result.Billable() {
			if _, ok := m.Confirmed[v.Session.Number]; !ok {
				m.Confirmed[v.Session.Number] = models.Confirmation{Session: v.Session.Number, Claim: models.ClaimFee1, Points: 400}
			}
		}
	}
	note, err := written(t, m).GetCellValue("集計", "A3")
	require.NoError(t, err)
	assert.Contains(t, note, "この月は医事課が確定しています（8件 3,600点）")
	assert.NotContains(t, note, "判定案")
}

func TestMonthlyOfAMonthNotClosed(t *testing.T) {
	m := october()
	words := map[string]*models.Closing{
		"締め: まだ締めていません": nil,
		"（理由: 記載もれ）": {Month: 2026_10, Number: 1, ClosedBy: "医事", ClosedAt: "2026-11-05T01:02:03Z",
			ReopenedBy: "医事", ReopenedAt: "2026-11-06T01:02:03Z", Reason: "記載もれ"},
	}
	for want, closing := range words {
		t.Run(want, func(t *testing.T) {
			m.Closing = closing
			head, err := written(t, m).GetCellValue("締め後の変更", "A3")
			require.NoError(t, err)
			assert.Contains(t, head, want)
		})
	}
}

func TestMonthlyOfTheSampleHospital(t *testing.T) {
	r := sampleRequest(t)
	file := writtenKind(t, "monthly", r)
	t.Run("points are those of the results, every session of the month once", func(t *testing.T) {
		sessions, points := 0, 0
		for _, s := range sampleSheet(t, "共同指導") {
			if strings.HasPrefix(s["指導日"], "2026-10") {
				sessions++
			}
		}
		for i := range r.Verdicts {
			if v := &r.Verdicts[i]; v.Session.On.Month() == 2026_10 {
				points += map[fee.Result]int{fee.Fee2: 500, fee.Fee1: 400, fee.FeeLegacy: 400}[v.Result]
			}
		}
		header, rows := tableUnder(t, file, "集計", "判定")
		last := len(rows) - 1
		assert.Equal(t, sessions, number(t, columnOf(t, header, rows, "件数")[last]))
		assert.Equal(t, points, number(t, columnOf(t, header, rows, "点数")[last]))
		assert.Equal(t, 10*points, number(t, columnOf(t, header, rows, "金額（円）")[last]))
	})
	checkWorkbook(t, "monthly", r)
}
