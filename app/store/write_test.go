package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
)

func TestWrite(t *testing.T) {
	ctx := context.Background()
	untouched := func(t *testing.T, s *Store) {
		t.Helper()
		assert.Equal(t, fullBook(), read(t, s))
		assert.EqualValues(t, 1, revision(t, s))
		entries, err := s.Audit(ctx, 0)
		require.NoError(t, err)
		assert.Len(t, entries, 15)
	}
	filledFrom := func(t *testing.T, s *Store) *Store {
		upsert(t, s, fullBook())
		return s
	}
	filled := func(t *testing.T) *Store { return filledFrom(t, openTemp(t)) }
	filledFile := func(t *testing.T) *Store { return filledFrom(t, openFile(t)) }

	t.Run("an error of the work leaves no trace", func(t *testing.T) {
		s := filled(t)
		stop := models.Errorf(models.Invalid, "だめ")
		err := s.Write(ctx, "山田", func(tx *Tx) error {
			_, err := tx.Upsert(booktest.Large(300), nil)
			return errors.Join(err, stop)
		})
		assert.ErrorIs(t, err, stop)
		assert.Equal(t, "だめ", models.ErrorMessage(err))
		untouched(t, s)
	})

	t.Run("a panic of the work leaves no trace, and the next write works", func(t *testing.T) {
		s := filled(t)
		assert.PanicsWithValue(t, "fault", func() {
			err := s.Write(ctx, "山田", func(tx *Tx) error {
				if _, err := tx.Upsert(booktest.Large(300), nil); err != nil {
					return err
				}
				panic("fault")
			})
			assert.Fail(t, "not reached", "%v", err)
		})
		untouched(t, s)
		book := booktest.Large(1)
		assert.Equal(t, records(book), upsert(t, s, book).Total().Added)
	})

	t.Run("a cancelled write leaves no trace", func(t *testing.T) {
		s := filled(t)
		cancelled, cancel := context.WithCancel(ctx)
		err := s.Write(cancelled, "山田", func(tx *Tx) error {
			_, err := tx.Upsert(booktest.Large(1000), func(done, _ int) {
				if done > 2000 {
					cancel()
				}
			})
			return err
		})
		assert.Equal(t, models.Canceled, models.ErrorCode(err), "%v", err)
		untouched(t, s)
	})

	t.Run("a cancelled write leaves no log beside the file when all is closed", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		for range 5 {
			s, err := Open(ctx, path, testOptions)
			require.NoError(t, err)
			cancelled, cancel := context.WithCancel(ctx)
			err = s.Write(cancelled, "山田", func(tx *Tx) error {
				_, err := tx.Upsert(booktest.Large(1000), func(done, _ int) {
					if done > 2000 {
						cancel()
					}
				})
				return err
			})
			require.Equal(t, models.Canceled, models.ErrorCode(err), "%v", err)
			require.NoError(t, s.Close())
			assert.NoFileExists(t, path+"-wal")
		}
	})

	t.Run("the work sees its own changes before they are committed", func(t *testing.T) {
		s := openTemp(t)
		require.NoError(t, s.Write(ctx, "山田", func(tx *Tx) error {
			_, err := tx.Upsert(fullBook(), nil)
			require.NoError(t, err)
			book, err := tx.Book()
			require.NoError(t, err)
			assert.Equal(t, fullBook(), book)
			assert.Equal(t, &models.Book{}, read(t, s))
			return nil
		}))
		untouched(t, s)
	})

	t.Run("a write that changes nothing keeps the revision", func(t *testing.T) {
		s := filled(t)
		require.NoError(t, s.Write(ctx, "山田", func(*Tx) error { return nil }))
		untouched(t, s)
	})

	t.Run("a full disk is named and leaves no trace", func(t *testing.T) {
		s := filledFile(t)
		require.NoError(t, s.writer.Exec("PRAGMA max_page_count = 120").Error)
		err := s.Write(ctx, "山田", func(tx *Tx) error {
			_, err := tx.Upsert(booktest.Large(1000), nil)
			return err
		})
		assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
		assert.Contains(t, models.ErrorMessage(err), "ディスクの空きがありません")
		untouched(t, s)
	})

	t.Run("a read-only file is named", func(t *testing.T) {
		s := filledFile(t)
		require.NoError(t, s.writer.Exec("PRAGMA query_only = on").Error)
		err := s.Write(ctx, "山田", func(tx *Tx) error {
			_, err := tx.Upsert(booktest.Large(1), nil)
			return err
		})
		assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
		assert.Contains(t, models.ErrorMessage(err), "読み取り専用")
		untouched(t, s)
	})

	t.Run("another program that writes is named, and reading goes on", func(t *testing.T) {
		s := filledFile(t)
		require.NoError(t, s.writer.Exec("PRAGMA busy_timeout = 20").Error)
		other, err := sql.Open("sqlite3", dsn(s.Place(), readWrite))
		require.NoError(t, err)
		defer func() { assert.NoError(t, other.Close()) }()
		lock, err := other.Begin()
		require.NoError(t, err)
		err = s.Write(ctx, "山田", func(*Tx) error { return nil })
		assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
		assert.Contains(t, models.ErrorMessage(err), "書き込み中")
		untouched(t, s)
		untouched(t, openAt(t, s.Place()))
		require.NoError(t, lock.Rollback())
		assert.NoError(t, s.Write(ctx, "山田", func(*Tx) error { return nil }))
	})

	t.Run("the log never holds what users entered", func(t *testing.T) {
		var log bytes.Buffer
		s := filledFile(t)
		db, err := connect(s.Place(), readWrite, slog.New(slog.NewTextHandler(&log, nil)))
		require.NoError(t, err)
		pool, err := db.DB()
		require.NoError(t, err)
		defer func() { assert.NoError(t, pool.Close()) }()
		require.Error(t, db.Exec("INSERT INTO admissions (patient_id, nowhere) VALUES (?, ?)", "00000001", "𠮷野").Error)
		assert.Contains(t, log.String(), "nowhere")
		assert.NotContains(t, log.String(), "𠮷野")
	})
}

func TestReadersSeeWholeWrites(t *testing.T) {
	ctx := context.Background()
	s := openTemp(t)
	put := func(n int) {
		value := strconv.Itoa(n)
		upsert(t, s, &models.Book{Settings: []models.Setting{{Key: "a", Value: value}, {Key: "b", Value: value}}})
	}
	put(0)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range readers + 2 {
		wg.Go(func() {
			last := int64(0)
			for {
				select {
				case <-done:
					return
				default:
				}
				now, err := s.Revision(ctx)
				assert.NoError(t, err)
				assert.GreaterOrEqual(t, now, last)
				last = now
				book, err := s.Book(ctx)
				if assert.NoError(t, err) && assert.Len(t, book.Settings, 2) {
					assert.Equal(t, book.Settings[0].Value, book.Settings[1].Value)
				}
			}
		})
	}
	for n := range 100 {
		put(n + 1)
	}
	close(done)
	wg.Wait()
	assert.EqualValues(t, 101, revision(t, s))

	t.Run("also a register that another program opened", func(t *testing.T) {
		other := openAt(t, s.Place())
		upsert(t, other, fullBook())
		assert.EqualValues(t, 102, revision(t, s))
	})
}

func TestAudit(t *testing.T) {
	ctx := context.Background()
	s := openTemp(t)
	book := fullBook()
	upsert(t, s, book)
	changed := &models.Book{Contacts: []models.Contact{book.Contacts[0]}}
	changed.Contacts[0].Staff = nil
	changed.Contacts[0].Body = `「引用」"と"`
	require.NoError(t, s.Write(ctx, "佐藤", func(tx *Tx) error {
		if _, err := tx.Upsert(changed, nil); err != nil {
			return err
		}
		return Delete(tx, &book.Settings[0])
	}))

	t.Run("each change has who, when, what, before and after", func(t *testing.T) {
		entries, err := s.Audit(ctx, 2)
		require.NoError(t, err)
		at := testNow.UTC()
		contact := `{"number":"K0001","contacted_on":"2026-02-09","contacted_at":"13:43","kind":"面会","initiator":"当院",` +
			`"care_manager":"C001","partner":"P001","purpose":"入退院支援","body":`
		assert.Equal(t, []AuditEntry{
			{ID: 17, At: at, Actor: "佐藤", Action: "delete", Sheet: "設定", Key: "hospital_name",
				Before: `{"key":"hospital_name","value":"みなと総合病院"}`, Revision: 2},
			{ID: 16, At: at, Actor: "佐藤", Action: "update", Sheet: "やり取り", Key: "K0001",
				Before: contact + `"情報共有","patient_id":"どなたでも","staff":["S01"]}`,
				After:  contact + `"「引用」\"と\"","patient_id":"どなたでも"}`, Revision: 2},
		}, entries)
	})

	t.Run("an entry gives the record before and after", func(t *testing.T) {
		entries, err := s.Audit(ctx, 2)
		require.NoError(t, err)
		before, after, err := Audited[models.Contact](entries[1])
		require.NoError(t, err)
		was, is := book.Contacts[0], changed.Contacts[0]
		was.Version, is.Version = 0, 0
		assert.Equal(t, &was, before)
		assert.Equal(t, &is, after)
		setting, none, err := Audited[models.Setting](entries[0])
		require.NoError(t, err)
		assert.Equal(t, &models.Setting{Key: "hospital_name", Value: "みなと総合病院"}, setting)
		assert.Nil(t, none, "deleted")
		for _, damaged := range []string{"{", `{"number":1}`, `{"contacted_on":"いつか"}`, `{"contacted_on":true}`, `{"staff":"S01"}`} {
			_, _, err = Audited[models.Contact](AuditEntry{ID: 7, After: damaged})
			assert.Equal(t, "変更の履歴 7 を読み取れません", models.ErrorMessage(err), damaged)
		}
	})

	t.Run("the changes after the insert of a record: one sheet, oldest first, whatever the clock says", func(t *testing.T) {
		s := openAt(t, filepath.Join(t.TempDir(), "renkei.db"))
		upsert(t, s, book)
		put := func(key string) *models.Setting {
			row := &models.Setting{Key: key, Value: "1"}
			require.NoError(t, s.Write(ctx, "佐藤", func(tx *Tx) error { return Put(tx, row) }))
			return row
		}
		first := put("parameter0")
		s.now = func() time.Time { return testNow.AddDate(-1, 0, 0) }
		put("parameter1")
		put("parameter2")
		after := func(sheet string, row *models.Setting) (entries []AuditEntry, err error) {
			err = s.Read(ctx, func(v View) (err error) {
				entries, err = AuditAfter(v, sheet, row)
				return err
			})
			return entries, err
		}
		entries, err := after("設定", first)
		require.NoError(t, err)
		require.Len(t, entries, 2)
		assert.Equal(t, []string{"parameter1", "parameter2"}, []string{entries[0].Key, entries[1].Key})
		assert.Equal(t, testNow.AddDate(-1, 0, 0).UTC(), entries[0].At)
		entries, err = after("やり取り", first)
		require.NoError(t, err)
		assert.Empty(t, entries)

		require.NoError(t, s.Write(ctx, "佐藤", func(tx *Tx) error { return Delete(tx, first) }))
		entries, err = after("設定", put("parameter0"))
		require.NoError(t, err)
		assert.Empty(t, entries, "after the last time it was new")
	})

	t.Run("a new record has no before", func(t *testing.T) {
		entries, err := s.Audit(ctx, 0)
		require.NoError(t, err)
		require.Len(t, entries, 17)
		assert.Equal(t, AuditEntry{ID: 1, At: testNow.UTC(), Actor: "山田", Action: "insert", Sheet: "設定",
			Key: "hospital_name", After: `{"key":"hospital_name","value":"みなと総合病院"}`, Revision: 1}, entries[16])
	})

	t.Run("entries cannot be changed or removed", func(t *testing.T) {
		assert.ErrorContains(t, s.writer.Exec("UPDATE audit_log SET actor = 'x' WHERE id = 1").Error, "append-only")
		assert.ErrorContains(t, s.writer.Exec("DELETE FROM audit_log WHERE id = 1").Error, "append-only")
	})
}
