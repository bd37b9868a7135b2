package views

import (
	"context"
	"errors"
	"fmt"

	"renkei/models"
	"renkei/views/ui"
)

// runJob runs one piece of long work with its progress and a button that stops
// it at the foot of the window. Only one runs at a time; a second one is
// refused in words. done runs on the window's goroutine with the error, which
// is shown already: nil only when the work was done.
func (f *Frame) runJob(title string, work func(context.Context, Progress) error, done func(error)) {
	if f.job != nil {
		f.say(ui.Attention, "ほかの作業が終わってから、もう一度行ってください")
		return
	}
	ctx, cancel := context.WithCancel(f.ctx)
	f.job = cancel
	f.hideNotice()
	f.status.Start(title)
	f.refreshActions()
	progress := f.p.Worker.throttled(func(what string, done, total int) {
		if ctx.Err() == nil {
			f.status.Progress(what, done, total)
		}
	})
	f.p.Worker.Do(ctx, func(ctx context.Context) error { return work(ctx, progress) }, func(err error) {
		cancel()
		f.job = nil
		f.status.Finish()
		f.refreshActions()
		if f.closing {
			f.closeNow()
			return
		}
		f.followRegister() // the work may have failed in another than it began in
		if err != nil {
			f.showError(title, err)
		}
		done(err)
	})
}

// stopJob stops the running work.
func (f *Frame) stopJob() {
	if f.job != nil {
		f.job()
	}
}

// refreshActions lets every page enable and disable its buttons.
func (f *Frame) refreshActions() {
	for _, s := range f.screens {
		s.Enable(f.job == nil)
	}
}

// showError tells a person what went wrong: a list of issues as a page, what
// was stopped as a notice, all else as a panel over the window. The log gets
// the whole error, but no list: it holds patients' names.
func (f *Frame) showError(doing string, err error) {
	var issues Issues
	switch {
	case canceled(err):
		f.say(ui.Attention, doing+"を中止しました。記録は変わっていません")
	case errors.As(err, &issues):
		lines := issues.IssueLines()
		f.p.Log.Warn("ledger refused", "issues", len(lines))
		f.showLines(lineList{"台帳の誤り", issueTitle(lines), ui.Bad, lines})
	default:
		f.p.Log.Error("work failed", "doing", doing, "error", err)
		ui.ShowError(f.window.Canvas(), ui.Message{
			Title: doing + "ができませんでした", What: models.ErrorMessage(err), Details: err.Error(),
		})
	}
}

func issueTitle(lines []string) string {
	return fmt.Sprintf("台帳に%s件の誤りがあり、読み込みませんでした。1件も登録していません。直してからもう一度読み込んでください",
		ui.Thousands(len(lines)))
}
