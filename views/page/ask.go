package page

import (
	"context"
	"errors"
)

// Latest lets only the newest of several overlapping requests through, so that
// a slow answer never overwrites a newer one. Used on the window's goroutine.
type Latest struct {
	sequence int
	stop     context.CancelFunc // the work nobody waits for any more
}

// Next begins a request and returns whether it is still the newest.
func (l *Latest) Next() (newest func() bool) {
	l.sequence++
	mine := l.sequence
	return func() bool { return l.sequence == mine }
}

// Stop stops the work of the newest request; nothing of it is shown.
func (l *Latest) Stop() {
	l.Next()
	if l.stop != nil {
		l.stop()
	}
}

// Ask gets an answer in the background and shows it on the window's goroutine. It
// stops the work when something newer is asked for or the window is closed.
// doing names the work in an error: 「入院の表示」.
func Ask[T any](s Shell, latest *Latest, doing string, get func(context.Context) (T, error), show func(T)) {
	ask(s, latest, doing, get, show, func() {})
}

// ask is Ask that tells of a failure, too.
func ask[T any](s Shell, latest *Latest, doing string, get func(context.Context) (T, error), show func(T), failed func()) {
	latest.Stop()
	newest := latest.Next()
	stopped, stop := context.WithCancel(context.Background())
	latest.stop = stop
	var answer T
	s.Do(func(ctx context.Context) (err error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		answer, err = get(ctx)
		return err
	}, func(err error) {
		switch {
		case !newest() || errors.Is(err, context.Canceled):
		case err != nil:
			s.ShowError(doing, err)
			failed()
		default:
			show(answer)
		}
	})
}
