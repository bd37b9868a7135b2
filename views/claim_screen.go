package views

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// claimScreen is the page 算定: the sessions of a month with their verdicts.
type claimScreen struct {
	f *Frame

	months []models.Month // with sessions, newest first
	month  models.Month
	rows   []ClaimRow // of the month
	loads  latest
	loaded bool

	monthBox *ui.Select
	wardBox  *ui.Select
	resBox   *ui.Select
	search   *ui.SearchBox
	list     *ui.Register[ClaimRow]
	detail   *ui.Page
	split    *ui.MasterDetail
	totals   *ui.Caption
	shownSum *ui.Caption
	content  *fyne.Container
	first    *ui.EmptyState
	page     fyne.CanvasObject
	export   *ui.Button
	read     *ui.Button
	query    string
}

func newClaimScreen(f *Frame) *claimScreen {
	s := &claimScreen{f: f}
	s.export = ui.NewPrimaryButton("Excelに書き出す", theme.DocumentSaveIcon(), func() { f.exportMonth(s.month) })
	s.export.Disable()
	s.read = ui.NewIconButton("台帳を読み込む", theme.FolderOpenIcon(), func() { f.importMenu(s.read) })
	return s
}

func (s *claimScreen) ID() string            { return "claims" }
func (s *claimScreen) Title() string         { return "算定" }
func (s *claimScreen) Icon() fyne.Resource   { return theme.ListIcon() }
func (s *claimScreen) Actions() []*ui.Button { return []*ui.Button{s.read, s.export} }
func (s *claimScreen) Changed()              { s.load() }

func (s *claimScreen) Enable(idle bool) {
	s.read.SetEnabled(idle)
	s.export.SetEnabled(idle && len(s.rows) > 0)
}

func (s *claimScreen) Shown() {
	if !s.loaded {
		s.load()
	}
	s.f.window.Canvas().Focus(s.list)
}

func (s *claimScreen) Find() { s.f.window.Canvas().Focus(s.search) }

func (s *claimScreen) Build() fyne.CanvasObject {
	s.monthBox = ui.NewSelect(func(value string) { s.goTo(monthOf(value)) })
	s.wardBox = ui.NewSelect(func(ward string) { s.f.settings.Ward = ward; s.filtered() })
	s.resBox = ui.NewSelect(func(result string) { s.f.settings.Result = result; s.filtered() })
	s.resBox.SetChoices(resultChoices(), s.f.settings.Result)
	s.search = ui.NewSearchBox("患者・相手・病棟をさがす（Ctrl+F）", s.f.p.Worker.After, func(text string) { s.query = text; s.apply() })
	s.search.OnShortcut = s.f.shortcut
	bar := ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.NewIconButton("", theme.NavigateBackIcon(), func() { s.goTo(s.month.Add(-1)) }), 32),
		ui.Fixed(ui.Framed(s.monthBox), 136),
		ui.Fixed(ui.NewIconButton("", theme.NavigateNextIcon(), func() { s.goTo(s.month.Add(1)) }), 32),
		ui.Fixed(ui.Framed(s.wardBox), 150), ui.Fixed(ui.Framed(s.resBox), 150), ui.Item{Object: s.search, Width: 120, Grow: 1, Max: 360})

	s.list = ui.NewRegister(claimColumns, func(r ClaimRow) string { return r.Number })
	s.list.Name = "算定する共同指導"
	s.list.OnShortcut = s.f.shortcut
	s.list.OnSelected = s.describe
	s.list.OnOpened = func(ClaimRow) { s.split.Open() }
	s.list.OnCopied = s.f.sayCopied
	s.list.OnSorted = func(id string, down bool) {
		s.f.settings.SortBy, s.f.settings.SortDown = id, down
		s.f.saveSettings()
	}
	s.list.Sort(s.f.settings.SortBy, s.f.settings.SortDown)
	s.detail = ui.NewPage()
	s.split = ui.NewMasterDetail(s.list, s.detail, 0.46)

	s.totals = ui.NewCaption("", ui.Strong)
	s.shownSum = ui.NewRightCaption("", ui.Quiet)
	foot := ui.NewBar(ui.StatusHeight+ui.GapCell, ui.Growing(s.totals, 320), ui.Fixed(s.shownSum, 0))
	s.content = container.NewBorder(bar, foot, nil, nil, s.split)
	s.first = ui.NewEmptyState("まだ何も登録されていません",
		"いま使っている台帳（Excelの台帳ブック、またはCSVのフォルダ）を読み込むと、"+
			"月ごとの共同指導が指導料1・2のどちらになるか、理由と根拠つきで並びます。"+
			"まず様子を見たいときは、架空の病院で試せます。",
		ui.NewPrimaryButton("台帳を読み込む", theme.FolderOpenIcon(), s.f.chooseLedgerBook),
		ui.NewButton("CSVのフォルダを読み込む", s.f.chooseLedgerFolder),
		ui.NewButton("見本の病院で試す", s.f.loadSample))
	s.first.Hide()
	paper := canvas.NewRectangle(ui.Ground)
	s.page = container.NewStack(paper, s.content, s.first)
	return s.page
}

func monthValue(m models.Month) string { return strconv.Itoa(int(m)) }

func monthOf(value string) models.Month {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0 // no month has an empty choice
	}
	return models.Month(n)
}

func resultChoices() []ui.Choice {
	choices := []ui.Choice{{Label: "すべての判定"}, {Value: filterAction, Label: "要対応のみ"}}
	for _, r := range fee.Results {
		choices = append(choices, ui.Choice{Value: string(r), Label: string(r)})
	}
	return choices
}

// load asks for the months and then for the sessions of the one to show: the
// month shown or remembered, else the newest that has sessions, else this one.
func (s *claimScreen) load() {
	s.loaded = true
	ctx, newest := s.loads.next(s.f.ctx)
	wanted := s.month
	if wanted.IsZero() {
		wanted = s.f.settings.Month
	}
	today := s.f.today().Month()
	var months []models.Month
	var rows []ClaimRow
	s.f.p.Worker.Do(ctx, func(ctx context.Context) (err error) {
		if months, err = s.f.p.Desk.Months(ctx); err != nil {
			return err
		}
		wanted = chooseMonth(wanted, months, today)
		rows, err = s.fetch(ctx, wanted)
		return err
	}, func(err error) {
		if newest() {
			s.received(err, months, wanted, rows)
		}
	})
}

// chooseMonth keeps a wanted month that has sessions.
func chooseMonth(wanted models.Month, months []models.Month, today models.Month) models.Month {
	if !wanted.IsZero() && slices.Contains(months, wanted) {
		return wanted
	}
	if len(months) > 0 {
		return months[0]
	}
	return today
}

func (s *claimScreen) fetch(ctx context.Context, month models.Month) ([]ClaimRow, error) {
	verdicts, err := s.f.p.Desk.MonthVerdicts(ctx, month)
	return ClaimRows(verdicts), err
}

// goTo shows another month.
func (s *claimScreen) goTo(month models.Month) {
	if month == s.month {
		return
	}
	ctx, newest := s.loads.next(s.f.ctx)
	months := s.months
	var rows []ClaimRow
	s.f.p.Worker.Do(ctx, func(ctx context.Context) (err error) {
		rows, err = s.fetch(ctx, month)
		return err
	}, func(err error) {
		if newest() {
			s.received(err, months, month, rows)
		}
	})
}

// received takes the answer of load and goTo.
func (s *claimScreen) received(err error, months []models.Month, month models.Month, rows []ClaimRow) {
	if err != nil {
		s.showMonths()
		if !canceled(err) {
			s.f.showError("算定の表示", err)
		}
		return
	}
	s.months, s.month, s.rows = months, month, rows
	if len(months) == 0 {
		s.month = 0 // once there are records, their newest month is shown
	} else {
		s.f.settings.Month = month
		s.f.saveSettings()
	}
	setShown(s.first, len(months) == 0)
	setShown(s.content, len(months) > 0)
	s.f.refreshActions()
	s.showMonths()
	s.showWards()
	s.apply()
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// showMonths offers the months that have sessions and the one shown.
func (s *claimScreen) showMonths() {
	months := slices.Clone(s.months)
	if !slices.Contains(months, s.month) && !s.month.IsZero() {
		months = append(months, s.month)
		slices.Sort(months)
		slices.Reverse(months)
	}
	choices := make([]ui.Choice, len(months))
	for i, m := range months {
		choices[i] = ui.Choice{Value: monthValue(m), Label: words.Month(m)}
	}
	s.monthBox.SetChoices(choices, monthValue(s.month))
}

// showWards offers the wards of the month; a chosen ward that has no session
// this month stays among them, so that the next month finds it again.
func (s *claimScreen) showWards() {
	choices := []ui.Choice{{Label: "すべての病棟"}}
	wards := ClaimWards(s.rows)
	if w := s.f.settings.Ward; w != "" && !slices.Contains(wards, w) {
		wards = append(wards, w)
	}
	for _, w := range wards {
		choices = append(choices, ui.Choice{Value: w, Label: w})
	}
	s.wardBox.SetChoices(choices, s.f.settings.Ward)
}

// filtered is called when the person chose another filter.
func (s *claimScreen) filtered() {
	s.f.saveSettings()
	s.apply()
}

// apply shows the rows the filters choose.
func (s *claimScreen) apply() {
	filter := ClaimFilter{Ward: s.f.settings.Ward, Result: s.f.settings.Result, Query: s.query}
	rows := FilterClaims(s.rows, filter)
	if len(s.rows) == 0 {
		s.list.SetEmpty(words.Month(s.month)+"の共同指導はありません",
			"上の矢印で前の月・次の月へ移れます。記録があるはずのときは、その月を含む台帳を読み込んでください。")
	} else {
		s.list.SetEmpty("条件に合う共同指導はありません", "病棟・判定・さがす言葉のどれかをゆるめてください。",
			ui.NewButton("絞り込みをやめる", s.clearFilters))
	}
	s.list.SetRows(rows)
	if len(rows) == 0 {
		s.split.Close()
		s.detail.Set(ui.NewParagraph("左の一覧で選んだ共同指導の判定が、ここに出ます。", ui.Quiet))
	}
	all := TotalClaims(s.rows)
	s.totals.SetText(all.String())
	s.shownSum.SetText(shownWords(TotalClaims(rows), all))
}

func (s *claimScreen) clearFilters() {
	s.query = ""
	s.search.SetQuery("")
	s.f.settings.Ward, s.f.settings.Result = "", ""
	s.resBox.SetChoices(resultChoices(), "")
	s.showWards()
	s.filtered()
	s.f.window.Canvas().Focus(s.list)
}

// describe shows the verdict of the selected row.
func (s *claimScreen) describe(row ClaimRow) {
	detail := verdict.Describe(row.Verdict, s.f.today())
	s.detail.Set(verdict.Panel(detail, func() {
		s.f.say(ui.Done, "判定と根拠をコピーしました。記録などに貼り付けられます")
	})...)
}
