package views

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

// issueRow is one line of the list of issues.
type issueRow struct {
	number int
	place  string // 「入院 12 入院日」
	reason string
	line   string
}

// issueRows divides the lines 「シート 行 列: 理由」 at the colon.
func issueRows(lines []string) []issueRow {
	rows := make([]issueRow, len(lines))
	for i, line := range lines {
		place, reason, found := strings.Cut(line, ": ")
		if !found {
			place, reason = "", line
		}
		rows[i] = issueRow{number: i + 1, place: place, reason: reason, line: line}
	}
	return rows
}

var issueColumns = []ui.Column[issueRow]{
	{
		ID: "number", Title: "番号", Width: 64, Align: fyne.TextAlignTrailing,
		Text: func(r issueRow) string { return ui.Thousands(r.number) },
		Less: func(a, b issueRow) bool { return a.number < b.number },
	},
	{ID: "place", Title: "シート・行・列", Width: 240, Text: func(r issueRow) string { return r.place }},
	{ID: "reason", Title: "内容", Width: 300, Grow: 1, Text: func(r issueRow) string { return r.reason }},
}

// lineList is a list of lines 「シート 行 列: 理由」 under a title.
type lineList struct {
	name, title string
	color       color.Color
	lines       []string
}

// showLines puts a list in the place of the page: all of it, to be copied or
// saved, until it is closed.
func (f *Frame) showLines(l lineList) {
	selected := ui.NewParagraph("", ui.Plain)
	list := ui.NewRegister(issueColumns, func(r issueRow) string { return fmt.Sprint(r.number) })
	list.Name = l.name
	list.OnShortcut = f.shortcut
	list.OnCopied = f.sayCopied
	text := strings.Join(l.lines, "\r\n") + "\r\n"
	copyAll := ui.NewIconButton("すべてコピー", theme.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		f.sayCopied(len(l.lines))
	})
	save := ui.NewIconButton("テキストに保存", theme.DocumentSaveIcon(), func() { f.saveText(l.name+".txt", text) })
	closing := func() { f.Show(f.screens[f.current].ID()) }
	back := ui.NewButton("閉じる", closing)
	list.OnEscape, back.OnEscape = closing, closing
	head := ui.NewFlow(ui.GapField, 0,
		ui.NewParagraph(l.title, ui.Style{Bold: true, Color: l.color}),
		ui.NewBar(ui.FieldHeight, ui.Fixed(copyAll, 0), ui.Fixed(save, 0), ui.Spring(), ui.Fixed(back, 0)),
	)
	foot := ui.NewPanel(ui.NewFlow(0, 0, selected), ui.Paper, l.color)
	content := ui.NewBetween(head, list, foot)
	list.OnSelected = func(r issueRow) { selected.SetText(r.line); content.Refresh() }
	list.SetRows(issueRows(l.lines))
	f.setBody(content)
	f.window.Canvas().Focus(list)
}

func (f *Frame) sayCopied(rows int) {
	f.say(ui.Done, fmt.Sprintf("%s件をコピーしました。Excelなどに貼り付けられます", ui.Thousands(rows)))
}

// saveLines asks where and writes lines to a text file.
func (f *Frame) saveLines(name string, lines []string) {
	f.saveText(name, strings.Join(lines, "\r\n")+"\r\n")
}

// saveText asks where and writes a text file that the desktop's editors read:
// UTF-8 with a byte order mark.
func (f *Frame) saveText(name, text string) {
	f.pickSave("テキストに保存", name, textFiles, func(path string) {
		f.runJob("テキストの保存", func(context.Context, Progress) error {
			if err := files.WriteText(path, text); err != nil {
				return models.Wrap(err, models.Unavailable, "「%s」に書き込めません。別の場所を選んでください", filepath.Base(path))
			}
			return nil
		}, func(err error) {
			if err == nil {
				page.Written(shell{f}, path)
			}
		})
	})
}
