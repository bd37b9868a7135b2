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

var admissionFields = []FieldAt[Admission]{
	code("患者ID", Key, "患者ID。左の0も書きます", func(a *Admission) *string { return &a.PatientID }),
	date("入院日", Key, "入院した日", func(a *Admission) *Date { return &a.AdmittedOn }),
	text("氏名", Required, "患者の氏名", func(a *Admission) *string { return &a.Name }),
	text("カナ", Optional, "氏名のカナ", func(a *Admission) *string { return &a.Kana }),
	date("生年月日", Optional, "生年月日", func(a *Admission) *Date { return &a.BornOn }),
	text("性別", Optional, "性別", func(a *Admission) *string { return &a.Sex }),
	date("退院見込日", Optional, "退院の見込みの日", func(a *Admission) *Date { return &a.ExpectedOn }),
	date("退院日", Optional, "退院した日", func(a *Admission) *Date { return &a.DischargedOn }),
	code("通算入院キー", Optional, "通算される入院に同じ文字を書きます", func(a *Admission) *string { return &a.ChainKey }),
	text("診療科", Optional, "診療科", func(a *Admission) *string { return &a.Specialty }),
	mark("サービス導入適当", Optional, "退院後に介護・障害福祉サービスの導入が適当", func(a *Admission) *Mark { return &a.ServiceSuitable }),
	mark("本人の希望", Optional, "本人がサービスの導入を希望", func(a *Admission) *Mark { return &a.PatientWishes }),
	date("同意日", Optional, "本人の同意を得た日", func(a *Admission) *Date { return &a.ConsentedOn }),
	code("担当CMコード", Optional, "入院前からの担当の CMコード", func(a *Admission) *string { return &a.CareManager }),
	text("要介護度", Optional, "要介護度・障害支援区分", func(a *Admission) *string { return &a.CareLevel }),
	choice("認定状況", Optional, "要介護認定の状況", CareStatuses, func(a *Admission) *CareStatus { return &a.CareStatus }),
	date("入院時情報提供書受領日", Optional, "ケアマネジャーから入院時の情報を受け取った日", func(a *Admission) *Date { return &a.ReceivedOn }),
	date("入院時情報提供日", Optional, "当院から入院の情報を提供した日", func(a *Admission) *Date { return &a.InformedOn }),
	date("退院前連絡日", Optional, "退院前に連絡した日", func(a *Admission) *Date { return &a.NoticedOn }),
	mark("地域連携診療計画加算", Optional, "地域連携診療計画加算を算定", func(a *Admission) *Mark { return &a.RegionalPlan }),
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

var wardStayFields = []FieldAt[WardStay]{
	code("患者ID", Key, "入院シートの患者ID", func(s *WardStay) *string { return &s.PatientID }),
	date("入院日", Key, "入院シートの入院日", func(s *WardStay) *Date { return &s.AdmittedOn }),
	date("開始日", Key, "病棟に入った日", func(s *WardStay) *Date { return &s.From }),
	code("病棟コード", Required, "病棟シートの病棟コード", func(s *WardStay) *string { return &s.Ward }),
	date("終了日", Optional, "病棟を出た日。空欄は次の行まで、または続いている", func(s *WardStay) *Date { return &s.To }),
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
