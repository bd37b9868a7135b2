package settings

import (
	"cmp"
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// policies is the section 規程.
type policies struct {
	*table[models.Policy]
	gap *ui.Paragraph // the warning over the form that is open
}

func newPolicies(p *Page) *policies {
	s := &policies{table: &table[models.Policy]{
		p: p, name: "規程の版", key: "settings.policies",
		about: "指導料2には、3つの項目を定めた規程が施行され、院内に周知されていることが要ります（通知(3)ア）。",
		empty: [2]string{"規程がまだ登録されていません", "「新しい版」で登録してください。規程がないと指導料2は算定できません。"},
		of:    func(p models.Policy) string { return p.Edition },
	}}
	s.columns, s.rows = s.policyColumns(), func() []models.Policy { return p.judged.Facts.Book.Policies }
	s.describe, s.edit = s.panel, s.openEditor
	s.buttons = []*ui.Button{
		ui.NewIconButton("直す", theme.DocumentCreateIcon(), s.withSelected(s.edit)),
		ui.NewIconButton("新しい版", theme.ContentAddIcon(), s.makeNew),
		ui.NewIconButton("消す", theme.DeleteIcon(), s.withSelected(s.remove)),
	}
	return s
}

func (s *policies) policyColumns() []ui.Column[models.Policy] {
	return []ui.Column[models.Policy]{
		{ID: "edition", Title: "版", Width: 80, Grow: 1, Text: func(p models.Policy) string { return p.Edition },
			Less: func(a, b models.Policy) bool {
				return cmp.Or(cmp.Compare(a.EffectiveOn, b.EffectiveOn), cmp.Compare(a.Edition, b.Edition)) < 0
			}},
		{ID: "items", Title: "3項目", Width: 64, Text: func(p models.Policy) string {
			if p.Complete() {
				return "○"
			}
			return "不足"
		}, Color: func(p models.Policy) color.Color {
			if p.Complete() {
				return ui.Good
			}
			return ui.Bad
		}},
		{ID: "effective", Title: "施行日", Width: 96, Text: func(p models.Policy) string { return p.EffectiveOn.String() }},
		{ID: "announced", Title: "周知日", Width: 96, Text: func(p models.Policy) string { return cmp.Or(p.AnnouncedOn.String(), "未登録") },
			Color: func(p models.Policy) color.Color {
				if s.gapOf(p) != "" {
					return ui.Warn
				}
				return ui.Ink
			}},
		{ID: "how", Title: "周知方法", Width: 100, Grow: 2, Text: func(p models.Policy) string { return p.AnnouncedHow }},
	}
}

// gapOf says for which days a 版 in force was not made known yet.
func (s *policies) gapOf(p models.Policy) string { return fee.PolicyGap(&p, s.p.judged.Facts.Params) }

func (s *policies) panel(p models.Policy) []fyne.CanvasObject {
	objects := []fyne.CanvasObject{ui.NewParagraph("規程　"+p.Edition, ui.Style{Bold: true, Size: ui.SubHeadingSize})}
	if !p.Complete() {
		objects = append(objects, warning("3つの項目がそろっていません。この版では指導料2を算定できません"))
	}
	if gap := s.gapOf(p); gap != "" {
		objects = append(objects, warning(gap))
	}
	return append(objects, facts(
		"七日以内の情報提供", p.Within7Days.String(), "退院七日前の連絡", p.Before7Days.String(), "未申請者への勧奨", p.Encourages.String(),
		"施行日", words.LongDate(p.EffectiveOn), "周知日", words.LongDate(p.AnnouncedOn), "周知方法", p.AnnouncedHow))
}

func warning(text string) fyne.CanvasObject {
	return ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(text, ui.Style{Bold: true, Color: ui.Warn})), ui.WarnSoft, ui.Warn)
}

func (s *policies) makeNew() {
	if s.open == nil {
		s.openEditor(models.Policy{Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes})
	}
}

func (s *policies) openEditor(p models.Policy) {
	edition, how := ui.FilledText(p.Edition, "例 第3版"), ui.FilledText(p.AnnouncedHow, "例 院内掲示・全体朝礼")
	effective, announced := s.date(p.EffectiveOn), s.date(p.AnnouncedOn)
	within, before, encourages := ui.FilledMark(p.Within7Days, "ある", "ない"), ui.FilledMark(p.Before7Days, "ある", "ない"), ui.FilledMark(p.Encourages, "ある", "ない")
	gap := ui.NewParagraph("", ui.Style{Bold: true, Color: ui.Warn})
	s.gap = gap
	read := func() models.Policy {
		changed := p
		changed.Edition, changed.AnnouncedHow = edition.Text(), how.Text()
		changed.EffectiveOn, changed.AnnouncedOn = effective.Date(), announced.Date()
		changed.Within7Days, changed.Before7Days, changed.Encourages = within.Mark(), before.Mark(), encourages.Mark()
		return changed
	}
	title, draft := "規程の新しい版", "policy.new"
	if p.Version > 0 {
		title, draft = "規程 "+p.Edition+"を直す", "policy."+p.Edition
	}
	o := s.newForm(title, draft, p.Version > 0, func() entry {
		changed := read()
		problems := models.EntryProblems(changed, p, s.p.shell.Today())
		renamed := p.Version > 0 && changed.Edition != p.Edition
		if (p.Version == 0 || renamed) && s.known(changed.Edition) {
			problems = append(problems, models.Problem{Field: "版", Message: "『" + changed.Edition + "』は登録されています。別の名前にしてください"})
		}
		steps := []app.Step{app.Put(changed)}
		if renamed {
			if why := s.bound(p.Edition); why != "" {
				problems = append(problems, models.Problem{Field: "版", Message: "名前は変えられません。" + why})
			}
			changed.Version = 0
			steps = []app.Step{app.Remove(p), app.Put(changed)}
		}
		return entry{"規程 " + changed.Edition + "の登録", func() string { return changed.Edition }, problems, steps}
	})
	warn := func() {
		gap.SetText(s.gapOf(read()))
		s.right.Refresh()
	}
	o.form.OnEdited, o.form.OnFilled = warn, warn
	o.form.Add(ui.FormRow{Label: "版", Required: true, Field: edition, Width: 200})
	o.form.Add(ui.FormRow{Label: "施行日", Required: true, Field: effective})
	o.form.Add(ui.FormRow{Label: "周知日", Field: announced, Hint: "全職員に知らせた日。施行日より後だと、その間について指導料2を算定できません。"})
	o.form.Add(ui.FormRow{Label: "周知方法", Field: how})
	o.form.Section("定めている項目")
	o.form.Add(ui.FormRow{Label: "七日以内の情報提供", Field: within, Hint: "入院から7日以内に、介護支援専門員へ情報を提供する"})
	o.form.Add(ui.FormRow{Label: "退院七日前の連絡", Field: before, Hint: "退院見込みの7日前までに、介護支援専門員へ連絡する"})
	o.form.Add(ui.FormRow{Label: "未申請者への勧奨", Field: encourages, Hint: "要介護認定を受けていない人に申請をすすめる"})
	gap.SetText(s.gapOf(read()))
	s.showForm(o, formShare, gap)
}

// bound says which confirmed claims rest on an edition, "" when none does.
func (s *policies) bound(edition string) string {
	return words.Resting(s.p.judged.RestingOn(edition))
}

// remove takes an edition out again that was entered by mistake, after saying
// what that changes.
func (s *policies) remove(p models.Policy) {
	if why := s.bound(p.Edition); why != "" {
		s.p.shell.Say(ui.Attention, "規程 "+p.Edition+"は消せません。"+why)
		return
	}
	what := "規程 " + p.Edition + "の削除"
	var e app.Effect
	s.p.shell.Do(func(ctx context.Context) (err error) {
		e, err = s.p.desk.Effect(ctx, app.Remove(p))
		return err
	}, func(err error) {
		if err != nil {
			s.p.shell.ShowError(what, err)
			return
		}
		question := words.Joined("\n", words.Effect(e), words.BeforeSaving(e))
		ui.Ask(s.p.shell.Canvas(), "規程 "+p.Edition+"を消しますか", question, "消す", "もどる", func() {
			page.Change(s.p.shell, s.p.desk, what, nil, func(ctx context.Context) (*app.Undo, error) {
				return s.p.desk.Do(ctx, what, app.Remove(p))
			})
		})
	})
}

func (s *policies) known(edition string) bool {
	for _, p := range s.p.judged.Facts.Book.Policies {
		if p.Edition == edition {
			return true
		}
	}
	return false
}
