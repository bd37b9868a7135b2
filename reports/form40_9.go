package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/liaison"
)

const form40Title = "様式40の9 転記シート"

// form40Kind is the 様式40の9 転記シート (fee-rules §8 ②).
var form40Kind = Kind{
	Name: "form40-9", Title: form40Title, Basis: ByDate, judges: true, monitors: true, countsFrame: true,
	part: func(r Request) models.Part {
		return liaison.MonitorPart(r.AsOf, r.Facts.Params).With(liaison.LaterPart(r.AsOf))
	},
	Purpose: "入退院支援加算1の届出書（様式40の9）に書き写す数を、様式の順に並べます",
	Counts: func(r Request) string {
		staff := len(departmentStaff(&r))
		return fmt.Sprintf("部門の職員 %d名 ・ 連携機関 %d ・ %s の実績", staff, len(activePartners(&r)), r.asOfWords())
	},
	Make: writeForm40,
}

// form40 is the sheet to copy from, in the order of the form.
type form40 struct {
	*Request
	now    liaison.Figures
	shares []liaison.WardShare
	menkai map[string][]models.Date
}

func writeForm40(ctx context.Context, path string, r Request) error {
	if err := r.checkAsOf(form40Title); err != nil {
		return err
	}
	f := form40{
		Request: &r, now: r.monitor(r.AsOf), shares: liaison.WardShares(r.Facts, r.AsOf),
		menkai: liaison.MenkaiDays(r.Facts, liaison.Period(r.AsOf, r.Facts.Params)),
	}
	b := r.newBook(form40Title + " " + r.AsOf.String())
	f.addForm(b)
	f.addPartners(b)
	f.addGrounds(b)
	return b.save(ctx, path)
}

// toFill is the word in cells for which the register has no data.
const toFill = "（記入）"

// The columns that the tables of the form share; the last are of no table's own.
const formNote = "この用紙は届出書ではありません。数を様式40の9に書き写してください。「（記入）」の欄は台帳に記録がないため、確かめて手で記入します。☑ は台帳の記録から判断したもの、□ はそうでないものです。"

func (f form40) addForm(b *book) {
	s := b.addSheet("様式40の9", page{minFont: 9, indent: true})
	s.title(form40Title+"　"+f.asOfWords(), f.head(f.asOfWords()))
	s.note(formNote)
	s.heading("届出区分")
	s.table(tabulate(boxColumns("届出", "台帳の記録"), f.filings()))
	s.heading("1　入退院支援部門に配置されている職員")
	s.table(tabulate(f.staffColumns(), departmentStaff(f.Request)))
	s.note(f.staffWords())
	s.breakPage()
	s.heading("2　退院支援に係る実績等")
	s.table(tabulate(partnerBoxColumns(), f.partnerBoxes()))
	s.note("連携機関の職員との面会の状況は、別紙「連携機関 面会状況一覧」を添付します（記載上の注意6）。")
	s.table(f.countTable())
	s.note(fmt.Sprintf("①は過去1年（%s）の算定済みの回数です。見込は %d回です。②は設定の回数、④〜⑥の病棟と病床は「算式の根拠」にあります。",
		periodWords(liaison.Period(f.AsOf, f.Facts.Params)), f.now.FeeCountProjected))
	s.breakPage()
	s.heading("3　各病棟に配置されている職員")
	s.table(tabulate(wardColumns(), f.filedWards()))
	s.note(f.wardWords())
	s.heading("病棟専任の職員（3の氏名・職種に書き写す人）")
	s.table(tabulate(wardStaffColumns(), wardStaff(f.Request)))
	s.note("どの職員がどの病棟の専任かは台帳に記録していません。病棟ごとに確かめて記入してください。")
	s.heading("5　総合的な機能評価に係る適切な研修を修了した職員")
	s.table(tabulate(assessorColumns(), []int{1, 2}))
	s.note("4　地域連携に係る体制（協議日）は、次の用紙にあります。")
}

// box is one line of the form with a tick box.
type box struct {
	ticked bool
	words  string
	found  string
}

func tick(yes bool) string {
	if yes {
		return "☑"
	}
	return "□"
}

func boxColumns(words, found string) []column[box] {
	return []column[box]{
		{head: "印", width: fit(5, 5), format: formatMark, value: func(x box) any { return tick(x.ticked) }},
		{head: words, span: 3, value: func(x box) any { return x.words }},
		{head: found, span: 4, value: func(x box) any { return x.found }},
	}
}

// filings are the lines at the head of the form. The register knows only the
// filing of 入退院支援加算1.
func (f form40) filings() []box {
	filed, first := 0, models.Date(0)
	for _, s := range f.shares {
		if s.Ward.Filing().Covers(f.AsOf) {
			filed++
			if first.IsZero() || s.Ward.FiledFrom < first {
				first = s.Ward.FiledFrom
			}
		}
	}
	words := "届出病棟の登録がありません"
	if filed > 0 {
		words = fmt.Sprintf("届出病棟 %d（最も早い届出 %s）", filed, first)
	}
	boxes := []box{{filed > 0, "入退院支援加算1", words}}
	for _, other := range []string{"入退院支援加算2", "入退院支援加算3", "地域連携診療計画加算", "注6（加算1の特例）", "入院時支援加算", "総合機能評価加算"} {
		boxes = append(boxes, box{false, other, toFill})
	}
	staff := len(departmentStaff(f.Request))
	return append(boxes, box{staff > 0, "入退院支援及び地域連携業務を担う部門を設置している", fmt.Sprintf("部門の職員 %d名", staff)})
}

// departmentStaff returns the members of the 入退院支援部門 on the day, 専従 first.
func departmentStaff(r *Request) []models.Staff {
	return staffWith(r, func(s models.Staff) bool { return s.Department != "" })
}

// wardStaff returns the 病棟専任 of the day.
func wardStaff(r *Request) []models.Staff {
	return staffWith(r, func(s models.Staff) bool { return s.WardDedicated.Is() })
}

func staffWith(r *Request, is func(models.Staff) bool) []models.Staff {
	var list []models.Staff
	for _, s := range r.Facts.Book.Staff {
		if s.Period().Covers(r.AsOf) && is(s) {
			list = append(list, s)
		}
	}
	rank := map[models.Department]int{models.FullTime: 0, models.Dedicated: 1, "": 2}
	slices.SortFunc(list, func(a, b models.Staff) int {
		return cmp.Or(cmp.Compare(rank[a.Department], rank[b.Department]), cmp.Compare(a.Code, b.Code))
	})
	return list
}

func (f form40) staffColumns() []column[models.Staff] {
	blank := func(models.Staff) any { return toFill }
	quiet := func(models.Staff) tone { return toneQuiet }
	return []column[models.Staff]{
		{head: "コード", width: fit(5, 8), format: formatID, value: func(s models.Staff) any { return s.Code }},
		{head: "氏名", width: fit(16, 22), value: func(s models.Staff) any { return staffName(s) }},
		{head: "専従・\n専任", width: fit(8, 8), format: formatMark, value: func(s models.Staff) any { return string(s.Department) }},
		{head: "常勤・非常勤\n（時間）", width: fit(13, 13), format: formatMark, value: blank, tone: quiet},
		{head: "職種", width: fit(14, 16), format: formatMark, value: func(s models.Staff) any { return string(s.Job) }},
		{head: "経験\n年数", width: fit(9, 9), format: formatMark, value: blank, tone: quiet},
		{head: "研修\n（加算3のみ）", width: fit(14, 14), format: formatMark, value: func(models.Staff) any { return "―" }, tone: quiet},
		{head: "入院前支援を\n行う担当", width: fit(13, 13), format: formatMark, value: blank, tone: quiet},
	}
}

// staffWords says whether the department has one 専従 看護師 or 社会福祉士 and one more
// of the other profession (K-03). Part-time combinations are not recorded.
func (f form40) staffWords() string {
	return fmt.Sprintf("要件: 十分な経験のある専従の看護師又は社会福祉士が1名以上、もう一方の職種の専任が1名以上 … 台帳の記録では %s。経験年数と、非常勤の組合せによる代替は台帳では分かりません。", fulfilledWord(liaison.StaffingOn(f.Facts, f.AsOf).Paired))
}

// partnerBox is one line of section 2 with the numbers behind it.
type partnerBox struct {
	box
	all, met int
}

func partnerBoxColumns() []column[partnerBox] {
	return []column[partnerBox]{
		{head: "印", width: fit(5, 5), format: formatMark, value: func(x partnerBox) any { return tick(x.ticked) }},
		{head: "項目", span: 5, value: func(x partnerBox) any { return x.words }},
		{head: "連携機関", format: formatNumber, value: func(x partnerBox) any { return x.all }},
		{head: "うち面会\n3回以上", format: formatNumber, value: func(x partnerBox) any { return x.met }},
	}
}

// partnerBoxes are the four boxes of section 2 (K-05, K-06). The kinds are
// counted among the institutions met three times, as in the 施設基準.
func (f form40) partnerBoxes() []partnerBox {
	count := func(is func(*models.Partner) bool) (all, met int) {
		for _, p := range activePartners(f.Request) {
			if is(p) {
				all++
				if len(f.menkai[p.Code]) >= liaison.MinMenkai {
					met++
				}
			}
		}
		return all, met
	}
	line := func(words string, is func(*models.Partner) bool, ticked func(all, met int) bool) partnerBox {
		all, met := count(is)
		return partnerBox{box{ticked: ticked(all, met), words: words}, all, met}
	}
	anyKind := func(*models.Partner) bool { return true }
	return []partnerBox{
		line("転院又は退院体制等についてあらかじめ協議し、連携する機関の数が25以上", anyKind, func(all, _ int) bool { return all >= liaison.MinPartners }),
		line("うち1以上が保険医療機関（特定機能病院・救命救急センター・急性期充実体制等を除く。急性期の病棟がある場合）",
			func(p *models.Partner) bool { return p.Kind.Medical() && !p.AdvancedAcute.Is() }, func(_, met int) bool { return met >= liaison.MinMedical }),
		line("うち5以上が介護保険・障害福祉の事業者（地域包括ケアの病棟・病室がある場合）",
			func(p *models.Partner) bool { return p.Kind.CareProvider() }, func(_, met int) bool { return met >= liaison.MinCare }),
		line("それぞれの連携機関の職員と年3回以上、対面又はビデオ通話で面会している（25機関以上）", anyKind, func(_, met int) bool { return met >= liaison.MinPartners }),
	}
}

// activePartners returns the 連携機関 of the day by 連携先コード.
func activePartners(r *Request) []*models.Partner {
	var list []*models.Partner
	for i := range r.Facts.Book.Partners {
		if p := &r.Facts.Book.Partners[i]; liaison.Active(p, r.AsOf) {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b *models.Partner) int { return cmp.Compare(a.Code, b.Code) })
	return list
}
