package main

import "strings"

func receivedWords(r dice, a *admission) string {
	return pick(r, []string{
		"入院時情報提供書を受領。入院前のADLと家族構成、利用中のサービスを確認し病棟へ渡した。",
		"情報提供書を受領。独居で別居の家族が週末に訪問との記載あり。電子カルテに取り込み済。",
		"情報提供書とお薬情報を受領。食事形態と転倒歴を病棟看護師に申し送った。",
		"入院前のケアプラン（第1〜3表）と情報提供書を受領。",
	})
}

func informedWords(r dice, a *admission) string {
	return pick(r, []string{
		a.ill.name + "で入院したこと、主治医の治療方針と入院期間の見込みを伝えた。",
		"入院の事実と現在の状態（" + pick(r, a.ill.state) + "）を伝えた。入院前の生活の様子を伺った。",
		"入院を連絡。担当として退院支援に関わっていただけることを確認し、連絡の窓口を伝えた。",
		"入院の連絡。サービスの休止手続きと、退院の見込みが立った時点で再度連絡することを確認。",
	})
}

func progressWords(r dice, a *admission) string {
	return pick(r, []string{
		"リハビリの経過を共有。" + pick(r, a.ill.state) + "。来週あらためて見通しを伝える。",
		"退院先の希望について家族の意向が揺れているとのこと。面談の場を設けることにした。",
		"区分変更の要否について相談。病棟での介助量を伝え、申請の時期を検討いただく。",
		"家屋の段差と手すりの状況を写真で送ってもらい、リハビリ担当と共有した。",
		"主治医の説明の内容を共有。退院の目安は変わりなし。",
	})
}

func scheduleWords(r dice, s *session) string {
	return pick(r, []string{
		s.content + "の共同指導の候補日を提示し、" + japaneseDay(s.on) + "に決定。家族にも連絡済。",
		japaneseDay(s.on) + "で調整。ケアプラン原案を持参いただくよう依頼した。",
		"共同指導を" + japaneseDay(s.on) + "に設定。" + s.way + "で行うことを確認。",
	})
}

// japaneseDay returns 「10月8日」.
func japaneseDay(d day) string { return strings.TrimLeft(d.time().Format("1月2日"), "0") }

func visitWords(r dice, a *admission) string {
	return pick(r, []string{
		"来院し病棟で本人と面談。リハビリの様子を見学いただき、退院後に必要な支援を話し合った。",
		"本人の様子を確認に来院。" + pick(r, a.ill.state) + "ことを一緒に確認し、家屋調査の日程を相談した。",
		"病棟で面談。家族の介護力と夜間の不安について情報を共有した。",
	})
}

func noticeWords(r dice, a *admission) string {
	return pick(r, []string{
		"退院予定を" + japaneseDay(a.expected) + "と伝えた。ケアプラン作成に必要な情報（ADL・医療処置・内服）を提供。",
		japaneseDay(a.expected) + "頃の退院見込みを連絡。サービスの再開と福祉用具の搬入日を調整いただく。",
		"退院の見通しを連絡。看護サマリーとリハビリ報告書を退院日までにお渡しすることとした。",
	})
}

func afterWords(r dice, a *admission) string {
	return pick(r, []string{
		"退院後の様子を報告いただいた。食事・内服とも問題なく、サービスも予定どおり開始。",
		"自宅での生活は落ち着いているとのこと。訪問看護からも大きな変化なしとの報告。",
		"退院後に一度転倒したが受傷なし。手すりの追加を検討中とのこと。主治医へ伝えた。",
		"次回外来までの体調の変化を報告いただき、外来看護師へ申し送った。",
		"通所の利用を再開。入浴もできており家族の負担も軽くなったとのこと。",
	})
}

// partnerWords returns purpose and content of a 面会 with a partner.
func partnerWords(r dice, p *partner, kind string) (about, body string) {
	var all [][2]string
	switch p.kind {
	case "病院", "診療所":
		all = [][2]string{
			{"転院・紹介の調整", "受け入れ窓口と紹介の流れを確認。空床の目安を毎週共有することとした。"},
			{"退院後の外来・訪問診療の調整", "退院後の診療の引き継ぎと緊急時の受け入れ手順を確認した。"},
			{"連携体制の協議", "転院・退院の体制について協議し、担当者と連絡先の一覧を更新した。"}}
	case nursingHome, healthFacility, "介護医療院", "特定施設", "認知症グループホーム":
		all = [][2]string{
			{"入所・再入所の相談", "入所待ちの状況と受け入れ可能な医療処置を伺った。入院中の利用者の見通しを共有。"},
			{"連携体制の協議", "入退院時の情報のやり取りと夜間の連絡方法を確認した。"},
			{"退院調整の打合せ", "施設へ戻る方の食事形態と内服の引き継ぎを打ち合わせた。"}}
	case "その他":
		all = [][2]string{{"服薬情報の連携", "退院時の一包化と配達の手順を確認した。"}}
	default:
		all = [][2]string{
			{"退院調整の打合せ", "担当利用者の退院支援について情報を共有し、今後の進め方を確認した。"},
			{"連携体制の協議", "入院時情報提供と退院前連絡の手順、担当者と連絡先を確認した。"},
			{"受け入れ状況の確認", "新規の受け入れ余力と得意とする支援について伺った。"},
			{"共同指導のふり返り", "この3か月の共同指導をふり返り、ケアプラン原案の受け渡しを早める方法を話し合った。"}}
	}
	w := pick(r, all)
	if kind == "ビデオ通話" {
		return w[0], "オンラインで実施。" + w[1]
	}
	return w[0], w[1]
}

// everydayWords returns purpose and content of a contact about no particular
// patient.
func everydayWords(r dice, sender string) (about, body string) {
	ours := [][2]string{
		{"勉強会の案内", "次回の地域連携勉強会の案内を送付。出席の可否を今月末までに返信いただく。"},
		{"多職種連携会議の案内", "開催日時と議題を案内し、事例の提供を依頼した。"},
		{"連絡先の確認", "連絡先一覧の更新のため、電話・FAX・担当者に変更がないか確認した。"},
		{"ケアプラン写しの依頼", "共同指導を行った方のケアプランの写しの送付を依頼した。"},
		{"受け入れ状況の確認", "新規の相談を受けられるかを伺った。来月から可能との返事。"},
	}
	theirs := [][2]string{
		{"入院相談", "自宅での様子に変化があるとの相談。かかりつけ医の受診を勧め、外来へつないだ。"},
		{"制度の問い合わせ", "退院時の福祉用具の利用開始日について問い合わせあり。退院日からの利用で問題ないと回答。"},
		{"担当者変更の連絡", "事業所内で担当者の変更があるとの連絡。一覧を更新した。"},
		{"空き状況の連絡", "来月から新規を数件受けられるとの連絡をいただいた。"},
		{"書類の確認", "情報提供書の様式が変わったかとの問い合わせ。最新の様式をFAXで送った。"},
	}
	w := pick(r, theirs)
	if sender == "当院" {
		w = pick(r, ours)
	}
	return w[0], w[1]
}
