package ledger

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLines(t *testing.T) {
	assert.Equal(t, []Line{
		{1, "入院 12 入院日", "日付『2026/13/01』を読み取れません", "入院 12 入院日: 日付『2026/13/01』を読み取れません"},
		{2, "", "形の違う行", "形の違う行"},
	}, Lines([]string{"入院 12 入院日: 日付『2026/13/01』を読み取れません", "形の違う行"}))
}
