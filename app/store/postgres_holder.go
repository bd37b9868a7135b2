package store

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"renkei/models"
)

// writing begins the name of a connection that writes; who writes follows. A name
// holds 63 letters of ASCII, so that of the actor is encoded and may be cut.
const (
	writing   = "renkei writes "
	longActor = 36 // bytes
)

// writerName is the name of a connection on which an actor writes.
func writerName(actor string) string {
	for len(actor) > longActor {
		_, size := utf8.DecodeLastRuneInString(actor)
		actor = actor[:len(actor)-size]
	}
	return writing + base64.RawURLEncoding.EncodeToString([]byte(actor))
}

// writerOf returns the actor of such a name.
func writerOf(name string) (actor string, ok bool) {
	encoded, is := strings.CutPrefix(name, writing)
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	return string(text), is && err == nil && len(text) > 0
}

// lockTimeout is the state of SQL when a lock was not to be had in time.
const lockTimeout = "55P03"

// holderPatience is how long the name of who writes is looked for.
const holderPatience = 2 * time.Second

func (e *postgres) held(ctx context.Context, db *gorm.DB, err error) error {
	var fault *pgconn.PgError
	if !errors.As(err, &fault) || fault.Code != lockTimeout {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, holderPatience)
	defer cancel()
	var name string
	var since time.Time
	// Those who wait for the lock bear their names too.
	if db.WithContext(ctx).Raw(`SELECT application_name, xact_start FROM pg_stat_activity
		WHERE datname = current_database() AND application_name LIKE ? AND wait_event_type IS DISTINCT FROM 'Lock' AND xact_start IS NOT NULL
		ORDER BY xact_start LIMIT 1`, writing+"%").Row().Scan(&name, &since) != nil {
		return err
	}
	actor, ok := writerOf(name)
	if !ok {
		return err
	}
	return models.Wrap(err, models.Unavailable, "データを保存できません（%s）。%sさんが %s から書き込み中です。終わるのを待って、もう一度行ってください",
		Shown(e.url), actor, since.Local().Format("15:04"))
}
