package cli

import (
	"fmt"
	"io"
	"time"
)

// progressLine tells on standard error how far a work is that takes more than
// a second, one line a second at most, so that a log stays readable.
type progressLine struct {
	out   io.Writer
	now   func() time.Time
	shown time.Time
	what  string
}

func (c *call) progress() func(what string, done, total int) {
	p := &progressLine{out: c.env.Err, now: c.env.Now, shown: c.env.Now()}
	return p.report
}

func (p *progressLine) report(what string, done, total int) {
	now := p.now()
	if now.Sub(p.shown) < time.Second {
		return
	}
	p.shown, p.what = now, what
	if total > 0 {
		fmt.Fprintf(p.out, "%s %d/%d\n", what, done, total)
		return
	}
	fmt.Fprintf(p.out, "%s %d\n", what, done)
}
