package models

// Policy is one 版 of the 規程 of 通知(3)ア: its three items, when it came into
// force, and when it was announced in the hospital.
type Policy struct {
	Edition      string // 版
	EffectiveOn  Date   // 施行日
	Within7Days  Mark   // 七日以内の情報提供, 通知(3)ア(ア)
	Before7Days  Mark   // 退院七日前の連絡, 通知(3)ア(ア)
	Encourages   Mark   // 未申請者への勧奨, 通知(3)ア(イ)
	AnnouncedOn  Date   // 周知日
	AnnouncedHow string // 周知方法
	Version      int
}

// Complete reports whether the 版 holds all three items.
func (p Policy) Complete() bool {
	return p.Within7Days.Is() && p.Before7Days.Is() && p.Encourages.Is()
}

// Validate returns every problem of the record.
func (p Policy) Validate() Problems {
	var ps Problems
	ps.required("版", p.Edition)
	ps.requiredDate("施行日", p.EffectiveOn)
	return ps
}

// WardClass is the 区分 of 入退院支援加算1 of a ward.
type WardClass string

// The 区分: イ 一般病棟等, ロ 地域包括医療・回復期・地域包括ケア, ハ 療養等, A307 小児.
const (
	WardClassI    WardClass = "イ"
	WardClassRo   WardClass = "ロ"
	WardClassHa   WardClass = "ハ"
	WardClassA307 WardClass = "A307"
)

// WardClasses lists the values of 区分.
var WardClasses = []WardClass{WardClassI, WardClassRo, WardClassHa, WardClassA307}

// FeeTreatment says whether B005-1-2 can be billed besides the 入院料 of the ward.
type FeeTreatment string

// 可: billed separately. 包括: included in the 入院料.
const (
	FeeSeparate FeeTreatment = "可"
	FeeBundled  FeeTreatment = "包括"
)

// FeeTreatments lists the values of B005-1-2.
var FeeTreatments = []FeeTreatment{FeeSeparate, FeeBundled}

// Ward is one period of a 病棟. A ward has one row per period.
type Ward struct {
	Code          string
	ValidFrom     Date
	ValidTo       Date
	Name          string
	BasicFee      string // 入院料
	Beds          int    // 病床数
	Class         WardClass
	FeeTreatment  FeeTreatment // B005-1-2
	CommunityCare Mark         // 地域包括ケア
	Acute         Mark         // 急性期系
	Comprehensive Mark         // 包括期対象 (A304・A308-3)
	PSWAddOn      Mark         // 精神保健福祉士配置加算
	FiledFrom     Date         // 加算1届出開始
	FiledTo       Date         // 加算1届出終了
	Version       int
}

// Valid returns the period the row holds for.
func (w Ward) Valid() Period { return Period{w.ValidFrom, w.ValidTo} }

// Filing returns the period 入退院支援加算1 is filed for the ward.
func (w Ward) Filing() Period { return Period{w.FiledFrom, w.FiledTo} }

// Validate returns every problem of the record.
func (w Ward) Validate() Problems {
	var ps Problems
	ps.required("病棟コード", w.Code)
	ps.requiredDate("有効開始", w.ValidFrom)
	ps.required("病棟名", w.Name)
	ps.required("区分", string(w.Class))
	ps.required("B005-1-2", string(w.FeeTreatment))
	oneOf(&ps, "区分", w.Class, WardClasses)
	oneOf(&ps, "B005-1-2", w.FeeTreatment, FeeTreatments)
	if w.Beds < 0 || w.Beds > 9999 {
		ps.add("病床数", "0〜9999 の数で入力してください")
	}
	ps.order("有効開始", w.ValidFrom, "有効終了", w.ValidTo)
	ps.order("加算1届出開始", w.FiledFrom, "加算1届出終了", w.FiledTo)
	return ps
}

// Job is the 職種 of a staff member.
type Job string

// The 職種.
const (
	Doctor       Job = "医師"
	Nurse        Job = "看護師"
	PublicNurse  Job = "保健師"
	SocialWorker Job = "社会福祉士"
	PSW          Job = "精神保健福祉士"
	Pharmacist   Job = "薬剤師"
	PT           Job = "理学療法士"
	OT           Job = "作業療法士"
	ST           Job = "言語聴覚士"
	Dietitian    Job = "管理栄養士"
	Clerk        Job = "事務"
	OtherJob     Job = "その他"
)

// Jobs lists the values of 職種.
var Jobs = []Job{Doctor, Nurse, PublicNurse, SocialWorker, PSW, Pharmacist, PT, OT, ST, Dietitian, Clerk, OtherJob}

// Department is the 部門所属 of a member of the 入退院支援部門.
type Department string

// 専従, 専任. Blank: not a member of the department.
const (
	FullTime  Department = "専従"
	Dedicated Department = "専任"
)

// Departments lists the values of 部門所属.
var Departments = []Department{FullTime, Dedicated}

// Staff is one period of a 職員. A member who moves has one row per period.
type Staff struct {
	Code          string
	From          Date // 所属開始
	To            Date // 所属終了
	Name          string
	Kana          string
	Job           Job
	Department    Department
	WardDedicated Mark // 病棟専任
	Version       int
}

// Period returns the time the row holds for.
func (s Staff) Period() Period { return Period{s.From, s.To} }

// Validate returns every problem of the record.
func (s Staff) Validate() Problems {
	var ps Problems
	ps.required("職員コード", s.Code)
	ps.requiredDate("所属開始", s.From)
	ps.required("氏名", s.Name)
	ps.required("職種", string(s.Job))
	oneOf(&ps, "職種", s.Job, Jobs)
	oneOf(&ps, "部門所属", s.Department, Departments)
	ps.order("所属開始", s.From, "所属終了", s.To)
	return ps
}
