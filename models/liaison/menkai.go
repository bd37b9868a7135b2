package liaison

import (
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// MenkaiDays returns, by 連携先コード, the distinct days in the period on which
// our staff met that institution (K-06), in ascending order: やり取り of 種別 面会
// or ビデオ通話, and joint guidance sessions when the hospital counts them.
// 会議・研修 are never 面会 (平成28年 疑義解釈).
func MenkaiDays(f *fee.Facts, period models.Period) map[string][]models.Date {
	days := make(map[string][]models.Date)
	note := func(office string, on models.Date) {
		if office != "" {
			days[office] = append(days[office], on)
		}
	}
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		if c.Kind.Menkai() && period.Covers(c.On) && meets(f, c.Staff, c.On) {
			note(f.OfficeOfContact(c), c.On)
		}
	}
	if f.Params.GuidanceCountsAsMenkai {
		for i := range f.Book.Sessions {
			s := &f.Book.Sessions[i]
			if (s.Way == models.InPerson || s.Way == models.ByVideo) && period.Covers(s.On) && meets(f, s.Staff, s.On) {
				if office := f.OfficeOf(s.CareManager, s.On); office != nil {
					note(office.Code, s.On)
				}
			}
		}
	}
	for office, list := range days {
		slices.Sort(list)
		days[office] = slices.Compact(list)
	}
	return days
}

// meets: at least one of the staff is 部門の担当者 or 病棟専任 on the day.
func meets(f *fee.Facts, staff []string, on models.Date) bool {
	return slices.ContainsFunc(staff, func(code string) bool {
		return f.InDepartment(code, on) || slices.ContainsFunc(f.StaffOn(code, on), func(s models.Staff) bool { return s.WardDedicated.Is() })
	})
}

// Active reports whether a partner is a 連携機関 on a date: 協議日 by then, and
// not ended.
func Active(p *models.Partner, asOf models.Date) bool {
	return p.ConsultedOn != 0 && p.ConsultedOn <= asOf && (p.EndedOn == 0 || p.EndedOn > asOf)
}

// countPartners counts 25機関×年3回 and the kinds asked for among them (K-05).
func (m *Figures) countPartners(f *fee.Facts, asOf models.Date, year models.Period) {
	days := MenkaiDays(f, year)
	for i := range f.Book.Partners {
		p := &f.Book.Partners[i]
		if !Active(p, asOf) {
			continue
		}
		m.Partners++
		if len(days[p.Code]) < MinMenkai {
			continue
		}
		m.PartnersMet3++
		if p.Kind.Medical() && !p.AdvancedAcute.Is() {
			m.PartnersMet3Medical++
		}
		if p.Kind.CareProvider() {
			m.PartnersMet3Care++
		}
	}
	acute, community := false, f.Params.HasChiikiCareRoom
	for i := range f.Book.Wards {
		if w := &f.Book.Wards[i]; w.Valid().Covers(asOf) {
			acute = acute || w.Acute.Is()
			community = community || w.CommunityCare.Is()
		}
	}
	m.PartnersFulfilled = m.PartnersMet3 >= MinPartners &&
		(!acute || m.PartnersMet3Medical >= MinMedical) &&
		(!community || m.PartnersMet3Care >= MinCare)
}
