package settings

import (
	"cmp"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/ui"
	"renkei/views/words"
)

// wards is the section 病棟と届出: a row for each period of a ward.
type wards struct {
	*table[models.Ward]
	fields *wardFields // of the form that is open
}

func newWards(p *Page) *wards {
	s := &wards{table: &table[models.Ward]{
		p: p, name: "病棟の期間", key: "settings.wards",
		about: "入院料や加算1の届出が変わるときは、前の期間を残して「新しい期間」を登録します。過去の共同指導は、その日の届出で判定されます。",
		empty: [2]string{"病棟がまだ登録されていません", "「新しい病棟」で登録するか、台帳を読み込んでください。"},
		of:    wardKey,
	}}
	s.columns, s.rows = wardColumns(p.shell.Today), func() []models.Ward { return p.judged.Facts.Book.Wards }
	s.describe, s.edit = s.panel, func(w models.Ward) { s.openEditor(w, models.Ward{}) }
	s.buttons = []*ui.Button{
		ui.NewIconButton("直す", theme.DocumentCreateIcon(), s.withSelected(s.edit)),
		ui.NewIconButton("新しい期間", theme.HistoryIcon(), s.withSelected(s.nextPeriod)),
		ui.NewIconButton("新しい病棟", theme.ContentAddIcon(), s.makeNew),
	}
	return s
}

func wardKey(w models.Ward) string { return w.Code + "/" + w.ValidFrom.String() }

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
		{ID: "valid", Title: "期間", Width: 172, Text: func(w models.Ward) string { return periodWords(w.Valid()) }, Color: past,
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
	return periodWords(w.Filing())
}

// panel describes a period of a ward.
func (s *wards) panel(w models.Ward) []fyne.CanvasObject {
	filed := w.FiledFrom != 0 && w.Filing().Covers(s.p.shell.Today())
	sentence, ink, ground := "加算1の届出があり、指導料2を算定できる病棟です", color.Color(ui.Good), color.Color(ui.GoodSoft)
	switch {
	case !w.Valid().Covers(s.p.shell.Today()):
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
			"期間", periodWords(w.Valid()), "入院料", w.BasicFee, "病床数", beds(w.Beds), "区分", string(w.Class),
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

// makeNew opens the form of a new ward.
func (s *wards) makeNew() {
	if s.open == nil {
		s.openEditor(models.Ward{ValidFrom: s.p.shell.Today().Month().First(), Class: models.WardClassI, FeeTreatment: models.FeeSeparate}, models.Ward{})
	}
}

// nextPeriod opens the form of a period that follows another.
func (s *wards) nextPeriod(w models.Ward) {
	next := w
	next.Version, next.ValidFrom, next.ValidTo = 0, s.p.shell.Today().Month().Add(1).First(), 0
	s.openEditor(next, w)
}

// wardFields are the fields of the form.
type wardFields struct {
	before                       models.Ward
	code, name, fee              *ui.TextField
	from, to, filedFrom, filedTo *ui.DateField
	beds                         *ui.NumberField
	class, treatment             *ui.ChoiceField
	community, acute, wide, psw  *ui.MarkField
}

// openEditor opens the form of a row; after is the period it follows.
func (s *wards) openEditor(w, after models.Ward) {
	f := &wardFields{
		before: w, code: ui.FilledText(w.Code, "例 3E"), name: ui.FilledText(w.Name, "例 3東病棟"), fee: ui.FilledText(w.BasicFee, "例 急性期一般入院料4"),
		from: s.date(w.ValidFrom), to: s.date(w.ValidTo), filedFrom: s.date(w.FiledFrom), filedTo: s.date(w.FiledTo),
		beds: ui.NewNumberField(0, 9999), class: ui.FilledChoice(w.Class, models.WardClasses), treatment: ui.FilledChoice(w.FeeTreatment, models.FeeTreatments),
		community: ui.FilledMark(w.CommunityCare, "該当", "該当しない"), acute: ui.FilledMark(w.Acute, "該当", "該当しない"),
		wide: ui.FilledMark(w.Comprehensive, "該当", "該当しない"), psw: ui.FilledMark(w.PSWAddOn, "あり", "なし"),
	}
	if w.Beds > 0 {
		f.beds.SetNumber(w.Beds)
	}
	s.fields = f
	title, draft := "病棟の登録", "ward.new"
	switch {
	case w.Version > 0:
		title, draft = w.Name+"（"+w.ValidFrom.String()+"から）を直す", "ward."+wardKey(w)
	case after.Code != "":
		title, draft = w.Name+"の新しい期間", "ward.next."+w.Code
	}
	o := s.newForm(title, draft, w.Version > 0, func() entry {
		changed := f.read()
		steps, problems := WardSteps(s.p.judged.Facts.Book.Wards, w, &changed, after.Code != "", s.p.shell.Today())
		return entry{changed.Name + "の登録", func() string { return wardKey(changed) }, problems, steps}
	})
	f.code.SetEnabled(w.Version == 0 && after.Code == "")
	f.addTo(o.form)
	s.showForm(o, formShare)
}

func (f *wardFields) addTo(form *ui.Form) {
	form.Section("病棟")
	form.Add(ui.FormRow{Label: "病棟コード", Required: true, Field: f.code, Width: 120, Hint: "地域包括ケア入院医療管理料などの病室は、病棟とは別の病棟コードで登録します。"})
	form.Add(ui.FormRow{Label: "病棟名", Required: true, Field: f.name})
	form.Add(ui.FormRow{Label: "有効開始", Required: true, Field: f.from, Hint: "この内容になった日。前の期間は、その前の日で終わります。"})
	form.Add(ui.FormRow{Label: "有効終了", Field: f.to, Hint: "いまの期間は空欄のままにします。"})
	form.Section("入退院支援加算1")
	form.Add(ui.FormRow{Label: "届出開始", Name: "加算1届出開始", Field: f.filedFrom, Hint: "届出がない病棟は空欄にします。指導料2は届出のある日にだけ算定できます。"})
	form.Add(ui.FormRow{Label: "届出終了", Name: "加算1届出終了", Field: f.filedTo})
	form.Section("入院料")
	form.Add(ui.FormRow{Label: "入院料", Field: f.fee})
	form.Add(ui.FormRow{Label: "病床数", Field: f.beds})
	form.Add(ui.FormRow{Label: "区分", Required: true, Field: f.class, Hint: "イ 一般病棟など、ロ 地域包括・回復期、ハ 療養など、A307 小児"})
	form.Add(ui.FormRow{Label: "指導料", Name: "B005-1-2", Required: true, Field: f.treatment, Hint: "可 別に算定できる、包括 入院料に含まれる"})
	form.Add(ui.FormRow{Label: "地域包括ケア", Field: f.community})
	form.Add(ui.FormRow{Label: "急性期系", Field: f.acute})
	form.Add(ui.FormRow{Label: "包括期対象", Field: f.wide})
	form.Add(ui.FormRow{Label: "精神保健福祉士配置加算", Field: f.psw})
}

func (f *wardFields) read() models.Ward {
	w := f.before
	w.Code, w.Name, w.BasicFee = f.code.Text(), f.name.Text(), f.fee.Text()
	w.ValidFrom, w.ValidTo, w.FiledFrom, w.FiledTo = f.from.Date(), f.to.Date(), f.filedFrom.Date(), f.filedTo.Date()
	w.Beds, _ = f.beds.Number() // a blank one is none; one that cannot be read is a fault of the field
	w.Class, w.FeeTreatment = models.WardClass(f.class.Choice()), models.FeeTreatment(f.treatment.Choice())
	w.CommunityCare, w.Acute, w.Comprehensive, w.PSWAddOn = f.community.Mark(), f.acute.Mark(), f.wide.Mark(), f.psw.Mark()
	return w
}

// WardSteps returns what saving a period of a ward changes.
func WardSteps(all []models.Ward, before models.Ward, after *models.Ward, follows bool, today models.Date) ([]app.Step, models.Problems) {
	return wardPeriods.steps(all, before, after, follows, today)
}

var wardPeriods = periods[models.Ward]{
	code: func(w models.Ward) string { return w.Code }, codeName: "病棟コード", fromName: "有効開始",
	taken:   "この病棟コードは使われています。内容が変わるときは、その病棟を選んで「新しい期間」で登録してください",
	check:   models.EntryProblems[models.Ward],
	period:  models.Ward.Valid,
	end:     func(w *models.Ward, last models.Date) { w.ValidTo = last },
	version: func(w *models.Ward) *int { return &w.Version },
}
