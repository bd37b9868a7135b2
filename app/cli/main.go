package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Main runs a command as a process: with the standard streams, the machine's
// clock, and Ctrl+C cancelling the work cleanly.
func Main(args []string) int {
	attachConsole()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return Run(ctx, args, Env{Out: os.Stdout, Err: os.Stderr, Now: time.Now, After: after})
}

func after(d time.Duration, do func()) (cancel func()) {
	timer := time.AfterFunc(d, do)
	return func() { timer.Stop() }
}
