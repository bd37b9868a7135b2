package settings

import (
	"cmp"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// wards is the section 病棟と届出: a row for each period of a ward.
type wards struct{ periodSection[models.Ward] }

func newWards(p *Page) *wards {
	s := &wards{}
	s.recordSection = recordSection[models.Ward]{
		p:     p,
		about: "入院料や加算1の届出が変わるときは、前の期間を残して「新しい期間」を登録します。過去の共同指導は、その日の届出で判定されます。",
		rows:  func() []models.Ward { return p.judged.Facts.Book.Wards },
		Records: page.Records[models.Ward]{
			Sheet: "病棟", Remember: "settings.wards", ListName: "病棟の期間",
			Nothing: "「新しい病棟」で登録するか、台帳を読み込んでください。",
			Columns: wardColumns(p.Shell.Today), Describe: s.describe,
		},
	}
	s.periods, s.draft, s.fields = wardPeriods, "ward", wardFields
	s.name = func(w models.Ward) string { return w.Name }
	s.first = func() models.Ward {
		return models.Ward{ValidFrom: p.Shell.Today().Month().First(), Class: models.WardClassI, FeeTreatment: models.FeeSeparate}
	}
	s.next = func() models.Date { return p.Shell.Today().Month().Add(1).First() }
	return s
}

var wardPeriods = periods[models.Ward]{
	of:    func(w *models.Ward) period { return period{&w.Code, &w.ValidFrom, &w.ValidTo, &w.Version} },
	taken: "この病棟コードは使われています。内容が変わるときは、その病棟を選んで「新しい期間」で登録してください",
}

func wardFields(w *models.Ward) []form.Row {
	return []form.Row{
		form.Section("病棟"),
		form.Text(&w.Code, "例 3E").Width(120).Fixed(w.Code != "").Hint("地域包括ケア入院医療管理料などの病室は、病棟とは別の病棟コードで登録します。"),
		form.Text(&w.Name, "例 3東病棟"),
		form.Date(&w.ValidFrom).Hint("この内容になった日。前の期間は、その前の日で終わります。"),
		form.Date(&w.ValidTo).Hint("いまの期間は空欄のままにします。"),
		form.Section("入退院支援加算1"),
		form.Date(&w.FiledFrom).Label("届出開始").Hint("届出がない病棟は空欄にします。指導料2は届出のある日にだけ算定できます。"),
		form.Date(&w.FiledTo).Label("届出終了"),
		form.Section("入院料"),
		form.Text(&w.BasicFee, "例 急性期一般入院料4"),
		form.Number(&w.Beds, 0, 9999).Optional(),
		form.Choice(&w.Class, models.WardClasses).Hint("イ 一般病棟など、ロ 地域包括・回復期、ハ 療養など、A307 小児"),
		form.Choice(&w.FeeTreatment, models.FeeTreatments).Label("指導料").Hint("可 別に算定できる、包括 入院料に含まれる"),
		form.Mark(&w.CommunityCare, "該当", "該当しない"),
		form.Mark(&w.Acute, "該当", "該当しない"),
		form.Mark(&w.Comprehensive, "該当", "該当しない"),
		form.Mark(&w.PSWAddOn, "あり", "なし"),
	}
}

func wardColumns(today func() models.Date) []ui.Column[models.Ward] {
	past := func(w models.Ward) color.Color {
		if !w.Valid().Covers(today()) {
			return ui.QuietInk
		}
		return ui.Ink
	}
	return []ui.Column[models.Ward]{
		{ID: "name", Title: "病棟", Width: 110, Grow: 1, Text: func(w models.Ward) string { return words.Joined(" ", w.Code, w.Name) }, Color: past,
			Less: func(a, b models.Ward) bool {
				return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ValidFrom, b.ValidFrom)) < 0
			}},
		{ID: "valid", Title: "期間", Width: 172, Text: func(w models.Ward) string { return words.Period(w.Valid()) }, Color: past,
			Short: func(w models.Ward) string { return w.ValidFrom.String() + "〜" }},
		{ID: "class", Title: "区分", Width: 52, Text: func(w models.Ward) string { return string(w.Class) }},
		{ID: "fee", Title: "指導料", Width: 56, Text: func(w models.Ward) string { return string(w.FeeTreatment) }},
		{ID: "filing", Title: "加算1の届出", Width: 172, Text: filingWords, Color: func(w models.Ward) color.Color {
			if !w.Filing().Covers(today()) || w.FiledFrom == 0 {
				return ui.Warn
			}
			return ui.Ink
		}},
	}
}

func filingWords(w models.Ward) string {
	if w.FiledFrom == 0 {
		return "届出なし"
	}
	return words.Period(w.Filing())
}

// describe shows a period of a ward.
func (s *wards) describe(w models.Ward) []fyne.CanvasObject {
	filed := w.FiledFrom != 0 && w.Filing().Covers(s.Shell.Today())
	sentence, ink, ground := "加算1の届出があり、指導料2を算定できる病棟です", color.Color(ui.Good), color.Color(ui.GoodSoft)
	switch {
	case !w.Valid().Covers(s.Shell.Today()):
		sentence, ink, ground = "この期間の内容は、きょうの判定には使われません", ui.QuietInk, ui.HoverSoft
	case w.FeeTreatment == models.FeeBundled:
		sentence, ink, ground = "入院料に指導料が含まれるため、指導料1・2とも算定できません", ui.Warn, ui.WarnSoft
	case !filed:
		sentence, ink, ground = "きょうは加算1の届出がないため、指導料2は算定できません", ui.Warn, ui.WarnSoft
	}
	return []fyne.CanvasObject{
		ui.NewParagraph(words.Joined("　", w.Name, w.Code), ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(sentence, ui.Style{Bold: true, Color: ink})), ground, ink),
		facts(
			"期間", words.Period(w.Valid()), "入院料", w.BasicFee, "病床数", beds(w.Beds), "区分", string(w.Class),
			"指導料（B005-1-2）", string(w.FeeTreatment), "加算1の届出", filingWords(w),
			"地域包括ケア", w.CommunityCare.String(), "急性期系", w.Acute.String(), "包括期対象", w.Comprehensive.String(),
			"精神保健福祉士配置加算", w.PSWAddOn.String()),
	}
}

func beds(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d床", n)
}

// facts are pairs of a label and a value, one below the other; a blank value
// is 未登録.
func facts(pairs ...string) fyne.CanvasObject {
	var list []ui.Fact
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, ui.Fact{Label: pairs[i], Value: cmp.Or(pairs[i+1], "―")})
	}
	return ui.NewFacts(168, 1, list...)
}
