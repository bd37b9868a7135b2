package app_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/store/storetest"
	"renkei/models"
)

// home gives the test a folder for the data of the user, and returns the usual path
// of a register in it.
func home(t *testing.T) (usual string) {
	t.Helper()
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("PGPASSWORD", "")
	usual, err := app.DefaultDataPath()
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(usual), 0o700))
	return usual
}

func TestWhichRegisterAStartOpens(t *testing.T) {
	const server, given = "postgres://nurse@db.local:5432/renkei", "/data/other.db"
	other := filepath.Join(t.TempDir(), "other.db")
	require.NoError(t, os.WriteFile(other, nil, 0o600))
	for outcome, c := range map[string]struct {
		data       string // --data
		remembered string
		file       bool // at the usual place
		want       func(usual string) app.Start
	}{
		"nothing yet: it is asked":          {want: func(usual string) app.Start { return app.Start{Place: usual, First: true} }},
		"the file of this PC":               {file: true, want: func(usual string) app.Start { return app.Start{Place: usual} }},
		"the remembered server":             {remembered: server, want: func(string) app.Start { return app.Start{Place: server} }},
		"the server before a file":          {remembered: server, file: true, want: func(string) app.Start { return app.Start{Place: server} }},
		"--data before all":                 {data: given, remembered: server, file: true, want: func(string) app.Start { return app.Start{Place: given, Given: true} }},
		"--data is not asked about":         {data: given, want: func(string) app.Start { return app.Start{Place: given, Given: true} }},
		"another file of this PC":           {remembered: other, file: true, want: func(string) app.Start { return app.Start{Place: other} }},
		"a password is never in the record": {remembered: "postgres://nurse:secret@db.local:5432/renkei", want: func(string) app.Start { return app.Start{Place: server} }},
	} {
		t.Run(outcome, func(t *testing.T) {
			usual := home(t)
			if c.file {
				require.NoError(t, os.WriteFile(usual, nil, 0o600))
			}
			if c.remembered != "" {
				require.NoError(t, app.RememberPlace("postgres://old@old.local:5432/old"))
				require.NoError(t, app.RememberPlace(c.remembered))
			}
			start, err := app.StartAt(c.data)
			require.NoError(t, err)
			assert.Equal(t, c.want(usual), start)
			record, err := os.ReadFile(filepath.Join(filepath.Dir(usual), "place.json"))
			if err == nil {
				assert.NotContains(t, string(record), "secret")
			}
		})
	}
}

func TestTheServerOfBeforeIsRememberedBesideAFile(t *testing.T) {
	const server, next = "postgres://nurse@db.local:5432/renkei", "postgres://nurse@new.local:5432/renkei"
	usual := home(t)
	other := filepath.Join(t.TempDir(), "other.db")
	require.NoError(t, os.WriteFile(other, nil, 0o600))
	require.NoError(t, os.WriteFile(usual, nil, 0o600))
	require.NoError(t, app.RememberPlace(usual))
	assert.NoFileExists(t, filepath.Join(filepath.Dir(usual), "place.json"), "nothing to remember")
	assert.Empty(t, app.LastServer())
	for _, c := range []struct{ chosen, opened, server string }{
		{"postgres://nurse:secret@db.local:5432/renkei", server, server},
		{usual, usual, server},
		{other, other, server},
		{usual, usual, server},
		{next, next, next},
		{other, other, next},
	} {
		require.NoError(t, app.RememberPlace(c.chosen))
		start, err := app.StartAt("")
		require.NoError(t, err)
		assert.Equal(t, app.Start{Place: c.opened}, start)
		assert.Equal(t, c.server, app.LastServer())
	}
	require.NoError(t, os.Remove(other))
	_, err := app.StartAt("")
	assert.Equal(t, models.NotFound, models.ErrorCode(err))
	assert.Contains(t, models.ErrorMessage(err), "「"+other+"」がありません")
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(usual), "place.json"), []byte(`{"place": "`+server+`"}`), 0o600))
	assert.Equal(t, server, app.LastServer(), "of an older version")
}

func TestARecordThatCannotBeReadStartsNoEmptyRegister(t *testing.T) {
	for outcome, text := range map[string]string{"not JSON": "{", "no place": "{}", "a word": `{"place": "renkei"}`, "no server": `{"server": "/data/renkei.db"}`} {
		t.Run(outcome, func(t *testing.T) {
			path := filepath.Join(filepath.Dir(home(t)), "place.json")
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			_, err := app.StartAt("")
			assert.Equal(t, models.Unavailable, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), path)
			_, err = app.StartAt("/data/renkei.db")
			assert.NoError(t, err, "--data needs no record")
			require.NoError(t, app.RememberPlace("postgres://nurse@db.local/renkei"), "choosing anew mends it")
			_, err = app.StartAt("")
			assert.NoError(t, err)
		})
	}
}

func TestAServerThatCannotBeOpenedMayBeTriedAgain(t *testing.T) {
	ctx := context.Background()
	locked := storetest.Locked(t, "nurse", "secret")
	home(t)
	for outcome, c := range map[string]struct {
		place    string
		password bool
	}{
		"nobody answers":   {"postgres://nurse:secret@127.0.0.1:1/renkei", false},
		"a wrong password": {app.WithPassword(locked, "wrong"), true},
	} {
		t.Run(outcome, func(t *testing.T) {
			_, err := app.OpenRegisters(ctx, app.Config{Data: c.place, Log: slog.New(slog.DiscardHandler)}, app.Beginning{})
			var unreached *app.Unreached
			require.ErrorAs(t, err, &unreached)
			assert.Equal(t, c.password, unreached.Password)
			assert.Equal(t, app.WithoutPassword(c.place), unreached.Place)
			assert.Equal(t, models.Unavailable, models.ErrorCode(err))
		})
	}
	_, err := app.LookAt(ctx, app.WithPassword(locked, "wrong"))
	assert.Contains(t, models.ErrorMessage(err), "パスワードが違います")

	a, err := app.Open(ctx, app.Config{Data: app.WithPassword(locked, "secret")})
	require.NoError(t, err)
	_, err = a.LoadSample(ctx, nil)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	found, err := app.LookAt(ctx, app.WithPassword(locked, "secret"))
	require.NoError(t, err)
	assert.Equal(t, "港みらい総合病院", found.Hospital)
	assert.Positive(t, found.Content.Total())
	assert.WithinDuration(t, time.Now(), found.Changed, time.Hour)
}

// keeper keeps passwords in memory, or fails.
type keeper struct {
	kept map[string]string
	err  error
}

func (k keeper) Get(place string) (string, error) { return k.kept[place], k.err }

func (k keeper) Set(place, password string) error {
	if k.err == nil {
		k.kept[place] = password
	}
	return k.err
}

func TestTheKeptPasswordIsUsedUnlessAnotherIsGiven(t *testing.T) {
	const place = "postgres://nurse@db.local:5432/renkei"
	kept := keeper{kept: map[string]string{place: "秘 密/@"}}
	with := app.WithPassword(place, "秘 密/@")
	for outcome, c := range map[string]struct {
		place, env string
		kept       keeper
		want       string
	}{
		"kept":                     {place, "", kept, with},
		"one in the URL":           {"postgres://nurse:own@db.local:5432/renkei", "", kept, "postgres://nurse:own@db.local:5432/renkei"},
		"PGPASSWORD":               {place, "x", kept, place},
		"another user's":           {"postgres://other@db.local:5432/renkei", "", kept, "postgres://other@db.local:5432/renkei"},
		"nothing that keeps":       {place, "", keeper{err: errors.New("no D-Bus")}, place},
		"a file needs no password": {"/data/renkei.db", "", kept, "/data/renkei.db"},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Setenv("PGPASSWORD", c.env)
			assert.Equal(t, c.want, app.WithKept(c.place, c.kept))
		})
	}
	t.Run("commands use it at the remembered place", func(t *testing.T) {
		usual := home(t)
		found, err := app.UsualPlace(kept)
		require.NoError(t, err)
		assert.Equal(t, usual, found)
		require.NoError(t, app.RememberPlace(place))
		found, err = app.UsualPlace(kept)
		require.NoError(t, err)
		assert.Equal(t, with, found)
	})
}

func TestAPasswordIsKeptOnlyWhenAskedFor(t *testing.T) {
	kept := keeper{kept: map[string]string{}}
	require.NoError(t, app.KeepPassword("postgres://nurse:secret@db.local/renkei", true, kept))
	assert.Equal(t, map[string]string{"postgres://nurse@db.local/renkei": "secret"}, kept.kept)
	require.NoError(t, app.KeepPassword("postgres://nurse@db.local/renkei", false, kept), "trying again")
	assert.Equal(t, map[string]string{"postgres://nurse@db.local/renkei": "secret"}, kept.kept)
	require.NoError(t, app.KeepPassword("postgres://nurse:secret@db.local/renkei", false, kept))
	assert.Equal(t, map[string]string{"postgres://nurse@db.local/renkei": ""}, kept.kept)
	require.NoError(t, app.KeepPassword("/data/renkei.db", true, kept))
	assert.Len(t, kept.kept, 1)
}
