package store

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhoElseHasARecordOpen(t *testing.T) {
	ctx := context.Background()
	at := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	place := openAtClock(t, "", &at)
	other := openAtClock(t, place.Place(), &at)
	yamada, sato := Desk{"1", "山田", "受付PC"}, Desk{"2", "佐藤", "病棟PC"}
	office, person := RecordRef{"連携先", "P001"}, RecordRef{"介護支援専門員", "C001"}
	also := func(s *Store, d Desk, r RecordRef) []Presence {
		t.Helper()
		others, err := s.AlsoOpen(ctx, d, r)
		require.NoError(t, err)
		return others
	}
	before := revision(t, place)

	require.NoError(t, place.OpenRecords(ctx, yamada, office))
	assert.Empty(t, also(place, yamada, office), "oneself does not count")
	assert.Equal(t, []Presence{{"山田", "受付PC", at}}, also(other, sato, office))
	assert.Empty(t, also(other, sato, person), "another record")

	opened := at
	at = at.Add(presentFor)
	assert.Len(t, also(other, sato, office), 1, "not yet gone")
	require.NoError(t, place.OpenRecords(ctx, yamada, office))
	at = at.Add(presentFor)
	assert.Equal(t, []Presence{{"山田", "受付PC", opened}}, also(other, sato, office), "renewed")
	at = at.Add(time.Millisecond)
	assert.Empty(t, also(other, sato, office), "a desk that is gone counts no more")
	require.NoError(t, other.OpenRecords(ctx, sato, person))
	var rows int
	require.NoError(t, place.reader.Raw("SELECT count(*) FROM open_records").Row().Scan(&rows))
	assert.Equal(t, 1, rows, "its rows are taken away")

	require.NoError(t, other.CloseRecords(ctx, sato, person))
	assert.Empty(t, also(place, yamada, person))
	assert.Equal(t, before, revision(t, place), "it raises no revision")
	entries, err := place.Audit(ctx, 1)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

// openAtClock opens a register, a new one for "", under a clock.
func openAtClock(t *testing.T, place string, at *time.Time) *Store {
	t.Helper()
	if place == "" {
		place = openTemp(t).Place()
	}
	o := testOptions
	o.Now = func() time.Time { return *at }
	s, err := Open(context.Background(), place, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestAnOpenFormIsHeardAtAnotherPC(t *testing.T) {
	one := openServer(t)
	other := openAt(t, one.Place())
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	heard := make(chan error, 100)
	go other.Watch(ctx, func(err error) { heard <- err })
	require.NoError(t, <-heard, "it begins to listen")
	desk, record := Desk{"1", "山田", "受付PC"}, RecordRef{"連携先", "P001"}
	for _, change := range []func() error{
		func() error { return one.OpenRecords(ctx, desk, record) },
		func() error { return one.CloseRecords(ctx, desk, record) },
	} {
		require.NoError(t, change())
		select {
		case err := <-heard:
			require.NoError(t, err)
		case <-time.After(10 * time.Second):
			require.Fail(t, "nothing was heard")
		}
	}
}

func TestNothingIsNotedInADamagedFile(t *testing.T) {
	s := openFile(t)
	s.engine.(*sqliteFile).opened.damaged.Store(true)
	assert.Error(t, s.OpenRecords(context.Background(), Desk{"1", "山田", "受付PC"}, RecordRef{"連携先", "P001"}))
	var rows int
	require.NoError(t, s.reader.Raw("SELECT count(*) FROM open_records").Row().Scan(&rows))
	assert.Zero(t, rows)
}

func TestACopyHoldsNoOpenRecords(t *testing.T) {
	s := openServer(t)
	require.NoError(t, s.OpenRecords(context.Background(), Desk{"1", "山田", "受付PC"}, RecordRef{"連携先", "P001"}))
	path := t.TempDir() + "/copy.db"
	require.NoError(t, s.Backup(context.Background(), path))
	var rows int
	require.NoError(t, openAt(t, path).reader.Raw("SELECT count(*) FROM open_records").Row().Scan(&rows))
	assert.Zero(t, rows)
}
