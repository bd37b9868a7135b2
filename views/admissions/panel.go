package admissions

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// panelActions is what the parts of the page call.
type panelActions struct {
	back     func() // nil where the list stands beside the page
	session  func() // a new session
	edit     func()
	transfer func()
	stays    func() // corrects the 病棟履歴
	remove   func() // nil while something is recorded of the admission
	choose   func(number string)
	open     func(number string)
	do       func(step)
	goTo     func(models.AdmissionKey)
	all      func() // shows or folds the conditions
	table    func([]ui.Condition) *ui.Conditions
	shortcut func(fyne.Shortcut)
}

// panel is the page of an admission: who, the verdict of the whole admission
// beside what is to be done, and the conditions of the chosen session.
type panel struct {
	d      detail
	act    panelActions
	chosen string
	lines  map[string]*choiceLine
	holder *ui.Flow   // the conditions of the chosen session
	first  *ui.Button // 共同指導を記録
}

func newPanel(d detail, act panelActions) *panel {
	return &panel{d: d, act: act, lines: make(map[string]*choiceLine), holder: ui.NewFlow(ui.GapField, 0)}
}

// objects returns the parts from the top.
func (p *panel) objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{p.head(), newPair(p.verdict(), p.tasks(), 0.54), p.holder}
	if len(p.d.Compare) > 0 {
		objects = append(objects, section("指導料1と2の比べ"), p.compare())
	}
	var remove []*ui.Button
	if p.act.remove != nil {
		remove = append(remove, p.small("この入院を消す", p.act.remove))
	}
	objects = append(objects, section("入院の記録", remove...), ui.NewFacts(132, 2, p.d.Facts...),
		section("病棟の移り変わり", p.small("転棟を登録", p.act.transfer), p.small("直す", p.act.stays)), stayTable(p.d.Stays))
	if len(p.d.Linked) > 0 {
		objects = append(objects, section("通算される入院"), p.linked())
	}
	return objects
}

// head is the line that says who this is.
func (p *panel) head() fyne.CanvasObject {
	pieces := []fyne.CanvasObject{ui.NewCaption(p.d.Who, ui.Style{Bold: true, Size: ui.SubHeadingSize})}
	for _, about := range p.d.About {
		pieces = append(pieces, ui.NewCaption(about, ui.Plain))
	}
	columns := []ui.GridColumn{{Width: 200, Grow: 1}, {}}
	row := []fyne.CanvasObject{ui.NewRun(ui.GapGroup, pieces...), ui.NewButton("入院を直す", p.act.edit)}
	if p.act.back != nil {
		columns = append([]ui.GridColumn{{}}, columns...)
		row = append([]fyne.CanvasObject{p.small("← 入院", p.act.back)}, row...)
	}
	return ui.NewGrid(columns, 0, false, row)
}

func (p *panel) small(word string, tapped func()) *ui.Button {
	b := ui.NewButton(word, tapped)
	b.Importance = widget.LowImportance
	return b
}

// section is the title of a part with what can be done there.
func section(title string, buttons ...*ui.Button) fyne.CanvasObject {
	items := []ui.Item{ui.Growing(ui.NewCaption(title, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 120)}
	for _, b := range buttons {
		items = append(items, ui.Fixed(b, 0))
	}
	return ui.NewFlow(0, 0, ui.NewBar(ui.FieldHeight-ui.GapCell, items...), ui.NewRule())
}

func blockTitle(text string, ink color.Color) fyne.CanvasObject {
	return ui.NewParagraph(text, ui.Style{Bold: true, Color: ink})
}

// verdict is the block この入院の判定.
func (p *panel) verdict() ui.Block {
	d := p.d
	sum := []fyne.CanvasObject{ui.NewLargeBadge(d.Tint), ui.NewCaption(d.Sum, ui.Style{Bold: true, Size: ui.HeadingSize})}
	if d.Other != "" {
		sum = append(sum, ui.NewCaption("（"+d.Other+"）", ui.Quiet))
	}
	p.first = ui.NewPrimaryButton("共同指導を記録", theme.ContentAddIcon(), p.act.session)
	p.first.OnEscape = p.act.back
	parts := []fyne.CanvasObject{
		ui.NewGrid([]ui.GridColumn{{Width: 120, Grow: 1}, {}}, 0, false, []fyne.CanvasObject{
			ui.NewFlow(ui.GapCell, 0, blockTitle("この入院の判定", ui.QuietInk), ui.NewRun(ui.GapField, sum...)), p.first,
		}),
	}
	if d.Plan != "" {
		parts = append(parts, ui.NewParagraph(d.Plan, ui.Quiet))
	}
	for _, s := range d.Sessions {
		parts = append(parts, p.sessionLine(s))
		if s.Bound != "" {
			style := ui.Quiet
			if s.Differs {
				style = ui.Style{Bold: true, Color: ui.Warn}
			}
			parts = append(parts, ui.NewParagraph(s.Turn+": "+s.Bound, style))
		}
	}
	for _, advice := range d.Advice {
		parts = append(parts, ui.NewParagraph("・"+advice, ui.Quiet))
	}
	return ui.NewPanel(ui.NewFlow(ui.GapCell, 0, parts...), ui.Ground, d.Tint.Color)
}

// sessionColumns: 何回目, day, way, partner, badge, check, 直す.
var sessionColumns = []ui.GridColumn{{Width: 44}, {Width: 72}, {Width: 48}, {Width: 90, Grow: 1}, {Width: 72}, {Width: 48}, {}}

func (p *panel) sessionLine(s sessionLine) *choiceLine {
	style := ui.Plain
	turn := s.Turn
	if s.Linked {
		style, turn = ui.Quiet, "通算"
	}
	check := fyne.CanvasObject(ui.NewCaption(s.Check, ui.Style{Bold: true, Color: ui.Good}))
	if s.Check == verdict.Action {
		check = ui.NewCaption(s.Check, ui.Style{Bold: true, Color: ui.Warn})
	}
	edit := p.small("直す", func() { p.act.open(s.Number) })
	content := ui.NewGrid(sessionColumns, 0, false, []fyne.CanvasObject{
		ui.NewCaption(turn, ui.Style{Bold: true, Color: style.Color}), ui.NewCaption(s.When, style), ui.NewCaption(s.Way, style),
		ui.NewCaption(s.Partner, style), ui.NewBadge(s.Tint), check, edit,
	})
	label := words.Joined(" ", turn, s.When, s.Way, s.Partner, s.Tint.Word, s.Check)
	line := newChoiceLine(label, content, func() { p.act.choose(s.Number) })
	line.shortcut, line.escape = p.act.shortcut, p.act.back
	p.lines[s.Number] = line
	return line
}

// tasks is the block 次にすること.
func (p *panel) tasks() ui.Block {
	ground, ink := color.Color(ui.AccentSoft), color.Color(ui.Accent)
	parts := []fyne.CanvasObject{}
	for _, t := range p.d.Tasks {
		if t.Late {
			ground, ink = ui.WarnSoft, ui.Warn
		}
		parts = append(parts, p.taskLine(t))
	}
	if len(parts) == 0 {
		parts = append(parts, ui.NewParagraph("いますることはありません。", ui.Quiet))
	}
	parts = append([]fyne.CanvasObject{blockTitle("次にすること", ink)}, parts...)
	return ui.NewPanel(ui.NewFlow(ui.GapCell, 0, parts...), ground, ink)
}

func (p *panel) taskLine(t task) fyne.CanvasObject {
	text := ui.NewFlow(0, 0)
	var lines []fyne.CanvasObject
	if t.Due != "" {
		style := ui.Strong
		if t.Late {
			style.Color = ui.Bad
		}
		lines = append(lines, ui.NewParagraph(t.Due, style))
	}
	text.Set(append(lines, ui.NewParagraph(t.Text, ui.Plain))...)
	buttons := make([]fyne.CanvasObject, len(t.Steps))
	for i, s := range t.Steps {
		buttons[i] = ui.NewButton(s.Word, func() { p.act.do(s) })
	}
	return ui.NewGrid([]ui.GridColumn{{Width: 120, Grow: 1}, {}}, 0, false, []fyne.CanvasObject{text, container.NewHBox(buttons...)})
}

// choose marks a session and shows its conditions.
func (p *panel) choose(v *fee.Verdict, today models.Date, all bool) {
	for number, line := range p.lines {
		line.setChosen(v != nil && number == v.Session.Number)
	}
	if v == nil {
		p.chosen = ""
		p.holder.Set()
		p.holder.Hide()
		return
	}
	p.chosen = v.Session.Number
	word := "すべての条件を見る"
	if all {
		word = "たたむ"
	}
	p.holder.Show()
	p.holder.Set(section(dayWords(v.Session.On)+" の条件", p.small(word, p.act.all)), ui.NewParagraph(v.Reason, ui.Plain), p.act.table(conditionLines(v, today, all)))
}

func (p *panel) compare() fyne.CanvasObject {
	head := func(text string) fyne.CanvasObject {
		return ui.NewCaption(text, ui.Style{Bold: true, Color: ui.QuietInk})
	}
	rows := [][]fyne.CanvasObject{{head("指導"), head("指導料2で統一"), head("指導料1で統一")}}
	for _, line := range p.d.Compare {
		rows = append(rows, []fyne.CanvasObject{ui.NewParagraph(line.Session, ui.Plain), ui.NewParagraph(line.Fee2, ui.Plain), ui.NewParagraph(line.Fee1, ui.Plain)})
	}
	rows = append(rows, []fyne.CanvasObject{ui.NewParagraph("合計", ui.Strong), ui.NewParagraph(p.d.Totals[0], ui.Strong), ui.NewParagraph(p.d.Totals[1], ui.Strong)})
	return ui.NewFlow(ui.GapCell, 0,
		ui.NewGrid([]ui.GridColumn{{Width: 200, Grow: 2}, {Width: 120, Grow: 1}, {Width: 120, Grow: 1}}, ui.GapField, true, rows...),
		ui.NewParagraph("指導料1と2は同じ入院で混ぜて算定できません（通知(9)）。どちらを選ぶかは医事課が決めます。", ui.Quiet))
}

// stayTable lists the 病棟履歴.
func stayTable(stays []stayLine) fyne.CanvasObject {
	if len(stays) == 0 {
		return ui.NewParagraph("病棟の登録がありません。病棟を登録すると判定できます。", ui.Style{Color: ui.Warn})
	}
	rows := make([][]fyne.CanvasObject, len(stays))
	for i, s := range stays {
		rows[i] = []fyne.CanvasObject{
			ui.NewParagraph(s.Ward, ui.Plain), ui.NewParagraph(s.From+" 〜 "+s.To, ui.Plain),
			ui.NewParagraph(s.Days, ui.Plain), ui.NewParagraph(s.Fee, ui.Quiet),
		}
	}
	return ui.NewGrid([]ui.GridColumn{{Width: 110, Grow: 1}, {Width: 184}, {Width: 52}, {Width: 110, Grow: 1.4}}, ui.GapField, true, rows...)
}

func (p *panel) linked() fyne.CanvasObject {
	rows := make([][]fyne.CanvasObject, len(p.d.Linked))
	for i, l := range p.d.Linked {
		open := p.small("開く", func() { p.act.goTo(l.Key) })
		rows[i] = []fyne.CanvasObject{ui.NewParagraph(l.Text, ui.Plain), open}
	}
	return ui.NewGrid([]ui.GridColumn{{Width: 200, Grow: 1}, {}}, ui.GapCell, true, rows...)
}
