package liaison

import (
	"cmp"
	"slices"
	"time"

	"renkei/models"
	"renkei/models/fee"
)

// PartnerStanding is the 年3回 (K-06) of one 連携機関 in a period: the 過去1年
// (StandingNow) or the fiscal year (StandingByMarch). Every view of it names
// the period.
type PartnerStanding struct {
	Partner *models.Partner
	Days    []models.Date // the 面会 counted, in ascending order
	Short   int           // 面会 missing for three
	// Until is the last day on which the count stays as it is without a new
	// 面会; with more than three 面会, the last day on which three count. It is
	// blank when nothing can drop out.
	Until models.Date
	// StartBy is the last working day to begin the missing 面会 so that one per
	// working day reaches the end. It is blank when none is missing, and always
	// in StandingNow.
	StartBy models.Date
	Late    bool // StartBy has passed: three can no longer be reached
}

// Partners25 is the state of 25機関×年3回 (K-05).
type Partners25 struct {
	Period models.Period // what is counted
	End    models.Date   // by when it must be reached
	// Partners holds every 連携機関, those nearest to three 面会 first.
	Partners []PartnerStanding
	// Met counts those with three 面会. Medical, Care and Special count the 医療機関,
	// the 介護・障害 providers and those of 特別の関係 among them (内数, Q19).
	Met, Medical, Care, Special int
	Asked                       Asked
	// Short is the number of institutions missing for 25.
	Short int
}

// Fulfilled reports whether there are 25, with enough of each kind required
// (K-05).
func (s Partners25) Fulfilled() bool {
	return s.Short == 0 && (!s.Asked.Medical || s.Medical >= MinMedical) && (!s.Asked.Care || s.Care >= MinCare)
}

// Lacking returns the 連携機関 with fewer than three 面会, nearest to three first.
func (s Partners25) Lacking() []PartnerStanding { return s.Partners[s.Met:] }

// StandingNow returns 25機関×年3回 of the 過去1年 as of a day: the figures of
// Monitor, and who is short.
func StandingNow(f *fee.Facts, asOf models.Date) Partners25 {
	return standing25(f, Period(asOf, f.Params), asOf, asOf, false)
}

// YearName returns the name of the period of StandingNow, by which 充足 is
// judged (Q18).
func YearName(p fee.Params) string {
	if p.A246Period == fee.Fiscal {
		return "過去1年（年度）"
	}
	return "過去1年（直近12か月）"
}

// FiscalName is the name of the period of StandingByMarch.
const FiscalName = "今年度"

// StandingByMarch returns the fiscal year so far against the 25機関×年3回 due
// on 31 March. On that day the last 12 months equal the fiscal year.
func StandingByMarch(f *fee.Facts, asOf models.Date) Partners25 {
	return standing25(f, models.Period{From: asOf.FiscalYearStart(), To: asOf}, asOf, fiscalEnd(asOf), true)
}

func standing25(f *fee.Facts, period models.Period, asOf, end models.Date, ahead bool) Partners25 {
	s := Partners25{Period: period, End: end, Asked: KindsAsked(f, asOf)}
	days := MenkaiDays(f, period)
	for i := range f.Book.Partners {
		p := &f.Book.Partners[i]
		if !Active(p, asOf) {
			continue
		}
		row := PartnerStanding{Partner: p, Days: days[p.Code], Short: max(0, MinMenkai-len(days[p.Code])), Until: end}
		if !ahead {
			row.Until = countsUntil(row.Days, f.Params, asOf)
		}
		switch {
		case row.Short == 0:
			s.count(p)
		case ahead:
			row.StartBy = workingDayBack(end, row.Short)
			row.Late = row.StartBy < asOf
		}
		s.Partners = append(s.Partners, row)
	}
	slices.SortStableFunc(s.Partners, func(a, b PartnerStanding) int { return cmp.Compare(a.Short, b.Short) })
	s.Short = max(0, MinPartners-s.Met)
	return s
}

// countsUntil returns the last day on which the 面会 of the 過去1年 count as
// now: by fiscal year its end, by 12 months the day before the oldest of the
// newest three drops out.
func countsUntil(days []models.Date, p fee.Params, asOf models.Date) models.Date {
	switch {
	case p.A246Period == fee.Fiscal:
		return fiscalEnd(asOf)
	case len(days) == 0:
		return 0
	}
	oldest := days[max(0, len(days)-MinMenkai)]
	until := oldest.AddMonths(12).AddDays(-2)
	for Period(until.AddDays(1), p).Covers(oldest) {
		until = until.AddDays(1)
	}
	return until
}

// fiscalEnd returns 31 March of the fiscal year of a day.
func fiscalEnd(on models.Date) models.Date { return on.FiscalYearStart().AddMonths(12).AddDays(-1) }

func (s *Partners25) count(p *models.Partner) {
	s.Met++
	if Medical(p) {
		s.Medical++
	}
	if p.Kind.CareProvider() {
		s.Care++
	}
	if p.SpecialRelation.Is() {
		s.Special++
	}
}

// workingDayBack returns the n-th working day counted back from end. The end
// itself is the first if it is a working day.
func workingDayBack(end models.Date, n int) models.Date {
	for d := end; ; d = d.AddDays(-1) {
		if workingDay(d) {
			if n--; n == 0 {
				return d
			}
		}
	}
}

func workingDay(d models.Date) bool {
	_, holiday := models.Holiday(d)
	return !holiday && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// Staffing is the recorded members of the 入退院支援部門 and of the wards on a
// day (K-03, K-04). Experience and hours are not recorded.
type Staffing struct {
	FullTime, Dedicated []models.Staff // 専従, 専任
	Wards               []models.Staff // 病棟専任
	// Paired: a 看護師 or 社会福祉士 is 専従, and one of the other profession is 専従 or 専任.
	Paired bool
}

// StaffingOn returns the staff recorded on a day.
func StaffingOn(f *fee.Facts, asOf models.Date) Staffing {
	var s Staffing
	for _, row := range f.Book.Staff {
		if !row.Period().Covers(asOf) {
			continue
		}
		switch row.Department {
		case models.FullTime:
			s.FullTime = append(s.FullTime, row)
		case models.Dedicated:
			s.Dedicated = append(s.Dedicated, row)
		}
		if row.WardDedicated.Is() {
			s.Wards = append(s.Wards, row)
		}
	}
	has := func(rows []models.Staff, job models.Job) bool {
		return slices.ContainsFunc(rows, func(r models.Staff) bool { return r.Job == job })
	}
	both := slices.Concat(s.FullTime, s.Dedicated)
	s.Paired = has(s.FullTime, models.Nurse) && has(both, models.SocialWorker) ||
		has(s.FullTime, models.SocialWorker) && has(both, models.Nurse)
	return s
}
