package meetings

import (
	"cmp"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// factsForm is the detail while the facts of a meeting are entered or changed.
type factsForm struct {
	p    *Page
	row  Row // Version 0 for a new one
	form *ui.Form

	on      *ui.DateField
	name    *ui.TextField
	kind    *ui.ChoiceField
	way     *ui.ChoiceField
	host    *ui.TextField
	place   *ui.TextField
	agenda  *ui.MemoField
	counts  *ui.MarkField
	because *ui.TextField
	shared  *ui.MarkField

	live   *ui.Flow
	object *ui.Arranged
	saving bool
}

func newFactsForm(p *Page, row Row) *factsForm {
	f := &factsForm{p: p, row: row}
	draft := "meetings/new"
	if row.Version > 0 {
		draft = "meetings/" + row.Code
	}
	f.form = page.NewForm(p.shell, draft, ui.FormOptions{Save: f.save, Cancel: p.leave, Recorded: row.Version > 0})
	f.makeFields()
	f.addRows()
	f.live = ui.NewFlow(2, 0)
	title, code := "会議・勉強会を加える", "会議コード"+page.NotYet
	if row.Version > 0 {
		title, code = "会議 "+row.Code+" を直す", ""
	}
	above := ui.NewFlow(ui.GapField, 0,
		ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(title, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 80),
			ui.Fixed(ui.NewCaption(code, ui.Quiet), 0)),
		ui.NewPanel(f.live, ui.AccentSoft, ui.Accent))
	f.object = ui.NewAbove(above, f.form.Object())
	f.explain()
	return f
}

func (f *factsForm) makeFields() {
	m := f.row.Meeting
	f.on = ui.FilledDate(m.HeldOn, f.p.shell.Today)
	f.name = ui.FilledText(m.Name, "第57回 地域連携勉強会")
	f.kind, f.way = ui.FilledChoice(m.Kind, models.MeetingKinds), ui.FilledChoice(m.Way, models.MeetingWays)
	f.host, f.place, f.agenda = ui.FilledText(m.Host, ""), ui.FilledText(m.Place, ""), ui.FilledMemo(m.Agenda, "", 2)
	f.counts = ui.FilledMark(m.Counts, "数える", "数えない")
	f.because = ui.FilledText(m.CountsBecause, "多職種の事例検討・出席簿あり・連絡先一覧を共有")
	f.shared = ui.FilledMark(m.ContactsShared, "共有した", "していない")
}

func (f *factsForm) addRows() {
	f.form.Add(ui.FormRow{Label: "開催日", Field: f.on, Required: true})
	f.form.Add(ui.FormRow{Label: "種別", Field: f.kind, Required: true})
	f.form.Add(ui.FormRow{Label: "名称", Field: f.name, Required: true})
	f.form.Add(ui.FormRow{Label: "方法", Field: f.way, Width: 140})
	f.form.Add(ui.FormRow{Label: "主催", Field: f.host})
	f.form.Add(ui.FormRow{Label: "場所", Field: f.place})
	f.form.Add(ui.FormRow{Label: "議題", Field: f.agenda})
	f.form.Section("平時の連携（通知(3)イ）")
	f.form.Add(ui.FormRow{Label: "会議として算入", Field: f.counts,
		Hint: "空欄（未確認）なら、地域ケア会議・サービス担当者会議・多職種連携会議は数えます。勉強会は" + f.p.studyWords() + "。"})
	f.form.Add(ui.FormRow{Label: "算入理由", Field: f.because, Hint: ruleWords("study_session_default")})
	f.form.Add(ui.FormRow{Label: "連絡先共有", Field: f.shared,
		Hint: "出席した人と、連絡先・担当者をあらかじめ共有したか（一覧の配布など）"})
	for _, field := range []ui.Field{f.on, f.kind, f.counts, f.because} {
		field.OnChange(f.explain)
	}
}

// studyWords tells how the 判定基準 take a 勉強会 that nobody decided on.
func (p *Page) studyWords() string {
	if p.facts.Params.StudySessionDefault {
		return "数えます（判定基準の設定）"
	}
	return "数えません（判定基準の設定）"
}

// meeting reads the fields.
func (f *factsForm) meeting() models.Meeting {
	return models.Meeting{
		Code: f.row.Code, Version: f.row.Version,
		HeldOn: f.on.Date(), Name: f.name.Text(), Kind: models.MeetingKind(f.kind.Choice()), Way: models.MeetingWay(f.way.Choice()),
		Host: f.host.Text(), Place: f.place.Text(), Agenda: f.agenda.Text(),
		Counts: f.counts.Mark(), CountsBecause: f.because.Text(), ContactsShared: f.shared.Mark(),
	}
}

// explain says what the meeting is worth as it stands.
func (f *factsForm) explain() {
	showLive(f.live, LiveOf(f.p.facts, f.meeting(), f.row.Attendances, nil))
	if f.object != nil {
		f.object.Refresh()
	}
}

// save checks and saves.
func (f *factsForm) save() {
	if f.saving {
		return
	}
	m := f.meeting()
	checked := m
	checked.Code = cmp.Or(m.Code, page.NotYet)
	if problems := models.EntryProblems(checked, f.row.Meeting, f.p.shell.Today()); len(problems)+len(f.form.Faults()) > 0 {
		f.form.Show(problems)
		return
	}
	f.saving = true
	what, step := "「"+m.Name+"」の登録", app.New(&m)
	if f.row.Version > 0 {
		what, step = "「"+m.Name+"」の変更", app.Put(m)
	}
	page.Save(f.p.shell, f.p.desk, what, func(err error) { f.saved(m, err) }, step)
}

// saved goes on to the attendance of a new meeting that has been held.
func (f *factsForm) saved(m models.Meeting, err error) {
	f.saving = false
	if err != nil {
		return // shown already; what is typed stays
	}
	f.form.Clean()
	f.p.closed(m.Code)
	if f.row.Version == 0 && m.HeldOn <= f.p.shell.Today() {
		f.p.attend = m.Code
	}
}
