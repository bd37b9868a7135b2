package meetings

import (
	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
)

// editFacts opens the form of a meeting, of a new one without a version.
func (p *Page) editFacts(row Row) {
	p.Begin(func() page.Editor { return p.factsForm(row) })
}

func (p *Page) factsForm(row Row) *page.Form {
	m, isNew := row.Meeting, row.Version == 0
	o := page.FormOptions{
		Title: "会議 " + row.Code + " を直す", Draft: "meetings/" + row.Code, Recorded: true, Of: app.RefOf(row.Meeting),
		Entry: func() page.Entry {
			return page.EntryOf("「"+m.Name+"」", &m, row.Meeting, p.Shell.Today(), func(m models.Meeting) string { return m.Code })
		},
	}
	if isNew {
		o.Title, o.Note, o.Draft, o.Recorded, o.Of = "会議・勉強会を加える", "会議コード"+page.NotYet, "meetings/new", false, app.RecordRef{}
		o.At = page.ToNew(p.Sheet, "")
		o.Saved = func() { p.attendNext(m) }
	}
	f := p.NewForm(o)
	page.Bind(f, &m,
		form.Date(&m.HeldOn),
		form.Choice(&m.Kind, models.MeetingKinds),
		form.Text(&m.Name, "第57回 地域連携勉強会"),
		form.Choice(&m.Way, models.MeetingWays).Width(140),
		form.Text(&m.Host, ""),
		form.Text(&m.Place, ""),
		form.Memo(&m.Agenda, "", 2),
		form.Section("平時の連携（通知(3)イ）"),
		form.Mark(&m.Counts, "数える", "数えない").
			Hint("空欄（未確認）なら、地域ケア会議・サービス担当者会議・多職種連携会議は数えます。勉強会は"+p.studyWords()+"。"),
		form.Text(&m.CountsBecause, "多職種の事例検討・出席簿あり・連絡先一覧を共有").Hint(ruleWords("study_session_default")),
		form.Mark(&m.ContactsShared, "共有した", "していない").
			Hint("出席した人と、連絡先・担当者をあらかじめ共有したか（一覧の配布など）"),
	)
	live := ui.NewFlow(2, 0)
	f.Above(ui.NewPanel(live, ui.AccentSoft, ui.Accent))
	f.Watch(func() {
		showLive(live, LiveOf(p.facts, m, row.Attendances, nil))
		f.Refit()
	})
	return f
}

// attendNext goes on to the attendance of a new meeting that has been held.
func (p *Page) attendNext(m models.Meeting) {
	if m.HeldOn > p.Shell.Today() {
		return
	}
	p.AfterNext(func() {
		if row, ok := p.Row(m.Code); ok {
			p.takeAttendance(row)
		}
	})
}

// studyWords tells how the 判定基準 take a 勉強会 that nobody decided on.
func (p *Page) studyWords() string {
	if p.facts.Params.StudySessionDefault {
		return "数えます（判定基準の設定）"
	}
	return "数えません（判定基準の設定）"
}

// showLive puts the worth of a meeting, and more lines about it, into a flow.
func showLive(flow *ui.Flow, live Live, more ...fyne.CanvasObject) {
	lines := append([]fyne.CanvasObject{ui.NewParagraph(live.Line, ui.Strong)}, more...)
	for _, w := range live.Warnings {
		lines = append(lines, ui.NewParagraph(w, ui.Style{Color: ui.Warn}))
	}
	flow.Set(lines...)
}
