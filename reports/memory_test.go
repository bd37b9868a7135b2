//go:build !race

package reports

import (
	"context"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// gauge is a context that measures memory while a report is written: every list
// asks its context at every row.
type gauge struct {
	context.Context
	asked  int
	before uint64
	most   uint64
}

func newGauge() *gauge {
	g := &gauge{Context: context.Background()}
	g.before = held()
	return g
}

// held returns the memory in use after a collection, in bytes.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

const rowsBetween = 2_500

func (g *gauge) Err() error {
	if g.asked++; g.asked%rowsBetween == 0 {
		g.most = max(g.most, held())
	}
	return nil
}

// peak returns the most memory the report held beyond the start, in bytes.
func (g *gauge) peak() float64 { return max(0, float64(g.most)-float64(g.before)) }

// It runs without the race detector, which takes memory of its own and ten
// times the time.
func TestMemoryOfALongTimelineStaysWhileItGrowsAndItIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "timeline.xlsx")
	peak := func(r Request) float64 {
		g := newGauge()
		require.NoError(t, writeTimeline(g, path, r))
		require.Greater(t, g.asked, 2*len(r.Facts.Book.Contacts), "asked at every row of both passes")
		return g.peak()
	}
	many := peak(longTimeline(40_000))
	r := longTimeline(20_000)
	few := peak(r)
	assert.Less(t, many, 1.25*few, "twice the rows hold no more")
	assert.Less(t, many, 48.0*(1<<20), "bytes")

	var contacts []models.Contact
	for c, err := range timelineContacts(&r) {
		require.NoError(t, err)
		contacts = append(contacts, *c)
	}
	file, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer func() { assert.NoError(t, file.Close()) }()
	rows, err := file.Rows("やり取り")
	require.NoError(t, err)
	defer func() { assert.NoError(t, rows.Close()) }()
	n := 0
	for rows.Next() {
		cells, err := rows.Columns()
		require.NoError(t, err)
		if n++; n <= 4 || n > 4+len(contacts) {
			continue
		}
		c := contacts[n-5]
		require.Equal(t, []string{c.On.String(), c.Number}, []string{cells[0], cells[len(cells)-1]}, "row %d", n)
	}
	require.NoError(t, rows.Error())
	assert.Equal(t, 4+len(contacts)+2, n, "the list, the gap and the note")
}
