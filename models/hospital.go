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

var policyFields = []FieldAt[Policy]{
	text("版", Key, "規程の版の名前", func(p *Policy) *string { return &p.Edition }),
	date("施行日", Required, "この版の施行日。同じ日の版は2つ書けません", func(p *Policy) *Date { return &p.EffectiveOn }),
	mark("七日以内の情報提供", Optional, "入院7日以内の情報提供が規程にある", func(p *Policy) *Mark { return &p.Within7Days }),
	mark("退院七日前の連絡", Optional, "退院7日前までの連絡が規程にある", func(p *Policy) *Mark { return &p.Before7Days }),
	mark("未申請者への勧奨", Optional, "要介護認定の未申請者への勧奨が規程にある", func(p *Policy) *Mark { return &p.Encourages }),
	date("周知日", Optional, "院内に周知した日", func(p *Policy) *Date { return &p.AnnouncedOn }),
	text("周知方法", Optional, "周知の方法（院内掲示・全体メールなど）", func(p *Policy) *string { return &p.AnnouncedHow }),
}

// Complete reports whether all three items are in the 版.
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

var wardFields = []FieldAt[Ward]{
	code("病棟コード", Key, "病棟のコード。地域包括ケアの病室は、病棟とは別のコードで登録", func(w *Ward) *string { return &w.Code }),
	date("有効開始", Key, "この行の内容が有効になる日", func(w *Ward) *Date { return &w.ValidFrom }),
	date("有効終了", Optional, "有効な最後の日。空欄は続いている", func(w *Ward) *Date { return &w.ValidTo }),
	text("病棟名", Required, "病棟の名前", func(w *Ward) *string { return &w.Name }),
	text("入院料", Optional, "届け出ている入院料", func(w *Ward) *string { return &w.BasicFee }),
	number("病床数", Required, "病床の数", func(w *Ward) *int { return &w.Beds }),
	choice("区分", Required, "入退院支援加算1の区分", WardClasses, func(w *Ward) *WardClass { return &w.Class }),
	choice("B005-1-2", Required, "介護支援等連携指導料を別に算定できる入院料は可、含まれる入院料は包括", FeeTreatments, func(w *Ward) *FeeTreatment { return &w.FeeTreatment }),
	mark("地域包括ケア", Optional, "地域包括ケア病棟・病室", func(w *Ward) *Mark { return &w.CommunityCare }),
	mark("急性期系", Optional, "急性期一般・特定機能・専門（13対1を除く）の病棟に ○", func(w *Ward) *Mark { return &w.Acute }),
	mark("包括期対象", Optional, "A304・A308-3 の病棟に ○", func(w *Ward) *Mark { return &w.Comprehensive }),
	mark("精神保健福祉士配置加算", Optional, "精神保健福祉士配置加算の届出", func(w *Ward) *Mark { return &w.PSWAddOn }),
	date("加算1届出開始", Optional, "入退院支援加算1の届出の開始日", func(w *Ward) *Date { return &w.FiledFrom }),
	date("加算1届出終了", Optional, "入退院支援加算1の届出の最後の日。空欄は続いている", func(w *Ward) *Date { return &w.FiledTo }),
}

// Valid is the period the facts hold.
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

var staffFields = []FieldAt[Staff]{
	code("職員コード", Key, "職員のコード", func(s *Staff) *string { return &s.Code }),
	date("所属開始", Key, "この行の所属が始まった日", func(s *Staff) *Date { return &s.From }),
	date("所属終了", Optional, "所属の最後の日。空欄は続いている", func(s *Staff) *Date { return &s.To }),
	text("氏名", Required, "職員の氏名", func(s *Staff) *string { return &s.Name }),
	text("カナ", Optional, "氏名のカナ", func(s *Staff) *string { return &s.Kana }),
	choice("職種", Required, "職種", Jobs, func(s *Staff) *Job { return &s.Job }),
	choice("部門所属", Optional, "入退院支援部門の専従・専任。空欄は部門の外", Departments, func(s *Staff) *Department { return &s.Department }),
	mark("病棟専任", Optional, "病棟に専任の入退院支援職員", func(s *Staff) *Mark { return &s.WardDedicated }),
}

// Period is the time the row holds.
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
