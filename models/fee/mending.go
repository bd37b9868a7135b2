package fee

import (
	"slices"
	"strings"

	"renkei/models"
)

// Mending names the record to correct for a condition that is not met or could
// not be judged. It is zero when no record can change it.
type Mending struct {
	Kind  EvidenceKind // the sheet of the 台帳ブック
	Key   string       // the record on it; "" for the whole sheet
	Field string       // the column, "" for the whole record
}

// String names the record and the column: 「所属履歴 C001/P001/2024-04-01 終了日」.
func (m Mending) String() string {
	return strings.Join(slices.DeleteFunc([]string{string(m.Kind), m.Key, m.Field}, func(s string) bool { return s == "" }), " ")
}

// lack is a missing entry that the judgement needs, and where to enter it.
type lack struct {
	name string
	at   Mending
}

// mending returns the record to correct for a condition in that state; zero for
// one that is met or not asked for.
func (a *assessment) mending(id string, state State) Mending {
	switch {
	case state == NotMet:
		return a.mendUnmet(id)
	case state == NotAsked && !checks[id].possible(a) && !(a.old() && slices.Contains(fee2IDs, id)):
		return a.mendUnknown(id)
	}
	return Mending{}
}

// fee2IDs are the conditions that exist since 2026-06-01.
var fee2IDs = []string{"11a", "11b", "11c", "11d", "11e", "11f"}

func (a *assessment) ofSession(field string) Mending {
	return Mending{"共同指導", a.s.Number, field}
}

func (a *assessment) ofAdmission(field string) Mending {
	return Mending{"入院", a.s.Key().String(), field}
}

func (a *assessment) ofCareManager(field string) Mending {
	return Mending{"介護支援専門員", a.s.CareManager, field}
}

func (a *assessment) ofOffice(field string) Mending {
	return Mending{"連携先", a.office.Code, field}
}

func (a *assessment) ofWard(field string) Mending {
	return Mending{"病棟", periodKey(a.ward.Code, a.ward.ValidFrom), field}
}

// periodKey returns the key of a row on a sheet with one row per period.
func periodKey(code string, from models.Date) string { return code + "/" + from.String() }

// mendUnmet returns the record to correct for a condition that is ×.
func (a *assessment) mendUnmet(id string) Mending {
	switch id {
	case "2":
		return a.ofSession("指導日")
	case "3":
		return a.ofWard("B005-1-2")
	case "4":
		return a.ofAdmission(a.consentField())
	case "5a":
		return a.mendQualified()
	case "5b":
		return a.ofSession("相手の立場")
	case "5c":
		return a.ofOffice("併設")
	case "6a":
		return a.ofSession(a.wayField())
	case "6b":
		return a.ofSession("画面共有同意日")
	case "7a":
		return a.ofSession("同日多機関共同指導加算")
	case "7b":
		return a.ofAdmission("地域連携診療計画加算")
	case "7c":
		return a.ofWard("精神保健福祉士配置加算")
	case "e1":
		if slices.ContainsFunc(a.staff, func(s models.Staff) bool { return s.Job != models.Clerk }) {
			return a.ofSession("医師の指示")
		}
		return a.ofSession("職員コード")
	case "11a":
		return a.ofWard("加算1届出開始")
	case "11b":
		return a.ofSession("職員コード")
	case "11c":
		return a.mendPolicy()
	case "11d":
		return Mending{Kind: "会議"}
	case "11e":
		return a.ofCareManager("連絡先共有日")
	case "11f":
		return a.ofOffice("取り決め日")
	}
	return Mending{}
}

func (a *assessment) consentField() string {
	switch {
	case !a.admission.ServiceSuitable.Is():
		return "サービス導入適当"
	case !a.admission.PatientWishes.Is():
		return "本人の希望"
	}
	return "同意日"
}

func (a *assessment) wayField() string {
	if a.s.Way == models.ByDocument || a.s.Way == models.ByPhone && !a.f.Params.AllowPhone {
		return "方法"
	}
	return "患者参加"
}

func (a *assessment) mendQualified() Mending {
	switch {
	case !slices.Contains(planners, a.cm.Qualification):
		return a.ofCareManager("資格")
	case !a.cm.CanPlan.Is():
		return a.ofCareManager("ケアプラン作成可")
	}
	return a.ofOffice("種別")
}

// mendPolicy returns the 版 in force, else the first one, else the sheet.
func (a *assessment) mendPolicy() Mending {
	by, _ := a.policyBy()
	p := a.f.policyOn(by)
	switch {
	case p == nil && len(a.f.policies) == 0:
		return Mending{Kind: "規程"}
	case p == nil:
		return Mending{"規程", a.f.policies[0].Edition, "施行日"}
	}
	for _, item := range []struct {
		name string
		mark models.Mark
	}{{"七日以内の情報提供", p.Within7Days}, {"退院七日前の連絡", p.Before7Days}, {"未申請者への勧奨", p.Encourages}} {
		if !item.mark.Is() {
			return Mending{"規程", p.Edition, item.name}
		}
	}
	return Mending{"規程", p.Edition, "周知日"}
}

// mendUnknown returns the record that is missing for judging a condition.
func (a *assessment) mendUnknown(id string) Mending {
	if missing := slices.Concat(a.blanks(), a.unknowns()); len(missing) > 0 {
		return missing[0].at
	}
	switch id {
	case "3", "7c", "11a":
		return a.mendWard()
	case "5a", "5c", "11d", "11f":
		return a.mendOffice()
	case "e1", "11b":
		return a.mendStaff()
	}
	return Mending{}
}

// mendWard returns the 病棟履歴 of the admission, or the period of the ward it
// names.
func (a *assessment) mendWard() Mending {
	stay := a.f.stayOn(a.s.Key(), a.s.On)
	if stay == nil {
		return Mending{Kind: "病棟履歴", Key: a.s.Key().String()}
	}
	row, field := nearest(a.f.wards[stay.Ward], a.s.On, (*models.Ward).Valid, "有効開始", "有効終了")
	if row == nil {
		return Mending{Kind: "病棟"}
	}
	return Mending{"病棟", periodKey(row.Code, row.ValidFrom), field}
}

// mendOffice returns the 所属履歴 of the care manager: the row nearest to the
// day, or the care manager if there is none.
func (a *assessment) mendOffice() Mending {
	row, field := nearest(a.f.affiliations[a.s.CareManager], a.s.On, (*models.Affiliation).Period, "開始日", "終了日")
	if row == nil {
		return Mending{Kind: "所属履歴", Key: a.s.CareManager}
	}
	return Mending{"所属履歴", row.CareManager + "/" + periodKey(row.Partner, row.From), field}
}

// mendStaff returns the 所属期間 of the first staff member of the session.
func (a *assessment) mendStaff() Mending {
	for _, code := range a.s.Staff {
		if row, field := nearest(a.f.staff[code], a.s.On, (*models.Staff).Period, "所属開始", "所属終了"); row != nil {
			return Mending{"職員", periodKey(row.Code, row.From), field}
		}
	}
	return Mending{Kind: "職員"}
}

// nearest returns the row whose period is nearest to a day it does not cover,
// and the name of the end to move.
func nearest[T any](rows []*T, on models.Date, period func(*T) models.Period, from, to string) (found *T, field string) {
	least := 0
	for _, row := range rows {
		days, end := period(row).From.DaysUntil(on), to
		if p := period(row); p.From > on {
			days, end = on.DaysUntil(p.From), from
		} else if p.To != 0 {
			days = p.To.DaysUntil(on)
		}
		if found == nil || days < least {
			found, field, least = row, end, days
		}
	}
	return found, field
}
