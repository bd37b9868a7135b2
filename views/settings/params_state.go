package settings

import (
	"fmt"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// policyKey is the parameter whose default became 入院日まで.
const policyKey = "policy_must_precede"

// state says what the judgement uses: the texts read, the rows of 設定 it ignores,
// and a new default that nobody has confirmed.
func (s *params) state() []fyne.CanvasObject {
	rules := s.p.judged.Rules
	lines := []fyne.CanvasObject{
		ui.NewParagraph("判定ルール "+rules.Version+"（"+rules.Title+"）: "+rules.ReadWords()+"。", ui.Quiet),
	}
	if unread := rules.UnreadWords(); unread != "" {
		lines = append(lines, ui.NewParagraph(unread+"。判定に関わるものがないか、確かめてください。", ui.Quiet))
	}
	for _, row := range s.p.judged.Aside {
		lines = append(lines, ui.NewParagraph("使えない設定の行があります: "+row.String()+"。", ui.Style{Color: ui.Warn}),
			s.line(ui.NewButton("設定の行「"+row.Key+"」を消す", func() { s.remove(row) })))
	}
	if n := len(s.p.changed); n > 0 {
		lines = append(lines, ui.NewParagraph(fmt.Sprintf("「規程の基準日」の既定が「入院日まで」に変わり、判定の変わった共同指導が%d件あります。どちらにするか決めてください。", n), ui.Style{Color: ui.Warn}),
			s.line(ui.NewButton("変わった共同指導を見て決める", s.showChanged)))
	}
	return lines
}

// showChanged brings the list of what the new default changes into sight, also
// where there is no room for it beside the parameters.
func (s *params) showChanged() {
	s.Instead(func() {
		if s.ShowKey(policyKey) {
			s.Shell.Canvas().Focus(s.first)
		}
	})
}

// remove deletes a row of 設定 that is set aside.
func (s *params) remove(row fee.Aside) {
	for _, setting := range s.p.judged.Facts.Book.Settings {
		if setting.Key == row.Key {
			page.Save(s.Shell, s.Desk, "使えない設定「"+row.Key+"」の削除", nil, app.Remove(setting))
		}
	}
}

// line is a line of buttons among the notes.
func (s *params) line(buttons ...*ui.Button) *ui.Arranged {
	return page.NewButtonLine(ui.FieldHeight, s.BackToList, buttons...)
}

// undecided lists the sessions the new default changes, and lets the hospital
// decide: then nothing is said of it any more.
func (s *params) undecided() []fyne.CanvasObject {
	lines := []fyne.CanvasObject{
		ui.NewParagraph("既定が変わりました。前の既定（指導日まで）と判定の違う共同指導:", ui.Style{Bold: true, Color: ui.Warn}),
	}
	for _, c := range s.p.changed {
		v := &c.After
		lines = append(lines, ui.NewParagraph("・"+words.Joined("  ", v.Session.Number, v.Session.On.String(), words.Patient(v),
			fmt.Sprintf("%s → %s（%s）", c.Before.Result, v.Result, words.Signed(v.Points-c.Before.Points))), ui.Plain))
	}
	decide := func(word, value string) *ui.Button {
		return ui.NewButton(word, func() {
			page.Save(s.Shell, s.Desk, "規程の基準日の決定", func(err error) {
				if err == nil {
					s.BackToList()
				}
			}, app.Put(models.Setting{Key: policyKey, Value: value}))
		})
	}
	s.first = decide("入院日までに決める", fee.Admission)
	return append(lines,
		ui.NewParagraph("医事課が確定した値は、そのまま残ります。どちらかに決めると、知らせません。", ui.Quiet),
		s.line(s.first, decide("指導日までに決める", fee.Session)))
}
