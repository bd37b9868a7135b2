package settings

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/effect"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// periodSection is a section of things that have a row for each period: 病棟,
// 職員.
type periodSection[T app.Entered] struct {
	recordSection[T]
	periods[T]
	// name is what a row is called: 「3東病棟」「佐藤さん」.
	name func(T) string
	// first is what a new one begins with; next is the first day of a period that
	// follows another.
	first func() T
	next  func() models.Date
	// fields are the rows of the form.
	fields func(*T) []form.Row
	// draft is the section's part of the names of drafts.
	draft string
	// more are buttons besides the usual ones.
	more []*ui.Button
}

// Build makes the section's content.
func (s *periodSection[T]) Build() fyne.CanvasObject {
	s.Key, s.Enter = s.key, s.edit
	s.buttons = slices.Concat([]*ui.Button{
		ui.NewIconButton("直す", theme.DocumentCreateIcon(), s.withSelected(s.edit)),
		ui.NewIconButton("新しい期間", theme.HistoryIcon(), s.withSelected(s.nextPeriod)),
	}, s.more, []*ui.Button{
		ui.NewIconButton("新しい"+s.Sheet, theme.ContentAddIcon(), s.New),
	})
	return s.recordSection.Build()
}

func (s *periodSection[T]) edit(row T) {
	s.Begin(func() page.Editor { return s.form(row, false) })
}

// New opens the form of a new thing (Ctrl+N).
func (s *periodSection[T]) New() { s.p.Await(func() { s.edit(s.first()) }) }

// nextPeriod opens the form of the period that follows another.
func (s *periodSection[T]) nextPeriod(row T) {
	at := s.of(&row)
	*at.version, *at.from, *at.to = 0, s.next(), 0
	s.Begin(func() page.Editor { return s.form(row, true) })
}

// form is the form of a period: one that is recorded, one that follows another,
// or the first of a new thing.
func (s *periodSection[T]) form(row T, follows bool) *page.Form {
	was, at := row, s.of(&row)
	o := page.FormOptions{Title: s.Sheet + "の登録", Draft: s.draftName("new")}
	switch {
	case *at.version > 0:
		o.Of = app.RefOf(row)
		o.Title, o.Draft, o.Recorded = s.name(row)+"（"+at.from.String()+"から）を直す", s.draftName(s.key(row)), true
	case follows:
		o.Title, o.Draft = s.name(row)+"の新しい期間", s.draftName("next."+*at.code)
	}
	o.Entry = func() page.Entry {
		changed := row
		e := page.EntryOf(s.name(changed), &changed, was, s.Shell.Today(), s.key)
		e.Steps, e.Problems = s.steps(s.rows(), was, &changed, follows, s.Shell.Today())
		return e
	}
	f := s.NewForm(o)
	page.Bind(f, &row, s.fields(&row)...)
	effect.Under(f, formShare)
	return f
}

func (s *periodSection[T]) draftName(of string) string { return "settings." + s.draft + "." + of }

// periods tells how the rows of a sheet that has one for each period of a thing
// are saved.
type periods[T app.Entered] struct {
	of func(*T) period
	// taken is the problem of a new thing whose code is used.
	taken string
}

// period is the part of a row that makes it a period of a thing.
type period struct {
	code     *string
	from, to *models.Date
	version  *int
}

func (p period) days() models.Period { return models.Period{From: *p.from, To: *p.to} }

// key is that of a row on its sheet: 「3E/2024-04-01」.
func (d periods[T]) key(row T) string {
	at := d.of(&row)
	return *at.code + "/" + at.from.String()
}

// steps returns what saving a period changes. A period that follows another ends
// it, and a changed first day makes another row. before is the row as it was,
// with Version 0 for a new one; after gets a number when it has none. today is
// the day it is entered on.
func (d periods[T]) steps(all []T, before T, after *T, follows bool, today models.Date) ([]app.Step, models.Problems) {
	was, now := d.of(&before), d.of(after)
	isNew := *was.version == 0
	var others []T
	var taken []models.Period
	for _, row := range all {
		if at := d.of(&row); *at.code == *now.code && (isNew || *at.from != *was.from) {
			others, taken = append(others, row), append(taken, at.days())
		}
	}
	problems := app.EntryProblems(*after, before, today)
	shorten, problem := fit(taken, now.days(), follows)
	switch {
	case isNew && !follows && len(others) > 0:
		problems = append(problems, models.Problem{Field: column(after, now.code), Message: d.taken})
	case problem != "" && *now.from != 0 && !now.days().Reversed():
		problems = append(problems, models.Problem{Field: column(after, now.from), Message: problem})
	}
	if len(problems) > 0 {
		return nil, problems
	}
	var steps []app.Step
	for _, i := range shorten {
		*d.of(&others[i]).to = now.from.AddDays(-1)
		steps = append(steps, app.Put(others[i]))
	}
	if !isNew && *was.from == *now.from {
		return append(steps, app.Put(*after)), nil
	}
	if !isNew {
		steps = append(steps, app.Remove(before))
	}
	return append(steps, app.New(after)), nil
}

// column is the name of a field of a row; every one is described.
func column[T any](row *T, at any) string {
	f, _ := models.Describe(row, at)
	return f.Name
}

// fit finds room for a period among the others of the same code. With shorten it
// returns the indices of those that have to end the day before the period begins.
// problem says what still overlaps, "" for nothing.
func fit(others []models.Period, p models.Period, shorten bool) (cut []int, problem string) {
	for i, other := range others {
		switch {
		case !overlaps(other, p):
		case shorten && other.From < p.From:
			cut = append(cut, i)
		case other.From == p.From:
			return nil, fmt.Sprintf("同じ日（%s）に始まる期間がすでにあります", p.From)
		case other.From > p.From:
			return nil, fmt.Sprintf("%sに始まる期間と重なります。終わりの日をその前にしてください", other.From)
		default:
			return nil, fmt.Sprintf("%sからの期間と重なります。始まりの日を直してください", words.Period(other))
		}
	}
	return cut, ""
}

func overlaps(a, b models.Period) bool {
	return (a.To == 0 || a.To >= b.From) && (b.To == 0 || b.To >= a.From)
}
