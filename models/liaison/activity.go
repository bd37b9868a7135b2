package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// Activity is the dealings of the hospital with one partner.
type Activity struct {
	Partner *models.Partner
	Area    string // 市区町村 of the address, or ""
	Active  bool   // 連携機関 on the day
	// Counts in the period: 入院 of patients whose 担当CM worked at the office on
	// the 入院日, やり取り with the office, and 共同指導 with its care managers.
	Admissions, Contacts, Sessions int
	// FirstOn and LastOn are the first and latest やり取り or 共同指導 of all
	// time up to the day. Blank when there is none.
	FirstOn, LastOn models.Date
}

// Silent returns the number of days since the latest やり取り or 共同指導,
// false when there never was one.
func (a Activity) Silent(asOf models.Date) (days int, ok bool) {
	if a.LastOn == 0 {
		return 0, false
	}
	return a.LastOn.DaysUntil(asOf), true
}

// Cold reports a busy partner the hospital rarely talks to: at least
// BusyAdmissions 入院, and fewer やり取り and 共同指導 than 入院.
func (a Activity) Cold() bool {
	return cold(a.Admissions, a.Contacts+a.Sessions)
}

func cold(admissions, dealings int) bool {
	return admissions >= BusyAdmissions && dealings < admissions
}

// ColdOnes returns the cold partners, in the given order.
func ColdOnes(activities []Activity) []Activity {
	return slices.DeleteFunc(slices.Clone(activities), func(a Activity) bool { return !a.Cold() })
}

// BusyAdmissions is the number of 入院 in the period that makes a partner busy.
const BusyAdmissions = 3

// Activities returns the dealings with every partner of the area that has not
// ended by the day, in the order of the register. The ward of the scope is
// ignored.
func Activities(f *fee.Facts, scope Scope) []Activity {
	index := make(map[string]int)
	var list []Activity
	for i := range f.Book.Partners {
		p := &f.Book.Partners[i]
		if p.EndedOn != 0 && p.EndedOn <= scope.AsOf || !scope.inArea(p) {
			continue
		}
		index[p.Code] = len(list)
		list = append(list, Activity{Partner: p, Area: models.AreaOf(p.Address), Active: Active(p, scope.AsOf)})
	}
	dealt := func(office string, on models.Date, count func(*Activity)) {
		i, ok := index[office]
		if !ok || on == 0 || on > scope.AsOf {
			return
		}
		a := &list[i]
		if a.FirstOn == 0 || on < a.FirstOn {
			a.FirstOn = on
		}
		a.LastOn = max(a.LastOn, on)
		if scope.covers(on) {
			count(a)
		}
	}
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		dealt(f.OfficeOfContact(c), c.On, func(a *Activity) { a.Contacts++ })
	}
	for i := range f.Book.Sessions {
		s := &f.Book.Sessions[i]
		if office := f.OfficeOf(s.CareManager, s.On); office != nil {
			dealt(office.Code, s.On, func(a *Activity) { a.Sessions++ })
		}
	}
	for i := range f.Book.Admissions {
		a := &f.Book.Admissions[i]
		if office := f.OfficeOf(a.CareManager, a.AdmittedOn); office != nil && scope.covers(a.AdmittedOn) {
			if at, ok := index[office.Code]; ok {
				list[at].Admissions++
			}
		}
	}
	return list
}

// Busiest returns the activities with any dealings in the period: most 入院
// first, then fewest やり取り.
func Busiest(activities []Activity) []Activity {
	list := slices.DeleteFunc(slices.Clone(activities), func(a Activity) bool { return a.Admissions+a.Contacts+a.Sessions == 0 })
	slices.SortStableFunc(list, func(a, b Activity) int {
		return cmp.Or(cmp.Compare(b.Admissions, a.Admissions), cmp.Compare(a.Contacts+a.Sessions, b.Contacts+b.Sessions))
	})
	return list
}

// NotContacted returns the 連携機関 without やり取り or 共同指導 for at least
// that many days: those never contacted first, then the longest silent.
func NotContacted(activities []Activity, asOf models.Date, days int) []Activity {
	list := slices.DeleteFunc(slices.Clone(activities), func(a Activity) bool {
		silent, ever := a.Silent(asOf)
		return !a.Active || ever && silent < days
	})
	slices.SortStableFunc(list, func(a, b Activity) int { return cmp.Compare(a.LastOn, b.LastOn) })
	return list
}

// QuietDays is the number of days without やり取り after which a partner is
// worth a call.
const QuietDays = 90

// silences are the steps of days since the latest やり取り. Each ends at a day;
// the last is open.
var silences = []struct {
	to    int
	words string
}{{30, "30日未満"}, {60, "30〜59日"}, {90, "60〜89日"}, {180, "90〜179日"}, {1 << 30, "180日以上"}}

// Silence groups the 連携機関 by how long ago the latest やり取り or 共同指導 was.
type Silence struct {
	Words    string // 「30〜59日」
	Ever     bool   // false for those without any
	Partners []Activity
}

// Silences groups the 連携機関 by the days since the latest やり取り or
// 共同指導. Those without any come last.
func Silences(activities []Activity, asOf models.Date) []Silence {
	list := make([]Silence, len(silences)+1)
	for i, step := range silences {
		list[i] = Silence{Words: step.words, Ever: true}
	}
	list[len(silences)].Words = "記録なし"
	for _, a := range activities {
		if !a.Active {
			continue
		}
		at := len(silences)
		if days, ever := a.Silent(asOf); ever {
			for at > 0 && days < silences[at-1].to {
				at--
			}
		}
		list[at].Partners = append(list[at].Partners, a)
	}
	return list
}

// KindGroup is a group of 種別 in the tables of 連携の状況.
type KindGroup string

// KindGroups lists the groups in column order.
var KindGroups = []KindGroup{"居宅", "包括・予防", "相談支援", "施設", "在宅サービス", "病院", "診療所", "その他"}

// GroupOf returns the group of a 種別.
func GroupOf(k models.PartnerKind) KindGroup {
	switch k {
	case models.CareOffice:
		return "居宅"
	case models.CommunityCenter, models.PreventiveOffice:
		return "包括・予防"
	case models.PlanningConsult, models.ChildConsult:
		return "相談支援"
	case models.VisitingNurse, models.HomeService, models.CommunityService:
		return "在宅サービス"
	case models.Hospital:
		return "病院"
	case models.Clinic:
		return "診療所"
	case models.OtherPartner, "":
		return "その他"
	}
	return "施設"
}

// NoArea is the area of addresses without a 市区町村.
const NoArea = "（住所なし）"

// AreaRow is one 市区町村 in the table of area by kind.
type AreaRow struct {
	Area string
	// Partners are the 連携先コード by kind.
	Partners map[KindGroup][]string
	// Total counts the partners, Active the 連携機関 among them. Admissions,
	// Contacts and Sessions are those of the period.
	Total, Active                  int
	Admissions, Contacts, Sessions int
}

// Areas groups the activities by 市区町村, most partners first.
func Areas(activities []Activity) []AreaRow {
	index := make(map[string]int)
	var rows []AreaRow
	for _, a := range activities {
		area := cmp.Or(a.Area, NoArea)
		i, ok := index[area]
		if !ok {
			i = len(rows)
			index[area] = i
			rows = append(rows, AreaRow{Area: area, Partners: make(map[KindGroup][]string)})
		}
		r := &rows[i]
		group := GroupOf(a.Partner.Kind)
		r.Partners[group] = append(r.Partners[group], a.Partner.Code)
		r.Total++
		if a.Active {
			r.Active++
		}
		r.Admissions += a.Admissions
		r.Contacts += a.Contacts
		r.Sessions += a.Sessions
	}
	slices.SortFunc(rows, func(a, b AreaRow) int { return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Area, b.Area)) })
	return rows
}

// Turnover is the partners gained and lost in a period.
type Turnover struct {
	New  []Activity // first やり取り or 共同指導 ever is in the period
	Lost []Activity // contacted in the year before the period, not since
	// Ended are partners whose 連携終了日 is in the period.
	Ended []*models.Partner
}

// Turnovers finds the partners gained and lost in the period of the scope.
func Turnovers(f *fee.Facts, scope Scope) Turnover {
	var t Turnover
	for _, a := range Activities(f, scope) {
		switch {
		case scope.covers(a.FirstOn):
			t.New = append(t.New, a)
		case a.LastOn != 0 && a.LastOn < scope.Period.From && a.LastOn >= scope.Period.From.AddMonths(-12):
			t.Lost = append(t.Lost, a)
		}
	}
	for i := range f.Book.Partners {
		if p := &f.Book.Partners[i]; scope.covers(p.EndedOn) && scope.inArea(p) {
			t.Ended = append(t.Ended, p)
		}
	}
	return t
}

// Unready is a patient in hospital for whose care manager there is no 平時の連携.
type Unready struct {
	Admission   *models.Admission
	CareManager *models.CareManager
	Office      *models.Partner // nil when no 所属履歴 covers the day
	Peacetime   fee.Peacetime
}

// UnreadyCareManagers lists the patients in hospital on the day whose 担当CM has
// no 平時の連携 by the hospital's parameters, sorted by care manager and 入院日.
func UnreadyCareManagers(f *fee.Facts, rules fee.Rules, scope Scope) []Unready {
	var list []Unready
	for i := range f.Book.Admissions {
		a := &f.Book.Admissions[i]
		cm := f.CareManager(a.CareManager)
		if cm == nil || !a.InHospital(scope.AsOf) || !scope.admitted(f, a) {
			continue
		}
		base := a.AdmittedOn
		if f.Params.EvidenceMustPrecede == fee.Session {
			base = scope.AsOf
		}
		if p := fee.PeacetimeOf(f, rules, cm.Code, base); !p.Ready {
			list = append(list, Unready{a, cm, f.OfficeOf(cm.Code, base), p})
		}
	}
	slices.SortStableFunc(list, func(a, b Unready) int {
		return cmp.Or(cmp.Compare(a.CareManager.Code, b.CareManager.Code), cmp.Compare(a.Admission.AdmittedOn, b.Admission.AdmittedOn))
	})
	return list
}

// ByCareManager groups a list sorted by care manager: one group per care
// manager.
func ByCareManager(list []Unready) [][]Unready {
	var people [][]Unready
	for i, u := range list {
		if i == 0 || u.CareManager != list[i-1].CareManager {
			people = append(people, nil)
		}
		people[len(people)-1] = append(people[len(people)-1], u)
	}
	return people
}

// admitted reports whether an admission belongs to the ward and area of the
// scope. The ward is that of AsOf or of the discharge if earlier, the office
// that of its 担当CM on the 入院日.
func (s Scope) admitted(f *fee.Facts, a *models.Admission) bool {
	if s.Ward != "" {
		on := s.AsOf
		if a.DischargedOn != 0 && a.DischargedOn < on {
			on = a.DischargedOn
		}
		if ward := f.WardOf(a.Key(), on); ward == nil || ward.Code != s.Ward {
			return false
		}
	}
	return s.inArea(f.OfficeOf(a.CareManager, a.AdmittedOn))
}
