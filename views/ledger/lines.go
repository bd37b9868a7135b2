package ledger

import (
	"context"
	"fmt"
	"image/color"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/files"
	"renkei/views/page"
	"renkei/views/ui"
)

// Issues is an error that lists everything wrong with a ledger, one line each:
// 「シート 行 列: 理由」.
type Issues interface {
	error
	IssueLines() []string
}

// ShowIssues lists why a ledger was refused.
func ShowIssues(s page.Shell, issues Issues) {
	lines := issues.IssueLines()
	list{"台帳の誤り", fmt.Sprintf("台帳に%s件の誤りがあり、読み込みませんでした。1件も登録していません。直してからもう一度読み込んでください",
		ui.Thousands(len(lines))), ui.Bad, lines}.show(s)
}

// Line is a line that was left or refused.
type Line struct {
	Number int
	Place  string // 「入院 12 入院日」
	Reason string
	Text   string // all of it
}

// Lines splits the lines 「シート 行 列: 理由」 at the colon.
func Lines(texts []string) []Line {
	lines := make([]Line, len(texts))
	for i, text := range texts {
		place, reason, found := strings.Cut(text, ": ")
		if !found {
			place, reason = "", text
		}
		lines[i] = Line{i + 1, place, reason, text}
	}
	return lines
}

var lineColumns = []ui.Column[Line]{
	{
		ID: "number", Title: "番号", Width: 64, Align: fyne.TextAlignTrailing,
		Text: func(l Line) string { return ui.Thousands(l.Number) },
		Less: func(a, b Line) bool { return a.Number < b.Number },
	},
	{ID: "place", Title: "シート・行・列", Width: 240, Text: func(l Line) string { return l.Place }},
	{ID: "reason", Title: "内容", Width: 300, Grow: 1, Text: func(l Line) string { return l.Reason }},
}

// list is a list of lines 「シート 行 列: 理由」 under a title.
type list struct {
	name, title string
	color       color.Color
	lines       []string
}

// show covers the page with the list until the user closes it. The list can be
// copied and saved.
func (l list) show(s page.Shell) {
	selected := ui.NewParagraph("", ui.Plain)
	rows := page.NewList(s, l.name, lineColumns, func(l Line) string { return fmt.Sprint(l.Number) }, ui.ListState{}, nil)
	sayCopied := func(n int) {
		s.Say(ui.Done, fmt.Sprintf("%s件をコピーしました。Excelなどに貼り付けられます", ui.Thousands(n)))
	}
	copyAll := ui.NewIconButton("すべてコピー", theme.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(joined(l.lines))
		sayCopied(len(l.lines))
	})
	save := ui.NewIconButton("テキストに保存", theme.DocumentSaveIcon(), func() { saveLines(s, l.name+".txt", l.lines) })
	back := ui.NewButton("閉じる", s.Uncover)
	rows.OnCopied, rows.OnEscape, back.OnEscape = sayCopied, s.Uncover, s.Uncover
	head := ui.NewFlow(ui.GapField, 0,
		ui.NewParagraph(l.title, ui.Style{Bold: true, Color: l.color}),
		ui.NewBar(ui.FieldHeight, ui.Fixed(copyAll, 0), ui.Fixed(save, 0), ui.Spring(), ui.Fixed(back, 0)),
	)
	foot := ui.NewPanel(ui.NewFlow(0, 0, selected), ui.Paper, l.color)
	content := ui.NewBetween(head, rows, foot)
	rows.OnSelected = func(l Line) { selected.SetText(l.Text); content.Refresh() }
	rows.SetRows(Lines(l.lines))
	s.Cover(content)
	s.Canvas().Focus(rows)
}

// joined returns the lines as Windows editors expect them.
func joined(lines []string) string { return strings.Join(lines, "\r\n") + "\r\n" }

// saveLines asks where to write lines as a text file: UTF-8 with a byte order
// mark, for Windows editors.
func saveLines(s page.Shell, name string, lines []string) {
	s.ChooseSave("テキストに保存", name, func(path string) {
		writeFile(s, "テキストの保存", path, func(context.Context, page.Progress) error {
			if err := files.WriteText(path, joined(lines)); err != nil {
				return models.Wrap(err, models.Unavailable, "「%s」に書き込めません。別の場所を選んでください", filepath.Base(path))
			}
			return nil
		})
	})
}
