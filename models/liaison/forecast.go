package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Months of a forecast: how far back the pace is taken from, how far ahead it
// is carried on, and how far back the line of the count reaches.
const (
	PaceMonths  = 3
	AheadMonths = 12
	LineMonths  = 13
)

// Outlook is where the yearly minimum of 入退院支援加算1 (K-08) goes if the pace of
// the last three months holds: every day that many claims more, while those of
// a year ago drop out of the count, and the 基準 is that of each day (filings
// that end, 経過措置 that runs out).
type Outlook struct {
	Now    int // 実績① + 実績② on the day
	Recent int // 実績① of the last three months
	Days   int // the days of these three months
	// Fulfilled tells how it stands on the day; On is the first later day on
	// which that turns, blank when it does not within the twelve months to Until.
	Fulfilled bool
	On, Until models.Date
	// Count and Threshold (in hundredths) are those of On, or of Until without
	// it.
	Count, Threshold int
}

// Outlooks are the forecast by what is claimed (確定) and by what is judged
// billable (見込).
type Outlooks struct{ Confirmed, Projected Outlook }

// Forecast works out when the yearly minimum is met or missed. Records of days
// after asOf are left out. Under a count by fiscal year the new year begins at
// none.
func Forecast(f *fee.Facts, verdicts []fee.Verdict, asOf models.Date) Outlooks {
	return Outlooks{
		Confirmed: outlook(f, tally(verdicts, Counted), asOf),
		Projected: outlook(f, tally(verdicts, billable), asOf),
	}
}

// paceOf is an outlook that knows its pace only.
func paceOf(c count, asOf models.Date) Outlook {
	recent := models.LastMonths(asOf, PaceMonths)
	return Outlook{
		Recent: c.within(recent), Days: recent.From.DaysUntil(asOf) + 1,
		Until: asOf.AddMonths(AheadMonths),
	}
}

func outlook(f *fee.Facts, c count, asOf models.Date) Outlook {
	o := paceOf(c, asOf)
	o.Now, o.Fulfilled = standing(f, c, o, asOf, asOf)
	for on := asOf.AddDays(1); on <= o.Until; on = on.AddDays(1) {
		done, fulfilled := standing(f, c, o, asOf, on)
		o.Count, o.Threshold = done, threshold(f, on)
		if fulfilled != o.Fulfilled {
			o.On = on
			break
		}
	}
	return o
}

// standing is the count of a day and whether it exceeds the 基準: what the year
// to that day holds of the claims until asOf, and the pace for the days since.
func standing(f *fee.Facts, c count, o Outlook, asOf, on models.Date) (done int, fulfilled bool) {
	from := Period(on, f.Params).From
	done = c.within(models.Period{From: from, To: asOf}) + f.Params.A307ConsultCount
	begin := max(from, asOf.AddDays(1))
	if days := begin.DaysUntil(on) + 1; days > 0 {
		done += o.Recent * days / o.Days
	}
	return done, 100*done > threshold(f, on)
}

// CountPoint is the yearly count and the 基準 of a day.
type CountPoint struct {
	On models.Date
	// Ahead tells a day after the one looked at: what is recorded until then,
	// carried on at the pace of the last three months (see Outlook).
	Ahead bool
	// Before tells a day before there was anything to judge (Beginning).
	Before bool
	// Confirmed and Projected are 実績① + 実績② by 確定 and by 見込.
	Confirmed, Projected int
	Threshold            int // hundredths
}

// CountLine is the yearly count at the ends of the months until a day, that day
// itself as the last, and carried on at the ends of the twelve months after it;
// months counts those until the day.
func CountLine(f *fee.Facts, verdicts []fee.Verdict, asOf models.Date, months int) []CountPoint {
	confirmed, projected := tally(verdicts, Counted), tally(verdicts, billable)
	pace, projectedPace := paceOf(confirmed, asOf), paceOf(projected, asOf)
	line, begun := make([]CountPoint, 0, months+AheadMonths), BeginningOf(f)
	for i := 1 - months; i <= AheadMonths; i++ {
		p := CountPoint{On: asOf.Month().Add(i).Last(), Ahead: i > 0}
		if p.Ahead {
			p.On = min(p.On, pace.Until)
			p.Confirmed, _ = standing(f, confirmed, pace, asOf, p.On)
			p.Projected, _ = standing(f, projected, projectedPace, asOf, p.On)
		} else {
			p.On = min(p.On, asOf)
			p.Before = begun.Kasan1Before(p.On)
			year := Period(p.On, f.Params)
			p.Confirmed = confirmed.within(year) + f.Params.A307ConsultCount
			p.Projected = projected.within(year) + f.Params.A307ConsultCount
		}
		p.Threshold = threshold(f, p.On)
		line = append(line, p)
	}
	return line
}

// YearCount is 実績① + 実績② of one reading of 過去1年 (Q18).
type YearCount struct {
	Period               models.Period
	Confirmed, Projected int
}

// YearCounts counts by both readings, whichever the hospital goes by: the last
// twelve months, and the fiscal year so far.
func YearCounts(f *fee.Facts, verdicts []fee.Verdict, asOf models.Date) (rolling, fiscal YearCount) {
	rolling.Period = models.LastMonths(asOf, 12)
	fiscal.Period = models.Period{From: asOf.FiscalYearStart(), To: asOf}
	counts := FeeCounts(verdicts, rolling.Period, fiscal.Period)
	for i, y := range []*YearCount{&rolling, &fiscal} {
		y.Confirmed = counts[i].Confirmed + f.Params.A307ConsultCount
		y.Projected = counts[i].Projected + f.Params.A307ConsultCount
	}
	return rolling, fiscal
}
