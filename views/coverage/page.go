package coverage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/app/reporting"
	"renkei/models"
	"renkei/models/liaison"
	"renkei/reports"
	"renkei/views/page"
	"renkei/views/ui"
)

// ID is the page's name for GoTo. The part of a section is the key of the value
// whose rows are shown: 「fee2」, 「loss:11d」.
const ID = "coverage"

// Desk is what the page asks of the use cases.
type Desk interface{ reporting.Desk }

// remember is the key of what the page remembers.
const remember = "coverage.choice"

// kept is what the user chose last.
type kept struct {
	Choice
	Section  string       `json:"section,omitempty"`
	List     ui.ListState `json:"list"`
	Arranged arrangement  `json:"arranged,omitempty"`
}

// mostDone is how many sections are kept: each keeps its part of the register.
const mostDone = 12

// view names a section computed for a scope.
type view struct {
	section string
	scope   liaison.Scope
}

// Page is the page 連携の状況.
type Page struct {
	page.Identity
	page.Reader

	desk    Desk
	details page.Latest
	asked   page.Latest // of the report
	kept    kept
	done    map[view]*Section // at most mostDone, since something they show changed
	now     *Section          // shown
	detail  string            // key of the value whose rows are shown, "" for the figures

	list   *ui.List[string]
	period *ui.Select
	ward   *ui.Select
	area   *ui.Select
	asOf   *ui.DateField
	said   *ui.Caption
	right  *fyne.Container
	board  *board
	rows   *drill
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "連携の状況", Sign: theme.VisibilityIcon()}, desk: desk, done: make(map[view]*Section)}
	p.Reader = page.Reader{Shell: shell, Reads: "連携の状況の表示", Load: p.load, Of: page.BehindVerdicts}
	p.Buttons = []*ui.Button{ui.NewIconButton("連携状況報告", theme.DocumentPrintIcon(), p.writeReport)}
	return p
}

// writeReport writes 連携状況報告 for the chosen period, ward, area and day.
func (p *Page) writeReport() {
	kind, ok := reports.KindNamed("coverage")
	if !ok {
		return
	}
	scope, today := p.kept.Scope(p.Shell.Today()), p.Shell.Today()
	choice := reports.Choice{Period: scope.Within(), AsOf: scope.AsOf, Ward: scope.Ward, Area: scope.Area}
	asked := func(ctx context.Context) (reports.Request, error) {
		return reporting.Request(ctx, p.desk, today, choice)
	}
	page.Ask(p.Shell, &p.asked, kind.Title+"の準備", asked, func(r reports.Request) {
		p.Shell.ChooseSave(kind.Title+"を書き出す", kind.FileName(r), func(path string) {
			p.Shell.Job(kind.Title+"の書き出し", func(ctx context.Context, progress page.Progress) error {
				progress("集計", 0, 0)
				return reporting.Write(ctx, p.desk, kind, path, today, choice)
			}, func(err error) {
				if err == nil {
					page.Written(p.Shell, path)
				}
			})
		})
	})
}

// Enable does nothing: the window refuses a second job.
func (p *Page) Enable(bool) {}

// Find goes to さがす: the page has no search box of its own.
func (p *Page) Find() { p.Shell.GoTo(page.ToPage("search")) }

// Place is the section, and the value whose rows are shown.
func (p *Page) Place() page.Target { return page.ToSection(ID, p.kept.Section, p.detail) }

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	p.kept = page.Recall(p.Shell, remember, kept{Choice: Choice{Span: ThisYear}})
	p.kept.Section = cmp.Or(p.kept.Section, sections[0].id)
	p.board = newBoard(p.Shell, p.follow)
	p.board.arranged = p.kept.Arranged
	p.board.onArranged = func(a arrangement) {
		p.kept.Arranged = a
		p.keep()
	}
	p.rows = newDrill(p.Shell, p.kept.List, p.keep, p.back)
	p.right = container.NewStack(p.board.page, p.rows.object)
	p.rows.object.Hide()
	side := p.buildSide()
	return container.NewStack(canvas.NewRectangle(ui.Ground), ui.NewSide(sideWidth, ui.GapGroup, side, p.right))
}

// buildSide makes the list of sections and the choices they share.
func (p *Page) buildSide() fyne.CanvasObject {
	ids := make([]string, len(sections))
	titles := make(map[string]string)
	for i, s := range sections {
		ids[i], titles[s.id] = s.id, s.title
	}
	order := func(id string) int { return slices.Index(ids, id) }
	p.list = page.NewList(p.Shell, "連携の状況", []ui.Column[string]{{
		ID: "title", Title: "見るもの", Width: 150, Grow: 1, Text: func(id string) string { return titles[id] },
		Less: func(a, b string) bool { return order(a) < order(b) },
	}}, func(id string) string { return id }, ui.ListState{}, nil)
	p.list.NoHeader = true
	p.list.SetRows(ids)
	p.list.SelectKey(p.kept.Section)
	p.list.OnSelected = func(id string) { p.turn(id) }
	p.list.OnOpened = func(string) { p.board.focusFirst() }
	choose := func(to *string) *ui.Select {
		return ui.NewSelect(func(value string) { *to = value; p.choose() })
	}
	p.period, p.ward, p.area = choose(&p.kept.Span), choose(&p.kept.Ward), choose(&p.kept.Area)
	p.asOf = ui.NewDateField(p.Shell.Today)
	p.asOf.OnChange(func() {
		switch day := p.asOf.Date(); {
		case p.asOf.Fault() != "" || day == p.kept.AsOf:
		default:
			p.kept.AsOf = day
			p.choose()
		}
	})
	p.said = ui.NewCaption("", ui.Quiet)
	label := func(word string) fyne.CanvasObject { return ui.NewCaption(word, ui.Quiet) }
	list := ui.Arrange(func(in ui.Room) fyne.Size {
		in.Fill(p.list)
		return fyne.NewSize(120, ui.Scaled(float32(len(sections))*ui.RowHeight+3))
	}, p.list)
	top := ui.NewFlow(ui.GapCell, 0,
		list, label("期間"), ui.Framed(p.period), label("病棟"), ui.Framed(p.ward), label("地域（市区町村）"), ui.Framed(p.area),
		p.said, label("基準日（空欄は今日）"))
	return container.NewBorder(top, nil, nil, nil, p.asOf)
}

// Shown reads the register again: the day may have changed.
func (p *Page) Shown() {
	p.Reload()
	if p.detail == "" {
		p.Shell.Canvas().Focus(p.list)
	}
}

// Changed drops the sections computed if the change is of something they show.
func (p *Page) Changed(feed app.Feed) {
	if feed.Touches(p.Of...) {
		clear(p.done)
	}
	p.Reader.Changed(feed)
}

// load computes the section unless it is known.
func (p *Page) load() page.Read {
	want, span := view{p.kept.Section, p.kept.Scope(p.Shell.Today())}, p.kept.Choice
	ready := p.done[want]
	type answer struct {
		frame   *app.Judged
		section *Section
	}
	return page.Reading(func(ctx context.Context) (answer, error) {
		frame, err := p.desk.Judged(ctx, models.Part{})
		if err != nil || ready != nil {
			return answer{frame, ready}, err
		}
		judged, err := p.desk.Judged(ctx, PartOf(want.section, want.scope, frame.Facts.Params))
		if err != nil {
			return answer{}, err
		}
		section, err := Build(ctx, want.section, judged, want.scope)
		return answer{frame, section}, err
	}, func(a answer) {
		if len(p.done) == mostDone {
			clear(p.done)
		}
		p.done[want] = a.section
		book := a.frame.Facts.Book
		spans, wards, areas := Spans(want.scope.AsOf, a.frame.Extent.First), Wards(book), Areas(book)
		if p.mend(spans, wards, areas) {
			return // the mended choice is being read
		}
		p.period.SetChoices(spans, span.Span)
		p.ward.SetChoices(wards, span.Ward)
		p.area.SetChoices(areas, span.Area)
		within := want.scope.Within()
		said := within.From.String() + "〜" + within.To.String()
		if want.scope.AsOf > p.Shell.Today() {
			said += "（見込）"
		}
		p.said.SetText(said)
		p.show(a.section)
	})
}

// mend replaces choices that are no longer offered, says so, and reads again. It
// reports whether it did.
func (p *Page) mend(spans, wards, areas []ui.Choice) bool {
	var gone []string
	for _, c := range []struct {
		what    string
		chosen  *string
		offered []ui.Choice
	}{{"期間", &p.kept.Span, spans}, {"病棟", &p.kept.Ward, wards}, {"地域", &p.kept.Area, areas}} {
		if !slices.ContainsFunc(c.offered, func(o ui.Choice) bool { return o.Value == *c.chosen }) {
			*c.chosen = c.offered[0].Value
			gone = append(gone, c.what+"は「"+c.offered[0].Label+"」")
		}
	}
	if len(gone) == 0 {
		return false
	}
	p.Shell.Say(ui.Attention, "前に選んだものが、いまの登録と基準日にはありません。"+strings.Join(gone, "、")+"にしました")
	p.keep()
	p.Reload()
	return true
}

// turn shows another section.
func (p *Page) turn(id string) {
	if p.kept.Section == id {
		return
	}
	p.kept.Section = id
	p.choose()
}

// choose keeps the choice and shows its figures.
func (p *Page) choose() {
	p.leaveRows()
	p.keep()
	p.Reload()
}

func (p *Page) keep() {
	p.kept.List = p.rows.list.State()
	page.Keep(p.Shell, remember, p.kept)
}

// show puts a section on the page unless it is shown already.
func (p *Page) show(s *Section) {
	if p.now != s {
		p.now = s
		p.board.set(s, p.Shell.Today())
	}
	if p.detail != "" {
		p.follow(p.detail)
	}
}

// follow shows the rows behind a value, or opens the page it leads to.
func (p *Page) follow(key string) {
	detail, ok := p.now.Details[key]
	switch {
	case !ok:
		p.leaveRows() // the value is gone
		return
	case !detail.To.IsZero():
		p.detail = ""
		p.Shell.GoTo(detail.To)
		return
	}
	p.detail = key
	page.Ask(p.Shell, &p.details, "内訳の表示", func(context.Context) ([]Row, error) { return detail.Rows(), nil }, func(rows []Row) {
		if p.detail != key {
			return
		}
		p.rows.set(detail.Title, rows)
		p.board.page.Hide()
		p.rows.object.Show()
		p.Shell.Canvas().Focus(p.rows.list)
	})
}

// leaveRows shows the figures again.
func (p *Page) leaveRows() {
	p.detail = ""
	p.rows.object.Hide()
	p.board.page.Show()
}

// back goes from the rows to the value they belong to.
func (p *Page) back() {
	p.leaveRows()
	p.board.focusLast()
}

// Open shows a section, and the rows of a value.
func (p *Page) Open(to page.Target) {
	id := to.Key
	if !slices.Contains(p.list.Rows(), id) {
		p.Shell.Say(ui.Attention, "『"+id+"』という見出しはありません。左の一覧から選んでください")
		return
	}
	p.leaveRows()
	p.detail = to.Field
	p.kept.Section = id
	p.list.SelectKey(id)
	p.keep()
	p.Reload()
}
