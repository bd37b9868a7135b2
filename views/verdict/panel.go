package verdict

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/views/ui"
	"renkei/views/words"
)

// Panel returns the objects that show a detail, from the top: patient, verdict
// in a sentence, conditions with evidence and source, what to check, what to
// do. table shows the conditions. copied is called when the text was copied to
// the clipboard.
func Panel(d Detail, table *ui.Conditions, copied func()) []fyne.CanvasObject {
	copyText := ui.NewIconButton("コピー", theme.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(d.Text())
		copied()
	})
	head := ui.NewFlow(2, 0,
		ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(d.Patient, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 80), ui.Fixed(copyText, 0)),
		ui.NewParagraph(d.Person, ui.Quiet),
		ui.NewParagraph(d.Stay, ui.Quiet),
		ui.NewParagraph("共同指導 "+d.Session, ui.Plain),
	)
	objects := []fyne.CanvasObject{head, ui.NewRule(), sentence(d)}
	if len(d.Conditions) > 0 {
		objects = append(objects, table)
	}
	if len(d.Warnings) > 0 {
		objects = append(objects, taskPanel("確認すること", d.Warnings, ui.WarnSoft, ui.Warn))
	}
	if len(d.Remedies) > 0 {
		objects = append(objects, taskPanel("次にすること", d.Remedies, ui.AccentSoft, ui.Accent))
	}
	return objects
}

// sentence shows the result: the sentence, then badge, points and plan.
func sentence(d Detail) fyne.CanvasObject {
	badge := ui.NewBar(ui.FieldHeight,
		ui.Fixed(ui.NewLargeBadge(d.Tint), 0),
		ui.Fixed(ui.NewCaption(d.Points, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 0),
		ui.Fixed(ui.NewBadge(CheckTint(d.Check)), 0),
		ui.Spring(),
	)
	lines := []fyne.CanvasObject{
		ui.NewParagraph(d.Reason, ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		badge,
		ui.NewParagraph(d.Plan, ui.Quiet),
	}
	for _, advice := range d.Advice {
		lines = append(lines, ui.NewParagraph("・"+advice, ui.Plain))
	}
	if sum := taskSummary(d); sum != "" {
		lines = append(lines, ui.NewParagraph(sum, ui.Style{Color: ui.Warn}))
	}
	return ui.NewFlow(ui.GapCell, 0, lines...)
}

// taskSummary says, above the conditions, that there are tasks below them.
func taskSummary(d Detail) string {
	sum := words.Joined(" ・ ", counted("満たさない条件", d.Unmet()), counted("確認すること", len(d.Warnings)), counted("次にすること", len(d.Remedies)))
	return words.Prefixed("↓ ", sum)
}

func counted(what string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s %d件", what, n)
}

// CheckTint returns the badge of a Check.
func CheckTint(check string) ui.Tint {
	switch check {
	case Action:
		return ui.Tint{Word: check, Color: ui.Warn}
	case Ready:
		return ui.Tint{Word: check, Color: ui.Accent}
	case Done:
		return ui.Tint{Word: check, Color: ui.Good}
	case Differs:
		return ui.Tint{Word: check, Color: ui.Bad}
	}
	return ui.Tint{}
}

func taskPanel(title string, tasks []Task, ground, bar color.Color) fyne.CanvasObject {
	lines := []fyne.CanvasObject{ui.NewParagraph(title, ui.Style{Bold: true, Color: bar})}
	for _, t := range tasks {
		lines = append(lines, ui.NewParagraph("・"+words.Joined(" → ", t.Text, t.Todo), ui.Plain))
		if t.Due != "" {
			style := ui.Style{Bold: true}
			if t.Late {
				style.Color = ui.Bad
			}
			lines = append(lines, ui.NewParagraph("　"+t.Due, style))
		}
	}
	return ui.NewPanel(ui.NewFlow(2, 0, lines...), ground, bar)
}
