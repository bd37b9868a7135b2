package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// The parts of the register behind the figures of 連携の状況. Each holds what its
// figures count, the years they look back on, and what KnownOn asks for:
// everything that is dated later and could change what was known on the day.

// CoveragePart is the part behind all of them.
func CoveragePart(scope Scope, p fee.Params) models.Part {
	return StandardPart(scope, p).With(Fee2Part(scope, p)).With(ReachPart(scope, p)).With(WorkPart(scope, p))
}

// OverviewPart is the part behind まとめ: of the 連携の薄いところ it shows the last
// twelve months alone.
func OverviewPart(scope Scope, p fee.Params) models.Part {
	year := scope
	year.Period = models.LastMonths(scope.AsOf, 12)
	return StandardPart(scope, p).With(Fee2Part(scope, p)).With(ReachPart(year, p))
}

// StandardPart is the part behind Monitor, Forecast, CountLine, YearCounts,
// Expiries and both standings. The line looks back on a year from its first
// month.
func StandardPart(scope Scope, p fee.Params) models.Part {
	asOf := scope.AsOf
	fiscal := asOf.FiscalYearStart()
	first := Period(asOf.Month().Add(1-LineMonths).Last(), p).From
	met := min(fiscal, Period(asOf, p).From)
	part := later(asOf)
	part.Sessions = models.Period{From: min(fiscal, first, models.LastMonths(asOf, 12).From), To: asOf}
	part.Menkai = models.Period{From: met, To: asOf}
	return part
}

// Fee2Part is the part behind the figures of 指導料2.
func Fee2Part(scope Scope, _ fee.Params) models.Part {
	part := later(scope.AsOf)
	part.Sessions = scope.Within()
	return part
}

// ReachPart is the part behind Activities of the period and of the last twelve
// months, Turnovers, UnreadyCareManagers and PeacetimeByMonth. Of the days
// before, it holds the latest dealings with each partner.
func ReachPart(scope Scope, p fee.Params) models.Part {
	from := min(scope.Period.From, models.LastMonths(scope.AsOf, 12).From)
	within := models.Period{From: from, To: scope.AsOf}
	part := models.Part{
		Sessions: within, Admitted: within, Before: from,
		Stays:    models.Period{From: scope.AsOf, To: scope.AsOf},
		Contacts: models.Period{From: from}, // later ones tell which partners were not known yet
	}
	if p.RoutineSubstitutes { // for 会議, at any time before an 入院
		part.Contacts.From = models.MinDate
	}
	return part
}

// WorkPart is the part behind ContactsByMonth, Workload, AskedByMonth,
// AwaitedOn, InformedByMonth and PapersOf.
func WorkPart(scope Scope, _ fee.Params) models.Part {
	within := scope.Within()
	return models.Part{
		Sessions: within, Admitted: within, Contacts: within, OfPatients: true,
		Stays: models.Period{From: scope.AsOf, To: scope.AsOf},
	}
}

// later selects the patients with a record after a day: it may have changed the
// verdict of an earlier session, see Turned.
func later(on models.Date) models.Part {
	return models.Part{Stays: models.Period{From: on}, After: on}
}

// MenkaiPart is the part behind MenkaiDays in the Period of any day of a month.
func MenkaiPart(month models.Month, p fee.Params) models.Part {
	days := models.Period{From: Period(month.First(), p).From, To: month.Last()}
	part := models.Part{Menkai: days}
	if p.GuidanceCountsAsMenkai {
		part.Sessions = days
	}
	return part
}

// CirclePart is the part behind a list of everyone the hospital works with: both
// standings of a day, the last dealing and the last 面会 with each, and the 平時の連携.
func CirclePart(today models.Date, p fee.Params) models.Part {
	year := models.Period{From: min(today.FiscalYearStart(), Period(today, p).From), To: today}
	// Dealings are usually recorded within a month: those before do not move.
	recent := models.Period{From: today.Month().Add(-1).First(), To: today}
	part := models.Part{Menkai: year, Met: year.From, Contacts: recent, Sessions: recent, Before: recent.From}
	if p.GuidanceCountsAsMenkai {
		part = part.With(models.Part{Sessions: year})
	}
	return part.With(peacetimePart(today, p))
}
