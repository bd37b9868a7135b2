package cli_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/cli"
	"renkei/models"
)

// The command and the workbook say the same about a closed month, also for a
// copy of the register.
func TestAClosedMonthIsToldAlikeByCommandAndWorkbook(t *testing.T) {
	ctx := context.Background()
	db := sampled(t)
	now := func() time.Time { return today }
	a, err := app.Open(ctx, app.Config{Data: db, Actor: "医事 花子", Now: now})
	require.NoError(t, err)
	judged, err := a.Judged(ctx, models.Part{Whole: true})
	require.NoError(t, err)
	was := 0
	for _, v := range judged.Month(2026_10) {
		was += v.Points
	}
	require.NoError(t, apptest.ConfirmAll(ctx, a, 2026_10))
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	_, err = a.Do(ctx, "規程", app.New(&models.Policy{Edition: "第3版", EffectiveOn: 2026_09_01,
		Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes}))
	require.NoError(t, err)
	copied, err := a.BackUpNow(ctx)
	require.NoError(t, err)
	require.NoError(t, a.Close())

	for _, data := range []string{db, copied} {
		judge := run(t, "judge", "--month", "2026-10", "--data", data)
		require.Equal(t, cli.Done, judge.status, judge.err)
		lines := strings.Split(strings.TrimSpace(judge.out), "\n")
		closing, confirmed, sum := lines[len(lines)-1], lines[len(lines)-2], lines[len(lines)-3]
		assert.Equal(t, "確定 20件 9,400点", confirmed)
		assert.Contains(t, sum, "計 40件 4,500点")
		assert.Contains(t, closing, "13,200点 → 4,500点（−8,700点）")
		assert.Equal(t, 13200, was)

		out := filepath.Join(t.TempDir(), "月次.xlsx")
		require.Equal(t, cli.Done, run(t, "report", "monthly", "--month", "2026-10", "--data", data, "-o", out).status)
		file, err := excelize.OpenFile(out)
		require.NoError(t, err)
		told, err := file.GetCellValue("締め後の変更", "A3")
		require.NoError(t, err)
		assert.Equal(t, closing, told)
		head, err := file.GetCellValue("算定一覧", "A3")
		require.NoError(t, err)
		assert.Contains(t, head, "うち確定済 20件 9,400点")
		require.NoError(t, file.Close())
	}
}
