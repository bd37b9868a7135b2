//go:build unix && !race

package reports

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// BenchmarkTimeline writes lists of one year and of ten of a large hospital,
// and beside them the same cells with excelize's StreamWriter alone: no styles,
// no heights, nothing looked up. Only the ratios of the two are reported: CPU
// time, the most memory held, and memory allocated. In one register every 内容
// is the same sentence, in the other none is.
func BenchmarkTimeline(b *testing.B) {
	for _, rows := range []int{42_000, 420_000} {
		for _, unlike := range []bool{false, true} {
			name := map[bool]string{false: "repeated", true: "unlike"}[unlike]
			b.Run(fmt.Sprintf("%s-%d", name, rows), func(b *testing.B) {
				r := longTimeline(rows)
				if unlike {
					tellApart(r.Facts.Book.Contacts)
				}
				path := filepath.Join(b.TempDir(), "timeline.xlsx")
				report := func() { require.NoError(b, timelineKind.Write(context.Background(), path, r)) }
				bare := func() { writeBare(b, path, r.Facts.Book.Contacts) }
				var own, other spent
				for b.Loop() {
					own.add(measure(report))
					other.add(measure(bare))
				}
				b.ReportMetric(own.cpu/other.cpu, "cpu-ratio")
				b.ReportMetric(own.live/other.live, "memory-ratio")
				b.ReportMetric(own.allocated/other.allocated, "allocated-ratio")
				b.ReportMetric(0, "ns/op") // a figure of the machine
			})
		}
	}
}

// tellApart gives every やり取り a 内容 of its own, from a few words to a few
// lines.
func tellApart(contacts []models.Contact) {
	for i := range contacts {
		contacts[i].Body = fmt.Sprintf("%d番目: %s", i, strings.Repeat("退院後の暮らしと家屋の状況を確認、", 1+i%5))
	}
}

// writeBare writes the やり取り as they are recorded, as many columns as the
// report has.
func writeBare(t testing.TB, path string, contacts []models.Contact) {
	file := excelize.NewFile(excelize.Options{TmpDir: t.TempDir()})
	out, err := file.NewStreamWriter("Sheet1")
	require.NoError(t, err)
	cells := make([]any, 14)
	for i := range contacts {
		c := &contacts[i]
		for k, v := range []any{int(c.On), c.Time, string(c.Kind), string(c.Initiator), c.Partner, c.Partner, c.CareManager, c.CareManager,
			c.Staff[0], c.Purpose, c.Body, c.PatientID, c.PatientID, c.Number} {
			cells[k] = v
		}
		require.NoError(t, out.SetRow(cellName(1, i+1), cells))
	}
	require.NoError(t, out.Flush())
	require.NoError(t, file.SaveAs(path))
	require.NoError(t, file.Close())
}

// spent is what a piece of work took: CPU seconds of the process, the most
// bytes it held at once, and the bytes it allocated.
type spent struct{ cpu, live, allocated float64 }

func (s *spent) add(o spent) {
	s.cpu, s.live, s.allocated = s.cpu+o.cpu, max(s.live, o.live), s.allocated+o.allocated
}

// measure does the work twice: once for its CPU time, and once while collecting
// all the time, for what it holds.
func measure(work func()) spent {
	var s spent
	held()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	from := cpuSeconds()
	work()
	s.cpu = cpuSeconds() - from
	runtime.ReadMemStats(&after)
	s.allocated = float64(after.TotalAlloc - before.TotalAlloc)
	s.live = mostHeld(work)
	return s
}

func mostHeld(work func()) float64 {
	before, most := float64(held()), 0.0
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
				runtime.GC()
				metrics.Read(sample)
				most = max(most, float64(sample[0].Value.Uint64()))
			}
		}
	}()
	work()
	close(done)
	<-stopped
	return max(0, most-before)
}

// cpuSeconds returns the CPU time of the process so far.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
