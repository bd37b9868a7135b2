package people

import (
	"context"
	"sync"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
)

// Desk is what a Directory needs from the use cases.
type Desk interface {
	Judged(ctx context.Context, part models.Part) (*app.Judged, error)
	Inpatients(ctx context.Context) (*app.Inpatients, error)
}

// Directory makes the finders that pickers and さがす share: each is made again
// only when a record it searches changed. Several goroutines may share it. It takes
// time: never ask it on the window's goroutine.
type Directory struct {
	desk Desk

	mu   sync.Mutex
	made map[string]made // by name
}

type made struct {
	of     [4]any // what it was made of
	finder *models.Finder
}

// NewDirectory returns the directory of a register.
func NewDirectory(desk Desk) *Directory {
	return &Directory{desk: desk, made: make(map[string]made)}
}

// Know returns all that pickers search, as of now. on is the day whose offices and
// staff are shown.
func (d *Directory) Know(ctx context.Context, on models.Date) (*Known, error) {
	f, all, err := d.read(ctx)
	if err != nil {
		return nil, err
	}
	book := f.Book
	return &Known{
		Facts: f, On: on, Inpatients: all.All,
		CareManagers: d.careManagers(f, on), Offices: d.offices(f),
		Staff:    d.finder("staff of a day", [4]any{sheet(book.Staff), on}, func() []models.FindEntry { return StaffMembers(f, on) }),
		Patients: d.patients("patients", all, Patients),
	}, nil
}

// Records are what さがす searches at once, as of now.
type Records struct {
	Facts      *fee.Facts // of the frame
	Inpatients models.Inpatients

	Admissions, CareManagers, Offices, Meetings, Staff *models.Finder
}

// Records returns what さがす searches at once. The staff are all there ever were.
func (d *Directory) Records(ctx context.Context, on models.Date) (*Records, error) {
	f, all, err := d.read(ctx)
	if err != nil {
		return nil, err
	}
	book := f.Book
	return &Records{
		Facts: f, Inpatients: all.All,
		Admissions:   d.patients("admissions", all, Admissions),
		CareManagers: d.careManagers(f, on), Offices: d.offices(f),
		Meetings: d.finder("meetings", [4]any{sheet(book.Meetings)}, func() []models.FindEntry { return Meetings(f) }),
		Staff:    d.finder("staff", [4]any{sheet(book.Staff)}, func() []models.FindEntry { return StaffEver(f) }),
	}, nil
}

// Parties returns the finder of the care managers and the offices of what is
// known.
func (d *Directory) Parties(known *Known) *models.Finder {
	f, on := known.Facts, known.On
	of := [4]any{sheet(f.Book.CareManagers), sheet(f.Book.Affiliations), sheet(f.Book.Partners), on}
	return d.finder("parties", of, func() []models.FindEntry { return append(CareManagers(f, on), Offices(f)...) })
}

func (d *Directory) read(ctx context.Context) (*fee.Facts, *app.Inpatients, error) {
	judged, err := d.desk.Judged(ctx, models.Part{})
	if err != nil {
		return nil, nil, err
	}
	all, err := d.desk.Inpatients(ctx)
	return judged.Facts, all, err
}

func (d *Directory) careManagers(f *fee.Facts, on models.Date) *models.Finder {
	of := [4]any{sheet(f.Book.CareManagers), sheet(f.Book.Affiliations), sheet(f.Book.Partners), on}
	return d.finder("care managers", of, func() []models.FindEntry { return CareManagers(f, on) })
}

func (d *Directory) offices(f *fee.Facts) *models.Finder {
	return d.finder("offices", [4]any{sheet(f.Book.Partners)}, func() []models.FindEntry { return Offices(f) })
}

// finder returns the finder of a name, made anew if it was made of something
// else.
func (d *Directory) finder(name string, of [4]any, entries func() []models.FindEntry) *models.Finder {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.made[name].finder == nil || d.made[name].of != of {
		d.made[name] = made{of, models.NewFinder(entries())}
	}
	return d.made[name].finder
}

// patients returns a finder of 入院 by 患者ID, which follows the changed patients.
func (d *Directory) patients(name string, all *app.Inpatients, entries func(models.Inpatients) []models.FindEntry) *models.Finder {
	d.mu.Lock()
	defer d.mu.Unlock()
	was := d.made[name]
	old, _ := was.of[0].(*app.Inpatients)
	switch {
	case old == all:
		return was.finder
	case old == nil:
		was.finder = models.NewFinder(entries(all.All))
	default:
		changed := all.All.Changed(old.All)
		was.finder = was.finder.With(changed, entries(all.All.Of(changed)))
	}
	d.made[name] = made{[4]any{all}, was.finder}
	return was.finder
}

// sheet identifies the records of a sheet: a book shares with the one before it
// the sheets that are the same.
func sheet[T any](rows []T) any {
	if len(rows) == 0 {
		return nil
	}
	return [2]any{&rows[0], len(rows)}
}
