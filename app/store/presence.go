package store

import (
	"context"
	"time"
)

// Desk is one run of the program: ID is its own among all, Actor sits there, Machine is
// the name of the PC.
type Desk struct{ ID, Actor, Machine string }

// Presence is somebody who has a record open in a form.
type Presence struct {
	Actor, Machine string
	Since          time.Time
}

// An open record is renewed every so often, and counts no more when it was not
// renewed for longer: a program that was killed takes nothing back.
const (
	RenewEvery  = 30 * time.Second
	presentFor  = 90 * time.Second
	openColumns = "desk, sheet, record_key, actor, machine, since, seen"
)

// OpenRecords notes that records are open at a desk, or still are. It takes away those
// of desks that are gone.
func (s *Store) OpenRecords(ctx context.Context, desk Desk, records ...RecordRef) error {
	err := s.openRecords(ctx, desk, records)
	return s.explain(ctx, err, "開いている記録をほかの画面に知らせられません")
}

func (s *Store) openRecords(ctx context.Context, desk Desk, records []RecordRef) error {
	if err := s.engine.mayWrite(); err != nil {
		return err
	}
	db := s.writer.WithContext(ctx)
	now, err := s.clockIn(db)
	if err != nil {
		return err
	}
	for _, r := range records {
		err := db.Exec("INSERT INTO open_records ("+openColumns+") VALUES (?, ?, ?, ?, ?, ?, ?) "+
			"ON CONFLICT (desk, sheet, record_key) DO UPDATE SET seen = excluded.seen",
			desk.ID, r.Sheet, r.Key, desk.Actor, desk.Machine, instant(now), instant(now)).Error
		if err != nil {
			return err
		}
	}
	return db.Exec("DELETE FROM open_records WHERE seen < ?", instant(now.Add(-presentFor))).Error
}

// CloseRecords notes that records are no longer open at a desk.
func (s *Store) CloseRecords(ctx context.Context, desk Desk, records ...RecordRef) error {
	if err := s.engine.mayWrite(); err != nil {
		return err
	}
	for _, r := range records {
		err := s.writer.WithContext(ctx).Exec("DELETE FROM open_records WHERE desk = ? AND sheet = ? AND record_key = ?", desk.ID, r.Sheet, r.Key).Error
		if err != nil {
			return s.explain(ctx, err, "閉じた記録をほかの画面に知らせられません")
		}
	}
	return nil
}

// AlsoOpen returns who else has a record open, who came first first.
func (s *Store) AlsoOpen(ctx context.Context, desk Desk, record RecordRef) ([]Presence, error) {
	others, err := s.alsoOpen(ctx, desk, record)
	return others, s.explain(ctx, err, "データを読み取れません")
}

func (s *Store) alsoOpen(ctx context.Context, desk Desk, record RecordRef) ([]Presence, error) {
	db := s.reader.WithContext(ctx)
	now, err := s.clockIn(db)
	if err != nil {
		return nil, err
	}
	found, err := db.Raw("SELECT actor, machine, since FROM open_records WHERE sheet = ? AND record_key = ? AND desk <> ? AND seen >= ? ORDER BY since, desk",
		record.Sheet, record.Key, desk.ID, instant(now.Add(-presentFor))).Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var others []Presence
	for found.Next() {
		var p Presence
		var since string
		if err := found.Scan(&p.Actor, &p.Machine, &since); err != nil {
			return nil, err
		}
		if p.Since, err = time.Parse(time.RFC3339, since); err != nil {
			return nil, err
		}
		others = append(others, p)
	}
	return others, found.Err()
}
