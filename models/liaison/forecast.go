package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Months of a forecast: how far back the pace is taken from, how far ahead it
// runs, and how far back the line of counts reaches.
const (
	PaceMonths  = 3
	AheadMonths = 12
	LineMonths  = 13
)

// Outlook forecasts the yearly minimum of 入退院支援加算1 (K-08) at the pace of the
// last three months. New claims are added every day, claims older than a year
// drop out, and the 基準 is that of each day (filings end, the 経過措置 runs out).
type Outlook struct {
	Now    int // 実績① + 実績② on the day
	Recent int // 実績① of the last three months
	Days   int // days in these three months
	// Fulfilled is the state on the day. On is the first later day on which it
	// changes, blank when it does not change up to Until (twelve months).
	Fulfilled bool
	On, Until models.Date
	// Count and Threshold (in hundredths) are those of On, or of Until if On is
	// blank.
	Count, Threshold int
}

// Outlooks are the forecasts by claims (確定) and by billable sessions (見込).
type Outlooks struct{ Confirmed, Projected Outlook }

// Forecast works out when the yearly minimum will be met or missed. Records
// after asOf are ignored. When the hospital counts by fiscal year, the new year
// starts at zero.
func Forecast(f *fee.Facts, verdicts []fee.Verdict, asOf models.Date) Outlooks {
	return Outlooks{
		Confirmed: outlook(f, tally(verdicts, Counted), asOf),
		Projected: outlook(f, tally(verdicts, billable), asOf),
	}
}

// paceOf returns an outlook with only its pace filled in.
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

// standing returns the count on a day and whether it exceeds the 基準: the claims
// up to asOf within the year to that day, plus the pace for the days since.
func standing(f *fee.Facts, c count, o Outlook, asOf, on models.Date) (done int, fulfilled bool) {
	from := Period(on, f.Params).From
	done = c.within(models.Period{From: from, To: asOf}) + f.Params.A307ConsultCount
	begin := max(from, asOf.AddDays(1))
	if days := begin.DaysUntil(on) + 1; days > 0 {
		done += o.Recent * days / o.Days
	}
	return done, 100*done > threshold(f, on)
}

// CountPoint is the yearly count and the 基準 on a day.
type CountPoint struct {
	On models.Date
	// Ahead: the day is in the future. Its count is a forecast (see Outlook).
	Ahead bool
	// Before: on that day there was nothing to monitor (see Beginning).
	Before bool
	// Confirmed and Projected are 実績① + 実績② by 確定 and by 見込.
	Confirmed, Projected int
	Threshold            int // hundredths
}

// CountLine returns the yearly count at month ends: the given number of months
// up to asOf, the last point being asOf itself, then a forecast for twelve
// months. first is the day of the first record of the register.
func CountLine(f *fee.Facts, verdicts []fee.Verdict, first, asOf models.Date, months int) []CountPoint {
	confirmed, projected := tally(verdicts, Counted), tally(verdicts, billable)
	pace, projectedPace := paceOf(confirmed, asOf), paceOf(projected, asOf)
	line, begun := make([]CountPoint, 0, months+AheadMonths), BeginningOf(f, first)
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

// YearCount is 実績① + 実績② by one reading of 過去1年 (Q18).
type YearCount struct {
	Period               models.Period
	Confirmed, Projected int
}

// YearCounts counts by both readings, whichever the hospital uses: the last
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
