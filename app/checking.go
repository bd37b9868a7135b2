package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"renkei/app/store"
	"renkei/models/files"
)

// thoroughEvery is how often a check of the register is thorough.
const thoroughEvery = 7 * 24 * time.Hour

// checked is what is remembered of the checks of a register, in a file beside
// it. It is bound to the lineage, so that it claims nothing of a register that
// was restored from a copy.
type checked struct {
	Lineage  string    `json:"lineage"`
	Thorough time.Time `json:"thorough,omitzero"` // the last thorough check without damage
	// Damaged makes opening check the whole file first, until that finds no damage.
	Damaged bool `json:"damaged,omitempty"`
}

func checkedPath(data string) string { return data + ".checked" }

// readChecked returns what is remembered, nothing when it cannot be read: then
// the next check is thorough.
func readChecked(data string) (c checked) {
	text, err := os.ReadFile(checkedPath(data))
	if err != nil || json.Unmarshal(text, &c) != nil {
		return checked{}
	}
	return c
}

func (c checked) write(data string) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return files.Write(checkedPath(data), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// forgetChecks forgets what was found of a file that is no longer there.
func forgetChecks(config Config) {
	if err := os.Remove(checkedPath(config.Data)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		config.Log.Warn("the check of the file before is still remembered", "error", err)
	}
}

// foundDamaged reports whether the last check of the file at a path found damage.
func foundDamaged(data string) bool { return readChecked(data).Damaged }

// Check checks the whole file of the register while it is in use, thoroughly
// once a week. It takes seconds for a large register. A damaged one is returned
// as Lost with the copies there are. From then on nothing is written into it or
// copied from it, and it is checked before it is opened again. The error says
// why the file could not be checked.
func (a *App) Check(ctx context.Context) (*Lost, error) {
	if IsServer(a.config.Data) {
		return nil, nil // a server checks its own data
	}
	lineage, err := a.store.Lineage(ctx)
	if err != nil {
		return nil, err
	}
	note, now := readChecked(a.config.Data), a.config.Now()
	if note.Lineage != lineage {
		note = checked{Lineage: lineage}
	}
	age := now.Sub(note.Thorough)
	thorough := age < 0 || age >= thoroughEvery
	err = a.store.Check(ctx, thorough)
	damaged := store.IsDamaged(err)
	if err != nil && !damaged {
		return nil, err
	}
	before := note
	note.Damaged = damaged
	if thorough && !damaged {
		note.Thorough = now
	}
	if note != before {
		if err := note.write(a.config.Data); err != nil {
			a.config.Log.Warn("the check is not remembered", "error", err)
		}
	}
	if !damaged {
		return nil, nil
	}
	a.config.Log.Error("the register is damaged", "error", err)
	lost := &Lost{Kind: Damaged, Path: a.config.Data}
	return lost, lost.offer(ctx)
}
