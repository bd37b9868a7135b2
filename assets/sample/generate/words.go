package main

import "strings"

// illness is why a patient is in hospital, with the words of the notes.
type illness struct {
	department, name string
	state            []string // early in the stay
	leaving          []string // before discharge
	services         []string
}

var elderIllnesses = []illness{
	{"整形外科", "大腿骨近位部骨折術後", []string{"平行棒内歩行の段階", "車椅子移乗に軽介助を要する", "歩行器歩行を開始したところ"},
		[]string{"歩行器歩行が見守りで可能", "杖歩行が自立", "屋内は伝い歩きが可能"}, []string{"訪問リハビリ週2回", "通所リハビリ週2回", "手すりの設置（玄関・トイレ）", "歩行器の貸与"}},
	{"整形外科", "腰椎圧迫骨折", []string{"コルセット装着で離床を進めている", "疼痛があり起き上がりに介助を要する"},
		[]string{"コルセット装着で歩行が自立", "疼痛は内服で落ち着いている"}, []string{"訪問介護週2回（掃除・買物）", "通所介護週2回", "特殊寝台の貸与"}},
	{"循環器内科", "慢性心不全の急性増悪", []string{"利尿薬を調整中", "労作時の息切れが残る", "水分・塩分の指導を始めた"},
		[]string{"体重は安定し労作時の息切れも軽減", "体重・血圧の自己測定が定着"}, []string{"訪問看護週1回（体重・内服の確認）", "配食サービス", "通所リハビリ週1回"}},
	{"内科", "誤嚥性肺炎", []string{"抗菌薬治療中で嚥下訓練を開始", "とろみ付きの水分から経口摂取を再開"},
		[]string{"嚥下調整食2-2で摂取良好", "食事は全介助で3食経口摂取"}, []string{"訪問看護週2回", "訪問歯科", "通所介護週2回（食形態の引き継ぎ）", "吸引器の手配"}},
	{"内科", "尿路感染症後の廃用", []string{"解熱し離床を開始", "立ち上がりに介助を要する"},
		[]string{"トイレ歩行が見守りで可能", "ポータブルトイレへの移乗が自立"}, []string{"通所介護週3回", "訪問介護毎日（排泄介助）", "ポータブルトイレの購入"}},
	{"脳神経内科", "脳梗塞", []string{"右片麻痺があり座位訓練中", "軽度の失語があり、はい・いいえで意思確認"},
		[]string{"短下肢装具と杖で屋内歩行が可能", "移乗は見守り、更衣は一部介助"}, []string{"訪問リハビリ週2回", "通所リハビリ週2回", "段差の解消", "短期入所の利用登録"}},
	{"呼吸器内科", "慢性閉塞性肺疾患の増悪", []string{"酸素2L投与中、労作時に低下あり", "在宅酸素の導入を検討中"},
		[]string{"在宅酸素1.5Lで歩行時も安定", "吸入手技を確認済"}, []string{"訪問看護週1回（酸素・吸入の管理）", "訪問介護週2回", "在宅酸素業者との調整"}},
	{"外科", "大腸がん術後", []string{"術後の経過は良好、ストーマ管理を練習中", "食事を再開したところ"},
		[]string{"ストーマ交換は家族の見守りで可能", "食事量は8割程度に回復"}, []string{"訪問看護週2回（ストーマ管理）", "訪問介護週1回", "日常生活用具の給付申請"}},
	{"内科", "糖尿病・低血糖発作", []string{"インスリンの量を調整中", "自己注射の手順を確認している"},
		[]string{"インスリンは1日1回に変更となった", "家族が注射の見守りを習得"}, []string{"訪問看護週3回（注射の確認）", "配食サービス", "服薬カレンダーの利用"}},
}

var childIllnesses = []illness{
	{"小児科", "重症心身障害児の肺炎", []string{"人工呼吸器の設定を調整中", "吸引の回数が増えている"}, []string{"呼吸状態は安定し入院前の設定に戻った", "母が吸引・注入の手技を再確認"},
		[]string{"訪問看護週3回", "放課後等デイサービス", "短期入所の利用", "居宅介護（入浴）週2回"}},
	{"小児科", "てんかん発作の群発", []string{"抗てんかん薬を調整中", "発作は1日数回に減少"}, []string{"発作は落ち着き日中の活動量も回復", "発作時の対応を書面にまとめた"},
		[]string{"児童発達支援週3回", "訪問看護週1回", "移動支援"}},
}

var mentalIllnesses = []illness{
	{"精神科", "統合失調症", []string{"服薬を再開し睡眠が安定してきた", "日中は作業療法に参加"}, []string{"外泊を2回行い大きな問題なし", "服薬は自己管理に移行"},
		[]string{"精神科訪問看護週1回", "就労継続支援B型の見学", "グループホームの体験利用", "地域定着支援"}},
	{"精神科", "うつ病", []string{"休養と薬物療法を継続", "食事・睡眠とも改善傾向"}, []string{"日中の活動が増え外出も可能", "家族との関係も落ち着いている"},
		[]string{"精神科訪問看護週1回", "精神科デイケア週2回", "居宅介護（家事）週1回"}},
}

func illnessesOf(ward string) []illness {
	switch ward {
	case childWard:
		return childIllnesses
	case mentalWard:
		return mentalIllnesses
	}
	return elderIllnesses
}

var families = []string{"長女", "長女", "長男", "妻", "妻", "夫", "夫", "次女", "長男の妻", "姪", "妹"}

// relative returns who accompanies the patient: the same through the whole
// stay, fitting age and sex.
func relative(a *admission) string {
	turn := 0
	for _, digit := range a.id {
		turn += int(digit - '0')
	}
	switch a.stays[0].ward {
	case childWard:
		return []string{"母", "母", "父", "両親"}[turn%4]
	case mentalWard:
		return []string{"母", "父", "兄", "姉"}[turn%4]
	}
	family := families[turn%len(families)]
	if family == "妻" && a.sex == "女" {
		return "夫"
	}
	if family == "夫" && a.sex == "男" {
		return "妻"
	}
	return family
}

// firstNote returns the 内容 of a 初回 guidance: what is possible and how to apply.
func firstNote(r dice, a *admission) string {
	services := strings.Join(pickSome(r, a.ill.services, 2), "、")
	text := "本人・" + relative(a) + "同席。" + a.ill.name + "で加療中、" + pick(r, a.ill.state) + "。" +
		pick(r, []string{"自宅退院を希望。", "住み慣れた家に帰りたいとの意向。", "家族は介護の負担を心配している。", "退院先は自宅の方向で一致。"}) +
		pick(r, []string{"導入できるサービスとして", "退院後の候補として", "見込まれるサービスとして"}) + services + "を共有した。"
	return text + statusNote(r, a)
}

// statusNote says how far the 要介護認定 is.
func statusNote(r dice, a *admission) string {
	switch a.status {
	case "認定済":
		return pick(r, []string{"現行プランからの変更点を確認。", "退院前に福祉用具の選定を行う予定。", "次回は家屋の状況をふまえて検討する。"})
	case "申請中":
		return "認定結果を待つ間は暫定プランで対応する方針。"
	case "未申請":
		return "認定申請の手続きを説明し、家族が今週中に窓口へ申請する。"
	case "区分変更申請中":
		return "区分変更の結果をみて限度額を再検討する。"
	}
	return "受給者証の更新時期と支給量を確認した。"
}

// secondNote returns the 内容 of a 2回目: the draft plan and the outpatient visits.
func secondNote(r dice, a *admission) string {
	services := strings.Join(pickSome(r, a.ill.services, 2), "、")
	return "本人・" + relative(a) + "同席。" + pick(r, a.ill.leaving) + "。" +
		pick(r, []string{"ケアプラン原案をもとに", "退院後の週間予定表をもとに", "原案の説明を受け、"}) + services + "の開始時期を確認した。" +
		pick(r, []string{"退院後の外来は2週間後に" + a.ill.department + "を予定。", "内服は一包化し薬局から配達とする。", "かかりつけ医への情報提供書は退院日に渡す。",
			"緊急時の連絡先と受診の目安を書面で渡した。", "訪問看護指示書は当院主治医が作成する。"})
}

// thirdNote returns the 内容 of guidance after the second.
func thirdNote(r dice, a *admission) string {
	return "退院日の変更に伴う再調整。" + pick(r, a.ill.leaving) + "。サービス開始日を退院日に合わせて変更することを確認した。"
}
