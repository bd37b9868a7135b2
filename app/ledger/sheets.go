package ledger

import (
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// The names of the sheets.
const (
	sheetSettings     = "設定"
	sheetPolicies     = "規程"
	sheetWards        = "病棟"
	sheetStaff        = "職員"
	sheetPartners     = "連携先"
	sheetCareManagers = "介護支援専門員"
	sheetAffiliations = "所属履歴"
	sheetMeetings     = "会議"
	sheetAttendances  = "会議出席"
	sheetContacts     = "やり取り"
	sheetAdmissions   = "入院"
	sheetWardStays    = "病棟履歴"
	sheetSessions     = "共同指導"
	sheetExplanation  = "説明" // written for people, never read
)

// sheets is the ledger book: every sheet in its order, every column in its
// order. Nothing else lists them.
var sheets = []ledgerSheet{
	&sheet[models.Setting]{
		name: sheetSettings, help: "病院の情報と、院内で決める判定の設定。書かないキーは初期値のままです",
		records: func(b *models.Book) *[]models.Setting { return &b.Settings },
		check:   checkSetting,
		columns: []column[models.Setting]{
			choice("キー", key, "設定の名前。下の一覧から選びます", parameterNames(), func(s *models.Setting) *string { return &s.Key }),
			text("値", optional, "設定の値。空欄は初期値", func(s *models.Setting) *string { return &s.Value }),
		},
	},
	&sheet[models.Policy]{
		name: sheetPolicies, help: "院内の規程の版（通知(3)ア）",
		records: func(b *models.Book) *[]models.Policy { return &b.Policies },
		check:   func(p *models.Policy) models.Problems { return p.Validate() },
		across:  sameEffectiveDay,
		columns: []column[models.Policy]{
			text("版", key, "規程の版の名前", func(p *models.Policy) *string { return &p.Edition }),
			date("施行日", required, "この版の施行日。同じ日の版は2つ書けません", func(p *models.Policy) *models.Date { return &p.EffectiveOn }),
			mark("七日以内の情報提供", optional, "入院7日以内の情報提供が規程にある", func(p *models.Policy) *models.Mark { return &p.Within7Days }),
			mark("退院七日前の連絡", optional, "退院7日前までの連絡が規程にある", func(p *models.Policy) *models.Mark { return &p.Before7Days }),
			mark("未申請者への勧奨", optional, "要介護認定の未申請者への勧奨が規程にある", func(p *models.Policy) *models.Mark { return &p.Encourages }),
			date("周知日", optional, "院内に周知した日", func(p *models.Policy) *models.Date { return &p.AnnouncedOn }),
			text("周知方法", optional, "周知の方法（院内掲示・全体メールなど）", func(p *models.Policy) *string { return &p.AnnouncedHow }),
		},
	},
	&sheet[models.Ward]{
		name: sheetWards, help: "病棟と届出。変わったときは有効開始を変えた行を加えます",
		records: func(b *models.Book) *[]models.Ward { return &b.Wards },
		check:   func(w *models.Ward) models.Problems { return w.Validate() },
		columns: []column[models.Ward]{
			code("病棟コード", key, "病棟のコード。地域包括ケアの病室は、病棟とは別のコードで登録", func(w *models.Ward) *string { return &w.Code }),
			date("有効開始", key, "この行の内容が有効になる日", func(w *models.Ward) *models.Date { return &w.ValidFrom }),
			date("有効終了", optional, "有効な最後の日。空欄は続いている", func(w *models.Ward) *models.Date { return &w.ValidTo }),
			text("病棟名", required, "病棟の名前", func(w *models.Ward) *string { return &w.Name }),
			text("入院料", optional, "届け出ている入院料", func(w *models.Ward) *string { return &w.BasicFee }),
			number("病床数", required, "病床の数", func(w *models.Ward) *int { return &w.Beds }),
			choice("区分", required, "入退院支援加算1の区分", models.WardClasses, func(w *models.Ward) *models.WardClass { return &w.Class }),
			choice("B005-1-2", required, "介護支援等連携指導料を別に算定できる入院料は可、含まれる入院料は包括", models.FeeTreatments, func(w *models.Ward) *models.FeeTreatment { return &w.FeeTreatment }),
			mark("地域包括ケア", optional, "地域包括ケア病棟・病室", func(w *models.Ward) *models.Mark { return &w.CommunityCare }),
			mark("急性期系", optional, "急性期一般・特定機能・専門（13対1を除く）の病棟に ○", func(w *models.Ward) *models.Mark { return &w.Acute }),
			mark("包括期対象", optional, "A304・A308-3 の病棟に ○", func(w *models.Ward) *models.Mark { return &w.Comprehensive }),
			mark("精神保健福祉士配置加算", optional, "精神保健福祉士配置加算の届出", func(w *models.Ward) *models.Mark { return &w.PSWAddOn }),
			date("加算1届出開始", optional, "入退院支援加算1の届出の開始日", func(w *models.Ward) *models.Date { return &w.FiledFrom }),
			date("加算1届出終了", optional, "入退院支援加算1の届出の最後の日。空欄は続いている", func(w *models.Ward) *models.Date { return &w.FiledTo }),
		},
	},
	&sheet[models.Staff]{
		name: sheetStaff, help: "院内の職員。異動や部門の変更は行を加えます",
		records: func(b *models.Book) *[]models.Staff { return &b.Staff },
		check:   func(s *models.Staff) models.Problems { return s.Validate() },
		columns: []column[models.Staff]{
			code("職員コード", key, "職員のコード", func(s *models.Staff) *string { return &s.Code }),
			date("所属開始", key, "この行の所属が始まった日", func(s *models.Staff) *models.Date { return &s.From }),
			date("所属終了", optional, "所属の最後の日。空欄は続いている", func(s *models.Staff) *models.Date { return &s.To }),
			text("氏名", required, "職員の氏名", func(s *models.Staff) *string { return &s.Name }),
			text("カナ", optional, "氏名のカナ", func(s *models.Staff) *string { return &s.Kana }),
			choice("職種", required, "職種", models.Jobs, func(s *models.Staff) *models.Job { return &s.Job }),
			choice("部門所属", optional, "入退院支援部門の専従・専任。空欄は部門の外", models.Departments, func(s *models.Staff) *models.Department { return &s.Department }),
			mark("病棟専任", optional, "病棟に専任の入退院支援職員", func(s *models.Staff) *models.Mark { return &s.WardDedicated }),
		},
	},
	&sheet[models.Partner]{
		name: sheetPartners, help: "連携先の事業所・施設・医療機関",
		records: func(b *models.Book) *[]models.Partner { return &b.Partners },
		check:   func(p *models.Partner) models.Problems { return p.Validate() },
		columns: []column[models.Partner]{
			code("連携先コード", key, "連携先のコード", func(p *models.Partner) *string { return &p.Code }),
			text("名称", required, "連携先の名称", func(p *models.Partner) *string { return &p.Name }),
			text("カナ", optional, "名称のカナ", func(p *models.Partner) *string { return &p.Kana }),
			choice("種別", required, "連携先の種別。居宅サービスは訪問介護・通所介護・訪問リハビリ・短期入所・福祉用具など", models.PartnerKinds, func(p *models.Partner) *models.PartnerKind { return &p.Kind }),
			code("事業所番号", optional, "介護保険などの事業所番号、医療機関コード", func(p *models.Partner) *string { return &p.OfficeNumber }),
			text("法人名", optional, "運営する法人", func(p *models.Partner) *string { return &p.Corporation }),
			mark("特別の関係", optional, "当院と特別の関係にある", func(p *models.Partner) *models.Mark { return &p.SpecialRelation }),
			mark("高度急性期", optional, "特定機能病院・救命救急センター・A200 届出に ○", func(p *models.Partner) *models.Mark { return &p.AdvancedAcute }),
			choice("併設", optional, "当院と同じ敷地にあるときの種類", models.Annexes, func(p *models.Partner) *models.Annex { return &p.Annex }),
			code("郵便番号", optional, "郵便番号", func(p *models.Partner) *string { return &p.PostalCode }),
			text("住所", optional, "住所", func(p *models.Partner) *string { return &p.Address }),
			code("電話", optional, "電話番号", func(p *models.Partner) *string { return &p.Phone }),
			code("FAX", optional, "FAX番号", func(p *models.Partner) *string { return &p.Fax }),
			date("協議日", optional, "連携について最後に協議した日", func(p *models.Partner) *models.Date { return &p.ConsultedOn }),
			date("連携終了日", optional, "連携を終えた日", func(p *models.Partner) *models.Date { return &p.EndedOn }),
			date("取り決め日", optional, "情報共有の取り決めをした日（通知(3)ウ）", func(p *models.Partner) *models.Date { return &p.AgreedOn }),
			text("備考", optional, "備考", func(p *models.Partner) *string { return &p.Note }),
		},
	},
	&sheet[models.CareManager]{
		name: sheetCareManagers, help: "介護支援専門員と相談支援専門員",
		records: func(b *models.Book) *[]models.CareManager { return &b.CareManagers },
		check:   func(c *models.CareManager) models.Problems { return c.Validate() },
		columns: []column[models.CareManager]{
			code("CMコード", key, "介護支援専門員・相談支援専門員のコード", func(c *models.CareManager) *string { return &c.Code }),
			text("氏名", required, "氏名", func(c *models.CareManager) *string { return &c.Name }),
			text("カナ", optional, "氏名のカナ", func(c *models.CareManager) *string { return &c.Kana }),
			choice("資格", required, "資格", models.Qualifications, func(c *models.CareManager) *models.Qualification { return &c.Qualification }),
			code("登録番号", optional, "介護支援専門員の登録番号", func(c *models.CareManager) *string { return &c.RegistrationNo }),
			mark("ケアプラン作成可", optional, "ケアプランの作成を担える", func(c *models.CareManager) *models.Mark { return &c.CanPlan }),
			date("連絡先共有日", optional, "連絡先と担当者を最初に共有した日", func(c *models.CareManager) *models.Date { return &c.SharedOn }),
			date("連絡先確認日", optional, "連絡先を最後に確認した日", func(c *models.CareManager) *models.Date { return &c.CheckedOn }),
			code("電話", optional, "電話番号", func(c *models.CareManager) *string { return &c.Phone }),
			text("メール", optional, "メールアドレス", func(c *models.CareManager) *string { return &c.Mail }),
			text("備考", optional, "備考", func(c *models.CareManager) *string { return &c.Note }),
		},
	},
	&sheet[models.Affiliation]{
		name: sheetAffiliations, help: "介護支援専門員がどの連携先にいつからいつまで所属したか",
		records: func(b *models.Book) *[]models.Affiliation { return &b.Affiliations },
		check:   func(a *models.Affiliation) models.Problems { return a.Validate() },
		columns: []column[models.Affiliation]{
			code("CMコード", key, "介護支援専門員シートの CMコード", func(a *models.Affiliation) *string { return &a.CareManager }),
			code("連携先コード", key, "連携先シートの連携先コード", func(a *models.Affiliation) *string { return &a.Partner }),
			date("開始日", key, "所属が始まった日", func(a *models.Affiliation) *models.Date { return &a.From }),
			date("終了日", optional, "所属の最後の日。空欄は続いている", func(a *models.Affiliation) *models.Date { return &a.To }),
		},
	},
	&sheet[models.Meeting]{
		name: sheetMeetings, help: "開かれた会議と勉強会",
		records: func(b *models.Book) *[]models.Meeting { return &b.Meetings },
		check:   func(m *models.Meeting) models.Problems { return m.Validate() },
		columns: []column[models.Meeting]{
			code("会議コード", key, "会議のコード", func(m *models.Meeting) *string { return &m.Code }),
			date("開催日", required, "開かれた日", func(m *models.Meeting) *models.Date { return &m.HeldOn }),
			text("名称", required, "会議の名称", func(m *models.Meeting) *string { return &m.Name }),
			choice("種別", required, "会議の種別（通知(3)イ）", models.MeetingKinds, func(m *models.Meeting) *models.MeetingKind { return &m.Kind }),
			text("主催", optional, "主催した機関", func(m *models.Meeting) *string { return &m.Host }),
			text("場所", optional, "開かれた場所", func(m *models.Meeting) *string { return &m.Place }),
			choice("方法", optional, "開き方", models.MeetingWays, func(m *models.Meeting) *models.MeetingWay { return &m.Way }),
			text("議題", optional, "議題", func(m *models.Meeting) *string { return &m.Agenda }),
			mark("会議として算入", optional, "平時の会議として数えるか。空欄は種別による", func(m *models.Meeting) *models.Mark { return &m.Counts }),
			text("算入理由", optional, "算入する・しない理由", func(m *models.Meeting) *string { return &m.CountsBecause }),
			mark("連絡先共有", optional, "出席者と連絡先を共有した", func(m *models.Meeting) *models.Mark { return &m.ContactsShared }),
		},
	},
	&sheet[models.Attendance]{
		name: sheetAttendances, help: "会議・勉強会の出席者",
		records: func(b *models.Book) *[]models.Attendance { return &b.Attendances },
		check:   func(a *models.Attendance) models.Problems { return a.Validate() },
		keys:    attendanceKeys,
		columns: []column[models.Attendance]{
			code("会議コード", key, "会議シートの会議コード", func(a *models.Attendance) *string { return &a.Meeting }),
			choice("区分", key, "出席者の区分", models.AttendeeKinds, func(a *models.Attendance) *models.AttendeeKind { return &a.Kind }),
			code("コード", keyOfSome, "職員コードか CMコード。区分がその他のときは空欄にして氏名を書きます", func(a *models.Attendance) *string { return &a.Code }),
			text("氏名", optional, "区分がその他のときは必ず書きます", func(a *models.Attendance) *string { return &a.Name }),
			text("所属", optional, "出席簿に書かれた所属", func(a *models.Attendance) *string { return &a.Affiliation }),
		},
	},
	&sheet[models.Contact]{
		name: sheetContacts, help: "連携先とのやり取り（面会・電話など）",
		records: func(b *models.Book) *[]models.Contact { return &b.Contacts },
		check:   func(c *models.Contact) models.Problems { return c.Validate() },
		columns: []column[models.Contact]{
			code("連絡番号", key, "やり取りの番号", func(c *models.Contact) *string { return &c.Number }),
			date("日付", required, "やり取りの日", func(c *models.Contact) *models.Date { return &c.On }),
			clock("時刻", optional, "時刻（09:30）", func(c *models.Contact) *string { return &c.Time }),
			choice("種別", required, "やり取りの種別", models.ContactKinds, func(c *models.Contact) *models.ContactKind { return &c.Kind }),
			choice("発信", optional, "どちらから", models.Initiators, func(c *models.Contact) *models.Initiator { return &c.Initiator }),
			code("CMコード", optional, "相手の CMコード", func(c *models.Contact) *string { return &c.CareManager }),
			code("連携先コード", optional, "相手の連携先コード", func(c *models.Contact) *string { return &c.Partner }),
			codes("職員コード", optional, "当院の職員コード", func(c *models.Contact) *[]string { return &c.Staff }),
			text("目的", optional, "目的", func(c *models.Contact) *string { return &c.Purpose }),
			text("内容", optional, "内容", func(c *models.Contact) *string { return &c.Body }),
			code("患者ID", optional, "患者にかかわるときの患者ID", func(c *models.Contact) *string { return &c.PatientID }),
		},
	},
	&sheet[models.Admission]{
		name: sheetAdmissions, help: "入院（1回の入院に1行）",
		records: func(b *models.Book) *[]models.Admission { return &b.Admissions },
		check:   func(a *models.Admission) models.Problems { return a.Validate() },
		columns: []column[models.Admission]{
			code("患者ID", key, "患者ID。左の0も書きます", func(a *models.Admission) *string { return &a.PatientID }),
			date("入院日", key, "入院した日", func(a *models.Admission) *models.Date { return &a.AdmittedOn }),
			text("氏名", required, "患者の氏名", func(a *models.Admission) *string { return &a.Name }),
			text("カナ", optional, "氏名のカナ", func(a *models.Admission) *string { return &a.Kana }),
			date("生年月日", optional, "生年月日", func(a *models.Admission) *models.Date { return &a.BornOn }),
			text("性別", optional, "性別", func(a *models.Admission) *string { return &a.Sex }),
			date("退院見込日", optional, "退院の見込みの日", func(a *models.Admission) *models.Date { return &a.ExpectedOn }),
			date("退院日", optional, "退院した日", func(a *models.Admission) *models.Date { return &a.DischargedOn }),
			code("通算入院キー", optional, "通算される入院に同じ文字を書きます", func(a *models.Admission) *string { return &a.ChainKey }),
			text("診療科", optional, "診療科", func(a *models.Admission) *string { return &a.Specialty }),
			mark("サービス導入適当", optional, "退院後に介護・障害福祉サービスの導入が適当", func(a *models.Admission) *models.Mark { return &a.ServiceSuitable }),
			mark("本人の希望", optional, "本人がサービスの導入を希望", func(a *models.Admission) *models.Mark { return &a.PatientWishes }),
			date("同意日", optional, "本人の同意を得た日", func(a *models.Admission) *models.Date { return &a.ConsentedOn }),
			code("担当CMコード", optional, "入院前からの担当の CMコード", func(a *models.Admission) *string { return &a.CareManager }),
			text("要介護度", optional, "要介護度・障害支援区分", func(a *models.Admission) *string { return &a.CareLevel }),
			choice("認定状況", optional, "要介護認定の状況", models.CareStatuses, func(a *models.Admission) *models.CareStatus { return &a.CareStatus }),
			date("入院時情報提供書受領日", optional, "ケアマネジャーから入院時の情報を受け取った日", func(a *models.Admission) *models.Date { return &a.ReceivedOn }),
			date("入院時情報提供日", optional, "当院から入院の情報を提供した日", func(a *models.Admission) *models.Date { return &a.InformedOn }),
			date("退院前連絡日", optional, "退院前に連絡した日", func(a *models.Admission) *models.Date { return &a.NoticedOn }),
			mark("地域連携診療計画加算", optional, "地域連携診療計画加算を算定", func(a *models.Admission) *models.Mark { return &a.RegionalPlan }),
		},
	},
	&sheet[models.WardStay]{
		name: sheetWardStays, help: "入院中にいた病棟",
		records: func(b *models.Book) *[]models.WardStay { return &b.WardStays },
		check:   func(s *models.WardStay) models.Problems { return s.Validate() },
		columns: []column[models.WardStay]{
			code("患者ID", key, "入院シートの患者ID", func(s *models.WardStay) *string { return &s.PatientID }),
			date("入院日", key, "入院シートの入院日", func(s *models.WardStay) *models.Date { return &s.AdmittedOn }),
			date("開始日", key, "病棟に入った日", func(s *models.WardStay) *models.Date { return &s.From }),
			code("病棟コード", required, "病棟シートの病棟コード", func(s *models.WardStay) *string { return &s.Ward }),
			date("終了日", optional, "病棟を出た日。空欄は次の行まで、または続いている", func(s *models.WardStay) *models.Date { return &s.To }),
		},
	},
	&sheet[models.JointGuidance]{
		name: sheetSessions, help: "介護支援専門員・相談支援専門員と共同で行った指導",
		records: func(b *models.Book) *[]models.JointGuidance { return &b.Sessions },
		check:   func(g *models.JointGuidance) models.Problems { return g.Validate() },
		closed:  (*closedSessions).why,
		columns: []column[models.JointGuidance]{
			code("指導番号", key, "共同指導の番号", func(g *models.JointGuidance) *string { return &g.Number }),
			code("患者ID", optional, "入院シートの患者ID", func(g *models.JointGuidance) *string { return &g.PatientID }),
			date("入院日", optional, "入院シートの入院日", func(g *models.JointGuidance) *models.Date { return &g.AdmittedOn }),
			date("指導日", optional, "共同指導の日", func(g *models.JointGuidance) *models.Date { return &g.On }),
			choice("方法", optional, "指導の方法", models.GuidanceWays, func(g *models.JointGuidance) *models.GuidanceWay { return &g.Way }),
			choice("内容区分", optional, "指導の内容", models.GuidanceContents, func(g *models.JointGuidance) *models.GuidanceContent { return &g.Content }),
			codes("職員コード", optional, "指導した当院の職員コード", func(g *models.JointGuidance) *[]string { return &g.Staff }),
			mark("医師の指示", optional, "医師の指示がある", func(g *models.JointGuidance) *models.Mark { return &g.DoctorsOrder }),
			code("CMコード", optional, "共同で指導した CMコード", func(g *models.JointGuidance) *string { return &g.CareManager }),
			choice("相手の立場", optional, "入院前からの担当か、患者が選んだか", models.Standings, func(g *models.JointGuidance) *models.Standing { return &g.Standing }),
			mark("患者参加", optional, "患者が参加した", func(g *models.JointGuidance) *models.Mark { return &g.PatientJoined }),
			mark("画面共有", optional, "電子カルテなどの画面を共有した", func(g *models.JointGuidance) *models.Mark { return &g.ScreenShared }),
			date("画面共有同意日", optional, "画面共有の同意を得た日", func(g *models.JointGuidance) *models.Date { return &g.ScreenConsent }),
			mark("同日多機関共同指導加算", optional, "同じ日に、介護支援専門員か相談支援専門員も加わった共同指導で退院時共同指導料2 注3 の加算を算定", func(g *models.JointGuidance) *models.Mark { return &g.MultiAgency }),
			text("内容", optional, "指導の内容", func(g *models.JointGuidance) *string { return &g.Body }),
			date("要点記載日", optional, "診療録に要点を書いた日", func(g *models.JointGuidance) *models.Date { return &g.NotedOn }),
			date("ケアプラン依頼日", optional, "ケアプランの写しを頼んだ日", func(g *models.JointGuidance) *models.Date { return &g.PlanAskedOn }),
			date("ケアプラン写し受領日", optional, "ケアプランの写しを受け取った日", func(g *models.JointGuidance) *models.Date { return &g.PlanCopyOn }),
			choice("写しの種類", optional, "受け取った写しの種類", models.PlanCopyKinds, func(g *models.JointGuidance) *models.PlanCopyKind { return &g.PlanCopyKind }),
			choice("算定区分", optional, "記録した算定。旧は2026年5月まで、1・2は6月から", models.Claims, func(g *models.JointGuidance) *models.Claim { return &g.Claim }),
			month("算定月", optional, "算定した月", func(g *models.JointGuidance) *models.Month { return &g.ClaimMonth }),
		},
	},
}

func parameterNames() []string {
	names := make([]string, len(fee.Definitions))
	for i, d := range fee.Definitions {
		names[i] = d.Name
	}
	return names
}

// checkSetting refuses an unknown key and a value its parameter does not take,
// and writes the value in the one form the parameter knows (TRUE is true).
func checkSetting(s *models.Setting) models.Problems {
	if s.Key == "" {
		return nil // reported as a blank key
	}
	def, ok := fee.DefinitionOf(s.Key)
	if !ok {
		return models.Problems{{Field: "キー", Message: "『" + s.Key + "』は使えません。説明シートのキーから選んでください"}}
	}
	if strings.TrimSpace(s.Value) == "" {
		return nil
	}
	params := fee.DefaultParams()
	if err := def.Set(&params, s.Value); err != nil {
		return models.Problems{{Field: "値", Message: models.ErrorMessage(err)}}
	}
	s.Value = def.Get(&params)
	return nil
}

// attendanceKeys: for その他 the name takes the place of the code.
func attendanceKeys(a *models.Attendance) []string {
	if a.Kind == models.AttendeeOther {
		return []string{"会議コード", "区分", "氏名"}
	}
	return []string{"会議コード", "区分", "コード"}
}

// sameEffectiveDay refuses two 規程 with one 施行日: which one would hold on
// that day could not be told.
func sameEffectiveDay(policies []models.Policy, rows []int) []Issue {
	var issues []Issue
	first := map[models.Date]int{}
	for i, p := range policies {
		if p.EffectiveOn.IsZero() {
			continue
		}
		j, taken := first[p.EffectiveOn]
		if !taken {
			first[p.EffectiveOn] = i
			continue
		}
		issues = append(issues, effectiveDayIssue(p, rows[i], policies[j].Edition))
	}
	return issues
}

func effectiveDayIssue(p models.Policy, row int, other string) Issue {
	return Issue{sheetPolicies, row, "施行日",
		"『" + p.EffectiveOn.String() + "』は「" + other + "」と同じ施行日です。版ごとに違う日にしてください"}
}
