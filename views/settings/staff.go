package settings

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// staff is the section 職員: a row for each period of a member.
type staff struct {
	*table[models.Staff]
	member     *ui.TextField   // 氏名 of the form that is open
	department *ui.ChoiceField // its 部門所属
}

func newStaff(p *Page) *staff {
	s := &staff{table: &table[models.Staff]{
		p: p, name: "職員の期間", key: "settings.staff",
		about: "指導料2は、入退院支援部門の担当者（専従・専任）が行った共同指導だけが対象です。部門を移るときは「新しい期間」、退職や転出は「所属を終える」で登録すると、過去の記録はそのまま残ります。",
		empty: [2]string{"職員がまだ登録されていません", "「新しい職員」で登録するか、台帳を読み込んでください。"},
		of:    staffKey,
	}}
	s.columns, s.rows = staffColumns(p.shell.Today), func() []models.Staff { return p.judged.Facts.Book.Staff }
	s.describe, s.edit = s.panel, func(m models.Staff) { s.openEditor(m, models.Staff{}) }
	s.buttons = []*ui.Button{
		ui.NewIconButton("直す", theme.DocumentCreateIcon(), s.withSelected(s.edit)),
		ui.NewIconButton("新しい期間", theme.HistoryIcon(), s.withSelected(s.nextPeriod)),
		ui.NewIconButton("所属を終える", theme.LogoutIcon(), s.withSelected(s.leave)),
		ui.NewIconButton("新しい職員", theme.ContentAddIcon(), s.makeNew),
	}
	return s
}

func staffKey(m models.Staff) string { return m.Code + "/" + m.From.String() }

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
		{ID: "period", Title: "所属", Width: 172, Text: func(m models.Staff) string { return periodWords(m.Period()) }, Color: past,
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

func (s *staff) panel(m models.Staff) []fyne.CanvasObject {
	today := s.p.shell.Today()
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
			"所属", periodWords(m.Period())),
	}
}

func (s *staff) makeNew() {
	if s.open == nil {
		s.openEditor(models.Staff{From: s.p.shell.Today(), Job: models.Nurse, Department: models.FullTime}, models.Staff{})
	}
}

func (s *staff) nextPeriod(m models.Staff) {
	next := m
	next.Version, next.From, next.To = 0, s.p.shell.Today(), 0
	s.openEditor(next, m)
}

// leave opens the form of the last day.
func (s *staff) leave(m models.Staff) {
	last := s.date(s.p.shell.Today())
	o := s.newForm(m.Name+"さんの所属を終える", "staff.leave."+staffKey(m), false, func() entry {
		changed := m
		changed.To = last.Date()
		problems := models.EntryProblems(changed, m, s.p.shell.Today())
		if changed.To == 0 {
			problems = append(problems, models.Problem{Field: "所属終了", Message: "空欄です。最後の日を入力してください"})
		}
		return entry{m.Name + "さんの所属終了の登録", func() string { return staffKey(m) }, problems, []app.Step{app.Put(changed)}}
	})
	o.form.Add(ui.FormRow{Label: "最後の日", Name: "所属終了", Required: true, Field: last,
		Hint: "この日までの共同指導と会議は、これまでどおり数えます。"})
	s.showForm(o, shortShare)
}

func (s *staff) openEditor(m, after models.Staff) {
	code, name, kana := ui.FilledText(m.Code, page.NotYet), ui.FilledText(m.Name, ""), ui.FilledText(m.Kana, "例 ワタナベ トメ")
	job, department := ui.FilledChoice(m.Job, models.Jobs), ui.NewChoiceField(departments()...)
	department.SetChoice(cmp.Or(string(m.Department), noDepartment))
	s.member, s.department = name, department
	dedicated := ui.FilledMark(m.WardDedicated, "病棟専任", "ちがう")
	from, to := s.date(m.From), s.date(m.To)
	title, draft := "職員の登録", "staff.new"
	switch {
	case m.Version > 0:
		title, draft = m.Name+"さん（"+m.From.String()+"から）を直す", "staff."+staffKey(m)
	case after.Code != "":
		title, draft = m.Name+"さんの新しい期間", "staff.next."+m.Code
	}
	o := s.newForm(title, draft, m.Version > 0, func() entry {
		changed := m
		changed.Code, changed.Name, changed.Kana = code.Text(), name.Text(), kana.Text()
		changed.Job, changed.WardDedicated = models.Job(job.Choice()), dedicated.Mark()
		changed.From, changed.To = from.Date(), to.Date()
		changed.Department = ""
		if d := department.Choice(); d != noDepartment {
			changed.Department = models.Department(d)
		}
		steps, problems := StaffSteps(s.p.judged.Facts.Book.Staff, m, &changed, after.Code != "", s.p.shell.Today())
		return entry{changed.Name + "さんの登録", func() string { return staffKey(changed) }, problems, steps}
	})
	codeHint := ""
	if m.Code == "" {
		codeHint = "空欄なら、保存するときに次の番号が付きます。"
	}
	code.SetEnabled(m.Code == "")
	o.form.Add(ui.FormRow{Label: "職員コード", Field: code, Width: 180, Hint: codeHint})
	o.form.Add(ui.FormRow{Label: "氏名", Required: true, Field: name})
	o.form.Add(ui.FormRow{Label: "カナ", Field: kana})
	o.form.Add(ui.FormRow{Label: "職種", Required: true, Field: job})
	o.form.Add(ui.FormRow{Label: "部門所属", Field: department, Hint: "入退院支援部門の専従・専任の職員が、部門の担当者です。"})
	o.form.Add(ui.FormRow{Label: "病棟専任", Field: dedicated})
	o.form.Add(ui.FormRow{Label: "所属開始", Required: true, Field: from, Hint: "この職種・部門になった日。前の期間は、その前の日で終わります。"})
	o.form.Add(ui.FormRow{Label: "所属終了", Field: to, Hint: "いまの所属は空欄のままにします。"})
	s.showForm(o, formShare)
}

// noDepartment is the choice of those who are not in the department.
const noDepartment = "-"

func departments() []ui.Choice {
	return append(ui.ChoicesOf(models.Departments), ui.Choice{Value: noDepartment, Label: "部門の外"})
}

// StaffSteps returns what saving a period of a member of staff changes.
func StaffSteps(all []models.Staff, before models.Staff, after *models.Staff, follows bool, today models.Date) ([]app.Step, models.Problems) {
	return staffPeriods.steps(all, before, after, follows, today)
}

var staffPeriods = periods[models.Staff]{
	code: func(m models.Staff) string { return m.Code }, codeName: "職員コード", fromName: "所属開始",
	taken: "この職員コードは使われています。部門や職種が変わるときは、その職員を選んで「新しい期間」で登録してください",
	check: func(m, was models.Staff, today models.Date) models.Problems {
		m.Code = cmp.Or(m.Code, page.NotYet)
		return models.EntryProblems(m, was, today)
	},
	period:  models.Staff.Period,
	end:     func(m *models.Staff, last models.Date) { m.To = last },
	version: func(m *models.Staff) *int { return &m.Version },
}
