package fee_test

import (
	"fmt"
	"testing"

	"renkei/models/booktest"
	"renkei/models/fee"
)

// BenchmarkJudge indexes and judges whole registers. ns/session stays level as
// long as the time is proportional to the register.
func BenchmarkJudge(b *testing.B) {
	r := rules(b)
	for _, n := range []int{1_000, 10_000, 30_000} {
		book := booktest.Large(n)
		for _, reading := range []struct{ name, key, value string }{
			{"default", "", ""},
			{"any-meeting", "require_cm_attendance", "false"},
			{"office", "relationship_unit", "office"},
			{"none-enough", "meeting_min_count", "99"},
			{"routine", "routine_contact_can_substitute", "true"},
		} {
			params := fee.DefaultParams()
			if reading.key != "" {
				if err := fee.Apply(&params, reading.key, reading.value); err != nil {
					b.Fatal(err)
				}
			}
			b.Run(fmt.Sprintf("%d/%s", n, reading.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					verdicts := booktest.Judge(b, fee.NewFacts(book, params), r)
					if len(verdicts) != len(book.Sessions) {
						b.Fatalf("%d verdicts of %d sessions", len(verdicts), len(book.Sessions))
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(book.Sessions)), "ns/session")
			})
		}
	}
}
