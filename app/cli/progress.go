package cli

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressLine prints to standard error what is being done and how far, once it
// takes more than a second, and at most one line per second.
type progressLine struct {
	out   io.Writer
	now   func() time.Time
	doing string
	// cancel stops the timer of the first second.
	cancel func()

	mu    sync.Mutex
	shown time.Time
	said  bool // whether anything was printed
	ended bool
}

func startProgress(env Env, doing string) *progressLine {
	p := &progressLine{out: env.Err, now: env.Now, doing: doing, shown: env.Now(), cancel: func() {}}
	if env.After != nil {
		p.cancel = env.After(time.Second, p.sayDoing)
	}
	return p
}

// stop ends the printing. Nothing is written afterwards.
func (p *progressLine) stop() {
	p.cancel()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
}

// sayDoing prints the name of the work if there was no progress within a
// second.
func (p *progressLine) sayDoing() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.said && !p.ended {
		p.said = true
		fmt.Fprintf(p.out, "%s…\n", p.doing)
	}
}

func (c *call) progress() func(what string, done, total int) { return c.progressLine.report }

func (p *progressLine) report(what string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if now.Sub(p.shown) < time.Second || p.ended {
		return
	}
	p.shown, p.said = now, true
	if total > 0 {
		fmt.Fprintf(p.out, "%s: %s %s/%s\n", p.doing, what, thousands(done), thousands(total))
		return
	}
	fmt.Fprintf(p.out, "%s: %s %s行\n", p.doing, what, thousands(done))
}
