package views

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/ledger"
	"renkei/views/page"
	"renkei/views/ui"
)

// job is the long work of the window: one at a time.
type job struct {
	cancel context.CancelFunc // of the running work, nil when there is none
	then   func()             // in the place of its end, nil for none
}

func (j *job) running() bool { return j.cancel != nil }

// stop stops the running work.
func (j *job) stop() {
	if j.running() {
		j.cancel()
	}
}

// stopThen stops the running work and calls then in place of its usual end.
func (j *job) stopThen(then func()) {
	j.then = then
	j.stop()
}

// Job refuses a second piece of work in words.
func (s shell) Job(title string, work func(context.Context, page.Progress) error, done func(error)) {
	f := s.f
	if f.job.running() {
		s.Say(ui.Attention, "ほかの作業が終わってから、もう一度行ってください")
		return
	}
	ctx, cancel := context.WithCancel(f.ctx)
	f.job.cancel = cancel
	f.notice.Dismiss()
	f.status.Start(title)
	f.enable()
	progress := f.p.Worker.throttled(func(what string, done, total int) {
		if ctx.Err() == nil {
			f.status.Progress(what, done, total)
		}
	})
	f.p.Worker.Do(ctx, func(ctx context.Context) error { return work(ctx, progress) }, func(err error) {
		cancel()
		then := f.job.then
		f.job = job{}
		f.status.Finish()
		f.enable()
		if then != nil {
			then()
			return
		}
		f.followRegister() // the work may have failed in another than it began in
		if err != nil {
			s.ShowError(title, err)
		}
		done(err)
	})
}

// enable lets the buttons of every page be pressed while no long work runs.
func (f *Frame) enable() {
	for _, s := range f.screens {
		s.Enable(!f.job.running())
	}
}

// ShowError shows a list of issues in place of the page, stopped work as a
// notice, and any other error as a panel over the window. The log gets the whole
// error, but not the list: the list holds patients' names.
func (s shell) ShowError(doing string, err error) {
	var issues ledger.Issues
	var moved *app.Moved
	s.f.moved = s.f.moved || errors.As(err, &moved)
	switch {
	case canceled(err):
		s.Say(ui.Attention, doing+"を中止しました。記録は変わっていません")
	case errors.As(err, &issues):
		s.f.p.Log.Warn("ledger refused", "issues", len(issues.IssueLines()))
		ledger.ShowIssues(s, issues)
	default:
		s.f.p.Log.Error("work failed", "doing", doing, "error", err)
		showFailure(s.f.window, doing+"ができませんでした", err)
	}
}

// showFailure shows an error as a panel over a window.
func showFailure(w fyne.Window, title string, err error) {
	ui.ShowError(w.Canvas(), ui.Message{Title: title, What: models.ErrorMessage(err), Details: err.Error()})
}
