package views

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// Worker runs work beside the window. Its parts are functions so that tests
// can run everything in turn on one goroutine.
type Worker struct {
	// Go runs a function in the background.
	Go func(func())
	// UI runs a function on the window's goroutine.
	UI func(func())
	// After runs a function on the window's goroutine after a while.
	After func(time.Duration, func())
	// Now tells the time.
	Now func() time.Time
	Log *slog.Logger
}

// NewWorker returns the worker of a real window.
func NewWorker(log *slog.Logger) Worker {
	return Worker{
		Go:    func(f func()) { go f() },
		UI:    fyne.Do,
		After: ui.After,
		Now:   time.Now,
		Log:   log,
	}
}

// Do runs work in the background and then done on the window's goroutine. A
// panic in the work becomes an error of code models.Internal.
func (w Worker) Do(ctx context.Context, work func(context.Context) error, done func(error)) {
	w.Go(func() {
		err := w.guarded(ctx, work)
		w.UI(func() { done(err) })
	})
}

func (w Worker) guarded(ctx context.Context, work func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			cause := fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			w.Log.Error("work failed", "error", cause)
			err = models.Wrap(cause, models.Internal, "プログラムに思わぬ問題が起きました。記録は変わっていません。もう一度行い、続くときは詳細を添えてお知らせください")
		}
	}()
	return work(ctx)
}

// canceled reports whether an error means that the user stopped the work.
func canceled(err error) bool {
	return errors.Is(err, context.Canceled) || err != nil && models.ErrorCode(err) == models.Canceled
}

// progressStep is the least time between two changes of the progress shown.
const progressStep = 100 * time.Millisecond

// throttled passes on at most one call in progressStep, and every last one
// (done == total), through the window's goroutine. It is for one worker.
func (w Worker) throttled(show page.Progress) page.Progress {
	var last time.Time
	lastWhat := ""
	return func(what string, done, total int) {
		now := w.Now()
		if what == lastWhat && now.Sub(last) < progressStep && done != total {
			return
		}
		last, lastWhat = now, what
		w.UI(func() { show(what, done, total) })
	}
}
