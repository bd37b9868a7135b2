package meetings

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// describe returns a meeting as it is recorded.
func (p *Page) describe(row Row) []fyne.CanvasObject {
	live := ui.NewFlow(2, 0)
	showLive(live, LiveOf(p.facts, row.Meeting, row.Attendances, nil))
	head := ui.NewFlow(ui.GapCell, 0,
		ui.NewBar(ui.FieldHeight, ui.Fixed(ui.NewBadge(kindTint(row.Kind)), 0),
			ui.Growing(ui.NewCaption(row.Name, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 80)),
		ui.NewParagraph(words.Joined(" ・ ", words.LongDate(row.HeldOn), string(row.Way), row.Place, words.Prefixed("主催 ", row.Host)), ui.Plain),
		ui.NewParagraph(words.Prefixed("議題 ", row.Agenda), ui.Plain),
	)
	objects := []fyne.CanvasObject{head, p.buttons(row), ui.NewPanel(live, ui.AccentSoft, ui.Accent), countedLines(row), ui.NewRule()}
	return append(objects, p.attendees(row)...)
}

// countedLines tells how the meeting counts, and why.
func countedLines(row Row) fyne.CanvasObject {
	counts := map[models.Mark]string{models.Yes: "○ 数える", models.No: "× 数えない", models.Unknown: "未確認（数えない）"}
	if row.Counts == models.Unknown && row.Counted {
		counts[models.Unknown] = "空欄（会議として数える）"
	}
	shared := map[models.Mark]string{models.Yes: "○ 共有した", models.No: "× していない", models.Unknown: "未確認"}
	return ui.NewFacts(120, 1,
		ui.Fact{Label: "会議として算入", Value: words.Joined("　", counts[row.Counts], words.Prefixed("理由 ", row.CountsBecause))},
		ui.Fact{Label: "連絡先共有", Value: shared[row.ContactsShared]})
}

// buttons are what can be done with a meeting.
func (p *Page) buttons(row Row) fyne.CanvasObject {
	tick := ui.NewIconButton("出席をつける（Enter）", theme.ConfirmIcon(), func() { p.takeAttendance(row) })
	change := ui.NewIconButton("内容を直す", theme.DocumentCreateIcon(), func() { p.editFacts(row) })
	remove := ui.NewIconButton("消す", theme.DeleteIcon(), func() { p.remove(row) })
	return container.NewHBox(tick, change, remove)
}

// attendees lists who was there, by kind and office.
func (p *Page) attendees(row Row) []fyne.CanvasObject {
	list := recorded(p.facts, row)
	if len(list) == 0 {
		return []fyne.CanvasObject{
			ui.NewParagraph("出席はまだついていません", ui.Strong),
			ui.NewParagraph("「出席をつける」（一覧で Enter）を押すと、前回の出席者と部門の職員が並びます。名前を打って Space でつけます。", ui.Quiet),
		}
	}
	var kinds []ui.Fact
	for i, title := range []string{"ケアマネ", "当院の職員", "その他"} {
		if lines := attendeeLines(list, attendeeKinds[i]); len(lines) > 0 {
			kinds = append(kinds, ui.Fact{Label: title, Value: strings.Join(lines, "\n")})
		}
	}
	return []fyne.CanvasObject{ui.NewParagraph("出席 "+headcount(list), ui.Strong), ui.NewFacts(120, 1, kinds...)}
}

// attendeeLines returns a line for each affiliation: 「さくら居宅  佐藤 実、田中 花」.
func attendeeLines(list []Attendee, kind models.AttendeeKind) []string {
	var order []string
	names := make(map[string][]string)
	for _, a := range list {
		if a.Kind != kind {
			continue
		}
		if names[a.Affiliation] == nil {
			order = append(order, a.Affiliation)
		}
		names[a.Affiliation] = append(names[a.Affiliation], a.Name)
	}
	lines := make([]string, len(order))
	for i, from := range order {
		lines[i] = words.Joined("  ", from, strings.Join(names[from], "、"))
	}
	return lines
}

// remove deletes a meeting with its attendance; it can be taken back.
func (p *Page) remove(row Row) {
	var steps []app.Step
	for _, a := range row.Attendances {
		steps = append(steps, app.Remove(a))
	}
	steps = append(steps, app.Remove(row.Meeting))
	page.Save(p.Shell, p.Desk, fmt.Sprintf("「%s」の削除", row.Name), nil, steps...)
}
