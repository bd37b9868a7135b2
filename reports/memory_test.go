//go:build !race

package reports

import (
	"context"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
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

// BenchmarkTimeline writes long lists. live-MiB is the peak while writing,
// without the register. Excelize keeps up to 16 MiB of a sheet in memory before
// it uses a file, so live-B/row falls as the rows grow.
func BenchmarkTimeline(b *testing.B) {
	for _, rows := range []int{5_000, 20_000, 80_000} {
		r := longTimeline(rows)
		written := float64(len(timelineContacts(&r)))
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "timeline.xlsx")
			peak := 0.0
			b.ReportAllocs()
			for b.Loop() {
				g := newGauge()
				require.NoError(b, writeTimeline(g, path, r))
				peak = max(peak, g.peak())
			}
			b.ReportMetric(peak/written, "live-B/row")
			b.ReportMetric(peak/(1<<20), "live-MiB")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/written/1000, "µs/row")
		})
	}
}

// It runs without the race detector, which takes memory of its own and ten
// times the time.
func TestMemoryOfALongTimelineStaysWhileItGrowsAndItIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "timeline.xlsx")
	peak := func(r Request) float64 {
		g := newGauge()
		require.NoError(t, writeTimeline(g, path, r))
		require.Greater(t, g.asked, len(timelineContacts(&r)))
		return g.peak()
	}
	many := peak(longTimeline(40_000))
	r := longTimeline(20_000)
	few := peak(r)
	assert.Less(t, many, 1.25*few, "twice the rows hold no more")
	assert.Less(t, many, 48.0*(1<<20), "bytes")

	contacts := timelineContacts(&r)
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
