package store

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUpsert(t *testing.T) {
	t.Run("every field comes back as it was written", func(t *testing.T) {
		s := openTemp(t)
		changes := upsert(t, s, fullBook())
		assert.Equal(t, fullBook(), read(t, s))
		assert.Equal(t, SheetChanges{Sheet: "合計", Added: 15}, changes.Total())
		assert.Equal(t, SheetChanges{Sheet: "会議出席", Added: 3}, changes[8])
	})

	t.Run("the same book again touches nothing", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		before := revision(t, s)
		changes := upsert(t, s, fullBook())
		assert.Equal(t, SheetChanges{Sheet: "合計", Same: 15}, changes.Total())
		assert.Equal(t, before, revision(t, s))
		assert.Equal(t, fullBook(), read(t, s))
	})
}

func BenchmarkUpsert(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		book := bigBook(n)
		b.Run(sizeName(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := openTemp(b)
				b.StartTimer()
				changes := upsert(b, s, book)
				b.StopTimer()
				require.Equal(b, len(book.Admissions), changes[10].Added)
				b.StartTimer()
			}
		})
	}
}

func BenchmarkBook(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		s := openTemp(b)
		upsert(b, s, bigBook(n))
		b.Run(sizeName(n), func(b *testing.B) {
			for b.Loop() {
				require.Len(b, read(b, s).Admissions, n+1)
			}
		})
	}
}
