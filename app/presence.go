package app

import (
	"context"
	"crypto/rand"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"renkei/app/store"
)

// RecordRef names a record by its sheet and its key there.
type RecordRef = store.RecordRef

// RefOf names a record.
func RefOf[T Record](row T) RecordRef { return store.KeyOf(&row) }

// Presence is somebody who has a record open in a form.
type Presence = store.Presence

// presence is what is open in the forms of this program.
type presence struct {
	desk  store.Desk
	every time.Duration // how often it is renewed

	mu   sync.Mutex
	open map[RecordRef]int // in how many forms
	stop context.CancelFunc
	done chan struct{} // closed when renewing ended
}

func (p *presence) begin(actor string) {
	machine, err := os.Hostname()
	if err != nil {
		machine = ""
	}
	p.desk = store.Desk{ID: rand.Text(), Actor: actor, Machine: machine}
	p.every, p.open = store.RenewEvery, make(map[RecordRef]int)
}

// OpenRecord tells the others that a record is open in a form, until CloseRecord or
// Close.
func (a *App) OpenRecord(ctx context.Context, record RecordRef) error {
	p := &a.presence
	p.mu.Lock()
	p.open[record]++
	if p.stop == nil {
		renewing, stop := context.WithCancel(context.Background())
		p.stop, p.done = stop, make(chan struct{})
		go a.renew(renewing, p.done)
	}
	p.mu.Unlock()
	return a.store.OpenRecords(ctx, p.desk, record)
}

// CloseRecord takes one OpenRecord back.
func (a *App) CloseRecord(ctx context.Context, record RecordRef) error {
	p := &a.presence
	p.mu.Lock()
	p.open[record]--
	last := p.open[record] <= 0
	if last {
		delete(p.open, record)
	}
	p.mu.Unlock()
	if !last {
		return nil
	}
	return a.store.CloseRecords(ctx, p.desk, record)
}

// AlsoOpen returns who else has a record open, who came first first.
func (a *App) AlsoOpen(ctx context.Context, record RecordRef) ([]Presence, error) {
	return a.store.AlsoOpen(ctx, a.presence.desk, record)
}

// opened returns what is open.
func (p *presence) opened() []RecordRef {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Collect(maps.Keys(p.open))
}

// renew says from time to time that what is open still is.
func (a *App) renew(ctx context.Context, done chan struct{}) {
	defer close(done)
	again := time.NewTicker(a.presence.every)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
		open := a.presence.opened()
		if len(open) == 0 {
			continue
		}
		if err := a.store.OpenRecords(ctx, a.presence.desk, open...); err != nil && ctx.Err() == nil {
			a.config.Log.Warn("others cannot be told what is open", "error", err)
		}
	}
}

// leaving is how long closing the register waits for the others to be told.
const leaving = 2 * time.Second

// end closes everything that is open.
func (a *App) end() {
	p := &a.presence
	p.mu.Lock()
	stop, done := p.stop, p.done
	p.mu.Unlock()
	if stop == nil {
		return
	}
	stop()
	<-done
	ctx, cancel := context.WithTimeout(context.Background(), leaving)
	defer cancel()
	if err := a.store.CloseRecords(ctx, p.desk, p.opened()...); err != nil {
		a.config.Log.Warn("others cannot be told what was closed", "error", err)
	}
}
