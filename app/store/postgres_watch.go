package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// channel is where the server tells of each commit (a trigger of the table
// register sends it).
const channel = "renkei_register"

// askEvery is how often a quiet connection is asked whether it still stands.
const askEvery = 15 * time.Second

// Waits between attempts to connect again.
const (
	firstRetry = 500 * time.Millisecond
	lastRetry  = 5 * time.Second
)

func (e *postgres) watch(ctx context.Context, told func(error)) {
	for wait := firstRetry; ctx.Err() == nil; wait = min(2*wait, lastRetry) {
		err := e.listen(ctx, func() {
			wait = firstRetry / 2
			told(nil)
		})
		if ctx.Err() != nil {
			return
		}
		told(err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// listen calls heard when it begins to listen, for what was missed, and at each
// commit, until the connection is lost.
func (e *postgres) listen(ctx context.Context, heard func()) (err error) {
	config, err := serverConfig(e.url)
	if err != nil {
		return err
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		err = errors.Join(err, conn.Close(closing))
	}()
	if err := e.refuseNewer(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	for heard(); ; {
		if err := wait(ctx, conn); err != nil {
			return err
		}
		heard()
	}
}

// wait waits for the next commit. A quiet connection may have been cut without a
// sign, so that it is asked from time to time.
func wait(ctx context.Context, conn *pgx.Conn) error {
	for {
		quiet, cancel := context.WithTimeout(ctx, askEvery)
		_, err := conn.WaitForNotification(quiet)
		cancel()
		if err == nil || ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		asking, cancel := context.WithTimeout(ctx, connectPatience)
		err = conn.Ping(asking)
		cancel()
		if err != nil {
			return err
		}
	}
}
