package main

import "fmt"

// partner is one row of 連携先 with what the generator needs.
type partner struct {
	code, name, kana, kind, corporation string
	special, advanced                   bool   // 特別の関係, 高度急性期
	annex                               string // 併設
	town                                string
	consulted, ended, agreed            day
	note                                string

	managers int // number of care managers at the start
	// visits is how often the department met the partner in the last twelve
	// months, apart from joint guidance.
	visits int
	// quiet partners have fewer than three 面会. Their managers hold no joint
	// guidance, because that would be 面会 too.
	quiet bool
}

const (
	ownCorporation   = "医療法人社団 港みらい会"
	careOffice       = "居宅介護支援"
	community        = "地域包括支援センター"
	consult          = "計画相談支援"
	childConsult     = "障害児相談支援"
	nursingHome      = "特別養護老人ホーム"
	healthFacility   = "介護老人保健施設"
	homeNurse        = "訪問看護"
	homeService      = "居宅サービス"
	communityService = "地域密着型サービス"
	other            = "その他"
)

// meetPartners adds 42 partners, all invented. 31 have a 協議日 and are still
// active; 24 of these are met three times or more a year, one short of the 25
// that 入退院支援加算1 asks for.
func (h *hospital) meetPartners() {
	h.partners = []*partner{
		{name: "みなとさくら居宅介護支援事業所", kana: "ミナトサクラキョタクカイゴシエンジギョウショ", kind: careOffice, corporation: "社会福祉法人 みなと桜会", managers: 5, visits: 5},
		{name: "ケアプランセンターしおかぜ", kana: "ケアプランセンターシオカゼ", kind: careOffice, corporation: "合同会社 しおかぜ介護", managers: 4, visits: 4},
		{name: "居宅介護支援事業所ひだまり湊", kana: "キョタクカイゴシエンジギョウショヒダマリミナト", kind: careOffice, corporation: "株式会社 ひだまり湊", managers: 4, visits: 4},
		{name: "ケアプラン港みらい", kana: "ケアプランミナトミライ", kind: careOffice, corporation: ownCorporation, special: true, annex: "居宅・相談", managers: 4, visits: 6},
		{name: "汐見台ケアプランセンター", kana: "シオミダイケアプランセンター", kind: careOffice, corporation: "社会福祉法人 汐見台会", town: "汐見市", managers: 3, visits: 3},
		{name: "居宅介護支援センター灯台", kana: "キョタクカイゴシエンセンタートウダイ", kind: careOffice, corporation: "合同会社 灯台", managers: 3, visits: 4},
		{name: "ケアマネジメントオフィスなぎさ", kana: "ケアマネジメントオフィスナギサ", kind: careOffice, corporation: "株式会社 なぎさ企画", managers: 3, visits: 3},
		{name: "さんばし居宅介護支援事業所", kana: "サンバシキョタクカイゴシエンジギョウショ", kind: careOffice, corporation: "一般社団法人 さんばし", managers: 3, visits: 3},
		{name: "ケアプラン工房つばめ", kana: "ケアプランコウボウツバメ", kind: careOffice, corporation: "合同会社 つばめ工房", managers: 2, visits: 3},
		{name: "浜野居宅介護支援センター", kana: "ハマノキョタクカイゴシエンセンター", kind: careOffice, corporation: "社会福祉法人 浜野会", town: "浜野町", managers: 2, visits: 2, note: "協議未了"},
		{name: "居宅介護支援事業所うみねこ", kana: "キョタクカイゴシエンジギョウショウミネコ", kind: careOffice, corporation: "株式会社 うみねこ", managers: 2, visits: 2, quiet: true},
		{name: "ケアプランかもめ", kana: "ケアプランカモメ", kind: careOffice, corporation: "合同会社 かもめ", managers: 2, ended: on(2026, 3, 31), note: "2026年3月末で廃止"},
		{name: "みなと市地域包括支援センター中央", kana: "ミナトシチイキホウカツシエンセンターチュウオウ", kind: community, corporation: "みなと市", managers: 4, visits: 5},
		{name: "みなと市地域包括支援センター東", kana: "ミナトシチイキホウカツシエンセンターヒガシ", kind: community, corporation: "みなと市", managers: 3, visits: 4},
		{name: "みなと市地域包括支援センター西", kana: "ミナトシチイキホウカツシエンセンターニシ", kind: community, corporation: "みなと市", managers: 3, visits: 4},
		{name: "みなと市介護予防支援事業所", kana: "ミナトシカイゴヨボウシエンジギョウショ", kind: "介護予防支援", corporation: "みなと市", managers: 1, visits: 1, note: "協議未了"},
		{name: "相談支援センターはばたき湊", kana: "ソウダンシエンセンターハバタキミナト", kind: consult, corporation: "社会福祉法人 はばたき湊", managers: 3, visits: 4},
		{name: "相談支援事業所ほたる野", kana: "ソウダンシエンジギョウショホタルノ", kind: consult, corporation: "特定非営利活動法人 ほたる野", town: "汐見市", managers: 2, visits: 1, quiet: true},
		{name: "こども相談支援室こんぺいとう", kana: "コドモソウダンシエンシツコンペイトウ", kind: childConsult, corporation: "特定非営利活動法人 こんぺいとう", managers: 2, visits: 3},
		{name: "特別養護老人ホーム潮騒園", kana: "トクベツヨウゴロウジンホームシオサイエン", kind: nursingHome, corporation: "社会福祉法人 潮騒会", managers: 1, visits: 4},
		{name: "特別養護老人ホームみなと苑", kana: "トクベツヨウゴロウジンホームミナトエン", kind: nursingHome, corporation: "社会福祉法人 みなと桜会", managers: 1, visits: 3},
		{name: "地域密着型特別養護老人ホームあさなぎ", kana: "チイキミッチャクガタトクベツヨウゴロウジンホームアサナギ", kind: nursingHome, corporation: "社会福祉法人 浜野会", town: "浜野町", managers: 1, visits: 1, quiet: true, note: "協議未了"},
		{name: "介護老人保健施設 港みらい", kana: "カイゴロウジンホケンシセツ ミナトミライ", kind: healthFacility, corporation: ownCorporation, special: true, annex: "介護保険施設等", managers: 1, visits: 5},
		{name: "介護老人保健施設 汐見の里", kana: "カイゴロウジンホケンシセツ シオミノサト", kind: healthFacility, corporation: "医療法人社団 汐見の里会", town: "汐見市", managers: 2, visits: 2, quiet: true},
		{name: "介護医療院ゆうなぎ", kana: "カイゴイリョウインユウナギ", kind: "介護医療院", corporation: "医療法人社団 ゆうなぎ", managers: 1, visits: 2, quiet: true},
		{name: "介護付有料老人ホーム マリンコート汐見", kana: "カイゴツキユウリョウロウジンホーム マリンコートシオミ", kind: "特定施設", corporation: "株式会社 マリンコート汐見", town: "汐見市", managers: 1, visits: 1, quiet: true},
		{name: "ケアハウス白帆", kana: "ケアハウスシラホ", kind: "特定施設", corporation: "社会福祉法人 白帆会", managers: 1, visits: 1, quiet: true, note: "協議未了"},
		{name: "グループホームあさひ湊", kana: "グループホームアサヒミナト", kind: "認知症グループホーム", corporation: "合同会社 あさひ湊", managers: 1, visits: 3},
		{name: "グループホームはまゆう野", kana: "グループホームハマユウノ", kind: "認知症グループホーム", corporation: "株式会社 はまゆう野", town: "浜野町", managers: 1, quiet: true, note: "協議未了"},
		{name: "小規模多機能ホームいそしぎ", kana: "ショウキボタキノウホームイソシギ", kind: "小規模多機能", corporation: "合同会社 いそしぎ", managers: 1, visits: 3},
		{name: "看護小規模多機能みなとの家", kana: "カンゴショウキボタキノウミナトノイエ", kind: "看護小規模多機能", corporation: "社会福祉法人 みなと桜会", managers: 1, visits: 3},
		{name: "訪問看護ステーション港みらい", kana: "ホウモンカンゴステーションミナトミライ", kind: homeNurse, corporation: ownCorporation, special: true, managers: 1, visits: 6},
		{name: "訪問看護ステーションつばさ湊", kana: "ホウモンカンゴステーションツバサミナト", kind: homeNurse, corporation: "合同会社 つばさ湊", visits: 2, quiet: true},
		{name: "みらい県立みなと医療センター", kana: "ミライケンリツミナトイリョウセンター", kind: "病院", corporation: "みらい県", advanced: true, visits: 4},
		{name: "汐見リハビリテーション病院", kana: "シオミリハビリテーションビョウイン", kind: "病院", corporation: "医療法人社団 汐見の里会", town: "汐見市", visits: 3},
		{name: "浜野病院", kana: "ハマノビョウイン", kind: "病院", corporation: "医療法人 浜野病院会", town: "浜野町", visits: 1, quiet: true, note: "協議未了"},
		{name: "しおみ内科クリニック", kana: "シオミナイカクリニック", kind: "診療所", corporation: "医療法人社団 しおみ内科", town: "汐見市", visits: 3},
		{name: "みなと在宅クリニック", kana: "ミナトザイタククリニック", kind: "診療所", corporation: "医療法人社団 みなと在宅会", visits: 2, quiet: true},
		{name: "髙島医院", kana: "タカシマイイン", kind: "診療所", visits: 2, quiet: true, note: "協議未了"},
		{name: "うみかぜ薬局 本店", kana: "ウミカゼヤッキョク ホンテン", kind: other, corporation: "有限会社 うみかぜ薬局", visits: 1, quiet: true, note: "協議未了"},
		{name: "デイサービスセンターうみほたる", kana: "デイサービスセンターウミホタル", kind: homeService, corporation: "株式会社 うみほたる", quiet: true, note: "協議未了"},
		{name: "定期巡回サービスみなと", kana: "テイキジュンカイサービスミナト", kind: communityService, corporation: "社会福祉法人 みなと桜会", quiet: true, note: "協議未了"},
	}
	r := newDice(1)
	for i, p := range h.partners {
		p.code = number("P", 3, i+1)
		if p.town == "" {
			p.town = "みなと市"
		}
		if p.note != "協議未了" {
			p.consulted = on(2025, r.between(4, 12), r.between(1, 28)).workday()
			p.renew(r)
		}
	}
}

// renew renews the 協議 of most partners in the new fiscal year and enters the
// 取り決め of the town rule, which a few have not signed (W5).
func (p *partner) renew(r dice) {
	if p.ended == 0 && r.chance(70) {
		p.consulted = on(2026, r.between(4, 9), r.between(1, 28)).workday()
	}
	switch p.kind {
	case "病院", "診療所", other, homeNurse, homeService, communityService:
		return
	}
	// みなと市入退院連携ルール was agreed in May 2025.
	if p.town == "みなと市" && r.chance(85) {
		p.agreed = on(2025, 5, r.between(8, 30)).workday()
	}
}

// phone returns a number that no exchange has: 市内局番 0000.
func (p *partner) phone() string { return "09-0000-" + fmt.Sprintf("%04d", 1000+10*p.index()) }
func (p *partner) fax() string   { return "09-0000-" + fmt.Sprintf("%04d", 1001+10*p.index()) }

func (p *partner) index() int {
	n := 0
	for _, c := range p.code[1:] {
		n = n*10 + int(c-'0')
	}
	return n
}

// streets are districts of the invented towns.
var streets = []string{"港町", "桟橋通", "汐入", "灯台前", "浜辺", "朝凪", "潮見坂"}

func (p *partner) address() string {
	i := p.index()
	return fmt.Sprintf("みらい県%s%s%d丁目%d-%d", p.town, streets[i%len(streets)], i%4+1, i%13+1, i%7+1)
}

// officeNumber returns a 事業所番号 of a prefecture that does not exist (99).
func (p *partner) officeNumber() string {
	if p.kind == other {
		return ""
	}
	return fmt.Sprintf("99%08d", 71000000+p.index()*137)
}

func (h *hospital) partnerSheet() sheet {
	s := sheet{name: "連携先", columns: []string{"連携先コード", "名称", "カナ", "種別", "事業所番号", "法人名", "特別の関係", "高度急性期", "併設",
		"郵便番号", "住所", "電話", "FAX", "協議日", "連携終了日", "取り決め日", "備考"}, keys: 1}
	for _, p := range h.partners {
		s.rows = append(s.rows, []string{p.code, p.name, p.kana, p.kind, p.officeNumber(), p.corporation, mark(p.special), mark(p.advanced), p.annex,
			fmt.Sprintf("000-%04d", p.index()), p.address(), p.phone(), p.fax(), p.consulted.String(), p.ended.String(), p.agreed.String(), p.note})
	}
	return s
}
