package store

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestWhoKeepsASaveWaitingIsNamed(t *testing.T) {
	ctx := context.Background()
	one := openServer(t)
	other := openAt(t, one.Place())
	// Nobody waits ten seconds here.
	require.NoError(t, other.writer.Exec("SET lock_timeout = '50ms'").Error)
	held, over, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		done <- one.Write(ctx, "佐藤 恵", func(*Tx) error {
			close(held)
			<-over
			return nil
		})
	}()
	<-held
	err := other.Write(ctx, "山田", func(*Tx) error { return nil })
	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
	assert.Contains(t, models.ErrorMessage(err), "佐藤 恵さんが ")
	assert.Contains(t, models.ErrorMessage(err), " から書き込み中です。終わるのを待って、もう一度行ってください")
	close(over)
	require.NoError(t, <-done)
	require.NoError(t, other.Write(ctx, "山田", func(*Tx) error { return nil }))

	var names []string
	require.NoError(t, one.reader.Raw("SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE ?", writing+"%").Scan(&names).Error)
	assert.Empty(t, names, "the name ends with the transaction")
}

func TestWithoutANameTheSaveOnlySaysThatSomebodyWrites(t *testing.T) {
	ctx := context.Background()
	one := openServer(t)
	s := openAt(t, one.Place())
	require.NoError(t, s.writer.Exec("SET lock_timeout = '50ms'").Error)
	administering := one.writer.Begin()
	require.NoError(t, administering.Exec("SELECT 1 FROM register FOR UPDATE").Error)
	err := s.Write(ctx, "山田", func(*Tx) error { return nil })
	require.NoError(t, administering.Rollback().Error)
	assert.Contains(t, models.ErrorMessage(err), "ほかのパソコンが書き込み中です")
}

func TestTheNameOfAWriter(t *testing.T) {
	for _, c := range []struct{ name, actor, want string }{
		{"kanji", "佐藤 恵", "佐藤 恵"},
		{"ASCII", "sato", "sato"},
		{"as long as fits", strings.Repeat("あ", 12), strings.Repeat("あ", 12)},
		{"too long", strings.Repeat("あ", 13), strings.Repeat("あ", 12)},
		{"cut between letters", "x" + strings.Repeat("あ", 12), "x" + strings.Repeat("あ", 11)},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := writerName(c.actor)
			assert.LessOrEqual(t, len(name), 63)
			actor, ok := writerOf(name)
			assert.True(t, ok)
			assert.Equal(t, c.want, actor)
		})
	}
	for _, name := range []string{"renkei", "psql", writing, writing + "佐藤"} {
		_, ok := writerOf(name)
		assert.False(t, ok, name)
	}
}
