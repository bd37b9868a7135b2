package models_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestMarksAreReadInEveryForm(t *testing.T) {
	forms := map[models.Mark][]string{
		models.Yes:     {"○", "〇", "◯", "1", "１", "true", "TRUE", "True", "ｔｒｕｅ", "はい", " ○　"},
		models.No:      {"×", "✕", "✖", "0", "０", "false", "FALSE", "いいえ", "× "},
		models.Unknown: {"", " ", "　"},
	}
	for want, texts := range forms {
		for _, text := range texts {
			got, err := models.ParseMark(text)
			require.NoError(t, err, text)
			assert.Equal(t, want, got, text)
		}
	}
}

func TestOtherTextIsNoMark(t *testing.T) {
	for _, text := range []string{"△", "2", "yes", "有", "-", "○×"} {
		_, err := models.ParseMark(text)
		assert.Equal(t, "『"+text+"』は ○ か × で入力してください（空欄は未確認）", models.ErrorMessage(err))
	}
}

func TestMarksAreStoredAndReadBack(t *testing.T) {
	for _, m := range []models.Mark{models.Unknown, models.Yes, models.No} {
		stored, err := m.Value()
		require.NoError(t, err)
		got := models.Yes
		require.NoError(t, got.Scan(stored))
		assert.Equal(t, m, got)
		again, err := models.ParseMark(m.String())
		require.NoError(t, err)
		assert.Equal(t, m, again)
		assert.Equal(t, m == models.Yes, m.Is())
	}
	var m models.Mark
	require.NoError(t, m.Scan(true))
	assert.Equal(t, models.Yes, m)
	assert.Error(t, m.Scan("○"))
	assert.Equal(t, models.No, models.MarkOf(false))
}
