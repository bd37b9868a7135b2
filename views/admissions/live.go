package admissions

import (
	"fmt"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// liveView is what the verdict of a session being typed says.
type liveView struct {
	Tint       ui.Tint
	Points     string
	Check      string
	Reason     string
	Sum        string   // of the whole admission with this session
	Lacks      []string // what is missing, before anything is saved
	Papers     []string // what completes the papers
	Changes    []string // other sessions that would be judged otherwise
	Bound      string   // what 医事課 did with the session, and what becomes of it
	Advice     []string
	Conditions []ui.Condition
}

// newLiveView puts a preview into words and compares it with the register now.
func newLiveView(verdicts []fee.Verdict, number string, now *app.Judged, today models.Date) liveView {
	var view liveView
	billable, points := 0, 0
	for i := range verdicts {
		v := &verdicts[i]
		points += v.Points
		if v.Result.Billable() {
			billable++
		}
		change := app.NewChange(now.Facts.Book, now.Verdict(v.Session.Number), v)
		if v.Session.Number != number {
			if change.Before.Result != "" && change.Reclassified() {
				view.Changes = append(view.Changes, words.Joined("、", fmt.Sprintf("%s の回: %s → %s（%s）", dayWords(v.Session.On), change.Before.Result, v.Result,
					words.Turned(change.Before.Points, v.Points)), words.BoundState(change.Confirmation, change.Closed)))
			}
			continue
		}
		view.describe(v, change.Confirmation, today)
		view.Bound = words.BoundChange(change)
	}
	view.Sum = fmt.Sprintf("この入院は %d回で %s", billable, words.Points(points))
	if len(verdicts) > 0 && verdicts[0].Plan != fee.NoPlan {
		view.Sum += fmt.Sprintf("（指導料2で統一 %s・指導料1で統一 %s）", words.Points(verdicts[0].T2), words.Points(verdicts[0].T1))
	}
	return view
}

func (view *liveView) describe(v *fee.Verdict, confirmed *models.Confirmation, today models.Date) {
	view.Tint, view.Points, view.Check, view.Reason = verdict.Tint(v.Result), words.Points(v.Points), verdict.Checked(v, confirmed), v.Reason
	view.Advice, view.Conditions = v.Advice, conditionLines(v, today, false)
	whole := verdict.Describe(v, today).Conditions
	for i, c := range v.Conditions {
		if c.State == fee.NotMet && !whole[i].Quiet {
			view.Lacks = append(view.Lacks, c.Name+": "+c.Missing)
		}
	}
	for _, w := range v.Warnings {
		view.Papers = append(view.Papers, w.Text)
	}
}

// livePanel shows a liveView, the answer first and its conditions last.
func livePanel(view liveView, table *ui.Conditions) []fyne.CanvasObject {
	head := ui.NewFlow(ui.GapCell, 0,
		ui.NewParagraph("このまま登録したときの判定", ui.Style{Bold: true, Color: ui.QuietInk}),
		ui.NewRun(ui.GapField, ui.NewLargeBadge(view.Tint), ui.NewCaption(view.Points, ui.Style{Bold: true, Size: ui.HeadingSize}), ui.NewBadge(verdict.CheckTint(view.Check))),
		ui.NewParagraph(view.Reason, ui.Strong),
		ui.NewParagraph(view.Sum, ui.Quiet))
	var objects []fyne.CanvasObject
	if view.Bound != "" {
		objects = append(objects, ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(view.Bound, ui.Style{Bold: true, Color: ui.Warn})), ui.WarnSoft, ui.Warn))
	}
	objects = append(objects, ui.NewPanel(head, ui.Ground, view.Tint.Color))
	if lines := bullets("足りないもの", view.Lacks, ui.Style{Bold: true, Color: ui.Bad}); lines != nil {
		objects = append(objects, ui.NewPanel(lines, ui.BadSoft, ui.Bad))
	}
	if lines := bullets("登録すると変わるほかの回", view.Changes, ui.Style{Bold: true, Color: ui.Warn}); lines != nil {
		objects = append(objects, ui.NewPanel(lines, ui.WarnSoft, ui.Warn))
	}
	if lines := bullets("確かめること", append(append([]string{}, view.Papers...), view.Advice...), ui.Style{Bold: true, Color: ui.Warn}); lines != nil {
		objects = append(objects, ui.NewPanel(lines, ui.WarnSoft, ui.Warn))
	}
	if len(view.Conditions) > 0 {
		objects = append(objects, table)
	}
	return objects
}

func bullets(title string, texts []string, style ui.Style) *ui.Flow {
	if len(texts) == 0 {
		return nil
	}
	lines := []fyne.CanvasObject{ui.NewParagraph(title, style)}
	for _, text := range texts {
		lines = append(lines, ui.NewParagraph("・"+text, ui.Plain))
	}
	return ui.NewFlow(2, 0, lines...)
}

// besideWidth is the width from which a form and what it leads to stand beside
// each other.
const besideWidth = 900

// newBeside puts a form and what it leads to beside each other, or below each
// other where there is no room.
func newBeside(form, live fyne.CanvasObject) *ui.Arranged {
	return ui.Arrange(func(in ui.Room) fyne.Size {
		if in.Width < ui.Scaled(besideWidth) {
			y := float32(int(in.Height*0.6)) + ui.GapField
			in.Put(form, 0, 0, in.Width, y-ui.GapField)
			in.Put(live, 0, y, in.Width, in.Height-y)
		} else {
			x := float32(int(in.Width*0.55)) + ui.GapField
			in.Put(form, 0, 0, x-ui.GapField, in.Height)
			in.Put(live, x, 0, in.Width-x, in.Height)
		}
		return form.MinSize().Max(live.MinSize())
	}, form, live)
}
