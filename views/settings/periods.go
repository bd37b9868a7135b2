package settings

import (
	"fmt"

	"renkei/app"
	"renkei/models"
)

// periods tells how the rows of a sheet that has one for each period of a thing
// are saved: 病棟, 職員.
type periods[T app.Record] struct {
	code               func(T) string
	codeName, fromName string // of the columns, for problems
	taken              string // the problem of a new thing whose code is used
	check              func(after, before T, today models.Date) models.Problems
	period             func(T) models.Period
	end                func(row *T, last models.Date)
	version            func(row *T) *int
}

// steps returns what saving a period changes: one that follows ends the one
// before it, and a changed first day makes another row. before is the row as it
// was, with Version 0 for a new one, which gets a code in after when it has
// none; today is the day it is entered on.
func (d periods[T]) steps(all []T, before T, after *T, follows bool, today models.Date) ([]app.Step, models.Problems) {
	problems := d.check(*after, before, today)
	isNew := *d.version(&before) == 0
	from := d.period(*after).From
	var others []T
	var taken []models.Period
	for _, row := range all {
		if d.code(row) == d.code(*after) && (isNew || d.period(row).From != d.period(before).From) {
			others, taken = append(others, row), append(taken, d.period(row))
		}
	}
	shorten, problem := fit(taken, d.period(*after), follows)
	switch {
	case isNew && !follows && len(others) > 0:
		problems = append(problems, models.Problem{Field: d.codeName, Message: d.taken})
	case problem != "" && from != 0 && !d.period(*after).Reversed():
		problems = append(problems, models.Problem{Field: d.fromName, Message: problem})
	}
	if len(problems) > 0 {
		return nil, problems
	}
	var steps []app.Step
	for _, i := range shorten {
		d.end(&others[i], from.AddDays(-1))
		steps = append(steps, app.Put(others[i]))
	}
	if !isNew && d.period(before).From == from {
		return append(steps, app.Put(*after)), nil
	}
	if !isNew {
		steps = append(steps, app.Remove(before))
	}
	return append(steps, app.New(after)), nil
}

// fit finds room for a period among the others of the same code. With shorten,
// those that run into its beginning are to end the day before it: their indices
// are returned. What still overlaps is the problem, in words.
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
			return nil, fmt.Sprintf("%sからの期間と重なります。始まりの日を直してください", periodWords(other))
		}
	}
	return cut, ""
}

func overlaps(a, b models.Period) bool {
	return (a.To == 0 || a.To >= b.From) && (b.To == 0 || b.To >= a.From)
}

// periodWords returns 「2024-04-01〜2026-03-31」, an open end left blank.
func periodWords(p models.Period) string {
	if p.From == 0 && p.To == 0 {
		return ""
	}
	return p.From.String() + "〜" + p.To.String()
}
