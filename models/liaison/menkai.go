package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// MenkaiRecord is one record of a 面会 with an institution (K-06): either an
// やり取り of 種別 面会 or ビデオ通話, or a joint guidance session. The other
// field is nil. Several records of one day are one 面会.
type MenkaiRecord struct {
	On      models.Date
	Contact *models.Contact
	Session *models.JointGuidance
}

// Staff returns the 職員コード of our staff who took part.
func (r MenkaiRecord) Staff() []string {
	if r.Contact != nil {
		return r.Contact.Staff
	}
	return r.Session.Staff
}

// CareManager returns the CMコード of the other side, or "".
func (r MenkaiRecord) CareManager() string {
	if r.Contact != nil {
		return r.Contact.CareManager
	}
	return r.Session.CareManager
}

// Menkai returns the records in the period by which our staff met an
// institution (K-06), by 連携先コード and sorted by day; within a day in register
// order, やり取り before sessions. Sessions count if the hospital counts them,
// whatever their 判定. 会議・研修 are never 面会 (平成28年 疑義解釈).
func Menkai(f *fee.Facts, period models.Period) map[string][]MenkaiRecord {
	met := make(map[string][]MenkaiRecord)
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		if !c.Kind.Menkai() || !period.Covers(c.On) || !meets(f, c.Staff, c.On) {
			continue
		}
		if office := f.OfficeOfContact(c); office != "" {
			met[office] = append(met[office], MenkaiRecord{On: c.On, Contact: c})
		}
	}
	if f.Params.GuidanceCountsAsMenkai {
		for i := range f.Book.Sessions {
			s := &f.Book.Sessions[i]
			if s.Way != models.InPerson && s.Way != models.ByVideo || !period.Covers(s.On) || !meets(f, s.Staff, s.On) {
				continue
			}
			if office := f.OfficeOf(s.CareManager, s.On); office != nil {
				met[office.Code] = append(met[office.Code], MenkaiRecord{On: s.On, Session: s})
			}
		}
	}
	for _, records := range met {
		slices.SortStableFunc(records, func(a, b MenkaiRecord) int { return cmp.Compare(a.On, b.On) })
	}
	return met
}

// MenkaiDays returns the distinct days of the 面会 in the period by
// 連携先コード, in ascending order.
func MenkaiDays(f *fee.Facts, period models.Period) map[string][]models.Date {
	days := make(map[string][]models.Date)
	for office, records := range Menkai(f, period) {
		for _, r := range records {
			days[office] = append(days[office], r.On)
		}
		days[office] = slices.Compact(days[office])
	}
	return days
}

// meets: at least one of the staff is 部門の担当者 or 病棟専任 on the day.
func meets(f *fee.Facts, staff []string, on models.Date) bool {
	return slices.ContainsFunc(staff, func(code string) bool {
		return f.InDepartment(code, on) || slices.ContainsFunc(f.StaffOn(code, on), func(s models.Staff) bool { return s.WardDedicated.Is() })
	})
}

// Active reports whether a partner is a 連携機関 on a date: 協議日 reached, not ended.
func Active(p *models.Partner, asOf models.Date) bool {
	return p.ConsultedOn != 0 && p.ConsultedOn <= asOf && (p.EndedOn == 0 || p.EndedOn > asOf)
}

// Medical reports whether a partner counts as a 医療機関 of K-05. 高度急性期
// does not count.
func Medical(p *models.Partner) bool { return p.Kind.Medical() && !p.AdvancedAcute.Is() }

// countPartners sets the figures of 25機関×年3回.
func (m *Figures) countPartners(s Partners25) {
	m.Partners, m.PartnersMet3, m.PartnersMet3Medical, m.PartnersMet3Care = len(s.Partners), s.Met, s.Medical, s.Care
	m.PartnersFulfilled = s.Fulfilled()
}

// Asked says which kinds of institution K-05 requires among the 25.
type Asked struct {
	Medical bool // a 急性期系 ward exists: MinMedical 医療機関
	Care    bool // a 地域包括ケア ward or room exists: MinCare 介護・障害 providers
}

// KindsAsked returns what the wards existing on a date require.
func KindsAsked(f *fee.Facts, asOf models.Date) Asked {
	asked := Asked{Care: f.Params.HasChiikiCareRoom}
	for i := range f.Book.Wards {
		if w := &f.Book.Wards[i]; w.Valid().Covers(asOf) {
			asked.Medical = asked.Medical || w.Acute.Is()
			asked.Care = asked.Care || w.CommunityCare.Is()
		}
	}
	return asked
}
