package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"renkei/models"
	"renkei/models/booktest"
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

	t.Run("a change raises the version of that record alone", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		book := fullBook()
		book.Sessions[0].Staff = []string{"S01"}
		book.Attendances[0].Affiliation = "もみじ"
		book.Admissions[0].CareManager = ""
		changes := upsert(t, s, book)
		assert.Equal(t, SheetChanges{Sheet: "合計", Changed: 3, Same: 12}, changes.Total())
		book.Sessions[0].Version, book.Attendances[0].Version, book.Admissions[0].Version = 2, 2, 2
		assert.Equal(t, book, read(t, s))
		assert.EqualValues(t, 2, revision(t, s))
	})

	t.Run("records that are not in the book stay", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		changes := upsert(t, s, &models.Book{Settings: []models.Setting{{Key: "a", Value: "b"}}})
		assert.Equal(t, SheetChanges{Sheet: "合計", Added: 1}, changes.Total())
		assert.Len(t, read(t, s).Settings, 2)
		assert.Equal(t, fullBook().Sessions, read(t, s).Sessions)
	})

	t.Run("records come back sorted by key", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, &models.Book{Settings: []models.Setting{{Key: "b"}, {Key: "a"}, {Key: "ア"}, {Key: "あ"}}})
		var keys []string
		for _, row := range read(t, s).Settings {
			keys = append(keys, row.Key)
		}
		assert.Equal(t, []string{"a", "b", "あ", "ア"}, keys)
	})

	t.Run("progress counts up to the total", func(t *testing.T) {
		s := openTemp(t)
		book := booktest.Large(300)
		last := 0
		require.NoError(t, s.Write(context.Background(), "山田", func(tx *Tx) error {
			_, err := tx.Upsert(book, func(done, total int) {
				assert.GreaterOrEqual(t, done, last)
				assert.Equal(t, records(book), total)
				last = done
			})
			return err
		}))
		assert.Equal(t, records(book), last)
	})
}

func TestUpsertRefuses(t *testing.T) {
	const unknown = "が指すコードは登録されていません"
	tests := []struct {
		outcome string
		change  func(*models.Book)
		says    []string
	}{
		{"a key that comes twice", func(b *models.Book) { b.Partners = append(b.Partners, b.Partners[0]) },
			[]string{"連携先『P001』", "2回"}},
		{"a key that comes again in a later batch", func(b *models.Book) {
			for i := range batchRows {
				other := b.Partners[0]
				other.Code = fmt.Sprintf("P9%03d", i)
				b.Partners = append(b.Partners, other)
			}
			b.Partners = append(b.Partners, b.Partners[0])
		}, []string{"連携先『P001』", "2回"}},
		{"a blank key", func(b *models.Book) { b.Settings[0].Key = "" }, []string{"設定"}},
		{"a record with a problem", func(b *models.Book) { b.Meetings[0].Kind = "茶話会" },
			[]string{"会議『M001』", "種別: "}},
		{"an affiliation without a known care manager", func(b *models.Book) { b.Affiliations[0].CareManager = "C9" },
			[]string{"所属履歴『C9/P001/2022-04-01』", unknown}},
		{"an affiliation without a known office", func(b *models.Book) { b.Affiliations[0].Partner = "P9" }, []string{unknown}},
		{"an attendance of unknown staff", func(b *models.Book) { b.Attendances[2].Code = "S9" },
			[]string{"会議出席『M001/職員/S9』", unknown}},
		{"an attendance of an unknown care manager", func(b *models.Book) { b.Attendances[0].Code = "C9" }, []string{unknown}},
		{"an attendance at an unknown meeting", func(b *models.Book) { b.Attendances[1].Meeting = "M9" }, []string{unknown}},
		{"a contact with unknown staff", func(b *models.Book) { b.Contacts[0].Staff = []string{"S01", "S9"} },
			[]string{"やり取り『K0001』", unknown}},
		{"a contact with an unknown office", func(b *models.Book) { b.Contacts[0].Partner = "P9" },
			[]string{"やり取り『K0001』", unknown}},
		{"an admission with an unknown care manager", func(b *models.Book) { b.Admissions[0].CareManager = "C9" },
			[]string{unknown}},
		{"a stay in an unknown ward", func(b *models.Book) { b.WardStays[0].Ward = "W9" }, []string{unknown}},
		{"a stay of an unknown admission", func(b *models.Book) { b.WardStays[0].PatientID = "9" }, []string{unknown}},
	}
	s := openTemp(t)
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			book := fullBook()
			tt.change(book)
			err := s.Write(context.Background(), "山田", func(tx *Tx) error {
				_, err := tx.Upsert(book, nil)
				return err
			})
			require.Error(t, err)
			assert.Equal(t, models.Invalid, models.ErrorCode(err), "%v", err)
			for _, words := range tt.says {
				assert.Contains(t, models.ErrorMessage(err), words)
			}
			assert.Equal(t, &models.Book{}, read(t, s))
		})
	}

	t.Run("also when the change of a known record has an unknown reference", func(t *testing.T) {
		upsert(t, s, fullBook())
		book := fullBook()
		book.Contacts[0].Staff = []string{"S9"}
		err := s.Write(context.Background(), "山田", func(tx *Tx) error {
			_, err := tx.Upsert(book, nil)
			return err
		})
		assert.Contains(t, models.ErrorMessage(err), "やり取り『K0001』"+unknown)
		assert.Equal(t, fullBook(), read(t, s))
	})
}

// statements counts the statements GORM runs.
type statements struct {
	logger.Interface
	n int
}

func (c *statements) Trace(context.Context, time.Time, func() (string, int64), error) { c.n++ }

func TestBookAsksAsOftenWhateverItsSize(t *testing.T) {
	var asked []int
	for _, n := range []int{0, 1, 300} {
		s := openTemp(t)
		if n > 0 {
			upsert(t, s, booktest.Large(n))
		}
		count := &statements{Interface: logger.Discard}
		s.reader = s.reader.Session(&gorm.Session{Logger: count})
		require.Len(t, read(t, s).Admissions, n)
		asked = append(asked, count.n)
	}
	assert.Positive(t, asked[0])
	assert.Equal(t, []int{asked[0], asked[0], asked[0]}, asked, "no statement a record")
}

func BenchmarkUpsert(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		book := booktest.Large(n)
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

// BenchmarkUpsertAgain imports a book that is already stored.
func BenchmarkUpsertAgain(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		book := booktest.Large(n)
		s := openTemp(b)
		upsert(b, s, book)
		b.Run(sizeName(n), func(b *testing.B) {
			for b.Loop() {
				require.Zero(b, upsert(b, s, book).Total().Added)
			}
		})
	}
}

func BenchmarkBook(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		s := openTemp(b)
		upsert(b, s, booktest.Large(n))
		b.Run(sizeName(n), func(b *testing.B) {
			for b.Loop() {
				require.Len(b, read(b, s).Admissions, n)
			}
		})
	}
}
