package app

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"renkei/models"
)

// Beginning is how a person wants to begin where the register is lost, or is not
// chosen yet. The zero value has not chosen.
type Beginning struct {
	Copy string // the copy to put in its place, "" for none
	New  bool   // an empty register, or the empty one that is there

	Place        string // the place chosen in the window, "" for that of the start
	KeepPassword bool   // lets the system keep the password of Place
	MoveFrom     string // the place of a register that is moved to Place first, "" for none
}

// Registers are the registers a window can show: the person's own and, beside
// it, the sample hospital in a register of its own, so that nothing fictitious
// ever gets among real records. It is safe for concurrent use.
type Registers struct {
	own *App

	copying sync.Mutex  // one copy at a time, and none while the register is closed
	looked  atomic.Bool // the first look at the copies is done

	mu     sync.Mutex
	sample *App // nil until it was tried
	trying bool // the sample is what is shown
}

// OpenRegisters opens the register that config names, which is shown. The error
// is a *Lost when the register is lost, or empty while a copy of it is not, and
// how does not say what to begin with; an *Unreached for one on a server.
func OpenRegisters(ctx context.Context, config Config, how Beginning) (*Registers, error) {
	config.New = how.New
	if how.Copy != "" {
		if err := Restore(ctx, config, how.Copy); err != nil {
			return nil, err
		}
	}
	own, err := Open(ctx, config)
	if err != nil {
		return nil, unreached(config.Data, err)
	}
	if how.Copy == "" && !how.New {
		lost, err := own.Emptied(ctx)
		if err == nil && lost != nil {
			err = lost
		}
		if err != nil {
			return nil, errors.Join(err, own.Close())
		}
	}
	return &Registers{own: own}, nil
}

// Close closes the register, and the sample when it was tried.
func (r *Registers) Close() error {
	r.copying.Lock()
	defer r.copying.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.own.Close()
	if r.sample != nil {
		err = errors.Join(err, r.sample.Close())
	}
	return err
}

// Own is the person's own register, also while the sample is shown.
func (r *Registers) Own() *App { return r.own }

// Shown is the register that is shown.
func (r *Registers) Shown() *App {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trying {
		return r.sample
	}
	return r.own
}

// Trying reports whether the sample is what is shown.
func (r *Registers) Trying() bool { return r.Shown() != r.own }

// TrySample shows the sample hospital, which is made when it is not there.
func (r *Registers) TrySample(ctx context.Context, p Progress) error {
	r.mu.Lock()
	sample := r.sample
	r.mu.Unlock()
	if sample == nil {
		var err error
		if sample, err = r.openSample(ctx, p); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sample, r.trying = sample, true
	return nil
}

func (r *Registers) openSample(ctx context.Context, p Progress) (*App, error) {
	config := r.own.config
	config.Data = filepath.Join(filepath.Dir(config.beside), SampleFile)
	config.New = true // nothing in it is anybody's work
	sample, err := Open(ctx, config)
	if err != nil {
		return nil, err
	}
	judged, err := sample.Judged(ctx, models.Part{})
	if err == nil && len(judged.Extent.Months) == 0 {
		_, err = sample.LoadSample(ctx, p)
	}
	if err != nil {
		return nil, errors.Join(err, sample.Close())
	}
	return sample, nil
}

// LeaveSample shows the person's own register again.
func (r *Registers) LeaveSample() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trying = false
}

// Check checks the file of the person's own register (see App.Check).
func (r *Registers) Check(ctx context.Context) (*Lost, error) { return r.own.Check(ctx) }

// copyEvery is how often KeepCopies looks whether a new day has begun.
const copyEvery = 10 * time.Minute

// KeepCopies copies the person's own register at once and whenever a new day has
// begun, until the context ends. told is called after each look.
func (r *Registers) KeepCopies(ctx context.Context, told func()) {
	again := time.NewTicker(copyEvery)
	defer again.Stop()
	for ctx.Err() == nil {
		r.keepCopy(ctx)
		if ctx.Err() != nil {
			return
		}
		told()
		select {
		case <-ctx.Done():
		case <-again.C:
		}
	}
}

func (r *Registers) keepCopy(ctx context.Context) {
	r.copying.Lock()
	defer r.copying.Unlock()
	made, err := r.own.BackUpToday(ctx)
	if err == nil && !made && !r.looked.Load() {
		// The copy at the last closing may have failed, or the program was killed.
		_, err = r.own.BackUpChanges(ctx)
	}
	if err != nil && ctx.Err() == nil && models.ErrorCode(err) != models.Canceled {
		r.own.config.Log.Error("no copy", "error", err)
	}
	r.looked.Store(true)
}

// CopyTrouble says what is wrong with the copies of the person's own register
// (see App.CopyTrouble), "" while the first look at them is under way.
func (r *Registers) CopyTrouble(ctx context.Context) string {
	if !r.looked.Load() {
		return ""
	}
	return r.own.CopyTrouble(ctx)
}

// BackUpChanges copies the person's own register when it holds something that
// its newest copy does not, in a file alone: a server has copies of its own. No copy
// of the sample is ever made.
func (r *Registers) BackUpChanges(ctx context.Context) (bool, error) {
	if IsServer(r.own.Place()) {
		return false, nil // a copy of a large one takes longer than a window may take to close
	}
	r.copying.Lock()
	defer r.copying.Unlock()
	return r.own.BackUpChanges(ctx)
}
