package settings

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/effect"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// staff is the section 職員: a row for each period of a member.
type staff struct{ periodSection[models.Staff] }

func newStaff(p *Page) *staff {
	s := &staff{}
	s.recordSection = recordSection[models.Staff]{
		p:     p,
		about: "指導料2は、入退院支援部門の担当者（専従・専任）が行った共同指導だけが対象です。部門を移るときは「新しい期間」、退職や転出は「所属を終える」で登録すると、過去の記録はそのまま残ります。",
		rows:  func() []models.Staff { return p.judged.Facts.Book.Staff },
		Records: page.Records[models.Staff]{
			Sheet: "職員", Remember: "settings.staff", ListName: "職員の期間",
			Nothing: "「新しい職員」で登録するか、台帳を読み込んでください。",
			Columns: staffColumns(p.Shell.Today), Describe: s.describe,
		},
	}
	s.periods, s.draft, s.fields = staffPeriods, "staff", staffFields
	s.name = func(m models.Staff) string { return m.Name + "さん" }
	s.first = func() models.Staff {
		return models.Staff{From: p.Shell.Today(), Job: models.Nurse, Department: models.FullTime}
	}
	s.next = p.Shell.Today
	s.more = []*ui.Button{ui.NewIconButton("所属を終える", theme.LogoutIcon(), s.withSelected(s.leave))}
	return s
}

var staffPeriods = periods[models.Staff]{
	of:    func(m *models.Staff) period { return period{&m.Code, &m.From, &m.To, &m.Version} },
	taken: "この職員コードは使われています。部門や職種が変わるときは、その職員を選んで「新しい期間」で登録してください",
}

func staffFields(m *models.Staff) []form.Row {
	code := form.Text(&m.Code, page.NotYet).Width(180).Fixed(m.Code != "").Optional()
	if m.Code == "" {
		code.Hint("空欄なら、保存するときに次の番号が付きます。")
	}
	return []form.Row{
		code,
		form.Text(&m.Name, ""),
		form.Text(&m.Kana, "例 ワタナベ トメ"),
		form.Choice(&m.Job, models.Jobs),
		form.ChoiceOf(&m.Department, append(ui.ChoicesOf(models.Departments), ui.Choice{Label: "部門の外"})...).
			Hint("入退院支援部門の専従・専任の職員が、部門の担当者です。"),
		form.Mark(&m.WardDedicated, "病棟専任", "ちがう"),
		form.Date(&m.From).Hint("この職種・部門になった日。前の期間は、その前の日で終わります。"),
		form.Date(&m.To).Hint("いまの所属は空欄のままにします。"),
	}
}

// leave opens the form of the last day.
func (s *staff) leave(m models.Staff) {
	s.Begin(func() page.Editor { return s.leaveForm(m) })
}

func (s *staff) leaveForm(m models.Staff) *page.Form {
	changed := m
	changed.To = s.Shell.Today()
	f := s.NewForm(page.FormOptions{
		Title: s.name(m) + "の所属を終える", Draft: s.draftName("leave." + s.key(m)), Of: app.RefOf(m),
		Entry: func() page.Entry {
			e := page.EntryOf(s.name(m)+"の所属終了", &changed, m, s.Shell.Today(), s.key)
			e.What = s.name(m) + "の所属終了の登録"
			if changed.To == 0 {
				e.Wrong("所属終了", "空欄です。最後の日を入力してください")
			}
			return e
		},
	})
	page.Bind(f, &changed,
		form.Date(&changed.To).Label("最後の日").Required().Hint("この日までの共同指導と会議は、これまでどおり数えます。"))
	effect.Under(f, shortShare)
	return f
}

func staffColumns(today func() models.Date) []ui.Column[models.Staff] {
	past := func(m models.Staff) color.Color {
		if !m.Period().Covers(today()) {
			return ui.QuietInk
		}
		return ui.Ink
	}
	kana := func(m models.Staff) string { return models.SearchKey(cmp.Or(m.Kana, m.Name)) }
	return []ui.Column[models.Staff]{
		{ID: "name", Title: "氏名", Width: 100, Grow: 1, Text: func(m models.Staff) string { return m.Name }, Color: past, Find: kana,
			Less: func(a, b models.Staff) bool {
				return cmp.Or(cmp.Compare(kana(a), kana(b)), cmp.Compare(a.From, b.From)) < 0
			}},
		{ID: "code", Title: "コード", Width: 64, Text: func(m models.Staff) string { return m.Code }},
		{ID: "job", Title: "職種", Width: 120, Text: func(m models.Staff) string { return string(m.Job) }, Color: past},
		{ID: "department", Title: "部門", Width: 84, Text: departmentWords, Color: past},
		{ID: "period", Title: "所属", Width: 172, Text: func(m models.Staff) string { return words.Period(m.Period()) }, Color: past,
			Short: func(m models.Staff) string { return m.From.String() + "〜" }},
	}
}

// departmentWords returns 専従, 専任, 病棟専任 or nothing.
func departmentWords(m models.Staff) string {
	if m.Department == "" && m.WardDedicated.Is() {
		return "病棟専任"
	}
	return string(m.Department)
}

func (s *staff) describe(m models.Staff) []fyne.CanvasObject {
	today := s.Shell.Today()
	sentence, ink, ground := "きょう、入退院支援部門の担当者です", color.Color(ui.Good), color.Color(ui.GoodSoft)
	switch {
	case !m.Period().Covers(today):
		sentence, ink, ground = "この期間の所属は、きょうは続いていません", ui.QuietInk, ui.HoverSoft
	case !s.p.judged.Facts.InDepartment(m.Code, today):
		sentence, ink, ground = "入退院支援部門の担当者ではありません", ui.QuietInk, ui.HoverSoft
	}
	return []fyne.CanvasObject{
		ui.NewParagraph(words.Joined("　", m.Name, m.Kana), ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(sentence, ui.Style{Bold: true, Color: ink})), ground, ink),
		facts("職員コード", m.Code, "職種", string(m.Job), "部門所属", string(m.Department), "病棟専任", m.WardDedicated.String(),
			"所属", words.Period(m.Period())),
	}
}
