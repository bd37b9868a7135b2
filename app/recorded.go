package app

import (
	"context"

	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// Recorded is a part of the register as of one revision without its verdicts, for
// who asks what was recorded and not what it earns: it costs a fraction of Judged.
// It is shared: never change it.
type Recorded struct {
	Facts *fee.Facts
	Rules fee.Rules

	revision int64
	part     models.Part
}

// Recorded reads a part of the register. was is what the caller read before, or
// nil: of the same part only what changed since is read, and was itself is returned
// if nothing did. The register keeps nothing of it.
func (a *App) Recorded(ctx context.Context, part models.Part, was *Recorded) (now *Recorded, err error) {
	err = a.store.Read(ctx, func(view store.View) error {
		revision, err := view.Revision()
		if err != nil {
			return err
		}
		if was != nil && nameOf(was.part) != nameOf(part) {
			was = nil
		}
		if was != nil && was.revision == revision {
			now = was
			return nil
		}
		book, err := a.recordedIn(view, part, revision, was)
		if err != nil {
			return err
		}
		params, _ := fee.ParamsOf(book.Settings)
		now = &Recorded{Facts: fee.NewFacts(book, params), Rules: a.rules, revision: revision, part: part}
		return nil
	})
	return now, err
}

// recordedIn reads what changed since a part was read, or all of it.
func (a *App) recordedIn(view store.View, part models.Part, revision int64, was *Recorded) (*models.Book, error) {
	if was != nil && was.revision < revision {
		feed, err := view.Since(was.revision)
		if err != nil {
			return nil, err
		}
		if book, ok, err := view.Mend(was.Facts.Book, part, feed); err != nil || ok {
			return book, err
		}
	}
	return view.PartOver(a.frameAt(revision), part)
}

// frameAt returns a book with the frame of a revision, nil if none is kept.
func (a *App) frameAt(revision int64) *models.Book {
	if frame := a.known.get(models.Part{}); frame != nil && frame.Revision == revision {
		return frame.Facts.Book
	}
	return nil
}
