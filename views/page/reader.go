package page

import (
	"context"

	"renkei/app"
	"renkei/models"
)

// Read reads something in the background and returns what shows it, which is
// called on the window's goroutine. It must not touch what the window shows.
type Read func(ctx context.Context) (show func(), err error)

// Reading returns a Read that gets an answer and shows it.
func Reading[A any](get func(context.Context) (A, error), show func(A)) Read {
	return func(ctx context.Context) (func(), error) {
		answer, err := get(ctx)
		if err != nil {
			return nil, err
		}
		return func() { show(answer) }, nil
	}
}

// ReadPart returns a Read that makes something of a judged part of the register, in
// the background, and shows it.
func ReadPart[A any](desk Desk, part models.Part, make func(*app.Judged) A, show func(A)) Read {
	return Reading(func(ctx context.Context) (answer A, err error) {
		judged, err := desk.Judged(ctx, part)
		if err == nil {
			answer = make(judged)
		}
		return answer, err
	}, show)
}

// BehindVerdicts are the sheets that verdicts and figures rest on. A 確定 or a 月締め
// changes none of them.
var BehindVerdicts = []string{"設定", "規程", "病棟", "職員", "連携先", "介護支援専門員", "所属履歴", "会議", "会議出席", "やり取り", "入院", "病棟履歴", "共同指導"}

// Reader is how a page reads the register: Load alone says what to read. The
// Reader reads again when the register changed, shows only the newest answer,
// and keeps what has to wait for the first.
type Reader struct {
	Shell Shell
	// Reads names the reading in an error: 「入院の表示」.
	Reads string
	// Load returns what to read for what the page shows now. It is called on
	// the window's goroutine.
	Load func() Read
	// Of are the sheets of which the page shows something; nil are all.
	Of []string

	latest Latest
	read   bool // an answer has been shown
	asked  bool
	behind bool     // the register changed since what is shown was read
	broken bool     // the last reading failed
	next   []func() // run after the next answer
}

// Changed reads the register again if the page shows something of what changed.
// A page that was never read is read when it is first shown.
func (r *Reader) Changed(feed app.Feed) {
	if r.asked && (r.broken || r.Of == nil || feed.Touches(r.Of...)) {
		r.behind = true
		r.Reload()
	}
}

// Ensure reads the register unless that was done or begun.
func (r *Reader) Ensure() {
	if !r.asked || r.broken {
		r.Reload()
	}
}

// Reload reads what Load says and shows it, unless something newer is asked for
// meanwhile.
func (r *Reader) Reload() {
	r.asked, r.broken = true, false
	ask(r.Shell, &r.latest, r.Reads, r.Load(), r.Answer, r.failed)
}

// failed goes on with what was read before. The page stays behind: it reads again
// when it is shown again, when the register changes and when it can be reached again.
func (r *Reader) failed() {
	r.broken = true
	if r.read {
		r.runNext()
	}
}

// Answer shows an answer and does what waited for it. A section is given it by
// its page, which reads for all of them.
func (r *Reader) Answer(show func()) {
	r.read, r.asked, r.behind = true, true, false
	show()
	r.runNext()
}

// IsRead reports whether the page shows an answer.
func (r *Reader) IsRead() bool { return r.read }

// Await does something now, or once the page shows its first answer.
func (r *Reader) Await(do func()) {
	if r.read {
		do()
		return
	}
	r.AfterNext(do)
	r.Ensure()
}

// AwaitCurrent does something now, or once the page shows what is stored: a link may
// lead to what somebody has just recorded.
func (r *Reader) AwaitCurrent(do func()) {
	if r.read && r.behind && !r.broken {
		r.AfterNext(do)
		return
	}
	r.Await(do)
}

// AfterNext does something after the next answer: what was just saved is in it.
func (r *Reader) AfterNext(do func()) { r.next = append(r.next, do) }

func (r *Reader) runNext() {
	next := r.next
	r.next = nil
	for _, do := range next {
		do()
	}
}
