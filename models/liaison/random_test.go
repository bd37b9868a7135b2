package liaison_test

import (
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// drawn is a random register with its verdicts and a random scope.
type drawn struct {
	book     *models.Book
	facts    *fee.Facts
	rules    fee.Rules
	verdicts []fee.Verdict
	scope    liaison.Scope
}

func draw(t *rapid.T) drawn {
	b := booktest.Random(t)
	params, aside := fee.ParamsOf(b.Settings)
	if len(aside) > 0 {
		t.Fatal(aside)
	}
	rules, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	d := drawn{book: b, rules: rules, facts: fee.NewFacts(b, params)}
	d.verdicts = booktest.Judge(t, d.facts, rules)
	from := oneOf(t, "from", day("2026-05-01"), day("2026-06-01"), day("2026-07-15"))
	d.scope = liaison.Scope{
		Period: models.Period{From: from, To: from.AddDays(oneOf(t, "length", 300, 200, 60, 29))},
		AsOf:   oneOf(t, "as of", from.AddDays(300), from.AddDays(250), from.AddDays(90), from.AddDays(30), day("2027-03-30")),
		Ward:   rapid.SampledFrom([]string{"", "", "3A", "4B"}).Draw(t, "ward"),
		Area:   rapid.SampledFrom([]string{"", "", "みなと市"}).Draw(t, "area"),
	}
	return d
}

func dayIn(t *rapid.T, what, from string, span int) models.Date {
	return booktest.DayIn(t, what, from, span)
}

func oneOf[T any](t *rapid.T, what string, values ...T) T { return booktest.OneOf(t, what, values...) }
