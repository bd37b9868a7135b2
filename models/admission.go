package models

// CareStatus is the 認定状況 of a patient.
type CareStatus string

// The 認定状況.
const (
	Certified   CareStatus = "認定済"
	Applying    CareStatus = "申請中"
	NotApplied  CareStatus = "未申請"
	Reapplying  CareStatus = "区分変更申請中"
	NotEligible CareStatus = "対象外"
)

// CareStatuses lists the values of 認定状況.
var CareStatuses = []CareStatus{Certified, Applying, NotApplied, Reapplying, NotEligible}

// Admission is one 入院.
type Admission struct {
	PatientID       string
	AdmittedOn      Date
	Name            string
	Kana            string
	BornOn          Date
	Sex             string
	ExpectedOn      Date   // 退院見込日
	DischargedOn    Date   // 退院日
	ChainKey        string // 通算入院キー
	Specialty       string // 診療科
	ServiceSuitable Mark   // サービス導入適当
	PatientWishes   Mark   // 本人の希望
	ConsentedOn     Date   // 同意日
	CareManager     string // 担当CMコード
	CareLevel       string // 要介護度
	CareStatus      CareStatus
	ReceivedOn      Date // 入院時情報提供書受領日
	InformedOn      Date // 入院時情報提供日
	NoticedOn       Date // 退院前連絡日
	RegionalPlan    Mark // 地域連携診療計画加算
	Version         int
}

// Key identifies the admission.
func (a Admission) Key() AdmissionKey { return AdmissionKey{a.PatientID, a.AdmittedOn} }

// InHospital reports whether the patient was in hospital on a day. The day of
// discharge counts.
func (a Admission) InHospital(on Date) bool {
	return a.AdmittedOn <= on && (a.DischargedOn == 0 || a.DischargedOn >= on)
}

// Validate returns every problem of the record.
func (a Admission) Validate() Problems {
	var ps Problems
	ps.required("患者ID", a.PatientID)
	ps.requiredDate("入院日", a.AdmittedOn)
	ps.required("氏名", a.Name)
	oneOf(&ps, "認定状況", a.CareStatus, CareStatuses)
	ps.order("入院日", a.AdmittedOn, "退院日", a.DischargedOn)
	return ps
}

// WardStay is one 病棟履歴: a period of an admission in one ward.
type WardStay struct {
	PatientID  string
	AdmittedOn Date
	From       Date
	Ward       string // 病棟コード
	To         Date
	Version    int
}

// Key identifies the admission of the stay.
func (s WardStay) Key() AdmissionKey { return AdmissionKey{s.PatientID, s.AdmittedOn} }

// Period returns the time of the stay.
func (s WardStay) Period() Period { return Period{s.From, s.To} }

// Validate returns every problem of the record.
func (s WardStay) Validate() Problems {
	var ps Problems
	ps.required("患者ID", s.PatientID)
	ps.requiredDate("入院日", s.AdmittedOn)
	ps.requiredDate("開始日", s.From)
	ps.required("病棟コード", s.Ward)
	ps.order("開始日", s.From, "終了日", s.To)
	return ps
}
