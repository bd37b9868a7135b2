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
	part := CountsPart(asOf, LineMonths, p).With(models.Part{Sessions: models.Period{From: min(fiscal, models.LastMonths(asOf, 12).From), To: asOf}})
	part.Menkai = models.Period{From: min(fiscal, Period(asOf, p).From), To: asOf}
	return part
}

// CountsPart is the part behind FeeCounts of the 過去1年 of a day and of the ends
// of the months before it, so many in all, and behind Forecast.
func CountsPart(asOf models.Date, months int, p fee.Params) models.Part {
	part := LaterPart(asOf)
	part.Sessions = models.Period{From: Period(asOf.Month().Add(1-months).Last(), p).From, To: asOf}
	return part
}

// MenkaiPart is the part behind Menkai of a period.
func MenkaiPart(period models.Period, p fee.Params) models.Part {
	part := models.Part{Menkai: period}
	if p.GuidanceCountsAsMenkai {
		part.Sessions = period
	}
	return part
}

// PeacetimePart is the part behind fee.PeacetimeOf on a day: beside 会議, the
// やり取り that may stand for them.
func PeacetimePart(on models.Date, p fee.Params) models.Part {
	if !p.RoutineSubstitutes {
		return models.Part{}
	}
	from := models.MinDate
	if p.LookbackMonths > 0 {
		from = on.AddMonths(-p.LookbackMonths)
	}
	return models.Part{Contacts: models.Period{From: from, To: on}}
}

// HandoverPart is the part behind Handovers.
func HandoverPart(asOf models.Date, p fee.Params) models.Part {
	year := models.LastMonths(asOf, HandoverMonths)
	return WorklistPart(asOf, p).With(LaterPart(asOf)).With(models.Part{
		Admitted: WorkingPeriod(asOf), Sessions: year, Contacts: year, OfPatients: true,
	})
}

// Fee2Part is the part behind the figures of 指導料2.
func Fee2Part(scope Scope, _ fee.Params) models.Part {
	part := LaterPart(scope.AsOf)
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

// LaterPart selects the patients with a record after a day: it may have changed the
// verdict of an earlier session, see Turned.
func LaterPart(on models.Date) models.Part {
	return models.Part{Stays: models.Period{From: on}, After: on}
}

// MenkaiOfMonthPart is the part behind MenkaiDays in the Period of any day of a month.
func MenkaiOfMonthPart(month models.Month, p fee.Params) models.Part {
	return MenkaiPart(models.Period{From: Period(month.First(), p).From, To: month.Last()}, p)
}

// CirclePart is the part behind a list of everyone the hospital works with: both
// standings of a day, the last dealing and the last 面会 with each, and the 平時の連携.
func CirclePart(today models.Date, p fee.Params) models.Part {
	year := models.Period{From: min(today.FiscalYearStart(), Period(today, p).From), To: today}
	// Dealings are usually recorded within a month: those before do not move.
	recent := models.Period{From: today.Month().Add(-1).First(), To: today}
	part := models.Part{Met: year.From, Contacts: recent, Sessions: recent, Before: recent.From}
	return part.With(MenkaiPart(year, p)).With(PeacetimePart(today, p))
}
