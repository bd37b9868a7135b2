package reports

import (
	"slices"

	"renkei/models/fee"
)

// addTerms defines every figure, code and warning of the workbook, and lists
// the parameters the month was judged by and the sources of the rules.
func (m Monthly) addTerms(b *book) {
	s := b.addSheet("定義", page{landscape: true, minFont: 9.5, indent: true})
	s.title("定義　"+monthWords(m.Month), m.head())
	s.heading("数え方")
	s.table(tabulate(termColumns("ことば", "意味"), figureTerms))
	s.heading("判定")
	s.table(tabulate(termColumns("判定", "意味"), resultTerms))
	s.heading("判定のコード")
	s.table(tabulate(codeColumns("コード", "判定", "あてはまるとき"), codeTerms))
	s.heading("警告（判定は変わりません）")
	s.table(tabulate(codeColumns("記号", "内容", "あてはまるとき"), warningTerms))
	s.heading("この月の判定に使った設定")
	s.table(tabulate(m.settingColumns(), settings()))
	s.note("＊ は初めの値から変えた設定です。通知が数や期間を定めていない事がらは、病院の基準として設定で決めています。")
	s.heading("もとにした告示・通知")
	s.table(tabulate(termColumns("告示・通知", "内容"), append(slices.Clip(sourceTerms), editionTerms(&m.Rules)...)))
}

// editionTerms say up to which texts the rules were read, and which known texts
// were not.
func editionTerms(rules *fee.Rules) []term {
	terms := []term{{word: "判定ルール " + rules.Version, meaning: rules.ReadWords() + "。"}}
	if unread := rules.UnreadWords(); unread != "" {
		terms = append(terms, term{word: "読んでいないもの", meaning: unread + "。判定に関わるものがないか、確かめてください。"})
	}
	return terms
}

// editionNote is editionTerms as one note, for a workbook without 定義.
func editionNote(rules *fee.Rules) string {
	return "判定ルール " + rules.Version + ": " + rules.ReadWords() + "。" + rules.UnreadWords()
}

// term is a line of 定義: a word and its meaning, with a code and a source if
// any.
type term struct{ code, word, meaning, source string }

// The tables of 定義 share five columns: code, word, value, words, source.
func termColumns(word, meaning string) []column[term] {
	return []column[term]{
		{head: word, span: 2, value: func(t term) any { return t.word }},
		{head: meaning, span: 3, value: func(t term) any { return t.meaning }},
	}
}

func codeColumns(code, word, meaning string) []column[term] {
	return []column[term]{
		{head: code, width: fit(7, 7), format: formatMark, value: func(t term) any { return t.code }},
		{head: word, width: fit(30, 36), value: func(t term) any { return t.word }},
		{head: meaning, span: 2, value: func(t term) any { return t.meaning }},
		{head: "出典", width: fit(16, 22), value: func(t term) any { return t.source }},
	}
}

var figureTerms = []term{
	{word: "対象", meaning: "指導日が対象月にある共同指導のすべてです。1行が1件です。"},
	{word: "並び", meaning: "どの一覧も、患者ID、指導日、指導番号の順です。見出しの▼で絞り込みと並べ替えができます。"},
	{word: "件数・点数・金額", meaning: "判定ごとの共同指導の数、判定どおりに算定した場合の点数の合計、その10倍（1点 = 10円）です。算定なし・判定保留・算定不可は0点です。"},
	{word: "確定可", meaning: "算定できる判定で、警告 W1・W2・W7 のないものです。医事課が確定できます。"},
	{word: "確定済・未確定", meaning: "確定済は医事課が確定したもので、そのときの区分・点数・ルール版を残しています。未確定は、判定が算定できるもののうち、まだ確定していないものです。"},
	{word: "算定済み", meaning: "算定区分に1・2・旧の記録があるものです。台帳に記録されていたものも含み、医事課の確定とは別です。"},
	{word: "締め後の変更", meaning: "締めたときに残した共同指導ごとの判定・点数・コード・警告・条件・確定と、今のものとの違いです。病棟・規程・職員・判定基準など、どの記録の変更によるものも入ります。原因は、その記録だけを締めたときのものに戻して判定し直すと、締めたときの判定に戻るものです。"},
	{word: "要対応", meaning: "判定保留のもの、算定できる判定で W1・W2・W7 のどれかがあるもの、判定にかかわらず W7 のあるものです。"},
	{word: "病棟", meaning: "指導日の病棟です。転棟の日は移った先の病棟です。"},
	{word: "加算1", meaning: "算定一覧では病棟の下に示します。指導日に、その病棟の入退院支援加算1の届出が有効なら ○、でなければ ― です。"},
	{word: "算定日", meaning: "指導日と同じ日です。診療報酬明細書の摘要欄に記載します。"},
	{word: "初回算定日", meaning: "この入院（設定により、通算される入院をまとめます）で最初に算定する日、または算定済みの日です。2回目のとき摘要欄に記載します。"},
	{word: "診療行為コード", meaning: "設定に医事課が登録したコードです。登録がなければ「未登録」と表示します。"},
	{word: "診療録記載日・ケアプラン写し受領日", meaning: "共同指導に登録した要点記載日と写し受領日です。空欄は「未記載」「未受領」と表示します。"},
	{word: "理由", meaning: "算定一覧の理由は要約です。「2に足りない」には、指導料2だけの条件のうち満たさないものを挙げます。全文と、よりどころの記録は算定理由にあります。"},
	{word: "記録区分", meaning: "部門が登録した算定区分（1・2・旧・なし）と算定月です。判定は記録ではなく規則によります。"},
	{word: "指導料2にならなかった理由", meaning: "候補（コード2〜7cにも判定保留にも当たらず、算定なしの記録もない共同指導）で、指導料2だけの条件を満たさないものを、条件ごとに数えます。差は、指導料1と判定した件数 × 100点です。"},
	{word: "期限・残り", meaning: "期限は、その対応をするべき日です。残りは出力日から期限までの日数です。"},
}

var resultTerms = []term{
	{word: "指導料2（500点）", meaning: "介護支援等連携指導料2。加算1の届出病棟で、部門の担当者が、平時から連携する相手と行ったもの。入院中2回まで。"},
	{word: "指導料1（400点）", meaning: "介護支援等連携指導料1。医師、または医師の指示を受けた医療関係職種が行ったもの。入院中2回まで。同じ入院で1と2は併せて算定できません。"},
	{word: "旧区分（400点）", meaning: "令和8年5月以前の、区分のない介護支援等連携指導料。"},
	{word: "算定なし", meaning: "算定の要件は妨げないが、部門が算定しないと記録したもの。"},
	{word: "判定保留", meaning: "判定に必要な項目が未入力か、登録のないコードを指しているもの。"},
	{word: "算定不可", meaning: "要件を満たさないもの。理由とコードを算定不可一覧に示します。"},
}

// codeTerms follows fee-rules 11-1 and 11-2.
var codeTerms = []term{
	{"0", "判定保留", "指導日・方法・患者ID・入院日・CMコード・職員コードのどれかが空欄か未登録。または指導日の病棟・相手の所属・職員の所属がわからない", ""},
	{"1", "旧区分", "指導日が令和8年5月31日以前で、算定できる", "告示第69号"},
	{"2", "算定不可", "指導日が入院期間の外（退院日は入院中に含む）", "通知(1)"},
	{"3", "算定不可", "病棟の入院料が B005-1-2 を包括している", "告示（各入院料）"},
	{"4", "算定不可", "サービス導入が適当・本人の希望・指導日までの同意のどれかが確かめられない", "告示、通知(1)"},
	{"5a", "算定不可", "相手の資格・ケアプラン作成・事業所の種別が要件の外", "通知(2)(4)"},
	{"5b", "算定不可", "入院前からの担当でも、患者の選択でもない", "通知(2)"},
	{"5c", "算定不可", "併設の介護保険施設等の介護支援専門員との指導", "通知(7)"},
	{"6a", "算定不可", "文書のみ・電話のみ、または患者が参加していない（電話・家族のみは設定による）", "通知(10)"},
	{"6b", "算定不可", "ビデオ通話で画面を共有したが、指導日までの同意がない", "通知(10)"},
	{"7a", "算定不可", "同じ日に退院時共同指導料2の多機関共同指導加算を算定（加算1の実績には、1入院2回までの範囲で数えられます）", "告示、通知(8)"},
	{"7b", "算定不可", "この入院で地域連携診療計画加算を算定", "A246 注4"},
	{"7c", "算定不可", "精神保健福祉士配置加算の病棟", "A103 注9"},
	{"8", "算定不可", "同じ日は1回分", "疑義解釈（平成22年）"},
	{"9", "算定不可", "入院中2回の上限に達している", "告示、通知(2)(3)"},
	{"10", "算定不可", "入院を指導料1で算定するため、指導料2だけの条件を満たしても算定できない", "告示 注1、通知(9)"},
	{"11", "指導料2", "指導料2の条件をすべて満たす", "告示 注2、通知(3)"},
	{"12", "算定不可", "入院を指導料2で算定するため、指導料1だけの条件を満たしても算定できない", "通知(9)"},
	{"13", "指導料1", "指導料1の条件を満たす", "告示 注1、通知(2)"},
	{"14", "算定不可", "指導料2の条件も、医師の指示など指導料1の条件も満たさない", "告示、通知(2)(3)"},
	{"15", "算定なし", "算定区分に「なし」と記録されている", ""},
}

// warningTerms follows fee-rules 11-3.
var warningTerms = []term{
	{"W1", "診療録の要点が未記載", "算定できる判定で、要点記載日が空欄", "通知(6)"},
	{"W2", "ケアプランの写しが未受領", "算定できる判定で、写し受領日が空欄", "通知(6)"},
	{"W3", "入院7日以内の情報提供", "指導料2・入院前担当で、入院時情報提供日が7日目より後、または期限を過ぎて空欄", "通知(3)ア(ア)"},
	{"W4", "退院7日前までの連絡", "指導料2・入院前担当で、退院前連絡日が退院見込日の7日前より後、または期限を過ぎて空欄", "通知(3)ア(ア)"},
	{"W5", "事前の取り決め", "指導料2で、相手の事業所との取り決めが指導日までにない（望ましい要件）", "通知(3)ウ"},
	{"W6", "連絡先の確認が古い", "指導料2で、連絡先の共有・確認が指導日までにないか、設定の月数より前", "通知(3)イ"},
	{"W7", "記録と判定の相違", "記録した算定区分と判定が違う", ""},
}

var sourceTerms = []term{
	{word: "告示", meaning: "診療報酬の算定方法 別表第一（医科）B005-1-2 介護支援等連携指導料（令和8年厚生労働省告示第69号、令和8年6月1日施行）"},
	{word: "通知", meaning: "診療報酬の算定方法の一部改正に伴う実施上の留意事項について 別添1 B005-1-2 (1)〜(10)（令和8年3月5日 保医発0305第6号）"},
	{word: "施設基準", meaning: "A246 入退院支援加算（令和8年厚生労働省告示第70号、保医発0305第7号）"},
	{word: "疑義解釈", meaning: "同じ日の1回分の扱いは平成22年の疑義解釈によります。令和8年に改めて示されたものではありません。"},
}

// settings returns the definitions of the parameters.
func settings() []*fee.Definition {
	list := make([]*fee.Definition, len(fee.Definitions))
	for i := range fee.Definitions {
		list[i] = &fee.Definitions[i]
	}
	return list
}

func (m Monthly) settingColumns() []column[*fee.Definition] {
	value := func(d *fee.Definition) string { return settingValue(d, d.Get(&m.Params)) }
	return []column[*fee.Definition]{
		{head: "変更", width: fit(7, 7), format: formatMark, value: func(d *fee.Definition) any {
			return changedMark(d, d.Get(&m.Params))
		}},
		{head: "設定", width: fit(30, 36), value: func(d *fee.Definition) any { return d.Label }},
		{head: "値", width: fit(12, 22), value: func(d *fee.Definition) any { return value(d) }},
		{head: "説明", width: flex(40), value: func(d *fee.Definition) any { return d.Words }},
		{head: "設定のキー", width: fit(16, 38), value: func(d *fee.Definition) any { return d.Name }},
	}
}

// changedMark returns ＊ for a rule parameter that is not at its default. Names
// and codes have no default.
func changedMark(d *fee.Definition, value string) string {
	if d.Kind != fee.KindText && d.Kind != fee.KindCode && value != d.Default {
		return "＊"
	}
	return ""
}

// settingValue returns a value in words: the label of a choice, 「未登録」 for
// blank.
func settingValue(d *fee.Definition, value string) string {
	for _, o := range d.Options {
		if o.Value == value {
			return o.Label
		}
	}
	if value == "" {
		return "未登録"
	}
	return value
}
