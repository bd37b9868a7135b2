package fee

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
)

// conditionIDs lists the conditions in the order a verdict shows them.
var conditionIDs = []string{
	"2", "3", "4", "5a", "5b", "5c", "6a", "6b", "7a", "7b", "7c", "e1",
	"11a", "11b", "11c", "11d", "11e", "11f",
}

// assessment judges one session alone (fee-rules 11-1): the records it refers
// to as of its day, every condition, and the code that decides.
type assessment struct {
	f *Facts
	r *Rules
	s *models.JointGuidance

	admission *models.Admission
	ward      *models.Ward
	cm        *models.CareManager
	office    *models.Partner
	staff     []models.Staff // rows of the session's staff that cover its day
	multi     bool           // 7a: 多機関共同指導加算 on the day in the chain
	supposed  bool           // judges the relation alone, without a session

	conditions []Condition
	code       string // "" for a candidate
	unclear    string // why the code is 0
	holds      []Mending
	e1, e2     bool
}

// assess judges a session by 11-1. multi says whether a session of its chain on
// the same day carries 多機関共同指導加算.
func assess(f *Facts, r *Rules, s *models.JointGuidance, multi bool) *assessment {
	a := &assessment{f: f, r: r, s: s, multi: multi}
	a.lookUp()
	a.conditions = make([]Condition, 0, len(conditionIDs))
	for _, id := range conditionIDs {
		a.conditions = append(a.conditions, a.evaluate(id))
	}
	a.code = a.firstCode()
	a.e1 = a.met("e1")
	a.e2 = divided(a) && hasAdmission(a) && hasWard(a) && hasOffice(a) && hasStaff(a)
	for _, c := range a.conditions {
		a.e2 = a.e2 && (!c.Fee2Only || c.State != NotMet)
	}
	return a
}

func (a *assessment) candidate() bool { return a.code == "" }

func (a *assessment) old() bool { return a.s.On != 0 && a.s.On < models.RevisionDate }

func (a *assessment) met(id string) bool {
	return a.conditions[slices.Index(conditionIDs, id)].State == Met
}

func (a *assessment) lookUp() {
	s, f := a.s, a.f
	a.admission = f.Admission(s.Key())
	a.cm = f.CareManager(s.CareManager)
	if s.On == 0 {
		return
	}
	if a.admission != nil {
		a.ward = f.WardOf(s.Key(), s.On)
	}
	if a.cm != nil {
		a.office = f.OfficeOf(s.CareManager, s.On)
	}
	for _, code := range s.Staff {
		a.staff = append(a.staff, f.StaffOn(code, s.On)...)
	}
}

// firstCode returns the code of the first row of 11-1 that applies.
func (a *assessment) firstCode() string {
	if a.hold(a.blanks(), "が未入力の") || a.hold(a.unknowns(), "が登録されていない") {
		return "0"
	}
	if !a.met("2") {
		return "2"
	}
	if a.hold(a.unplaced(), fmt.Sprintf("が指導日%sを含んでいない", a.s.On)) {
		return "0"
	}
	for _, id := range conditionIDs[1:slices.Index(conditionIDs, "e1")] {
		if !a.met(id) {
			return id
		}
	}
	if a.s.Claim == models.ClaimNone {
		return "15"
	}
	return ""
}

// blanks returns the blank entries of the session that the judgement needs.
func (a *assessment) blanks() []lack {
	s := a.s
	var list []lack
	note := func(missing bool, name string) {
		if missing {
			list = append(list, lack{name, a.ofSession(name)})
		}
	}
	note(s.On == 0, "指導日")
	note(s.Way == "", "方法")
	note(s.PatientID == "", "患者ID")
	note(s.AdmittedOn == 0, "入院日")
	note(s.CareManager == "", "CMコード")
	note(len(s.Staff) == 0, "職員コード")
	return list
}

// unknowns returns the entries of the session that refer to no record.
func (a *assessment) unknowns() []lack {
	s := a.s
	var list []lack
	if a.admission == nil {
		list = append(list, lack{"入院（" + s.Key().String() + "）", a.ofSession("")})
	}
	if a.cm == nil {
		list = append(list, lack{"CMコード " + s.CareManager, a.ofSession("CMコード")})
	}
	for _, code := range s.Staff {
		if !a.f.KnowsStaff(code) {
			list = append(list, lack{"職員コード " + code, a.ofSession("職員コード")})
		}
	}
	return list
}

// unplaced returns the records that do not cover the day of the session.
func (a *assessment) unplaced() []lack {
	var list []lack
	switch stay := a.f.stayOn(a.s.Key(), a.s.On); {
	case a.ward != nil:
	case stay == nil:
		list = append(list, lack{"病棟履歴", a.mendWard()})
	default:
		list = append(list, lack{"病棟" + stay.Ward + "の有効期間", a.mendWard()})
	}
	if a.office == nil {
		list = append(list, lack{"介護支援専門員の所属履歴", a.mendOffice()})
	}
	if len(a.staff) == 0 {
		list = append(list, lack{"実施した職員の所属期間", a.mendStaff()})
	}
	return list
}

// hold sets 判定保留 if anything is lacking. words describe the fault.
func (a *assessment) hold(lacking []lack, words string) bool {
	if len(lacking) == 0 {
		return false
	}
	names := make([]string, len(lacking))
	for i, l := range lacking {
		names[i] = l.name
		a.holds = append(a.holds, l.at)
	}
	a.unclear = strings.Join(names, "・") + words
	return true
}

// house marks words that rest on a parameter of the hospital, not on the 通知.
func house(decision string) string { return "（院内基準: " + decision + "）" }

// said picks the sentence for a mark that is not ○: × is a fact, blank is
// unknown.
func said(m models.Mark, no, blank string) string {
	if m == models.No {
		return no
	}
	return blank
}

// finding is the state of a condition before it gets its name.
type finding struct {
	state    State
	evidence []Evidence
	missing  string
}

func met(evidence ...Evidence) finding { return finding{state: Met, evidence: evidence} }

func notMet(missing string, evidence ...Evidence) finding {
	return finding{state: NotMet, missing: missing, evidence: evidence}
}

var notAsked = finding{state: NotAsked}

// unless returns × with the fault, or ○ with the evidence if there is no fault.
func unless(fault string, evidence ...Evidence) finding {
	if fault != "" {
		return notMet(fault, evidence...)
	}
	return met(evidence...)
}

// evaluate judges one condition. If records it needs are missing it is －, and
// the session is 判定保留 and names them.
func (a *assessment) evaluate(id string) Condition {
	text := a.r.condition(id)
	found := notAsked
	if check := checks[id]; check.possible(a) {
		found = check.find(a)
	}
	return Condition{
		ID: id, Name: text.Name, Source: text.Source, Fee2Only: text.Fee2,
		State: found.state, Evidence: found.evidence, Missing: found.missing, Mend: a.mending(id, found.state),
	}
}

type check struct {
	possible func(*assessment) bool
	find     func(*assessment) finding
}

// checks says for each condition what must be known and how it is judged.
var checks = map[string]check{
	"2":   {hasAdmission, (*assessment).inStay},
	"3":   {hasWard, (*assessment).separateFee},
	"4":   {hasAdmission, (*assessment).consent},
	"5a":  {hasOffice, (*assessment).qualified},
	"5b":  {always, (*assessment).standing},
	"5c":  {hasOffice, (*assessment).annex},
	"6a":  {hasWay, (*assessment).way},
	"6b":  {always, (*assessment).screen},
	"7a":  {always, (*assessment).multiAgency},
	"7b":  {hasAdmission, (*assessment).regionalPlan},
	"7c":  {hasWard, (*assessment).pswAddOn},
	"e1":  {hasStaff, (*assessment).ordered},
	"11a": {both(divided, hasWard), (*assessment).filed},
	"11b": {both(divided, hasStaff), (*assessment).departmentStaff},
	"11c": {both(divided, hasAdmission), (*assessment).policy},
	"11d": {both(divided, both(hasAdmission, hasOffice)), (*assessment).peacetimeMeetings},
	"11e": {both(divided, both(hasAdmission, hasCM)), (*assessment).contactShared},
	"11f": {both(divided, both(hasAdmission, hasOffice)), (*assessment).localAgreement},
}

func always(*assessment) bool         { return true }
func hasAdmission(a *assessment) bool { return a.admission != nil && a.s.On != 0 }
func hasWard(a *assessment) bool      { return a.ward != nil }
func hasCM(a *assessment) bool        { return a.cm != nil }
func hasOffice(a *assessment) bool    { return a.cm != nil && a.office != nil }
func hasStaff(a *assessment) bool     { return len(a.staff) > 0 }
func hasWay(a *assessment) bool       { return a.s.Way != "" }

// divided: 指導料2 exists from 2026-06-01 on.
func divided(a *assessment) bool { return a.s.On >= models.RevisionDate }

func both(p, q func(*assessment) bool) func(*assessment) bool {
	return func(a *assessment) bool { return p(a) && q(a) }
}

func (a *assessment) inStay() finding {
	adm, on := a.admission, a.s.On
	evidence := Evidence{Kind: "入院", Key: adm.Key().String(), Date: adm.AdmittedOn, Text: "入院 " + span(adm.AdmittedOn, adm.DischargedOn)}
	if on < adm.AdmittedOn || adm.DischargedOn != 0 && on > adm.DischargedOn {
		return notMet("指導日が入院期間の外です", evidence)
	}
	return met(evidence)
}

func (a *assessment) wardEvidence(detail string) Evidence {
	return Evidence{Kind: "病棟", Key: a.ward.Code, Date: a.ward.ValidFrom, Text: a.ward.Name + detail}
}

func (a *assessment) separateFee() finding {
	evidence := a.wardEvidence("（" + orUnrecorded(a.ward.BasicFee) + "）")
	if a.ward.FeeTreatment == models.FeeBundled {
		return notMet("入院料に包括されます", evidence)
	}
	return met(evidence)
}

func (a *assessment) consent() finding {
	adm := a.admission
	var faults []string
	if !adm.ServiceSuitable.Is() {
		faults = append(faults, said(adm.ServiceSuitable, "退院後の介護等サービスの導入が適当でないと記録されています", "退院後の介護等サービスの導入が適当かが記録されていません"))
	}
	if !adm.PatientWishes.Is() {
		faults = append(faults, said(adm.PatientWishes, "本人がサービスの導入を望んでいません", "本人がサービスの導入を望んでいるかが記録されていません"))
	}
	switch {
	case adm.ConsentedOn == 0:
		faults = append(faults, "同意日が記録されていません")
	case adm.ConsentedOn > a.s.On:
		faults = append(faults, fmt.Sprintf("同意日%sが指導日%sより後です", adm.ConsentedOn, a.s.On))
	}
	return unless(sentences(faults), a.admissionEvidence(adm.ConsentedOn, "同意 "+orUnrecorded(adm.ConsentedOn.String())))
}

func (a *assessment) admissionEvidence(on models.Date, text string) Evidence {
	return Evidence{Kind: "入院", Key: a.admission.Key().String(), Date: on, Text: text}
}

func (a *assessment) partnerEvidence(detail string) Evidence {
	return Evidence{Kind: "介護支援専門員", Key: a.cm.Code, Text: a.cm.Name + "（" + a.office.Name + "）" + detail}
}

func (a *assessment) qualified() finding {
	var faults []string
	if !slices.Contains(planners, a.cm.Qualification) {
		faults = append(faults, fmt.Sprintf("相手は介護支援専門員・相談支援専門員ではありません（資格: %s）", a.cm.Qualification))
	}
	if !a.cm.CanPlan.Is() {
		faults = append(faults, said(a.cm.CanPlan, "相手はケアプランの作成を担えないと記録されています", "相手がケアプランの作成を担えるかが記録されていません"))
	}
	if a.s.Standing == models.PatientsChoice && cannotBeChosen(a.office.Kind) {
		faults = append(faults, fmt.Sprintf("患者が選択できる事業所の種別ではありません（%s: %s）", a.office.Name, a.office.Kind))
	}
	return unless(sentences(faults), a.partnerEvidence(" "+string(a.cm.Qualification)))
}

// planners are the 資格 that 告示 注1 names.
var planners = []models.Qualification{models.QualifiedCM, models.ChiefCM, models.ConsultSpecialist}

// cannotBeChosen: 通知(2) lists the offices whose care managers a patient may
// choose. These kinds are not on the list.
func cannotBeChosen(kind models.PartnerKind) bool {
	return slices.Contains([]models.PartnerKind{models.Hospital, models.Clinic, models.VisitingNurse, models.HomeService,
		models.CommunityService, models.OtherPartner}, kind)
}

func (a *assessment) standing() finding {
	if !slices.Contains(models.Standings, a.s.Standing) {
		return notMet("相手が入院前からの担当か、患者が選択した方かが記録されていません")
	}
	return met(a.sessionEvidence("相手の立場 " + string(a.s.Standing)))
}

func (a *assessment) sessionEvidence(text string) Evidence {
	return Evidence{Kind: "共同指導", Key: a.s.Number, Date: a.s.On, Text: text}
}

func (a *assessment) annex() finding {
	evidence := Evidence{Kind: "連携先", Key: a.office.Code, Text: a.office.Name + " 併設 " + orNone(string(a.office.Annex))}
	if a.office.Annex == models.AnnexFacility {
		return notMet("併設の介護保険施設等です", evidence)
	}
	return met(evidence)
}

func (a *assessment) way() finding {
	var faults []string
	switch {
	case a.s.Way == models.ByDocument:
		faults = append(faults, "文書のみの指導は、通知に明記がないため算定できないものとして扱います")
	case a.s.Way == models.ByPhone && !a.f.Params.AllowPhone:
		faults = append(faults, "電話での指導です。通知(10)が挙げるのはビデオ通話です"+house("電話は認めない"))
	}
	if !a.s.PatientJoined.Is() && !a.f.Params.AllowFamilyOnly {
		faults = append(faults, said(a.s.PatientJoined, "患者本人が参加していません（家族のみ等）", "患者本人が参加したかが記録されていません")+house("家族のみは認めない"))
	}
	words := string(a.s.Way)
	if a.s.Way == models.ByPhone && a.f.Params.AllowPhone {
		words += house("電話も認める")
	}
	words += " 患者参加 " + orUnrecorded(a.s.PatientJoined.String())
	if !a.s.PatientJoined.Is() && a.f.Params.AllowFamilyOnly {
		words += house("家族のみも認める")
	}
	return unless(sentences(faults), a.sessionEvidence(words))
}

func (a *assessment) screen() finding {
	s := a.s
	switch {
	case s.Way != models.ByVideo:
		return met(a.sessionEvidence("ビデオ通話ではありません"))
	case !s.ScreenShared.Is():
		return met(a.sessionEvidence(said(s.ScreenShared, "画面共有なし", "画面共有の記録なし")))
	}
	fault := ""
	switch {
	case s.ScreenConsent == 0:
		fault = "画面共有の同意日が記録されていません"
	case s.ScreenConsent > s.On:
		fault = fmt.Sprintf("画面共有の同意日%sが指導日%sより後です", s.ScreenConsent, s.On)
	}
	return unless(fault, a.sessionEvidence("画面共有の同意 "+orUnrecorded(s.ScreenConsent.String())))
}

func (a *assessment) multiAgency() finding {
	if a.multi {
		return notMet("同じ日に退院時共同指導料2の多機関共同指導加算を算定しています", a.sessionEvidence("退院時共同指導料2の多機関共同指導加算 "+a.s.On.String()))
	}
	return met(a.sessionEvidence("同じ日の多機関共同指導加算の記録なし"))
}

func (a *assessment) regionalPlan() finding {
	if a.admission.RegionalPlan.Is() {
		return notMet("地域連携診療計画加算を算定しています", a.admissionEvidence(0, "地域連携診療計画加算 ○"))
	}
	return met(a.admissionEvidence(0, "地域連携診療計画加算"+said(a.admission.RegionalPlan, "なし", "の記録なし")))
}

func (a *assessment) pswAddOn() finding {
	if a.ward.PSWAddOn.Is() {
		return notMet("精神保健福祉士配置加算の病棟です", a.wardEvidence(" 精神保健福祉士配置加算 ○"))
	}
	return met(a.wardEvidence(" 精神保健福祉士配置加算" + said(a.ward.PSWAddOn, "なし", "の記録なし")))
}

// ordered is e1: a 医師, or 医師の指示 and a 職種 other than 事務 (告示 注1).
func (a *assessment) ordered() finding {
	for i := range a.staff {
		if a.staff[i].Job == models.Doctor {
			return met(staffEvidence(&a.staff[i]))
		}
	}
	clinical := slices.IndexFunc(a.staff, func(s models.Staff) bool { return s.Job != models.Clerk })
	switch {
	case clinical < 0:
		return notMet("医療関係職種が実施していません（事務のみ）", staffEvidence(&a.staff[0]))
	case !a.s.DoctorsOrder.Is():
		return notMet(said(a.s.DoctorsOrder, "医師の指示がないと記録されています", "医師の指示が記録されていません"), staffEvidence(&a.staff[clinical]))
	}
	e := staffEvidence(&a.staff[clinical])
	e.Text += " 医師の指示 ○"
	return met(e)
}

func staffEvidence(s *models.Staff) Evidence {
	detail := string(s.Department)
	if detail == "" && s.WardDedicated.Is() {
		detail = "病棟専任"
	}
	if detail != "" {
		detail = "（" + detail + "）"
	}
	return Evidence{Kind: "職員", Key: s.Code, Date: s.From, Text: string(s.Job) + " " + s.Name + detail}
}

func span(from, to models.Date) string { return from.String() + "〜" + to.String() }

func orUnrecorded(s string) string { return cmp.Or(s, "未登録") }

func orNone(s string) string { return cmp.Or(s, "なし") }

// sentences joins parts, each a sentence.
func sentences(parts []string) string { return strings.Join(parts, "。") }
