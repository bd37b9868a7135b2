package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Main carries out the command of a whole process: standard streams, the
// machine's clock, and Ctrl+C stopping the work with nothing half done.
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
