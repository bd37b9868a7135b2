package models

// PartnerKind is the 種別 of a 連携先.
type PartnerKind string

// The 種別.
const (
	CareOffice         PartnerKind = "居宅介護支援"
	CommunityCenter    PartnerKind = "地域包括支援センター"
	PreventiveOffice   PartnerKind = "介護予防支援"
	PlanningConsult    PartnerKind = "計画相談支援"
	ChildConsult       PartnerKind = "障害児相談支援"
	NursingHome        PartnerKind = "特別養護老人ホーム"
	HealthFacility     PartnerKind = "介護老人保健施設"
	CareMedical        PartnerKind = "介護医療院"
	SpecifiedFacility  PartnerKind = "特定施設"
	GroupHome          PartnerKind = "認知症グループホーム"
	SmallMultifunction PartnerKind = "小規模多機能"
	NursingSmallMulti  PartnerKind = "看護小規模多機能"
	VisitingNurse      PartnerKind = "訪問看護"
	HomeService        PartnerKind = "居宅サービス"    // 訪問介護・通所介護・訪問リハビリ・短期入所・福祉用具 など
	CommunityService   PartnerKind = "地域密着型サービス" // without 認知症グループホーム and 小規模多機能
	Hospital           PartnerKind = "病院"
	Clinic             PartnerKind = "診療所"
	OtherPartner       PartnerKind = "その他"
)

// PartnerKinds lists the values of 種別.
var PartnerKinds = []PartnerKind{
	CareOffice, CommunityCenter, PreventiveOffice, PlanningConsult, ChildConsult, NursingHome, HealthFacility,
	CareMedical, SpecifiedFacility, GroupHome, SmallMultifunction, NursingSmallMulti, VisitingNurse,
	HomeService, CommunityService, Hospital, Clinic, OtherPartner,
}

// Medical reports whether the kind is 医療機関 (病院・診療所), fee-rules K-05.
func (k PartnerKind) Medical() bool { return k == Hospital || k == Clinic }

// CareProvider reports whether the kind is one of the 介護・障害 providers,
// five of which K-05 asks for.
func (k PartnerKind) CareProvider() bool {
	switch k {
	case Hospital, Clinic, OtherPartner, PreventiveOffice, CommunityCenter, "":
		return false
	}
	return true
}

// Annex says which facility of our hospital is on the same site (併設), 通知(7).
type Annex string

// The values of 併設.
const (
	AnnexCareOffice Annex = "居宅・相談"
	AnnexFacility   Annex = "介護保険施設等"
)

// Annexes lists the values of 併設.
var Annexes = []Annex{AnnexCareOffice, AnnexFacility}

// Partner is a 連携先: an office, facility or medical institution.
type Partner struct {
	Code            string
	Name            string
	Kana            string
	Kind            PartnerKind
	OfficeNumber    string // 事業所番号
	Corporation     string // 法人名
	SpecialRelation Mark   // 特別の関係
	AdvancedAcute   Mark   // 高度急性期 (特定機能病院・救命救急センター・A200)
	Annex           Annex
	PostalCode      string
	Address         string
	Phone           string
	Fax             string
	ConsultedOn     Date // 協議日
	EndedOn         Date // 連携終了日
	AgreedOn        Date // 取り決め日, 通知(3)ウ
	Note            string
	Version         int
}

var partnerFields = []FieldAt[Partner]{
	code("連携先コード", Key, "連携先のコード", func(p *Partner) *string { return &p.Code }),
	text("名称", Required, "連携先の名称", func(p *Partner) *string { return &p.Name }),
	text("カナ", Optional, "名称のカナ", func(p *Partner) *string { return &p.Kana }),
	choice("種別", Required, "連携先の種別。居宅サービスは訪問介護・通所介護・訪問リハビリ・短期入所・福祉用具など", PartnerKinds, func(p *Partner) *PartnerKind { return &p.Kind }),
	code("事業所番号", Optional, "介護保険などの事業所番号、医療機関コード", func(p *Partner) *string { return &p.OfficeNumber }),
	text("法人名", Optional, "運営する法人", func(p *Partner) *string { return &p.Corporation }),
	mark("特別の関係", Optional, "当院と特別の関係にある", func(p *Partner) *Mark { return &p.SpecialRelation }),
	mark("高度急性期", Optional, "特定機能病院・救命救急センター・A200 届出に ○", func(p *Partner) *Mark { return &p.AdvancedAcute }),
	choice("併設", Optional, "当院と同じ敷地にあるときの種類", Annexes, func(p *Partner) *Annex { return &p.Annex }),
	code("郵便番号", Optional, "郵便番号", func(p *Partner) *string { return &p.PostalCode }),
	text("住所", Optional, "住所", func(p *Partner) *string { return &p.Address }),
	code("電話", Optional, "電話番号", func(p *Partner) *string { return &p.Phone }),
	code("FAX", Optional, "FAX番号", func(p *Partner) *string { return &p.Fax }),
	date("協議日", Optional, "連携について最後に協議した日", func(p *Partner) *Date { return &p.ConsultedOn }),
	date("連携終了日", Optional, "連携を終えた日", func(p *Partner) *Date { return &p.EndedOn }),
	date("取り決め日", Optional, "情報共有の取り決めをした日（通知(3)ウ）", func(p *Partner) *Date { return &p.AgreedOn }),
	memo("備考", Optional, "備考", func(p *Partner) *string { return &p.Note }),
}

// Validate returns every problem of the record. An 連携終了日 before the 協議日
// is allowed: the 協議日 is the latest one, not a start.
func (p Partner) Validate() Problems {
	var ps Problems
	ps.required("連携先コード", p.Code)
	ps.required("名称", p.Name)
	ps.required("種別", string(p.Kind))
	oneOf(&ps, "種別", p.Kind, PartnerKinds)
	oneOf(&ps, "併設", p.Annex, Annexes)
	return ps
}

// Qualification is the 資格 of a care manager.
type Qualification string

// The 資格.
const (
	QualifiedCM       Qualification = "介護支援専門員"
	ChiefCM           Qualification = "主任介護支援専門員"
	ConsultSpecialist Qualification = "相談支援専門員"
	OtherQualified    Qualification = "その他"
)

// Qualifications lists the values of 資格.
var Qualifications = []Qualification{QualifiedCM, ChiefCM, ConsultSpecialist, OtherQualified}

// UsuallyPlans returns the ケアプラン作成可 a new record starts with: ○ where a
// person of this 資格 usually plans at such an office, else blank.
func UsuallyPlans(q Qualification, office PartnerKind) Mark {
	switch q {
	case QualifiedCM, ChiefCM:
		if office == CareOffice {
			return Yes
		}
	case ConsultSpecialist:
		if office == PlanningConsult || office == ChildConsult {
			return Yes
		}
	}
	return Unknown
}

// CareManager is a 介護支援専門員 or 相談支援専門員. The office is an Affiliation.
type CareManager struct {
	Code           string
	Name           string
	Kana           string
	Qualification  Qualification
	RegistrationNo string
	CanPlan        Mark // ケアプラン作成可
	SharedOn       Date // 連絡先共有日: the first sharing, never overwritten
	CheckedOn      Date // 連絡先確認日: the latest check
	Phone          string
	Mail           string
	Note           string
	Version        int
}

var careManagerFields = []FieldAt[CareManager]{
	code("CMコード", Key, "介護支援専門員・相談支援専門員のコード", func(c *CareManager) *string { return &c.Code }),
	text("氏名", Required, "氏名", func(c *CareManager) *string { return &c.Name }),
	text("カナ", Optional, "氏名のカナ", func(c *CareManager) *string { return &c.Kana }),
	choice("資格", Required, "資格", Qualifications, func(c *CareManager) *Qualification { return &c.Qualification }),
	code("登録番号", Optional, "介護支援専門員の登録番号", func(c *CareManager) *string { return &c.RegistrationNo }),
	mark("ケアプラン作成可", Optional, "ケアプランの作成を担える", func(c *CareManager) *Mark { return &c.CanPlan }),
	date("連絡先共有日", Optional, "連絡先と担当者を最初に共有した日", func(c *CareManager) *Date { return &c.SharedOn }),
	date("連絡先確認日", Optional, "連絡先を最後に確認した日", func(c *CareManager) *Date { return &c.CheckedOn }),
	code("電話", Optional, "電話番号", func(c *CareManager) *string { return &c.Phone }),
	text("メール", Optional, "メールアドレス", func(c *CareManager) *string { return &c.Mail }),
	memo("備考", Optional, "備考", func(c *CareManager) *string { return &c.Note }),
}

// Validate returns every problem of the record.
func (c CareManager) Validate() Problems {
	var ps Problems
	ps.required("CMコード", c.Code)
	ps.required("氏名", c.Name)
	ps.required("資格", string(c.Qualification))
	oneOf(&ps, "資格", c.Qualification, Qualifications)
	return ps
}

// Affiliation is one 所属履歴: a period of a care manager at an office.
type Affiliation struct {
	CareManager string // CMコード
	Partner     string // 連携先コード
	From        Date
	To          Date
	Version     int
}

var affiliationFields = []FieldAt[Affiliation]{
	code("CMコード", Key, "介護支援専門員シートの CMコード", func(a *Affiliation) *string { return &a.CareManager }),
	code("連携先コード", Key, "連携先シートの連携先コード", func(a *Affiliation) *string { return &a.Partner }),
	date("開始日", Key, "所属が始まった日", func(a *Affiliation) *Date { return &a.From }),
	date("終了日", Optional, "所属の最後の日。空欄は続いている", func(a *Affiliation) *Date { return &a.To }),
}

// Period is the time of the affiliation.
func (a Affiliation) Period() Period { return Period{a.From, a.To} }

// Validate returns every problem of the record.
func (a Affiliation) Validate() Problems {
	var ps Problems
	ps.required("CMコード", a.CareManager)
	ps.required("連携先コード", a.Partner)
	ps.requiredDate("開始日", a.From)
	ps.order("開始日", a.From, "終了日", a.To)
	return ps
}
