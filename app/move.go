package app

import (
	"context"
	"errors"

	"renkei/app/store"
	"renkei/models"
)

// Move takes everything from the register config.Data into another place, where
// nothing was ever recorded, and returns what is there now. The old register is
// marked as moved and refuses to be opened; a file becomes read-only. While somebody
// has it open the error is Unavailable and says who. See store.Move.
func Move(ctx context.Context, config Config, to string, p Progress) (store.Content, error) {
	config = config.complete()
	from, err := CheckPlace(config.Data)
	if err != nil {
		return store.Content{}, err
	}
	if to, err = CheckPlace(to); err != nil {
		return store.Content{}, err
	}
	if err := mustBeThere(ctx, from); err != nil {
		return store.Content{}, err
	}
	off := func() error { return nil }
	if !IsServer(from) {
		if off, err = keepWindowsOff(from); err != nil {
			return store.Content{}, err
		}
	}
	content, err := store.Move(ctx, from, to, config.storing(true), counting(p, "行"))
	if lost, other := damaged(ctx, from, err); lost != nil && !IsServer(from) {
		err = errors.Join(lost, other)
	}
	if err := off(); err != nil {
		config.Log.Warn("lock not released", "error", err)
	}
	if err == nil {
		config.Log.Info("register moved", "from", Shown(from), "to", Shown(to))
	}
	return content, err
}

// RestoreInto puts a copy into the empty register config.Data, a database on a
// server, where it begins a lineage of its own, and returns what is there now. The
// copy stays as it is. See store.RestoreInto.
func RestoreInto(ctx context.Context, config Config, from string, p Progress) (store.Content, error) {
	config = config.complete()
	place, err := CheckPlace(config.Data)
	if err != nil {
		return store.Content{}, err
	}
	content, err := store.RestoreInto(ctx, from, place, config.storing(false), counting(p, "行"))
	if err == nil {
		config.Log.Info("register restored", "from", from, "to", Shown(place))
	}
	return content, err
}

// storing are the options of the store; whole checks a file first.
func (c Config) storing(whole bool) store.Options {
	return store.Options{Now: c.clock, Program: Version, Log: c.Log, Whole: whole}
}

// counting passes progress on with the word for what is counted.
func counting(p Progress, what string) func(done, total int) {
	return func(done, total int) {
		if p != nil {
			p(what, done, total)
		}
	}
}

// mustBeThere refuses a place where no register is: opening it would make one.
func mustBeThere(ctx context.Context, path string) error {
	if IsServer(path) {
		return nil
	}
	if lost, err := FindLost(ctx, path); lost != nil || err != nil {
		return errors.Join(err, asError(lost))
	}
	if !IsThere(path) {
		return models.Errorf(models.NotFound, "データのファイル「%s」がありません。--data の場所と名前を確かめてください", path)
	}
	return nil
}

func asError(lost *Lost) error {
	if lost == nil {
		return nil
	}
	return lost
}
