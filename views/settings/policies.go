package settings

import (
	"cmp"
	"context"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/effect"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// policies is the section 規程.
type policies struct {
	recordSection[models.Policy]
	asked page.Latest
}

// resting is what is known of the confirmed claims that rest on a 版, which takes
// a while to find.
type resting struct {
	asked, known bool
	why          string // the 版 is bound, "" when it is not
}

func newPolicies(p *Page) *policies {
	s := &policies{}
	s.recordSection = recordSection[models.Policy]{
		p:     p,
		about: "指導料2には、3つの項目を定めた規程が施行され、院内に周知されていることが要ります（通知(3)ア）。",
		rows:  func() []models.Policy { return p.judged.Facts.Book.Policies },
		Records: page.Records[models.Policy]{
			Sheet: "規程", Remember: "settings.policies", ListName: "規程の版",
			Nothing: "「新しい版」で登録してください。規程がないと指導料2は算定できません。",
			Columns: s.columns(), Key: func(p models.Policy) string { return p.Edition }, Describe: s.describe, Enter: s.edit,
		},
		buttons: []*ui.Button{
			ui.NewIconButton("直す", theme.DocumentCreateIcon(), s.withSelected(s.edit)),
			ui.NewIconButton("新しい版", theme.ContentAddIcon(), s.New),
			ui.NewIconButton("消す", theme.DeleteIcon(), s.withSelected(s.remove)),
		},
	}
	return s
}

func (s *policies) columns() []ui.Column[models.Policy] {
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

func (s *policies) describe(p models.Policy) []fyne.CanvasObject {
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

// New opens the form of a new edition (Ctrl+N).
func (s *policies) New() {
	s.p.Await(func() {
		s.edit(models.Policy{Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes})
	})
}

func (s *policies) edit(p models.Policy) {
	s.Begin(func() page.Editor { return s.form(p) })
}

func (s *policies) form(was models.Policy) *page.Form {
	p := was
	var bound resting
	begun := s.p.judged.Facts.Book.Policies
	o := page.FormOptions{
		Title: "規程の新しい版", Draft: "settings.policy.new",
		Entry: func() page.Entry { return s.entry(p, was, &bound, begun) },
	}
	if was.Version > 0 {
		o.Of = app.RefOf(was)
		o.Title, o.Draft, o.Recorded = "規程 "+was.Edition+"を直す", "settings.policy."+was.Edition, true
	}
	f := s.NewForm(o)
	page.Bind(f, &p,
		form.Text(&p.Edition, "例 第3版").Width(200),
		form.Date(&p.EffectiveOn),
		form.Date(&p.AnnouncedOn).Hint("全職員に知らせた日。施行日より後だと、その間について指導料2を算定できません。"),
		form.Text(&p.AnnouncedHow, "例 院内掲示・全体朝礼"),
		form.Section("定めている項目"),
		form.Mark(&p.Within7Days, "ある", "ない").Hint("入院から7日以内に、介護支援専門員へ情報を提供する"),
		form.Mark(&p.Before7Days, "ある", "ない").Hint("退院見込みの7日前までに、介護支援専門員へ連絡する"),
		form.Mark(&p.Encourages, "ある", "ない").Hint("要介護認定を受けていない人に申請をすすめる"),
	)
	gap := ui.NewParagraph("", ui.Style{Bold: true, Color: ui.Warn})
	warn := func() {
		gap.SetText(s.gapOf(p))
		f.Refit()
	}
	warn()
	f.Above(gap)
	f.Watch(warn)
	effect.Under(f, formShare)
	return f
}

// entry is what saving an edition does; another name makes another row. begun are the
// editions recorded when the form was opened: a new one that somebody else registered
// since is merged with this one.
func (s *policies) entry(p, was models.Policy, bound *resting, begun []models.Policy) page.Entry {
	e := page.EntryOf("規程 "+p.Edition, &p, was, s.Shell.Today(), s.Key)
	if p.Edition == was.Edition {
		return e
	}
	if was.Version > 0 {
		begun = s.p.judged.Facts.Book.Policies
	}
	if slices.ContainsFunc(begun, func(other models.Policy) bool { return other.Edition == p.Edition }) {
		e.Wrong("版", "『"+p.Edition+"』は登録されています。別の名前にしてください")
	}
	if was.Version > 0 {
		s.find(bound, was.Edition)
		switch {
		case !bound.known:
			e.Wrong("版", "読み込み中です。この版で確定した指導料2がないかを確かめています。少し待って、もう一度保存してください")
		case bound.why != "":
			e.Wrong("版", "名前は変えられません。"+bound.why)
		}
		p.Version = 0
		e.Steps = []app.Step{app.Remove(was), app.Put(p)}
	}
	return e
}

// find asks once which confirmed claims rest on an edition.
func (s *policies) find(bound *resting, edition string) {
	if bound.asked {
		return
	}
	bound.asked = true
	page.Ask(s.Shell, &s.asked, "この版で確定した指導料2の確かめ", func(ctx context.Context) ([]*fee.Verdict, error) {
		return s.p.desk.RestingOn(ctx, edition)
	}, func(list []*fee.Verdict) { bound.known, bound.why = true, words.Resting(list) })
}

// remove deletes an edition, after asking with what that changes.
func (s *policies) remove(p models.Policy) {
	what := "規程 " + p.Edition + "の削除"
	var e app.Effect
	var why string
	s.Shell.Do(func(ctx context.Context) error {
		list, err := s.p.desk.RestingOn(ctx, p.Edition)
		if why = words.Resting(list); err != nil || why != "" {
			return err
		}
		e, err = s.Desk.Effect(ctx, app.Remove(p))
		return err
	}, func(err error) {
		switch {
		case err != nil:
			s.Shell.ShowError(what, err)
			return
		case why != "":
			s.Shell.Say(ui.Attention, "規程 "+p.Edition+"は消せません。"+why)
			return
		}
		question := words.Joined("\n", words.Effect(e), words.BeforeSaving(e))
		ui.Ask(s.Shell.Canvas(), "規程 "+p.Edition+"を消しますか", question, "消す", "もどる", func() {
			page.Change(s.Shell, s.Desk, what, nil, func(ctx context.Context) (*app.Undo, error) {
				return s.Desk.Do(ctx, what, app.Remove(p))
			})
		})
	})
}
