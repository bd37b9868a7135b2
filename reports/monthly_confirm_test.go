package reports

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

// closed returns October with four sessions confirmed, the month closed, and
// three changes after it: one confirmed session is judged otherwise now.
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
	m.LateChanges = []LateChange{
		{At: at.Add(time.Hour), Actor: "渡邉 恵", Session: "G008", Lines: []string{"同意日: 2026-10-01 → 2026-10-04", "内容: =1+1 → @x"}},
		{At: at, Actor: "+81 太郎", Session: "G004", Lines: []string{"職員コード: S01 → S09"}},
		{At: at.Add(2 * time.Hour), Actor: "渡邉 恵", Session: "G777", Lines: []string{"削除"}},
	}
	return m
}

func TestMonthlyTellsConfirmedFromOpen(t *testing.T) {
	file := written(t, closed())
	t.Run("by the class and points of the 確定, and by the judgement where there is none", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "区分")
		assert.Equal(t, []string{
			"指導料2 4 2,000 20,000 1 500 5,000 0 1 2",
			"指導料1 0 0 0 3 1,200 12,000 2 1 0",
			"旧区分 0 0 0 0 0 0 0 0 0",
			"計 4 2,000 20,000 4 1,700 17,000 2 2 2",
		}, figures(rows, 10))
	})
	t.Run("the state of every billable session", func(t *testing.T) {
		header, rows := tableUnder(t, file, "算定一覧", "患者ID")
		assert.Equal(t, []string{"確定済", "確定済", "要対応", "確定と\n相違", "要対応", "確定可", "確定可"}, columnOf(t, header, rows, "状態"))
	})
	t.Run("changes after the closing, oldest first, with the session as it is now", func(t *testing.T) {
		header, rows := tableUnder(t, file, "締め後の変更", "変更日時")
		value := func(name string) []string { return columnOf(t, header, rows, name) }
		assert.Equal(t, []string{"G004", "G008", "G777"}, value("指導番号"))
		assert.Equal(t, time.Date(2026, 11, 6, 3, 4, 5, 0, time.UTC).Local().Format("2006-01-02 15:04"), value("変更日時")[0])
		assert.Equal(t, "+81 太郎", value("変更した人")[0])
		assert.Equal(t, "同意日: 2026-10-01 → 2026-10-04\n内容: =1+1 → @x", value("変更の内容（前 → 後）")[1])
		assert.Equal(t, []string{"00000041", "00000060", ""}, value("患者ID"))
		assert.Equal(t, []string{"指導料2\n500点\n判定と相違", "指導料2\n500点\n判定と相違", "（この月にない）"}, value("確定"))
		assert.Equal(t, []string{string(fee.Fee1), string(fee.NotBillable), ""}, value("判定"))
	})
	t.Run("who closed the month and when", func(t *testing.T) {
		head, err := file.GetCellValue("締め後の変更", "A3")
		require.NoError(t, err)
		assert.Contains(t, head, "医事 花子（2回目）　変更 3件（共同指導 3件）")
	})
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
