package store

import (
	"context"
	"database/sql"
	"errors"

	"renkei/models"
)

// Moved is the error of a register that was moved. Its code is Invalid.
type Moved struct {
	Place string // where it was
	To    string // a path, or a URL without a password; older marks are host/database
	// Register is its identity, "" if it was not read.
	Register string
}

// Error says that it was moved, and how to go on.
func (m *Moved) Error() string {
	text := "この台帳（" + Shown(m.Place) + "）は「" + Shown(m.To) + "」に移しました。これからは移した先を開いてください。"
	if !IsServer(m.Place) {
		text += "移した先をもう使えず、この台帳から始め直すときは、控えとして別の場所に戻せます" +
			"（renkei restore \"" + m.Place + "\" --data 新しい台帳.db）"
	}
	return text
}

// Unwrap gives the error its code.
func (m *Moved) Unwrap() error { return models.Errorf(models.Invalid, "%s", m.Error()) }

// IsHere reports whether the register can be opened from this PC where it is now: on a
// server, or in a file that is there and is the register and not one of the same
// name.
func (m *Moved) IsHere(ctx context.Context) bool {
	if IsServer(m.To) {
		return true
	}
	if there, err := HasHeader(m.To); err != nil || !there {
		return false
	}
	pool, err := sql.Open("sqlite3", dsn(m.To, readOnly))
	if err != nil {
		return false
	}
	var identity string
	err = pool.QueryRowContext(ctx, "SELECT identity FROM register WHERE id = 1").Scan(&identity)
	return errors.Join(err, pool.Close()) == nil && (m.Register == "" || m.Register == identity)
}

// movedIn tells where the register of a file was moved to, "" if it was not. An
// older schema knows no moving.
func movedIn(ctx context.Context, pool *sql.DB) (to string, err error) {
	there, err := hasColumn(ctx, pool, "moved")
	if err != nil || !there {
		return "", err
	}
	err = pool.QueryRowContext(ctx, "SELECT moved FROM register WHERE id = 1").Scan(&to)
	return to, err
}
