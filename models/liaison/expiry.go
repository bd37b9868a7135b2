package liaison

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// Expiry is something that ends, or that lapses with the days that pass.
type Expiry struct {
	On   models.Date // the last day
	What string
	Name string
	// Of is the sheet of the 台帳ブック it is recorded in: 病棟, 職員, 連携先 or, for the
	// 経過措置, 設定; "" for the sum of the institutions.
	Of string
	// Key is the 連携先コード of one of Of 連携先, else "".
	Key string
}

// LapseMonths is how far ahead single institutions that fall short of three 面会
// are named: in twelve months all of them do.
const LapseMonths = 3

// Expiries lists what ends in the twelve months from a day: 加算1 filings, facts
// of wards, members of the department, the 経過措置, and the three 面会 of
// institutions if nobody is met again; the next first.
func Expiries(f *fee.Facts, asOf models.Date) []Expiry {
	var list []Expiry
	until := asOf.AddMonths(12)
	add := func(on models.Date, of, what, name string) {
		if on != 0 && on >= asOf && on <= until {
			list = append(list, Expiry{On: on, What: what, Name: name, Of: of})
		}
	}
	for i := range f.Book.Wards {
		w := &f.Book.Wards[i]
		if !w.Valid().Covers(asOf) {
			continue
		}
		add(w.FiledTo, "病棟", "加算1の届出", w.Name)
		if w.ValidTo != w.FiledTo {
			add(w.ValidTo, "病棟", "病棟の登録", w.Name)
		}
	}
	for i := range f.Book.Staff {
		if s := &f.Book.Staff[i]; s.Department != "" && s.Period().Covers(asOf) {
			add(s.To, "職員", "部門の"+string(s.Department), s.Name)
		}
	}
	if f.Params.ChiikiCareExempt {
		add(ChiikiExemptUntil, "設定", "経過措置（地域包括ケア病床の除外）", "")
	}
	list = append(list, lapses(f, asOf)...)
	slices.SortStableFunc(list, func(a, b Expiry) int { return cmp.Compare(a.On, b.On) })
	return list
}

// lapses foresees when the institutions with three 面会 are so no longer, if nobody
// is met again, and when with them what K-05 asks for is gone.
func lapses(f *fee.Facts, asOf models.Date) []Expiry {
	var list []Expiry
	now := StandingNow(f, asOf)
	ends := make(map[string]models.Date) // the last day of each that lapses within the year
	for _, p := range now.Partners[:now.Met] {
		on := lastOfThree(f, p, asOf)
		if end := p.Partner.EndedOn; end != 0 && end.AddDays(-1) <= on {
			on = end.AddDays(-1)
		}
		ends[p.Partner.Code] = on
		if on <= asOf.AddMonths(LapseMonths) {
			list = append(list, Expiry{on, "面会3回以上の連携機関", p.Partner.Name, "連携先", p.Partner.Code})
		}
	}
	asked := func(what string, minimum int, is func(*models.Partner) bool) {
		var days []models.Date
		for _, p := range now.Partners[:now.Met] {
			if is(p.Partner) {
				days = append(days, ends[p.Partner.Code])
			}
		}
		// With the minimum-th from the last gone, fewer than asked are left.
		if slices.Sort(days); len(days) >= minimum {
			if on := days[len(days)-minimum]; on <= asOf.AddMonths(12) {
				list = append(list, Expiry{On: on, What: what, Name: fmt.Sprintf("年3回の面会が%dか所以上", minimum)})
			}
		}
	}
	asked("連携機関の要件", MinPartners, func(*models.Partner) bool { return true })
	if now.Asked.Medical {
		asked("医療機関の要件", MinMedical, Medical)
	}
	if now.Asked.Care {
		asked("介護・障害の要件", MinCare, func(p *models.Partner) bool { return p.Kind.CareProvider() })
	}
	return list
}

// lastOfThree is the last day on which the 過去1年 holds three of the 面会.
func lastOfThree(f *fee.Facts, p PartnerStanding, asOf models.Date) models.Date {
	third := p.Days[len(p.Days)-MinMenkai]
	on := asOf
	for next := on.AddDays(1); Period(next, f.Params).From <= third; next = next.AddDays(1) {
		on = next
	}
	return on
}
