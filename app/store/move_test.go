package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app/store/storetest"
	"renkei/models"
	"renkei/models/booktest"
)

// everything is all that a register knows.
type everything struct {
	Book    *models.Book
	Audit   []AuditEntry
	Imports []Import
	Origin  models.Origin
	Numbers []string
}

func everythingOf(t testing.TB, s *Store) (all everything) {
	t.Helper()
	ctx := context.Background()
	var err error
	all.Book = read(t, s)
	all.Audit, err = s.Audit(ctx, 0)
	require.NoError(t, err)
	all.Imports, err = s.Imports(ctx)
	require.NoError(t, err)
	require.NoError(t, s.Read(ctx, func(v View) error { return v.origin(&all.Origin) }))
	require.NoError(t, s.reader.Raw("SELECT sheet || prefix || width || '/' || last FROM numbers ORDER BY sheet").Scan(&all.Numbers).Error)
	return all
}

// everythingAt opens a register for a look at all of it.
func everythingAt(t testing.TB, place string) everything {
	t.Helper()
	s, err := Open(context.Background(), place, testOptions)
	require.NoError(t, err)
	all := everythingOf(t, s)
	require.NoError(t, s.Close())
	return all
}

// lived makes a register that holds a book, was imported into, and lost a record
// whose number nobody gets again. It is closed.
func lived(t testing.TB, place string, book *models.Book) {
	t.Helper()
	s, err := Open(context.Background(), place, testOptions)
	require.NoError(t, err)
	gone := models.Partner{Name: "なくなる事業所", Kind: models.CareOffice}
	require.NoError(t, s.Write(context.Background(), "山田", func(tx *Tx) error {
		if _, err := tx.RecordImport("台帳", "台帳.xlsx"); err != nil {
			return err
		}
		if _, err := tx.Upsert(book, nil); err != nil {
			return err
		}
		return Put(tx, &gone)
	}))
	require.NoError(t, s.Write(context.Background(), "佐藤", func(tx *Tx) error { return Delete(tx, &gone) }))
	require.NoError(t, s.Close())
}

func newFile(t testing.TB) string { return filepath.Join(t.TempDir(), "renkei.db") }

func move(t testing.TB, from, to string) Content {
	t.Helper()
	content, err := Move(context.Background(), from, to, testOptions, nil)
	require.NoError(t, err)
	return content
}

func TestARegisterMovedThereAndBackIsTheSame(t *testing.T) {
	draw := rapid.Custom(booktest.Random)
	books := map[string]*models.Book{"full": fullBook(), "large": booktest.Large(300)}
	for _, seed := range []int{1, 2, 3} {
		books[string(rune('0'+seed))] = draw.Example(seed)
	}
	for name, book := range books {
		t.Run(name, func(t *testing.T) {
			first, server, other, last := newFile(t), storetest.Database(t, ""), storetest.Database(t, ""), newFile(t)
			lived(t, first, book)
			before := everythingAt(t, first)
			require.Len(t, before.Imports, 1)
			require.EqualValues(t, 2, before.Origin.Revision)

			counted := move(t, first, server)

			for sheet, n := range map[string]int{"連携先": len(book.Partners), "入院": len(book.Admissions), "共同指導": len(book.Sessions), "やり取り": len(book.Contacts)} {
				assert.Equal(t, n, counted.Of(sheet), sheet)
			}
			assert.Equal(t, before, everythingAt(t, server))
			move(t, server, other)
			assert.Equal(t, before, everythingAt(t, other))
			move(t, other, last)
			assert.Equal(t, before, everythingAt(t, last))
			s := openAt(t, last)
			next := models.Partner{Name: "新しい事業所", Kind: models.CareOffice}
			require.NoError(t, s.Write(context.Background(), "山田", func(tx *Tx) error { return Put(tx, &next) }))
			assert.NotContains(t, codesOf(before), next.Code, "a number is never given twice")
		})
	}
}

// codesOf returns the codes of all 連携先 that ever were.
func codesOf(all everything) (codes []string) {
	for _, e := range all.Audit {
		if e.Sheet == "連携先" {
			codes = append(codes, e.Key)
		}
	}
	return codes
}

func TestNobodyWritesIntoARegisterThatWasMoved(t *testing.T) {
	for name, place := range map[string]string{"a file": newFile(t), "a server": storetest.Database(t, "")} {
		t.Run(name, func(t *testing.T) {
			lived(t, place, fullBook())
			var window *Store // of somebody who comes while it is moved
			if !IsServer(place) {
				window = openAt(t, place)
			}
			to := newFile(t)
			written, came := make(chan error, 1), false

			_, err := Move(context.Background(), place, to, testOptions, func(done, _ int) {
				if done > 0 && !came {
					came = true
					if IsServer(place) {
						window = openAt(t, place)
					}
					go func() { written <- savePartner(window) }() // it waits for the moving to end
				}
			})
			require.NoError(t, err)

			said := <-written
			require.Error(t, said, "what it saves would be lost")
			var refused *Moved
			assert.ErrorAs(t, said, &refused)
			assert.Contains(t, models.ErrorMessage(said), "「"+to+"」に移しました")
			_, err = Open(context.Background(), place, testOptions)
			assert.Equal(t, models.Invalid, models.ErrorCode(err), "%v", err)
			assert.Contains(t, models.ErrorMessage(err), "「"+to+"」に移しました。これからは移した先を開いてください")
			var moved *Moved
			require.ErrorAs(t, err, &moved)
			assert.Equal(t, []string{place, to}, []string{moved.Place, moved.To})
			assert.True(t, moved.IsHere(context.Background()))
			if IsServer(place) {
				other := openAt(t, newFile(t)).Place() // one of the same name, at another PC
				assert.False(t, (&Moved{To: other, Register: moved.Register}).IsHere(context.Background()))
			}
			_, err = Move(context.Background(), place, newFile(t), testOptions, nil)
			assert.Contains(t, models.ErrorMessage(err), "に移しました", "not twice")
			assert.Empty(t, read(t, openAt(t, to)).Partners[1:], "only what was there")
		})
	}
}

func TestWhereAMovedRegisterCanBeOpened(t *testing.T) {
	const server = "postgres://nurse:secret@127.0.0.1/renkei"
	register, words := newFile(t), newFile(t)
	lived(t, register, fullBook())
	require.NoError(t, os.WriteFile(words, []byte("words"), 0o600))
	for to, here := range map[string]bool{server: true, "db.local/renkei": false, register: true, newFile(t): false, words: false} {
		assert.Equal(t, here, (&Moved{To: to}).IsHere(context.Background()), to)
	}
	place := storetest.Database(t, "")
	move(t, register, place)
	_, err := Open(context.Background(), register, testOptions)
	var moved *Moved
	require.ErrorAs(t, err, &moved)
	assert.Equal(t, WithoutPassword(place), moved.To, "with the user, so that it can be opened")
	assert.Contains(t, models.ErrorMessage(err), "は「"+Shown(place)+"」に移しました")
}

func TestNothingIsMovedWhileAnotherPCHasItOpen(t *testing.T) {
	place, to := storetest.Database(t, ""), newFile(t)
	lived(t, place, fullBook())
	other := openAt(t, place)

	_, err := Move(context.Background(), place, to, testOptions, nil)

	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
	assert.Contains(t, models.ErrorMessage(err), "連携台帳を開いているパソコンがあります（127.0.0.1）。すべて閉じてから")
	assert.NoFileExists(t, to)
	require.NoError(t, savePartner(other), "it works on")
	require.NoError(t, other.Close())
	move(t, place, to)
}

func TestAFileThatWasMovedIsReadOnlyAndCanBeACopy(t *testing.T) {
	path, again := newFile(t), newFile(t)
	lived(t, path, fullBook())
	before := everythingAt(t, path)
	move(t, path, storetest.Database(t, ""))

	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Zero(t, info.Mode().Perm()&0o222)
	assert.NoFileExists(t, path+"-wal")
	content, err := Look(context.Background(), path)
	require.NoError(t, err)
	assert.Equal(t, 1, content.Of("共同指導"))
	require.NoError(t, Restore(context.Background(), path, again, again+"-aside"))
	after := everythingAt(t, again)
	assert.NotEqual(t, before.Origin.Lineage, after.Origin.Lineage)
	after.Origin.Lineage = before.Origin.Lineage
	assert.Equal(t, before, after)
	require.NoError(t, savePartner(openAt(t, again)))
}

// A move that stops leaves the source as it was, ready for work, and the target empty.
func TestAMoveThatStopsHasChangedNothing(t *testing.T) {
	source := newFile(t)
	lived(t, source, fullBook())
	before := everythingAt(t, source)
	target := storetest.Database(t, "")
	require.NoError(t, openAt(t, target).Close())
	twisted := storetest.Database(t, "")
	require.NoError(t, openAt(t, twisted).Close())
	storetest.Do(t, twisted, `CREATE FUNCTION twist() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := NEW.name || '?'; RETURN NEW; END $$;
		CREATE TRIGGER twist BEFORE INSERT ON staff FOR EACH ROW EXECUTE FUNCTION twist()`)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	file := newFile(t)
	for name, c := range map[string]struct {
		to   string
		ctx  context.Context
		at   func()
		code models.Code
		says string
	}{
		"given up, into a file": {file, ctx, cancel, models.Canceled, "データは元のままです"},
		"the server ends the connection": {target, context.Background(), func() {
			storetest.Do(t, storetest.Server(t), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'renkei%' AND datname = '"+filepath.Base(target)+"'")
		}, models.Unavailable, "サーバー"},
		"the target holds something else than was sent": {twisted, context.Background(), func() {}, models.Internal, "写した内容が元と違います（staff: 1行と1行）"},
	} {
		t.Run(name, func(t *testing.T) {
			stopped := false
			_, err := Move(c.ctx, source, c.to, testOptions, func(done, total int) {
				if done > 0 && done < total && !stopped {
					stopped = true
					c.at()
				}
			})
			require.Error(t, err)
			assert.True(t, stopped)
			assert.Equal(t, c.code, models.ErrorCode(err), "%v", err)
			assert.Contains(t, models.ErrorMessage(err), c.says)
			assert.Equal(t, before, everythingAt(t, source))
			if c.to == file {
				assert.NoFileExists(t, file)
				assert.NoFileExists(t, file+"-wal")
				return
			}
			after := everythingAt(t, c.to)
			assert.Equal(t, &models.Book{}, after.Book)
			assert.Empty(t, after.Audit)
			assert.Empty(t, after.Imports)
			assert.Zero(t, after.Origin.Revision)
			assert.NotEqual(t, before.Origin.Register, after.Origin.Register)
		})
	}
	require.NoError(t, savePartner(openAt(t, source)), "work goes on in the source")
}

func TestWhereNothingIsMovedTo(t *testing.T) {
	source, used, emptied, settings := newFile(t), storetest.Database(t, ""), newFile(t), newFile(t)
	lived(t, source, fullBook())
	lived(t, used, fullBook())
	lived(t, emptied, &models.Book{})
	s := openAt(t, settings)
	require.NoError(t, s.Write(context.Background(), "山田", func(tx *Tx) error { return Put(tx, &models.Setting{Key: "病院名", Value: "みなと"}) }))
	before, target := everythingAt(t, source), everythingAt(t, used)
	for name, c := range map[string]struct{ from, to, says string }{
		"records":                  {source, used, "すでに使われています"},
		"a history":                {source, emptied, "すでに使われています"},
		"settings":                 {source, settings, "すでに使われています"},
		"itself":                   {source, source, "同じ場所です"},
		"itself, on a server":      {used, used + "?sslmode=disable", "同じ場所です"},
		"nothing was ever in it":   {newFile(t), newFile(t), "何も入っていません"},
		"a server without a name":  {source, "postgres://admin@127.0.0.1/", "データベースの名前がありません"},
		"the folder of the source": {source, filepath.Dir(source), "フォルダです"},
	} {
		_, err := Move(context.Background(), c.from, c.to, testOptions, nil)
		assert.Equal(t, models.Invalid, models.ErrorCode(err), "%s: %v", name, err)
		assert.Contains(t, models.ErrorMessage(err), c.says, name)
	}
	assert.Equal(t, before, everythingAt(t, source))
	assert.Equal(t, target, everythingAt(t, used))
}

// The commit of the mark may be lost when all is in the target: it is made again.
func TestTheMarkIsMadeAgainIfItWasLost(t *testing.T) {
	s := openTemp(t)
	upsert(t, s, fullBook())
	lost := errors.New("lost")
	require.NoError(t, s.markAgain(context.Background(), "新しい場所", revision(t, s), lost))
	assert.Contains(t, models.ErrorMessage(savePartner(s)), "新しい場所")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	require.NoError(t, s.markAgain(ended, "新しい場所", revision(t, s), lost), "the person gave up too late")
}

func TestACommitThatIsLostAtTheEndIsMadeAgain(t *testing.T) {
	source, to := storetest.Database(t, ""), newFile(t)
	lived(t, source, fullBook())
	before := everythingAt(t, source)
	storetest.Do(t, source, `CREATE SEQUENCE once; CREATE FUNCTION once() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN IF nextval('once') = 1 THEN RAISE 'lost'; END IF; RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER once AFTER UPDATE ON register DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION once()`)
	move(t, source, to)
	assert.Equal(t, before, everythingAt(t, to))
	_, err := Open(context.Background(), source, testOptions)
	assert.Contains(t, models.ErrorMessage(err), "に移しました")
}

func TestACopyIsPutOntoAServer(t *testing.T) {
	old := olderFile(t, 4, "SELECT 1")
	full := newFile(t)
	lived(t, full, fullBook())
	before := everythingAt(t, full)
	broken := newFile(t)
	require.NoError(t, os.WriteFile(broken, []byte("壊れた控え"), 0o600))

	place := storetest.Database(t, "")
	content, err := RestoreInto(context.Background(), full, place, testOptions, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, content.Of("入院"))
	after := everythingAt(t, place)
	assert.NotEqual(t, before.Origin.Lineage, after.Origin.Lineage, "books of the lost register are not its own")
	require.Len(t, after.Origin.Lineage, len(before.Origin.Lineage))
	after.Origin.Lineage = before.Origin.Lineage
	assert.Equal(t, before, after)
	require.NoError(t, savePartner(openAt(t, full)), "the copy stays as it is")

	_, err = RestoreInto(context.Background(), full, place, testOptions, nil)
	assert.Contains(t, models.ErrorMessage(err), "すでに使われています")
	_, err = RestoreInto(context.Background(), broken, storetest.Database(t, ""), testOptions, nil)
	assert.Equal(t, models.Invalid, models.ErrorCode(err))
	addGuest(t)
	_, err = RestoreInto(context.Background(), full, guest(storetest.Database(t, "")), testOptions, nil)
	assert.Contains(t, models.ErrorMessage(err), "renkei setup postgres")

	checksum, err := os.ReadFile(old)
	require.NoError(t, err)
	_, err = RestoreInto(context.Background(), old, storetest.Database(t, ""), testOptions, nil)
	require.NoError(t, err, "an older schema")
	same, err := os.ReadFile(old)
	require.NoError(t, err)
	assert.Equal(t, checksum, same, "only its duplicate is migrated")
}

// The commit on the server got through, its answer did not, and the line stays cut:
// the file may be the only register by now.
func TestAMoveWhoseLastAnswerIsLostLeavesTheTarget(t *testing.T) {
	source := storetest.Database(t, "")
	s := openAt(t, source)
	upsert(t, s, fullBook())
	require.NoError(t, s.Close())
	line, to := storetest.NewLine(t, source), newFile(t)
	_, err := Move(context.Background(), line.URL, to, testOptions, func(done, total int) {
		if done == total {
			line.CutAt("commit")
		}
	})
	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
	assert.Contains(t, models.ErrorMessage(err), "移した先を開いてください")
	assert.Equal(t, fullBook(), read(t, openAt(t, to)))
}
