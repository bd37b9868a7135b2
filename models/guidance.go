package models

// GuidanceWay is the 方法 of a 共同指導.
type GuidanceWay string

// The 方法.
const (
	InPerson   GuidanceWay = "対面"
	ByVideo    GuidanceWay = "ビデオ通話"
	ByPhone    GuidanceWay = "電話"
	ByDocument GuidanceWay = "文書"
)

// GuidanceWays lists the values of 方法.
var GuidanceWays = []GuidanceWay{InPerson, ByVideo, ByPhone, ByDocument}

// GuidanceContent is the 内容区分 of a 共同指導, 通知(5).
type GuidanceContent string

// GuidanceContents lists the values of 内容区分.
var GuidanceContents = []GuidanceContent{"初回", "2回目"}

// Standing is the 相手の立場, 通知(2): why this care manager takes part.
type Standing string

// The 相手の立場.
const (
	PriorCareManager Standing = "入院前担当"
	PatientsChoice   Standing = "患者選択"
)

// Standings lists the values of 相手の立場.
var Standings = []Standing{PriorCareManager, PatientsChoice}

// PlanCopyKind is the 写しの種類 of a care plan.
type PlanCopyKind string

// PlanCopyKinds lists the values of 写しの種類.
var PlanCopyKinds = []PlanCopyKind{"原案", "確定"}

// Claim is the 算定区分 recorded for a session.
type Claim string

// 1, 2, 旧 (before 2026-06-01), なし (decided not to bill). Blank is undecided.
const (
	ClaimFee1   Claim = "1"
	ClaimFee2   Claim = "2"
	ClaimLegacy Claim = "旧"
	ClaimNone   Claim = "なし"
)

// Claims lists the values of 算定区分.
var Claims = []Claim{ClaimFee1, ClaimFee2, ClaimLegacy, ClaimNone}

// Recorded reports whether the session is recorded as billed.
func (c Claim) Recorded() bool { return c == ClaimFee1 || c == ClaimFee2 || c == ClaimLegacy }

// RevisionDate is the day 指導料 was split into 1 and 2 (令和8年告示第69号).
const RevisionDate Date = 2026_06_01

// JointGuidance is one 共同指導 of hospital staff and a care manager.
type JointGuidance struct {
	Number        string // 指導番号
	PatientID     string
	AdmittedOn    Date
	On            Date // 指導日
	Way           GuidanceWay
	Content       GuidanceContent
	Staff         []string // 職員コード
	DoctorsOrder  Mark     // 医師の指示
	CareManager   string   // CMコード
	Standing      Standing
	PatientJoined Mark // 患者参加
	ScreenShared  Mark // 画面共有
	ScreenConsent Date // 画面共有同意日
	MultiAgency   Mark // 同日多機関共同指導加算 (B005 注3)
	Body          string
	NotedOn       Date // 要点記載日, 通知(6)
	PlanAskedOn   Date // ケアプラン依頼日
	PlanCopyOn    Date // ケアプラン写し受領日, 通知(6)
	PlanCopyKind  PlanCopyKind
	Claim         Claim // 算定区分
	ClaimMonth    Month // 算定月
	Version       int
}

var jointGuidanceFields = []FieldAt[JointGuidance]{
	code("指導番号", Key, "共同指導の番号", func(g *JointGuidance) *string { return &g.Number }),
	code("患者ID", Optional, "入院シートの患者ID", func(g *JointGuidance) *string { return &g.PatientID }),
	date("入院日", Optional, "入院シートの入院日", func(g *JointGuidance) *Date { return &g.AdmittedOn }),
	date("指導日", Optional, "共同指導の日", func(g *JointGuidance) *Date { return &g.On }),
	choice("方法", Optional, "指導の方法", GuidanceWays, func(g *JointGuidance) *GuidanceWay { return &g.Way }),
	choice("内容区分", Optional, "指導の内容", GuidanceContents, func(g *JointGuidance) *GuidanceContent { return &g.Content }),
	codes("職員コード", Optional, "指導した当院の職員コード", func(g *JointGuidance) *[]string { return &g.Staff }),
	mark("医師の指示", Optional, "医師の指示がある", func(g *JointGuidance) *Mark { return &g.DoctorsOrder }),
	code("CMコード", Optional, "共同で指導した CMコード", func(g *JointGuidance) *string { return &g.CareManager }),
	choice("相手の立場", Optional, "入院前からの担当か、患者が選んだか", Standings, func(g *JointGuidance) *Standing { return &g.Standing }),
	mark("患者参加", Optional, "患者が参加した", func(g *JointGuidance) *Mark { return &g.PatientJoined }),
	mark("画面共有", Optional, "電子カルテなどの画面を共有した", func(g *JointGuidance) *Mark { return &g.ScreenShared }),
	date("画面共有同意日", Optional, "画面共有の同意を得た日", func(g *JointGuidance) *Date { return &g.ScreenConsent }),
	mark("同日多機関共同指導加算", Optional, "同じ日に、介護支援専門員か相談支援専門員も加わった共同指導で退院時共同指導料2 注3 の加算を算定", func(g *JointGuidance) *Mark { return &g.MultiAgency }),
	memo("内容", Optional, "指導の内容", func(g *JointGuidance) *string { return &g.Body }),
	date("要点記載日", Optional, "診療録に要点を書いた日", func(g *JointGuidance) *Date { return &g.NotedOn }),
	date("ケアプラン依頼日", Optional, "ケアプランの写しを頼んだ日", func(g *JointGuidance) *Date { return &g.PlanAskedOn }),
	date("ケアプラン写し受領日", Optional, "ケアプランの写しを受け取った日", func(g *JointGuidance) *Date { return &g.PlanCopyOn }),
	choice("写しの種類", Optional, "受け取った写しの種類", PlanCopyKinds, func(g *JointGuidance) *PlanCopyKind { return &g.PlanCopyKind }),
	choice("算定区分", Optional, "記録した算定。旧は2026年5月まで、1・2は6月から", Claims, func(g *JointGuidance) *Claim { return &g.Claim }),
	month("算定月", Optional, "算定した月", func(g *JointGuidance) *Month { return &g.ClaimMonth }),
}

// Key identifies the admission of the session.
func (g JointGuidance) Key() AdmissionKey { return AdmissionKey{g.PatientID, g.AdmittedOn} }

// BilledMonth returns the month 医事課 bills the session in: 算定月, else the
// month of 指導日, or 0 when both are blank.
func (g JointGuidance) BilledMonth() Month {
	if g.ClaimMonth != 0 || g.On == 0 {
		return g.ClaimMonth
	}
	return g.On.Month()
}

// Validate returns every problem of the record. Facts the judgement needs may
// be blank: the session is then judged 判定保留.
func (g JointGuidance) Validate() Problems {
	var ps Problems
	ps.required("指導番号", g.Number)
	oneOf(&ps, "方法", g.Way, GuidanceWays)
	oneOf(&ps, "内容区分", g.Content, GuidanceContents)
	oneOf(&ps, "相手の立場", g.Standing, Standings)
	oneOf(&ps, "写しの種類", g.PlanCopyKind, PlanCopyKinds)
	oneOf(&ps, "算定区分", g.Claim, Claims)
	if g.On != 0 && g.On >= RevisionDate && g.Claim == ClaimLegacy {
		ps.add("算定区分", "指導日が令和8年6月1日以降のため「旧」は使えません。1・2・なしから選んでください")
	}
	if g.On != 0 && g.On < RevisionDate && (g.Claim == ClaimFee1 || g.Claim == ClaimFee2) {
		ps.add("算定区分", "指導日が令和8年5月以前のため「%s」は使えません。旧・なしから選んでください", g.Claim)
	}
	return ps
}
