package liaison

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// Expiry is something that ends or lapses on a known day.
type Expiry struct {
	On   models.Date // the last day
	What string
	Name string
	// Of is the sheet of the 台帳ブック that records it: 病棟, 職員, 連携先 or,
	// for the 経過措置, 設定. It is "" for the total of the institutions.
	Of string
	// Key is the 連携先コード if Of is 連携先, else "".
	Key string
}

// LapseMonths is how far ahead single institutions about to fall below three
// 面会 are listed. Within twelve months all of them do.
const LapseMonths = 3

// Expiries lists what ends within twelve months of a day, earliest first: 加算1
// filings, ward rows, members of the department, the 経過措置, and the three
// 面会 of institutions if nobody meets them again.
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

// lapses finds when institutions with three 面会 fall below three if nobody
// meets them again, and when the requirements of K-05 fail as a result.
func lapses(f *fee.Facts, asOf models.Date) []Expiry {
	var list []Expiry
	now := StandingNow(f, asOf)
	ends := make(map[string]models.Date) // the last day with three 面会, by 連携先コード
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
		// When the minimum-th from the end lapses, too few are left.
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

// lastOfThree returns the last day whose 過去1年 includes three of the 面会.
func lastOfThree(f *fee.Facts, p PartnerStanding, asOf models.Date) models.Date {
	third := p.Days[len(p.Days)-MinMenkai]
	on := asOf
	for next := on.AddDays(1); Period(next, f.Params).From <= third; next = next.AddDays(1) {
		on = next
	}
	return on
}
