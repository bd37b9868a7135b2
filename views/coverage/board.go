package coverage

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"renkei/models"
	"renkei/views/charts"
	"renkei/views/page"
	"renkei/views/ui"
)

// board shows the blocks of a section.
type board struct {
	shell  page.Shell
	follow func(key string)
	page   *ui.Detail
	views  []*charts.View
	last   fyne.Focusable // what opened the rows

	arranged   arrangement
	onArranged func(arrangement)
	areaMap    *areaMap // nil if it is not shown
}

func newBoard(shell page.Shell, follow func(string)) *board {
	return &board{shell: shell, follow: follow, page: ui.NewDetail()}
}

// set replaces the blocks. For another day than today it says so above them.
func (b *board) set(s *Section, today models.Date) {
	b.views, b.last, b.areaMap = nil, nil, nil
	blocks := make([]fyne.CanvasObject, len(s.Blocks))
	for i := range s.Blocks {
		blocks[i] = b.block(s, &s.Blocks[i])
	}
	columns := newColumns(blocks)
	say := func(words string) {
		b.page.Set(ui.NewPanel(ui.NewParagraph(s.AsOf.String()+words, ui.Strong), ui.AccentSoft, ui.Accent), columns)
	}
	switch {
	case s.AsOf < today:
		say(" の時点の数です。判定は今の登録によります。")
	case s.AsOf > today:
		say(" の時点の見込です。今ある記録だけで、その日まで何も増えないときの数です。")
	default:
		b.page.Set(columns)
	}
}

func (b *board) block(s *Section, block *Block) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if block.Title != "" {
		parts = append(parts, ui.NewCaption(block.Title, ui.Style{Bold: true, Size: ui.SubHeadingSize}))
	}
	if len(block.Facts) > 0 {
		facts := make([]fyne.CanvasObject, len(block.Facts))
		for i, f := range block.Facts {
			facts[i] = b.fact(f, !s.Details[f.Key].To.IsZero())
		}
		parts = append(parts, ui.NewFlow(ui.GapCell, 0, facts...))
	}
	if block.Chart != nil {
		v := b.chart(block)
		parts = append(parts, v, b.tools(v, block.Places))
	}
	parts = append(parts, ui.NewParagraph("数え方: "+block.Note, ui.Quiet))
	return ui.NewFlow(ui.GapField, 0, parts...)
}

func (b *board) chart(block *Block) *charts.View {
	c := *block.Chart
	if block.Places != nil {
		c.Cells = b.arranged.cells(block.Places)
	}
	v := charts.NewView(c)
	v.SetTable(block.AsTable)
	v.OnShortcut = b.shell.Shortcut
	v.OnOpened = func(d charts.Datum) {
		b.last = v
		b.follow(d.Key)
	}
	v.OnSave = func() { b.save(v) }
	v.OnResized = func() { b.page.Refit() }
	v.OnFocused = func() { b.page.Reveal(v) }
	b.views = append(b.views, v)
	return v
}

// tools are the buttons of a chart. Keys do the same.
func (b *board) tools(v *charts.View, places []string) fyne.CanvasObject {
	table := ui.NewButton("図と表を切り替える", func() { v.SetTable(!v.InTable()) })
	image := ui.NewButton("画像に書き出す", func() { b.save(v) })
	buttons := []*ui.Button{table, image}
	if places != nil {
		buttons = append([]*ui.Button{b.arrangeable(v, places)}, buttons...)
	}
	items := []ui.Item{ui.Spring()}
	for _, button := range buttons {
		button.Importance = widget.LowImportance
		items = append(items, ui.Fixed(button, 0))
	}
	bar := ui.NewBar(ui.FieldHeight, items...)
	if places != nil {
		b.areaMap.tools = bar
		b.areaMap.showBack(b.arranged)
	}
	return bar
}

// fact is a line: name, value, badge, and a button that opens its rows or another
// page.
func (b *board) fact(f Fact, elsewhere bool) fyne.CanvasObject {
	items := []ui.Item{ui.Fixed(ui.NewCaption(f.Name, ui.Quiet), 190), ui.Growing(ui.NewCaption(f.Value, ui.Strong), 80)}
	if f.State.Word != "" {
		value := ui.NewCaption(f.Value, ui.Strong)
		items = []ui.Item{items[0], ui.Fixed(value, 0), ui.Fixed(ui.NewBadge(f.State), 0), ui.Spring()}
	}
	if f.Key != "" {
		word := "内訳"
		if elsewhere {
			word = "開く"
		}
		var more *ui.Button
		more = ui.NewButton(word, func() {
			b.last = more
			b.follow(f.Key)
		})
		items = append(items, ui.Fixed(more, 0))
	}
	if f.State.Word == "" && utf8.RuneCountInString(f.Value) > longFact {
		items[1] = ui.Spring()
		return ui.NewFlow(0, 0, ui.NewBar(ui.FieldHeight-4, items...), ui.NewParagraph(f.Value, ui.Strong))
	}
	return ui.NewBar(ui.FieldHeight-4, items...)
}

// longFact is the number of characters above which a fact gets lines of its own
// and is not cut.
const longFact = 40

// save writes the chart, or its table, as an image.
func (b *board) save(v *charts.View) {
	c := v.Chart()
	name := strings.NewReplacer("/", "／", "\\", "＼", ":", "：", "*", "＊", "?", "？", "\"", "”", "<", "＜", ">", "＞", "|", "｜").Replace(c.Title) + ".png"
	b.shell.ChooseSave("図の書き出し", name, func(path string) {
		img := charts.Image(c, v.InTable(), charts.ImageWidth)
		b.shell.Do(func(context.Context) error { return charts.WritePNG(path, img) }, func(err error) {
			if err != nil {
				b.shell.ShowError("図の書き出し", err)
				return
			}
			page.Written(b.shell, path)
		})
	})
}

// focusFirst gives the keyboard to the first chart.
func (b *board) focusFirst() {
	if len(b.views) > 0 {
		b.shell.Canvas().Focus(b.views[0])
	}
}

// focusLast gives the keyboard back to what opened the rows.
func (b *board) focusLast() {
	if b.last == nil {
		b.focusFirst()
		return
	}
	b.shell.Canvas().Focus(b.last)
}

// twoColumns is the least width for two columns of blocks.
const twoColumns = 1180

// newColumns puts blocks into one column, or two if there is room. Each block
// goes into the shorter column.
func newColumns(blocks []fyne.CanvasObject) *ui.Arranged {
	return ui.Arrange(func(in ui.Room) fyne.Size {
		const gap = ui.GapPage
		heights, wide := make([]float32, 1, 2), in.Width
		if in.Width >= ui.Scaled(twoColumns) {
			heights, wide = heights[:2], (in.Width-gap)/2
		}
		for _, o := range blocks {
			at := slices.Index(heights, slices.Min(heights))
			heights[at] += in.Fit(o, float32(at)*(wide+gap), heights[at], wide) + gap
		}
		return fyne.NewSize(ui.Scaled(320), max(0, slices.Max(heights)-gap))
	}, blocks...)
}

// sideWidth is the width of the choices at the standard text size.
const sideWidth = 236

// drill is the list of the rows behind a value.
type drill struct {
	of     string // title of the value whose rows are shown
	title  *ui.Caption
	list   *ui.List[Row]
	object *fyne.Container
}

func newDrill(shell page.Shell, left ui.ListState, keep, back func()) *drill {
	d := &drill{title: ui.NewCaption("", ui.Style{Bold: true, Size: ui.SubHeadingSize})}
	d.list = page.NewList(shell, "内訳", rowColumns, func(r Row) string { return r.ID }, left, keep)
	d.list.OnSorted = func(string, bool) { keep() }
	d.list.OnOpened = func(r Row) { shell.GoTo(r.To) }
	d.list.OnEscape = back
	d.list.Count = ui.CountRows
	d.list.SetEmpty("該当する記録はありません", "Escで図に戻ります。")
	close := ui.NewButton("図に戻る（Esc）", back)
	head := ui.NewBar(ui.TitleHeight-ui.GapField, ui.Growing(d.title, 100), ui.Fixed(close, 0))
	d.object = container.NewBorder(head, nil, nil, nil, d.list)
	return d
}

// set shows the rows in their own order. If the user sorts them, that order stays
// while the same value is shown.
func (d *drill) set(title string, rows []Row) {
	for i := range rows {
		rows[i].At = i + 1
	}
	if d.of != title {
		d.of = title
		d.list.Sort(orderColumn, false)
	}
	d.title.SetText(title + "（Enterで記録を開く）")
	d.list.SetRows(rows)
}

const orderColumn = "at"

var rowColumns = []ui.Column[Row]{
	{ID: orderColumn, Title: "順", Width: 44, Align: fyne.TextAlignTrailing, Text: func(r Row) string { return strconv.Itoa(r.At) }, Less: func(a, b Row) bool { return a.At < b.At }},
	{ID: "on", Title: "日付", Width: 96, Text: func(r Row) string { return r.On.String() }},
	{ID: "who", Title: "だれ・どこ", Width: 190, Grow: 0.4, Text: func(r Row) string { return r.Who }},
	{ID: "what", Title: "相手・種別", Width: 190, Grow: 0.5, Text: func(r Row) string { return r.What }},
	{ID: "state", Title: "状態・理由", Width: 240, Grow: 1, Text: func(r Row) string { return r.State }},
}
