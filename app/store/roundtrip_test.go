package store

import (
	"context"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

// codes are the codes drawn for a field, one of them in fullBook, so that
// references often meet their record.
var codes = map[string][]string{
	"Code":        {"", "C001", "P001", "S01", "W1", "M001", "a/b"},
	"CareManager": {"", "C001", "C999"},
	"Partner":     {"", "P001", "P999"},
	"Meeting":     {"M001", "M999"},
	"Ward":        {"W1", "W9"},
	"PatientID":   {"", "00000001", "00000002"},
	"Time":        {"", "00:00", "23:59"},
}

// fill draws a value for every field of a record.
func fill[T any](t *rapid.T, row *T) {
	record := reflect.ValueOf(row).Elem()
	for i := range record.NumField() {
		field, name := record.Field(i), record.Type().Field(i).Name
		switch value := field.Addr().Interface().(type) {
		case *models.Date:
			day := rapid.IntRange(0, 5000).Draw(t, name)
			if day > 0 {
				*value = models.MustDate("2014-01-01").AddDays(day)
			}
			if name == "AdmittedOn" && day%2 == 0 {
				*value = fullBook().Admissions[0].AdmittedOn
			}
		case *models.Month:
			*value = models.MustDate("2014-01-01").Month().Add(rapid.IntRange(0, 200).Draw(t, name))
		case *models.Mark:
			*value = models.Mark(rapid.IntRange(0, 2).Draw(t, name))
		case *int:
			*value = rapid.IntRange(0, 9999).Draw(t, name)
		case *[]string:
			*value = rapid.SampledFrom([][]string{nil, {"S01"}, {"S01", "S01"}}).Draw(t, name)
		case *string:
			*value = rapid.String().Draw(t, name)
			if list, ok := codes[name]; ok {
				*value = rapid.SampledFrom(list).Draw(t, name)
			}
		default:
			choice, ok := models.Describe(row, value)
			require.True(t, ok, "%s is not described", name)
			field.SetString(rapid.SampledFrom(append([]string{""}, choice.Values...)).Draw(t, name))
		}
	}
}

// drawRecords draws records that Validate accepts. version is that of a new
// record.
func drawRecords[T Record](t *rapid.T, tb *table[T]) []T {
	seen := make(map[recordKey]bool)
	var rows []T
	for range rapid.IntRange(0, 8).Draw(t, tb.sheet) {
		var row T
		fill(t, &row)
		*tb.version(&row) = 1
		if tb.check(&row) == nil && strings.TrimSpace(tb.keyOf(&row)) != "" && !seen[tb.id(&row)] {
			seen[tb.id(&row)] = true
			rows = append(rows, row)
		}
	}
	return rows
}

// checkRoundTrip stores records of one sheet and checks that they are read back
// unchanged and that storing them again writes nothing. Only a reference to a
// missing record may be refused.
func checkRoundTrip[T Record](t *testing.T, tb *table[T]) {
	t.Run(tb.sheet, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		s := openAt(t, path)
		upsert(t, s, fullBook())
		ctx := context.Background()
		total := 0
		rapid.Check(t, func(rt *rapid.T) {
			want := drawRecords(rt, tb)
			rollback := models.Errorf(models.Canceled, "end of the case")
			err := s.Write(ctx, "山田", func(tx *Tx) error {
				var kept []T
				for _, row := range want {
					require.NoError(rt, tx.db.Exec("SAVEPOINT one").Error)
					book := &models.Book{}
					*tb.rows(book) = []T{row}
					if _, err := tx.Upsert(book, nil); err != nil {
						require.ErrorContains(rt, err, "が指すコードは登録されていません")
						require.NoError(rt, tx.db.Exec("ROLLBACK TO SAVEPOINT one").Error)
						continue
					}
					kept = append(kept, row)
				}
				total += len(kept)
				book := &models.Book{}
				*tb.rows(book) = kept
				changes, err := tx.Upsert(book, nil)
				require.NoError(rt, err)
				assert.Equal(rt, len(kept), changes.Total().Same)
				stored, err := tb.load(tx.db, "")
				require.NoError(rt, err)
				for _, row := range kept {
					text, err := tb.json(&row)
					require.NoError(rt, err)
					audited, err := tb.unjson(text)
					require.NoError(rt, err)
					*tb.version(audited) = 1
					assert.Equal(rt, row, *audited, "an audit row gives the record back")
					found := false
					for i := range stored {
						if tb.id(&stored[i]) == tb.id(&row) {
							*tb.version(&stored[i]) = 1
							assert.Equal(rt, row, stored[i])
							found = true
						}
					}
					assert.True(rt, found)
				}
				return rollback
			})
			require.ErrorIs(rt, err, rollback)
		})
		assert.Positive(t, total, "some records were stored")
		assert.Equal(t, fullBook(), read(t, s))
	})
}

// TestRoundTrip stores random records. It also shows that the database's
// constraints accept whatever Validate accepts.
func TestRoundTrip(t *testing.T) {
	checkRoundTrip(t, settings)
	checkRoundTrip(t, policies)
	checkRoundTrip(t, wards)
	checkRoundTrip(t, staff)
	checkRoundTrip(t, partners)
	checkRoundTrip(t, careManagers)
	checkRoundTrip(t, affiliations)
	checkRoundTrip(t, meetings)
	checkRoundTrip(t, attendances)
	checkRoundTrip(t, contacts)
	checkRoundTrip(t, admissions)
	checkRoundTrip(t, wardStays)
	checkRoundTrip(t, jointGuidances)
}
