package admissions

import (
	"context"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
)

// answer is what the page has read.
type answer struct {
	snap *snapshot // of the list; nil until it is read
	// guest is the patient described, nil if the list has read everything of him.
	guest *snapshot
}

// find returns an admission that was read, nil when there is none.
func (a *answer) find(key models.AdmissionKey) *record {
	if r := a.snap.find(key); r != nil || a.guest == nil {
		return r
	}
	return a.guest.find(key)
}

// with returns what was read of the patient of a session.
func (a *answer) with(number string) *snapshot {
	if a.guest != nil && a.snap.verdict(number) == nil {
		return a.guest
	}
	return a.snap
}

// verdict returns the verdict of a session that was read, nil when there is none.
func (a *answer) verdict(number string) *fee.Verdict { return a.with(number).verdict(number) }

// rows are those of the list before its filters, and those of the guest.
func (a *answer) rows() []*Row {
	if a.guest == nil {
		return a.snap.rows
	}
	return slices.Concat(a.snap.rows, a.guest.rows)
}

// shownSheets are the sheets of which the page shows something: a verdict rests on
// やり取り only where they stand for 会議.
func shownSheets(params fee.Params) []string {
	sheets := append(slices.Clone(page.BehindVerdicts), "確定", "月締め")
	if !params.RoutineSubstitutes {
		sheets = slices.DeleteFunc(sheets, func(sheet string) bool { return sheet == "やり取り" })
	}
	return sheets
}

// load reads the rows of the list and the patient described, who may not be in
// it. What the pickers search takes longer and is read after it.
func (p *Page) load() page.Read {
	today, stay, patient := p.Shell.Today(), p.filter.Stay, p.key.PatientID
	return page.Reading(func(ctx context.Context) (a answer, err error) {
		if a.snap, err = p.read(ctx, partOf(stay, today), today, stay); err != nil || patient == "" || a.snap.holds(patient) {
			return a, err
		}
		a.guest, err = p.read(ctx, patientPart(patient), today, Every)
		return a, err
	}, func(a answer) {
		again := p.key.PatientID != patient && a.snap.find(p.key) == nil // another was visited meanwhile
		if again {
			a.guest = p.guest
		}
		p.answer, p.All, p.Of = a, a.rows(), shownSheets(a.snap.judged.Facts.Params)
		p.showFilters()
		p.apply()
		p.know()
		if again {
			p.Reload()
		}
	})
}

// know reads what the pickers search, and who was ever in hospital.
func (p *Page) know() {
	today := p.snap.today
	page.Ask(p.Shell, &p.knowing, p.Reads, func(ctx context.Context) (*people.Known, error) {
		return p.directory.Know(ctx, today)
	}, func(known *people.Known) {
		others := p.known == nil || len(p.known.Inpatients) != len(known.Inpatients)
		if p.known = known; others {
			p.apply() // the words around the list tell how many there are
		}
	})
}

// knows is the register as the pickers search it.
func (p *Page) knows() *people.Known {
	if p.known == nil {
		return &people.Known{Facts: p.snap.judged.Facts, On: p.snap.today}
	}
	return p.known
}

func (p *Page) read(ctx context.Context, part models.Part, today models.Date, stay string) (*snapshot, error) {
	judged, err := p.Desk.Judged(ctx, part)
	if err != nil {
		return nil, err
	}
	return newSnapshot(judged, today, stay), nil
}

// recorded reports whether any admission is recorded, whatever the list has read.
func (p *Page) recorded() bool { return len(p.knows().Inpatients) > 0 }
