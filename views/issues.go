package views

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/files"
	"renkei/models"
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

// showIssues puts the list of everything wrong with a ledger in the place of
// the page: all of it, to be copied or saved, until it is closed.
func (f *Frame) showIssues(title string, lines []string) {
	selected := ui.NewParagraph("", ui.Plain)
	list := ui.NewRegister(issueColumns, func(r issueRow) string { return fmt.Sprint(r.number) })
	list.Name = "台帳の誤り"
	list.OnShortcut = f.shortcut
	list.OnSelected = func(r issueRow) { selected.SetText(r.line) }
	list.OnCopied = f.sayCopied
	list.SetRows(issueRows(lines))
	text := strings.Join(lines, "\r\n") + "\r\n"
	copyAll := ui.NewIconButton("すべてコピー", theme.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		f.sayCopied(len(lines))
	})
	save := ui.NewIconButton("テキストに保存", theme.DocumentSaveIcon(), func() { f.saveText("台帳の誤り.txt", text) })
	back := ui.NewButton("閉じる", func() { f.Show(f.screens[f.current].ID()) })
	head := ui.NewFlow(ui.GapField, 0,
		ui.NewParagraph(title, ui.Style{Bold: true, Color: ui.Bad}),
		ui.NewBar(ui.FieldHeight, ui.Fixed(copyAll, 0), ui.Fixed(save, 0), ui.Spring(), ui.Fixed(back, 0)),
	)
	foot := ui.NewPanel(ui.NewFlow(0, 0, selected), ui.Paper, ui.Bad)
	f.setBody(container.New(issueLayout{head, list, foot}, head, list, foot))
	f.window.Canvas().Focus(list)
}

func (f *Frame) sayCopied(rows int) {
	f.say(ui.Done, fmt.Sprintf("%s件をコピーしました。Excelなどに貼り付けられます", ui.Thousands(rows)))
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

// issueLayout puts the list between head and foot, whose heights follow from
// their words.
type issueLayout struct {
	head ui.Block
	list fyne.CanvasObject
	foot ui.Block
}

// MinSize is called by the toolkit.
func (l issueLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, 240)
}

// Layout is called by the toolkit.
func (l issueLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	head := l.head.HeightFor(size.Width)
	foot := max(ui.Scaled(64), l.foot.HeightFor(size.Width))
	l.head.Resize(fyne.NewSize(size.Width, head))
	l.head.Move(fyne.NewPos(0, 0))
	l.list.Move(fyne.NewPos(0, head+ui.GapField))
	l.list.Resize(fyne.NewSize(size.Width, size.Height-head-foot-2*ui.GapField))
	l.foot.Move(fyne.NewPos(0, size.Height-foot))
	l.foot.Resize(fyne.NewSize(size.Width, foot))
}
