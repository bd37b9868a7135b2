package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Months of a forecast: how far back the pace is taken from, how far ahead it
// is carried on.
const (
	PaceMonths  = 3
	AheadMonths = 12
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

func outlook(f *fee.Facts, c count, asOf models.Date) Outlook {
	recent := models.LastMonths(asOf, PaceMonths)
	o := Outlook{
		Recent: c.within(recent), Days: recent.From.DaysUntil(asOf) + 1,
		Until: asOf.AddMonths(AheadMonths),
	}
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
