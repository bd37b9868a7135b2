package reports

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

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

// stopsAfter is a context that is cancelled when it was asked that often.
type stopsAfter struct {
	context.Context
	left int
}

func (s *stopsAfter) Err() error {
	if s.left--; s.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestTimelineStopsWhenAsked(t *testing.T) {
	const rows = 98 // 14 admissions
	for name, asked := range map[string]int{
		"before anything is done":    0,
		"before the list is made":    1,
		"while the rows are counted": 2 + rows/2,
		"while the rows are written": 2 + rows + rows/2,
		"while the file is packed":   2 + rows + rows + 5,
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			err := timelineKind.Write(&stopsAfter{context.Background(), asked}, filepath.Join(folder, "timeline.xlsx"), longTimeline(rows))
			assert.Equal(t, models.Canceled, models.ErrorCode(err))
			assert.Empty(t, filesIn(t, folder))
		})
	}
}

// counted returns contacts and how often they were gone through.
func counted(contacts []models.Contact, times *int) iter.Seq2[models.Contact, error] {
	return func(yield func(models.Contact, error) bool) {
		*times++
		for _, c := range contacts {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func cellsOf(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer func() { assert.NoError(t, file.Close()) }()
	rows, err := file.GetRows("やり取り")
	require.NoError(t, err)
	return rows
}

func TestTimelineOfRowsFromElsewhere(t *testing.T) {
	r := longTimeline(1400)
	r.Period = models.Period{From: 2026_06_05, To: 2026_09_30}
	r.Key = r.Facts.Book.Partners[0].Code
	path := filepath.Join(t.TempDir(), "timeline.xlsx")
	require.NoError(t, timelineKind.Write(context.Background(), path, r))
	want := cellsOf(t, path)
	require.Greater(t, len(want), 30)

	t.Run("is that of the register, and they are gone through twice", func(t *testing.T) {
		var inOrder []models.Contact
		for c := range contactsInOrder(r.Facts.Book, models.Period{From: models.MinDate, To: models.MaxDate}) {
			inOrder = append(inOrder, c)
		}
		times, other := 0, r
		book := *r.Facts.Book
		book.Contacts = nil
		other.Facts, other.Contacts = fee.NewFacts(&book, r.Facts.Params), counted(inOrder, &times)
		require.NoError(t, timelineKind.Write(context.Background(), path, other))
		assert.Equal(t, want, cellsOf(t, path))
		assert.Equal(t, 2, times)
		assert.Equal(t, timelineKind.Contents(r), timelineKind.Contents(other))
	})
	t.Run("an error among them is the report's, whichever time it comes", func(t *testing.T) {
		lost := models.Wrap(errors.New("disk"), models.Unavailable, "台帳を読めません")
		for _, fails := range []int{1, 2} {
			times, other := 0, r
			other.Contacts = func(yield func(models.Contact, error) bool) {
				if times++; times == fails {
					yield(models.Contact{}, lost)
					return
				}
				counted(r.Facts.Book.Contacts, new(int))(yield)
			}
			folder := t.TempDir()
			err := timelineKind.Write(context.Background(), filepath.Join(folder, "timeline.xlsx"), other)
			assert.ErrorIs(t, err, lost)
			assert.Equal(t, "台帳を読めません", models.ErrorMessage(err))
			assert.Empty(t, filesIn(t, folder))
		}
		r := r
		r.Contacts = func(yield func(models.Contact, error) bool) { yield(models.Contact{}, lost) }
		assert.Equal(t, "台帳を読めません", timelineKind.Contents(r))
	})
	t.Run("one more the second time is refused: the count and the filter would be wrong", func(t *testing.T) {
		other := r
		list := slices.Clone(r.Facts.Book.Contacts)
		other.Contacts = func(yield func(models.Contact, error) bool) {
			list = append(list, list[0])
			counted(list, new(int))(yield)
		}
		other.Key, other.Period = "", models.Period{From: models.MinDate, To: models.MaxDate}
		err := timelineKind.Write(context.Background(), path, other)
		assert.Equal(t, models.Conflict, models.ErrorCode(err))
		assert.Contains(t, models.ErrorMessage(err), "もう一度書き出してください")
	})
}

func TestASheetLongerThanExcelShowsIsRefused(t *testing.T) {
	r := longTimeline(7)
	b := r.newBook("やり取り一覧")
	s := b.addSheet("やり取り", listPage)
	s.title("題", "説明")
	// Above the list: title, line and header. Below: the gap and a note.
	for rows, says := range map[int]string{
		excelize.TotalRows - 5: "",
		excelize.TotalRows - 4: "1,048,577行になり、Excelの1枚のシートに入る 1,048,576行を超えます。期間を短くするか",
	} {
		s.blocks = slices.DeleteFunc(s.blocks, func(x block) bool { return x.grid != nil || x.role == roleNote })
		s.table((&grid{lazy: func(func(gridRow, error) bool) {}, count: rows}).asList(1))
		s.note("注")
		folder := t.TempDir()
		err := b.save(context.Background(), filepath.Join(folder, "timeline.xlsx"))
		assert.NotEmpty(t, models.ErrorMessage(err), "the rows that were counted never come")
		assert.Empty(t, filesIn(t, folder))
		if says == "" {
			assert.Equal(t, models.Conflict, models.ErrorCode(err), "it fits")
			continue
		}
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
		assert.Contains(t, models.ErrorMessage(err), says)
	}
}
