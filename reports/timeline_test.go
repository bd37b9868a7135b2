package reports

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
)

// longTimeline asks for at least that many やり取り.
func longTimeline(rows int) Request {
	const perAdmission = 7
	facts := fee.NewFacts(booktest.Large((rows+perAdmission-1)/perAdmission), fee.DefaultParams())
	return Request{Facts: facts, OutputOn: 2026_11_22, Period: models.Period{From: 2000_01_01, To: 2100_12_31}}
}

func TestTimelineStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	folder := t.TempDir()
	err := writeTimeline(ctx, filepath.Join(folder, "timeline.xlsx"), longTimeline(100))
	assert.Equal(t, models.Canceled, models.ErrorCode(err))
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}
