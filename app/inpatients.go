package app

import (
	"context"
	"sync"

	"renkei/app/store"
	"renkei/models"
)

// Inpatients is who was in hospital when, as of one revision. It is shared:
// never change it. While no 入院 changes it stays the same one.
type Inpatients struct {
	All models.Inpatients
}

// inpatients keeps what was read last.
type inpatients struct {
	mu       sync.Mutex
	known    *Inpatients
	revision int64
}

// Inpatients returns who was in hospital when. After a change only the patients
// concerned are read.
func (a *App) Inpatients(ctx context.Context) (*Inpatients, error) {
	k := &a.inpatients
	k.mu.Lock()
	defer k.mu.Unlock()
	err := a.store.Read(ctx, func(view store.View) error {
		revision, err := view.Revision()
		if err != nil || k.known != nil && k.revision == revision {
			return err
		}
		now, err := k.at(view)
		if err == nil {
			k.known, k.revision = now, revision
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return k.known, nil
}

// at brings what is known up to the revision of a view.
func (k *inpatients) at(view store.View) (*Inpatients, error) {
	feed := store.Feed{Many: true}
	var err error
	if k.known != nil {
		if feed, err = view.Since(k.revision); err != nil {
			return nil, err
		}
	}
	switch {
	case feed.Many:
		all, err := view.Inpatients()
		return &Inpatients{all}, err
	case !feed.Touches("入院"):
		return k.known, nil
	}
	now, err := view.InpatientsOf(feed.Patients)
	return &Inpatients{k.known.All.With(feed.Patients, now)}, err
}
