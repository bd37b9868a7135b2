package ledger

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"renkei/models"
)

// wards draws a register of up to five wards, each with a 会議出席.
func wards(t *rapid.T, label string) map[string]models.Ward {
	of := make(map[string]models.Ward)
	for _, code := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"1E", "2E", "3E", "4E", "5E"}), rapid.ID).Draw(t, label) {
		of[code] = models.Ward{Code: code, ValidFrom: 2026_04_01, Name: "病棟" + code, Beds: rapid.IntRange(1, 3).Draw(t, label+code)}
	}
	return of
}

// Putting back all differences gives the register as it was. After putting back
// one record, only the others differ.
func TestWhatDiffersIsWhatPuttingBackMends(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, is := wards(t, "was"), wards(t, "is")
		now, before, added, old := &models.Book{}, &models.Book{}, &models.Book{}, &models.Book{}
		differing := 0
		for code, w := range is {
			now.Wards = append(now.Wards, w)
			if _, there := was[code]; !there {
				added.Wards = append(added.Wards, w)
				differing++
			}
		}
		for code, w := range was {
			old.Wards = append(old.Wards, w)
			if is[code] != w {
				differing++
			}
			// A change that was reverted has a row in the log, too.
			if is[code] != w || rapid.Bool().Draw(t, "touched"+code) {
				before.Wards = append(before.Wards, w)
			}
		}

		diffs := Differences(now, before, added)

		assert.Len(t, diffs, differing)
		var keys []RowKey
		for _, d := range diffs {
			keys = append(keys, d.RowKey)
			_, there := was[d.Key[:2]]
			assert.Equal(t, !there, d.Added)
			_, stays := is[d.Key[:2]]
			assert.Equal(t, !stays, d.Removed)
			if there && stays {
				assert.Equal(t, []Change{{"病床数", fmt.Sprint(was[d.Key[:2]].Beds), fmt.Sprint(is[d.Key[:2]].Beds)}}, d.Changes)
			}
		}
		assert.ElementsMatch(t, old.Wards, PutBack(now, before, keys).Wards)
		assert.Len(t, now.Wards, len(is), "the register itself is left alone")
		for i := range keys {
			rest := Differences(PutBack(now, before, keys[i:i+1]), before, added)
			assert.Len(t, rest, differing-1)
		}
	})
}
