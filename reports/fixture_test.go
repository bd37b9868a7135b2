package reports

import (
	"renkei/models"
	"renkei/models/fee"
)

// Wards, staff and partners of the month the tests write.
var (
	ward3 = &models.Ward{Code: "W03", Name: "3東病棟", FiledFrom: 2024_04_01}
	ward4 = &models.Ward{Code: "W04", Name: "4西病棟（地域包括ケア）", FiledFrom: 2024_04_01}
	ward5 = &models.Ward{Code: "W05", Name: "5階療養病棟"}

	nurse  = models.Staff{Code: "S01", Name: "渡邉 恵", Job: models.Nurse, Department: models.FullTime}
	worker = models.Staff{Code: "S02", Name: "小笠原 健太郎", Job: models.SocialWorker, Department: models.Dedicated}

	careManager = &models.CareManager{Code: "C001", Name: "佐藤 実", Qualification: models.ChiefCM}
	office      = &models.Partner{Code: "P001", Name: "さくら居宅介護支援事業所", Kind: models.CareOffice}
	longOffice  = &models.Partner{Code: "P002", Name: "社会福祉法人みどり会 特別養護老人ホームわかば苑 居宅介護支援センター", Kind: models.CareOffice}
)

const longReason = "2は「部門の担当者が相手と同席した会議が入院前12か月に1回以上」「連絡先と担当者をあらかじめ共有」のため不可。1の要件（医師の指示を受けた看護師が実施、患者の同意 2026-10-03）は満たします"

// Conditions of 指導料2 that some sessions of the month lack.
var (
	no11a = fee.Condition{ID: "11a", Name: "入退院支援加算1の届出病棟", State: fee.NotMet, Fee2Only: true, Missing: "5階療養病棟は加算1の届出がありません", Source: "告示 注2"}
	no11b = fee.Condition{ID: "11b", Name: "入退院支援部門の担当者が実施", State: fee.NotMet, Fee2Only: true, Missing: "実施者に部門の担当者がいません", Source: "告示 注2"}
	no11d = fee.Condition{ID: "11d", Name: "会議等への出席", State: fee.NotMet, Fee2Only: true, Missing: "佐藤 実さんと同席した会議が入院前12か月にありません", Source: "通知(3)イ"}
	no11e = fee.Condition{ID: "11e", Name: "連絡先・担当者の共有", State: fee.NotMet, Fee2Only: true, Missing: "連絡先共有日が未登録です", Source: "通知(3)イ"}
	noE1  = fee.Condition{ID: "e1", Name: "医師の指示", State: fee.NotMet, Missing: "医師の指示が記録されていません", Source: "告示 注1"}
	no4   = fee.Condition{ID: "4", Name: "同意", State: fee.NotMet, Missing: "同意日が指導日より後です", Source: "告示"}
)

var (
	warn1 = fee.Warning{Code: "W1", Text: "診療録に要点の記載がありません", Todo: "指導の要点を診療録に記載し、記載日を登録してください", By: 2026_10_31}
	warn2 = fee.Warning{Code: "W2", Text: "ケアプランの写しを受け取っていません（依頼 2026-10-10）", Todo: "さくら居宅介護支援事業所の佐藤 実さんに写しを依頼し、受け取ったら診療録に添付してください", By: 2026_11_05}
	warn3 = fee.Warning{Code: "W3", Text: "入院から7日以内の情報提供がありません", Todo: "情報提供した日を登録してください"}
	warn7 = fee.Warning{Code: "W7", Text: "記録は指導料2ですが、判定は算定不可です", Todo: "算定済みなら返戻・取下げを確かめ、算定区分を直してください"}
)

// session makes a verdict of the month with the facts common to all.
func session(number, patient, name string, ward *models.Ward, day models.Date, result fee.Result, code string) fee.Verdict {
	points := map[fee.Result]int{fee.Fee2: 500, fee.Fee1: 400, fee.FeeLegacy: 400}[result]
	admitted := day.AddDays(-10)
	v := fee.Verdict{
		Session: models.JointGuidance{Number: number, PatientID: patient, AdmittedOn: admitted, On: day,
			Way: models.InPerson, Staff: []string{"S01"}, CareManager: "C001", NotedOn: day, PlanCopyOn: day.AddDays(3)},
		Admission: &models.Admission{PatientID: patient, AdmittedOn: admitted, Name: name, ConsentedOn: day.AddDays(-5)},
		Ward:      ward, CareManager: careManager, Office: office, Staff: []models.Staff{nurse},
		Result: result, Points: points, Code: code, Candidate: result.Billable(), RuleVersion: "2026-06",
		Reason: "加算1病棟・部門の担当者・規程・会議出席（多職種連携会議 2026-07-14）・連絡先共有（2026-04-20）がそろっています",
	}
	if result.Billable() {
		v.FirstClaimOn = day
	}
	return v
}

func with(v fee.Verdict, change func(*fee.Verdict)) fee.Verdict {
	change(&v)
	return v
}

// october returns a month with twelve sessions, unordered: 3 指導料2, 4
// 指導料1, 1 算定なし, 1 判定保留 and 3 算定不可.
func october() Monthly {
	lacking := func(conditions ...fee.Condition) func(*fee.Verdict) {
		return func(v *fee.Verdict) { v.Conditions, v.Reason, v.Candidate = conditions, longReason, true }
	}
	params := fee.DefaultParams()
	params.CodeFee2, params.MeetingMinCount = "113099910", 2
	return Monthly{
		Month: 2026_10, Hospital: "さくら総合病院", HospitalCode: "1312345", OutputOn: 2026_11_02, Rules: fee.Rules{Version: "2026-06", Points: fee.Points{Fee1: 400, Fee2: 500, Legacy: 400}, ReadUntil: "2026-07-18", ReadQA: "疑義解釈 その10（2026-07-17）", Unread: []string{"疑義解釈 その11（2026-07-30）"}}, Params: params,
		Verdicts: []fee.Verdict{
			with(session("G012", "00000113", "安倍 晴明", ward3, 2026_10_21, fee.NotBillable, "12"), lacking(no11b)),
			with(session("G001", "00000012", "髙﨑 𠮷子", ward3, 2026_10_08, fee.Fee2, "11"), func(v *fee.Verdict) { v.Fits2 = true }),
			with(session("G002", "00000012", "髙﨑 𠮷子", ward3, 2026_10_19, fee.Fee2, "11"), func(v *fee.Verdict) {
				v.Fits2, v.Session.Way, v.FirstClaimOn, v.Session.PlanCopyOn = true, models.ByVideo, 2026_10_08, 0
				v.Warnings, v.Staff = []fee.Warning{warn2}, []models.Staff{nurse, worker}
			}),
			with(session("G003", "00000034", "=1+1", ward3, 2026_10_05, fee.Fee2, "11"), func(v *fee.Verdict) {
				v.Fits2, v.Session.NotedOn, v.Session.PlanCopyOn = true, 0, 0
				v.Warnings = []fee.Warning{warn1, warn2, warn3}
			}),
			with(session("G004", "00000041", "佐々木 小次郎", ward4, 2026_10_06, fee.Fee1, "13"), lacking(no11d, no11e)),
			with(session("G005", "00000042", "一二三 かおる", ward4, 2026_10_14, fee.Fee1, "13"), func(v *fee.Verdict) {
				lacking(no11d)(v)
				v.Session.NotedOn, v.Warnings, v.Office = 0, []fee.Warning{warn1}, longOffice
			}),
			with(session("G006", "00000055", "+81 太郎", ward5, 2026_10_30, fee.Fee1, "13"), func(v *fee.Verdict) {
				lacking(no11a, no11d)(v)
				v.Session.Claim, v.Session.ClaimMonth, v.Session.PlanCopyOn = models.ClaimFee1, 2026_11, 2026_11_01
			}),
			with(session("G007", "00000056", "西園寺 ひろみ", ward5, 2026_10_12, fee.NotBillable, "14"), func(v *fee.Verdict) {
				lacking(no11a, noE1)(v)
				v.Reason = "医師の指示が記録されていません"
				v.Remedies = []fee.Remedy{{Text: "医師の指示を診療録で確かめ、あれば登録してください", By: 2026_11_10}}
			}),
			with(session("G008", "00000060", "齋藤 榮", ward3, 2026_10_02, fee.NotBillable, "4"), func(v *fee.Verdict) {
				v.Reason, v.Conditions = "患者の同意が確認できません（同意日 2026-10-04 は指導日より後です）", []fee.Condition{no4, no11d}
				v.Session.Claim, v.Session.ClaimMonth, v.Warnings = models.ClaimFee2, 2026_10, []fee.Warning{warn7}
			}),
			with(session("G009", "00000071", "邊見 みどり", ward4, 2026_10_20, fee.NotBilled, "15"), func(v *fee.Verdict) {
				v.Reason, v.Session.Claim = "部門が算定しないと記録しています", models.ClaimNone
			}),
			with(session("G010", "00000099", "", nil, 2026_10_15, fee.Pending, "0"), func(v *fee.Verdict) {
				v.Admission, v.CareManager, v.Office, v.Staff = nil, nil, nil, nil
				v.Session.CareManager, v.Reason = "C999", "CMコード『C999』の登録がないため判定できません"
				v.Advice = []string{"介護支援専門員を登録するか、CMコードを直してください"}
			}),
			with(session("G011", "00000100", "東海林 太郎左衛門", ward3, 2026_10_28, fee.Fee1, "13"), func(v *fee.Verdict) {
				v.Fits2, v.Plan, v.T1, v.T2 = true, fee.Plan1, 800, 500
				v.Reason = "入院を指導料1で算定するため（両方を指導料1とすれば合計800点）"
			}),
		},
	}
}
