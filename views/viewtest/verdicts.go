package viewtest

import (
	"fmt"
	"math/rand/v2"

	"renkei/models"
	"renkei/models/fee"
)

// Verdicts returns the sessions of 2026-09 to 2026-11 with every result among
// them. The same seed gives the same verdicts; all names are invented.
func Verdicts(seed uint64) []fee.Verdict {
	random := rand.New(rand.NewPCG(seed, 20261122))
	var all []fee.Verdict
	for i, month := range []models.Month{202609, 202610, 202611} {
		count := []int{24, 38, 17}[i]
		for n := range count {
			on := month.First().AddDays(n * 28 / count)
			all = append(all, verdict(random, len(all)+1, on))
		}
	}
	return all
}

var (
	patients = [][2]string{
		{"髙橋 花子", "タカハシ ハナコ"}, {"佐藤 一郎", "サトウ イチロウ"}, {"𠮷野 節子", "ヨシノ セツコ"}, {"山﨑 武", "ヤマザキ タケシ"},
		{"渡邉 トメ", "ワタナベ トメ"}, {"鈴木 正雄", "スズキ マサオ"}, {"濵口 ミツ", "ハマグチ ミツ"}, {"齋藤 清", "サイトウ キヨシ"},
		{"中村 フミ", "ナカムラ フミ"}, {"小野寺 昭三", "オノデラ ショウゾウ"}, {"葛󠄀城 ヨシ", "カツラギ ヨシ"}, {"長谷川 勘右衛門", "ハセガワ カンエモン"},
	}
	managers = [][2]string{
		{"佐藤 実", "さくら居宅介護支援事業所"}, {"大西 綾", "㈱あおぞらケアプランセンター"}, {"森 由美子", "北部地域包括支援センター"},
		{"辻 健太", "相談支援事業所 虹"}, {"柳澤 久美", "ケアプラン ひだまり"},
	}
	wards = []string{"3東病棟", "3西病棟", "4東病棟", "回復期", "地域包括"}
)

func verdict(random *rand.Rand, n int, on models.Date) fee.Verdict {
	patient := patients[random.IntN(len(patients))]
	manager := managers[random.IntN(len(managers))]
	ward := wards[random.IntN(len(wards))]
	admitted := on.AddDays(-5 - random.IntN(20))
	v := fee.Verdict{
		Session: models.JointGuidance{
			Number: fmt.Sprintf("G%05d", n), PatientID: fmt.Sprintf("%08d", 10000+random.IntN(80000)), AdmittedOn: admitted,
			On: on, Way: models.InPerson, CareManager: "CM001", Standing: models.PriorCareManager,
			NotedOn: on, PlanCopyOn: on.AddDays(3),
		},
		Ward:        &models.Ward{Code: "W1", Name: ward},
		CareManager: &models.CareManager{Code: "CM001", Name: manager[0], Kana: "サトウ ミノル"},
		Office:      &models.Partner{Code: "P001", Name: manager[1], Phone: "03-0000-0000"},
		RuleVersion: "2026-06",
	}
	if random.IntN(4) == 0 {
		v.Session.Way = models.ByVideo
	}
	birth, _ := models.NewDate(1929+random.IntN(25), 1+random.IntN(12), 1+random.IntN(28))
	v.Admission = &models.Admission{
		PatientID: v.Session.PatientID, AdmittedOn: admitted, Name: patient[0], Kana: patient[1],
		BornOn: birth, Sex: "女", Specialty: "内科", ExpectedOn: on.AddDays(8),
	}
	settle(&v, random.IntN(20))
	return v
}

// settle gives the verdict one of the outcomes.
func settle(v *fee.Verdict, outcome int) {
	v.Conditions = conditions(v)
	v.Plan, v.T1, v.T2 = fee.Plan2, 800, 1000
	switch {
	case outcome < 9:
		asFee2(v)
		if outcome < 3 {
			lackPapers(v)
		}
	case outcome < 14:
		asFee1(v)
	case outcome == 14:
		notBillable(v)
		unmet(v, "4", "同意日が登録されていません", "")
		v.Code, v.Reason = "4", "同意日が登録されていません。患者の同意（希望）が確認できません"
	case outcome < 17:
		notBillable(v)
		v.Code, v.Reason = "8", "同一日は1回分です。"+v.Session.On.String()+"は別の指導（G00003）で数えています"
	case outcome == 17:
		v.Result, v.Code, v.Plan = fee.Pending, "0", fee.NoPlan
		v.Conditions, v.Office = nil, nil
		v.Reason = "相手の指導日の所属が登録されていないため判定できません"
		v.Remedies = []fee.Remedy{{Text: "相手の指導日の所属が登録されていないため、登録を補う", Decisive: true}}
	case outcome == 18:
		v.Result, v.Code, v.Reason = fee.NotBilled, "15", "算定しないと記録されています"
	default:
		v.Result, v.Code, v.Points = fee.FeeLegacy, "1", 400
		v.Reason = "令和8年5月以前の指導のため区分なし（旧点数）です"
	}
}

func asFee2(v *fee.Verdict) {
	v.Result, v.Code, v.Points, v.Fits1, v.Fits2, v.Candidate = fee.Fee2, "11", 500, true, true, true
	v.Reason = "加算1病棟・部門担当・規程・会議（2026-07-14 多職種連携会議）・共有（2026-04-20）がそろっています"
}

func asFee1(v *fee.Verdict) {
	v.Result, v.Code, v.Points, v.Fits1, v.Candidate = fee.Fee1, "13", 400, true, true
	v.Plan, v.T2 = fee.Plan1, 0
	by := v.Session.AdmittedOn.AddDays(-1)
	unmet(v, "11d", "入院前12か月に、相手が出席した会議がありません", "期日までに開かれた会議への出席の登録もれがないか出席簿で確かめる")
	v.Remedies[0].By = by
	v.Reason = "指導料1の要件を満たします。指導料2にならない理由: 入院前12か月に、相手が出席した会議がありません"
}

func notBillable(v *fee.Verdict) { v.Result, v.Points = fee.NotBillable, 0 }

// lackPapers takes 要点 and ケアプラン写し away, and the 取り決め.
func lackPapers(v *fee.Verdict) {
	v.Session.NotedOn, v.Session.PlanCopyOn = 0, 0
	warn := func(code, text, todo string, by models.Date) {
		v.Warnings = append(v.Warnings, fee.Warning{Code: code, Text: text, Todo: todo, By: by})
		v.Remedies = append(v.Remedies, fee.Remedy{Text: todo, By: by})
	}
	warn("W1", "診療録への要点の記載日が記録されていません（通知(6)）", "診療録に指導の要点を記載し、要点記載日を登録する", v.Session.On)
	warn("W2", "ケアプラン等の写しを受け取っていません（通知(6)）",
		"ケアプランの写し（原案でもよい）を依頼し、受領日を登録して診療録に添付する", v.Admission.ExpectedOn)
	warn("W5", "事前の取り決め（通知(3)ウ）: 記録がありません", "指導日までに取り決めた事実と記録がある場合だけ、取り決め日を登録する", 0)
}

func unmet(v *fee.Verdict, id, missing, remedy string) {
	for i := range v.Conditions {
		if c := &v.Conditions[i]; c.ID == id {
			c.State, c.Missing, c.Evidence = fee.NotMet, missing, nil
		}
	}
	if remedy != "" {
		v.Remedies = append(v.Remedies, fee.Remedy{Text: remedy, Decisive: true})
	}
}

// conditions returns the conditions as met.
func conditions(v *fee.Verdict) []fee.Condition {
	on, admitted := v.Session.On, v.Session.AdmittedOn
	return []fee.Condition{
		met("2", "入院中の指導", "告示 注1・注2", "入院 "+admitted.String()+"〜", false),
		met("3", "B005-1-2を算定できる病棟", "各入院料の注", v.Ward.Name+" 急性期一般入院料1", false),
		met("4", "サービス導入が適当・本人の希望・同意", "通知(1)・告示 注", "同意 "+admitted.AddDays(2).String(), false),
		met("5a", "相手の資格とケアプラン作成", "通知(2)", v.CareManager.Name+" 介護支援専門員（ケアプラン作成可）", false),
		met("5b", "入院前の担当、又は患者の選択", "通知(2)", "入院前担当", false),
		met("6a", "対面又はビデオ通話・患者の参加", "通知(2)・(10)", string(v.Session.Way)+" 患者参加○", false),
		{ID: "6b", Name: "画面共有の同意", State: fee.NotAsked, Source: "通知(10)"},
		met("7a", "同日の多機関共同指導加算がない", "告示 注・通知(8)", "", false),
		met("e1", "医師、又は医師の指示を受けた職種が実施", "告示 注1・通知(2)", "看護師 渡邉（医師の指示○）", false),
		met("11a", "入退院支援加算1の届出病棟", "告示 注2・通知(3)", v.Ward.Name+" 届出 2024-04-01〜", true),
		met("11b", "入退院支援部門の担当者が実施", "告示 注2", "看護師 渡邉（専従）", true),
		met("11c", "規程（3項目）と院内周知", "通知(3)ア", "第2版 施行 2026-08-01 周知 2026-08-05", true),
		met("11d", "平時の会議等への出席", "通知(3)イ", "多職種連携会議 2026-07-14 "+v.CareManager.Name+"さん出席", true),
		met("11e", "連絡先・担当者の事前共有", "通知(3)イ", fmt.Sprintf("2026-04-20（入院の%d日前）", models.MustDate("2026-04-20").DaysUntil(admitted)), true),
		{ID: "11f", Name: "事前の取り決め（望ましい要件）", State: fee.NotAsked, Source: "通知(3)ウ", Missing: "", Fee2Only: true,
			Evidence: []fee.Evidence{{Kind: "連携先", Date: on, Text: "必須としていません"}}},
	}
}

func met(id, name, source, evidence string, fee2 bool) fee.Condition {
	c := fee.Condition{ID: id, Name: name, State: fee.Met, Source: source, Fee2Only: fee2}
	if evidence != "" {
		c.Evidence = []fee.Evidence{{Text: evidence}}
	}
	return c
}
