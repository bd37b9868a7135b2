package models_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

// typed is what stands in names, notes and search boxes.
var typed = rapid.StringOfN(rapid.RuneFrom([]rune("あんおうかがきょっー゛ﾞ\u3099アンオウカガキョッｱｶﾞ髙高山田卜ト１1０0 　-・Aaoknuzyu㈱ⅷé\t𠮷\U000e0100")), 0, 6, -1)

func TestPlainTextIsFoldedAsAnyOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(typed, rapid.String()).Draw(t, "text")
		assert.Equal(t, models.FoldedKey(text), models.SearchKey(text), "%q", text)
	})
	for r := rune(0); r <= 0xffff; r++ {
		require.Equal(t, models.FoldedKey(string(r)), models.SearchKey(string(r)), "%U", r)
	}
}

func TestWhatPassesTheSieveIsFoundAsAmongAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) models.FindEntry {
			return models.FindEntry{
				Title: typed.Draw(t, "title"), Kana: typed.Draw(t, "kana"), ID: typed.Draw(t, "id"), Detail: typed.Draw(t, "detail"),
				Texts: []string{typed.Draw(t, "text")},
			}
		}), 1, 8).Draw(t, "entries")
		query := rapid.StringOfN(rapid.RuneFrom([]rune("あんおか山高トo nku01 -")), 1, 3, -1).Draw(t, "query")
		sieve := models.NewSieve(query)
		var passed []models.FindEntry
		for i := range entries {
			if sieve.Passes(&entries[i]) {
				passed = append(passed, entries[i])
			}
		}
		assert.Equal(t, models.NewFinder(entries).Find(query, 99), models.NewFinder(passed).Find(query, 99))
	})
	none := models.NewSieve("山田 さくら")
	assert.False(t, none.Passes(&models.FindEntry{Title: "山田"}), "both words are wanted")
}
