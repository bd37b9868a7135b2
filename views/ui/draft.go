package ui

import (
	"time"

	"renkei/models"
)

// Typed is what is typed and not saved, by the names of the fields, and what
// stood there when the typing began; a nil Before is not known.
type Typed struct {
	Values map[string]string `json:"values"`
	Before map[string]string `json:"before,omitempty"`
}

// Draft keeps what is typed but not saved, so that a crash or a locked screen
// loses nothing. Its errors have a sentence for the user.
type Draft interface {
	// Load returns what is kept, without values when nothing is.
	Load() (Typed, error)
	Save(Typed) error
	Clear() error
}

// DraftDelay is the time from the first change to keeping a draft of it and of
// the changes after it. The typing need not pause.
const DraftDelay = 2 * time.Second

// DraftKeeper keeps a draft while the user types. It says that the draft is kept
// only while it holds everything typed.
type DraftKeeper struct {
	// Draft is where it is kept; nil keeps nothing.
	Draft Draft
	// After runs a function on the window's goroutine when the time is over; nil
	// keeps a draft at each change.
	After func(time.Duration, func())
	// Typed returns what is to be kept, false when nothing differs from what is
	// saved.
	Typed func() (Typed, bool)
	// Say shows how the draft is doing, Warn what is wrong with it; "" is nothing.
	Say, Warn func(text string)
	// Stuck gets the error when a draft could not be deleted; the draft comes back
	// when the form is opened again. It may be nil.
	Stuck func(error)

	pending bool // there are changes no draft has been kept of
	waiting bool // they will be kept when the time is over
	kept    bool // there is a draft
	loaded  bool // it has been asked for
}

// Changed is called after each change of what is typed.
func (k *DraftKeeper) Changed() {
	if k.Draft == nil {
		return
	}
	k.pending = true
	k.Say("")
	if k.After == nil {
		k.KeepPending()
		return
	}
	if !k.waiting {
		k.waiting = true
		k.After(DraftDelay, func() {
			k.waiting = false
			k.KeepPending()
		})
	}
}

// KeepPending keeps what is not kept yet. It runs when the time is over, and when
// the user leaves a field, because the program may end next. It warns about an
// error; the next change tries again.
func (k *DraftKeeper) KeepPending() {
	if k.pending {
		_ = k.Keep()
	}
}

// Keep keeps what is typed now. An error is said until it can be kept.
func (k *DraftKeeper) Keep() error {
	if k.Draft == nil {
		return nil
	}
	typed, differs := k.Typed()
	if !differs {
		k.Drop()
		return nil
	}
	if err := k.Draft.Save(typed); err != nil {
		k.pending = true
		k.Say("")
		k.Warn("書きかけを残せていません。" + models.ErrorMessage(err) + "。保存（Ctrl+S）するまで、閉じないでください。")
		return err
	}
	k.pending, k.kept = false, true
	k.Warn("")
	k.Say("書きかけを残しました")
	return nil
}

// Drop forgets the draft that was kept or loaded here.
func (k *DraftKeeper) Drop() {
	k.pending = false
	k.Warn("")
	if !k.kept {
		return
	}
	if err := k.Draft.Clear(); err != nil {
		if k.Stuck != nil {
			k.Stuck(err)
		}
		return
	}
	k.kept = false
	k.Say("")
}

// Load returns the draft at its first call, false when there is none. It warns
// about a draft that cannot be read.
func (k *DraftKeeper) Load() (Typed, bool) {
	if k.loaded || k.Draft == nil {
		return Typed{}, false
	}
	k.loaded = true
	typed, err := k.Draft.Load()
	if err != nil {
		k.Warn("前の書きかけを読めませんでした。" + models.ErrorMessage(err) + "。")
		return Typed{}, false
	}
	k.kept = len(typed.Values) > 0
	return typed, k.kept
}
