package views

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/views/ui"
)

// name is a draft in which a name was typed.
func name(text string) ui.Typed {
	return ui.Typed{Values: map[string]string{"氏名": text}, Before: map[string]string{"氏名": ""}}
}

// keptName is the name in a draft, "" without one.
func keptName(t *testing.T, d ui.Draft) string {
	t.Helper()
	typed, err := d.Load()
	require.NoError(t, err)
	return typed.Values["氏名"]
}

func TestDraftsOfAnyFormAreKept(t *testing.T) {
	d := &drafts{folder: filepath.Join(t.TempDir(), "drafts")}
	forms := map[string]string{
		"a new person":                  "person.new",
		"a contact with somebody":       "contacts/new:C001",
		"a session of an admission":     "sessions/new:0000012345/2026-10-02",
		"a name longer than files have": "settings.policy." + strings.Repeat("令和八年", 20),
	}
	for what, form := range forms {
		t.Run(what, func(t *testing.T) {
			draft := d.form("renkei.db", form)
			require.NoError(t, draft.Save(name("佐藤")))
			typed, err := draft.Load()
			require.NoError(t, err)
			assert.Equal(t, name("佐藤"), typed)
			require.NoError(t, draft.Clear())
			assert.Empty(t, keptName(t, draft))
		})
	}
	entries, err := os.ReadDir(d.of("renkei.db"))
	require.NoError(t, err)
	assert.Empty(t, entries, "nothing is left of them")
}

func TestADraftIsForItsPersonAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there the folder of the user says who may read
	}
	d := &drafts{folder: filepath.Join(t.TempDir(), "drafts")}
	require.NoError(t, d.form("renkei.db", "person.new").Save(name("佐藤")))
	file, err := os.Stat(filepath.Join(d.folder, "renkei.db", "person.new.json"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), file.Mode().Perm())
	folder, err := os.Stat(filepath.Join(d.folder, "renkei.db"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), folder.Mode().Perm())
}

func TestEachRegisterHasItsOwnDrafts(t *testing.T) {
	folder := t.TempDir()
	d := &drafts{folder: filepath.Join(folder, "drafts")}
	one, other := filepath.Join(folder, "A.db"), filepath.Join(folder, "B.db")
	require.NoError(t, d.form(one, "contacts/new").Save(name("A の人")))
	assert.Empty(t, keptName(t, d.form(other, "contacts/new")))
	require.NoError(t, d.form(other, "contacts/new").Save(name("B の人")))
	assert.Equal(t, "A の人", keptName(t, d.form(one, "contacts/new")))
	assert.Equal(t, "B の人", keptName(t, d.form(other, "contacts/new")))
}

func TestDraftsOfTheVersionBeforeAreTakenOver(t *testing.T) {
	cases := map[string]struct {
		beside, opened string // registers
		comes          bool
	}{
		"by the usual register":                   {"", "renkei.db", true},
		"by the only register, whatever its name": {"", "B.db", true},
		"not by another beside the usual one":     {"renkei.db", "B.db", false},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			folder := t.TempDir()
			d := &drafts{folder: filepath.Join(folder, "drafts")}
			require.NoError(t, os.MkdirAll(d.folder, 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(d.folder, draftFile("contacts/new")), []byte(`{"氏名":"佐藤","values":"x"}`), 0o600))
			if c.beside != "" {
				require.NoError(t, os.WriteFile(filepath.Join(folder, c.beside), nil, 0o600))
			}
			register := filepath.Join(folder, c.opened)
			require.NoError(t, d.takeOver(register))
			require.NoError(t, d.takeOver(register), "a second start finds nothing to do")
			typed, err := d.form(register, "contacts/new").Load()
			require.NoError(t, err)
			assert.Nil(t, typed.Before, "that version did not keep what stood there")
			assert.Equal(t, c.comes, typed.Values["氏名"] == "佐藤")
			usual, err := d.form(filepath.Join(folder, "renkei.db"), "contacts/new").Load()
			require.NoError(t, err)
			if !c.comes {
				assert.Nil(t, usual.Values, "it waits for its own register")
				require.NoError(t, d.takeOver(filepath.Join(folder, "renkei.db")))
				assert.Equal(t, "佐藤", keptName(t, d.form(filepath.Join(folder, "renkei.db"), "contacts/new")))
			}
		})
	}
}

func TestWhatAKilledProgramLeftHalfWrittenIsSweptAway(t *testing.T) {
	d := &drafts{folder: filepath.Join(t.TempDir(), "書きかけ [1]")}
	require.NoError(t, d.sweep("A.db"), "there is no folder yet")
	require.NoError(t, d.form("A.db", "contacts/new").Save(name("佐藤")))
	half, others := filepath.Join(d.of("A.db"), ".x.json-1"), filepath.Join(d.folder, "B.db", ".x.json-1")
	require.NoError(t, os.MkdirAll(filepath.Dir(others), 0o700))
	for _, path := range []string{half, others} {
		require.NoError(t, os.WriteFile(path, []byte(`{"氏`), 0o600))
	}
	require.NoError(t, d.sweep("A.db"))
	assert.NoFileExists(t, half)
	assert.FileExists(t, others, "another window may be writing it now")
	assert.Equal(t, "佐藤", keptName(t, d.form("A.db", "contacts/new")))
}

func TestADraftThatCannotBeUsedIsSaid(t *testing.T) {
	folder := t.TempDir()
	d := &drafts{folder: filepath.Join(folder, "drafts")}
	draft := d.form("renkei.db", "contacts/new")
	require.NoError(t, draft.Save(name("佐藤")))
	path := filepath.Join(d.of("renkei.db"), draftFile("contacts/new"))
	require.NoError(t, os.WriteFile(path, []byte(`{"values":{"氏`), 0o600))
	_, err := draft.Load()
	assert.Equal(t, models.Unavailable, models.ErrorCode(err))
	assert.Contains(t, models.ErrorMessage(err), path, "where")

	blocked := &drafts{folder: filepath.Join(folder, "file")}
	require.NoError(t, os.WriteFile(blocked.folder, nil, 0o600))
	err = blocked.form("renkei.db", "contacts/new").Save(name("佐藤"))
	assert.Equal(t, models.Unavailable, models.ErrorCode(err))
	assert.Contains(t, models.ErrorMessage(err), "ディスクの空きと、書き込みの許可を確かめてください", "what to do")
}
