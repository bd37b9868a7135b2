package claims

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/words"
)

// lateButton returns the text of the button that shows 締め後の変更, "" for none:
// how many sessions differ from the last closing, and by how many points. If
// none does, it counts those that differ from earlier closings.
func (s MonthState) lateButton() string {
	all := 0
	for i := range s.Late {
		all += s.Late[i].Count()
	}
	switch {
	case all == 0:
		return ""
	case s.Late[0].Count() == 0:
		return fmt.Sprintf("前の締めからの変更 %d件", all)
	}
	text := fmt.Sprintf("締め後の変更 %d件", s.Late[0].Count())
	if diff := s.Late[0].After - s.Late[0].Before; diff != 0 {
		text += " " + signed(diff)
	}
	return text
}

// signed returns 「−3,100点」.
func signed(points int) string {
	switch {
	case points < 0:
		return "−" + words.Points(-points)
	case points == 0:
		return "±0点"
	}
	return "＋" + words.Points(points)
}

// showLate lists the 締め後の変更 of every closing, newest first.
func (p *Page) showLate() {
	p.first = nil
	var objects []fyne.CanvasObject
	for i := range p.state.Late {
		objects = append(objects, p.closingPanels(&p.state.Late[i])...)
	}
	p.ShowInstead(objects...)
}

// closingPanels shows a closing, the sums by cause, and each changed session.
func (p *Page) closingPanels(a *fee.AfterClosing) []fyne.CanvasObject {
	head := []fyne.CanvasObject{
		ui.NewParagraph(fmt.Sprintf("締め後の変更　%d件", a.Count()), ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph(fmt.Sprintf("%sの%d回目の締め（%s %s）から。請求に関わるときは医事課に知らせてください。",
			words.Month(a.Closing.Month), a.Closing.Number, minute(local(a.Closing.ClosedAt)), a.Closing.ClosedBy), ui.Quiet)}
	if a.Kept {
		head = append(head, ui.NewParagraph(fmt.Sprintf("この月の判定の点数　%s → %s（%s）　点数が変わる %d件", words.Points(a.Before), words.Points(a.After), signed(a.After-a.Before), a.Repriced()), ui.Style{Bold: true}))
	} else {
		head = append(head, ui.NewParagraph("判定を残さない以前の版で締めたため、共同指導の記録の変更だけが分かります。病棟・規程・判定基準などの変更による違いは出ません。", ui.Style{Color: ui.Warn}))
	}
	for _, line := range causeSums(a) {
		head = append(head, ui.NewParagraph("・"+line, ui.Plain))
	}
	objects := []fyne.CanvasObject{ui.NewFlow(ui.GapCell, 0, head...)}
	for i := range a.Changes[:min(len(a.Changes), mostListed)] {
		l := &a.Changes[i]
		lines := []fyne.CanvasObject{p.lead(p.titleOf(l.Session), l.Session)}
		objects = append(objects, ui.NewPanel(ui.NewFlow(2, 0, append(lines, lateLines(l)...)...), ui.WarnSoft, ui.Warn))
	}
	for _, c := range slices.Backward(a.Log[max(0, len(a.Log)-mostListed):]) {
		lines := []fyne.CanvasObject{ui.NewParagraph(minute(c.At.Local())+" "+c.Actor, ui.Quiet), p.lead(p.titleOf(c.Session), c.Session)}
		objects = append(objects, ui.NewPanel(ui.NewFlow(2, 0, append(lines, editLines(c)...)...), ui.WarnSoft, ui.Warn))
	}
	return append(objects, rest(a.Count())...)
}

// causeSums returns the causes of the differences in points, largest first:
// 「病棟 3E… : 22件 −2,200点」.
func causeSums(a *fee.AfterClosing) []string {
	type sum struct {
		cause    string
		sessions int
		points   int
	}
	var sums []sum
	for i := range a.Changes {
		l := &a.Changes[i]
		diff := l.After() - l.Before()
		if !l.Repriced() {
			continue
		}
		cause := "いくつかの変更が重なったもの"
		if !l.Together && len(l.Causes) > 0 {
			cause = l.Causes[0].String()
		}
		at := slices.IndexFunc(sums, func(s sum) bool { return s.cause == cause })
		if at < 0 {
			at, sums = len(sums), append(sums, sum{cause: cause})
		}
		sums[at].sessions++
		sums[at].points += diff
	}
	slices.SortStableFunc(sums, func(a, b sum) int { return max(b.points, -b.points) - max(a.points, -a.points) })
	lines := make([]string, len(sums))
	for i, s := range sums {
		lines[i] = fmt.Sprintf("%s　%d件 %s", s.cause, s.sessions, signed(s.points))
	}
	return lines
}

// lateLines says what differs in a session, and why.
func lateLines(l *fee.Late) []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, d := range l.Differences {
		lines = append(lines, ui.NewParagraph(d, ui.Style{Bold: true}))
	}
	if l.Repriced() {
		lines = append(lines, ui.NewParagraph(fmt.Sprintf("%d→%d点（%s）", l.Before(), l.After(), signed(l.After()-l.Before())), ui.Style{Bold: true, Color: ui.Bad}))
	}
	for _, c := range l.CauseLines() {
		lines = append(lines, ui.NewParagraph("・"+c, ui.Plain))
	}
	return lines
}

func editLines(c models.LateChange) []fyne.CanvasObject {
	lines := make([]fyne.CanvasObject, len(c.Lines))
	for i, l := range c.Lines {
		lines[i] = ui.NewParagraph("・"+l, ui.Plain)
	}
	return lines
}

// latePanels shows what changed in a session after each closing of the month.
func (p *Page) latePanels(number string) []fyne.CanvasObject {
	var panels []fyne.CanvasObject
	add := func(a *fee.AfterClosing, lines []fyne.CanvasObject) {
		title := ui.NewParagraph(fmt.Sprintf("締め後の変更（%d回目の締め %s から）", a.Closing.Number, day(a.Closing.ClosedAt)), ui.Style{Bold: true, Color: ui.Warn})
		panels = append(panels, ui.NewPanel(ui.NewFlow(2, 0, append([]fyne.CanvasObject{title}, lines...)...), ui.WarnSoft, ui.Warn))
	}
	for i := range p.state.Late {
		a := &p.state.Late[i]
		for j := range a.Changes {
			if a.Changes[j].Session == number {
				add(a, lateLines(&a.Changes[j]))
			}
		}
		for _, c := range a.Log {
			if c.Session == number {
				add(a, append([]fyne.CanvasObject{ui.NewParagraph(minute(c.At.Local())+" "+c.Actor, ui.Quiet)}, editLines(c)...))
			}
		}
	}
	return panels
}

// minute returns 「2026-11-22 11:30」.
func minute(at time.Time) string { return at.Format("2006-01-02 15:04") }
