package ledger

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"renkei/models/booktest"
)

// BenchmarkRead reads a workbook and a folder of CSV. The time per admission
// must stay level from 1,000 to 30,000 admissions.
func BenchmarkRead(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		book := booktest.Large(n)
		for _, name := range []string{"book.xlsx", "book/"} {
			b.Run(fmt.Sprintf("%s-%d", filepath.Ext("x"+name), n), func(b *testing.B) {
				path := filepath.Join(b.TempDir(), name)
				if name == "book/" {
					path += "/"
				}
				require.NoError(b, Write(context.Background(), path, book, nil))
				for b.Loop() {
					r := mustRead(b, path)
					require.Len(b, r.Book.Admissions, n)
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/admission")
			})
		}
	}
}

// BenchmarkWrite writes the workbook of 1,000 and 10,000 admissions.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		book := booktest.Large(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "book.xlsx")
			for b.Loop() {
				require.NoError(b, Write(context.Background(), path, book, nil))
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/admission")
		})
	}
}
