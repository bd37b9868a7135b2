package papers

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"renkei/app/reporting"
	"renkei/models"
	"renkei/reports"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// asked is what the user asks for, as the fields hold it.
type asked struct {
	Month    string
	AsOf     models.Date
	Span     Span
	From, To models.Date
	Key      string
	Blank    bool
}

// asking is the form for one report and the preview of its contents.
type asking struct {
	asked
	p    *Page
	row  Row
	kind reports.Kind // zero for the set

	what, file *ui.Paragraph
	form       *ui.Form
	fields     *form.Binding
	from, to   *form.Field[*ui.DateField] // nil for a report without a period
	key        *form.Field[*ui.Picker]    // nil for a report without a key
	// The password, twice. nil for a report without patients' names.
	password, again *ui.PasswordField

	searches page.Latest
	finder   *models.Finder // searches the key; nil until built
}

// show shows the form of a row's report on the right.
func (p *Page) show(row Row) {
	if p.ask != nil && p.ask.row.Name == row.Name {
		return
	}
	a := &asking{p: p, row: row}
	a.kind, _ = reports.KindNamed(row.Name)
	a.what, a.file = ui.NewParagraph("", ui.Plain), ui.NewParagraph("", ui.Quiet)
	a.form = ui.NewForm(ui.FormOptions{Save: a.write, SaveWord: "書き出す", After: p.Shell.After})
	a.form.OnShortcut, a.form.OnEdited = p.Shell.Shortcut, a.changed
	a.fields = form.Bind(a.form, form.Env{Today: p.Shell.Today, After: p.Shell.After}, &a.asked, append(a.when(), a.which()...)...)
	a.addPassword()
	p.ask = a
	p.right.Objects = []fyne.CanvasObject{ui.NewAbove(a.head(), a.form.Object())}
	p.right.Refresh()
	a.refresh()
	p.keep()
}

// head shows above the form what the report is for and what it will hold.
func (a *asking) head() ui.Block {
	lines := []fyne.CanvasObject{
		ui.NewParagraph(a.row.Title, ui.Heading),
		ui.NewParagraph(a.row.Purpose, ui.Plain),
		ui.NewPanel(ui.NewFlow(2, 0, ui.NewParagraph("入るもの", ui.Style{Bold: true, Color: ui.Accent}), a.what, a.file), ui.AccentSoft, ui.Accent),
	}
	if holdsPatients(a.row.Name) {
		lines = append(lines, ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(
			"患者さんの氏名が入ります。置き場所と送り先に気をつけてください。", ui.Plain)), ui.WarnSoft, ui.Warn))
	}
	return ui.NewFlow(ui.GapField, 0, lines...)
}

// when returns the fields of the month, the date or the period.
func (a *asking) when() []form.Row {
	p := a.p
	switch {
	case a.row.Name == SetName || a.kind.Basis == reports.ByMonth:
		a.Month = p.month.String()
		return []form.Row{form.ChoiceOf(&a.Month, monthChoices(MonthsOf(p.known.Extent, p.Shell.Today()))...).Label("月").Required()}
	case a.kind.Basis == reports.ByDate:
		a.AsOf = p.asOf
		return []form.Row{form.Date(&a.AsOf).Label("いつの時点").Required()}
	}
	a.Span = p.span
	a.setDays(a.Span.Period(p.Shell.Today(), p.own))
	a.from, a.to = form.Date(&a.From).Label("初めの日").Required(), form.Date(&a.To).Label("終わりの日").Required()
	a.fixDays()
	return []form.Row{form.ChoiceOf(&a.Span, spanChoices...).Label("期間").Required().OnChange(a.spanChosen), a.from, a.to}
}

// spanChosen shows the days of the chosen span. With OwnDates they can be
// edited.
func (a *asking) spanChosen() {
	a.fields.Read()
	if a.Span == "" {
		return // the user is still typing
	}
	if a.Span != OwnDates {
		a.setDays(a.Span.Period(a.p.Shell.Today(), a.p.own))
		a.from.Fill()
		a.to.Fill()
	}
	a.fixDays()
}

func (a *asking) setDays(days models.Period) { a.From, a.To = days.From, days.To }

func (a *asking) fixDays() {
	a.from.Fixed(a.Span != OwnDates)
	a.to.Fixed(a.Span != OwnDates)
}

// which returns the fields of the record the report is narrowed to, and of the
// choice of a blank form.
func (a *asking) which() []form.Row {
	var rows []form.Row
	if a.kind.KeyName != "" {
		a.key = form.Picked(&a.Key, form.Finder{
			Hint: a.kind.KeyName + "をさがす", Find: people.Find(func() *models.Finder { return a.finder }),
			Pick: func(code string) ui.Pick { e, _ := a.entry(code); return people.Pick(e) },
			Code: func(pick ui.Pick) string { _, code := people.Split(pick.Key); return code },
		}).Label(a.kind.KeyName).Hint("1件に絞るときだけ選びます。空欄なら全部です")
		rows = append(rows, a.key)
	}
	if a.kind.HasBlank {
		rows = append(rows, form.Check(&a.Blank, "手で書き込む用紙にする").Label("用紙"))
	}
	return rows
}

// changed keeps the valid values, for this report and the next.
func (a *asking) changed() {
	p := a.p
	a.fields.Read()
	var month models.Month
	switch {
	case month.Scan(a.Month) == nil && !month.IsZero():
		p.month = month
	case !a.AsOf.IsZero():
		p.asOf = a.AsOf
	case a.Span != "":
		p.span = a.Span
		if p.span == OwnDates {
			p.own = models.Period{From: a.From, To: a.To}
		}
		p.keep()
	}
	a.recount()
}

// choice returns what the user asked for.
func (a *asking) choice() reports.Choice {
	p := a.p
	c := reports.Choice{Month: p.month, Period: p.span.Period(p.Shell.Today(), p.own), Key: a.Key, Blank: a.Blank}
	if a.kind.Basis == reports.ByDate {
		c.AsOf = p.asOf // other reports use today, whatever day was chosen before
	}
	if a.password != nil {
		c.Password = a.password.Text()
	}
	return c
}

// request is the choice over the frame of the register.
func (a *asking) request() reports.Request {
	return reporting.OverFrame(a.p.known.Judged, a.p.Shell.Today(), a.choice())
}

// refresh rebuilds the search of the key from the current register, and counts
// again.
func (a *asking) refresh() {
	if a.key != nil {
		known, today := a.p.known, a.p.Shell.Today()
		page.Ask(a.p.Shell, &a.searches, "さがす準備", func(context.Context) (*models.Finder, error) {
			return models.NewFinder(EntriesOf(known, a.kind.KeyName, today)), nil
		}, func(finder *models.Finder) { a.finder = finder })
	}
	a.recount()
}

// recount works out in the worker what the report will hold.
func (a *asking) recount() {
	r, desk, name := a.request(), a.p.desk, a.row.Name
	type written struct{ what, file string }
	page.Ask(a.p.Shell, &a.p.counts, "件数の表示", func(ctx context.Context) (written, error) {
		what, file, err := contents(ctx, desk, name, r)
		return written{what, file}, err
	}, func(w written) {
		a.what.SetText(w.what)
		a.file.SetText("ファイル名　" + w.file)
		if a.row.Name == SetName {
			a.file.SetText("フォルダ名　" + w.file)
		}
		a.p.right.Refresh()
	})
}

// entry finds a record by its key.
func (a *asking) entry(record string) (models.FindEntry, bool) {
	for _, e := range EntriesOf(a.p.known, a.kind.KeyName, a.p.Shell.Today()) {
		if _, code := people.Split(e.Key); code == record {
			return e, true
		}
	}
	return models.FindEntry{}, false
}

// choose selects the record of a key.
func (a *asking) choose(record string) {
	if record == "" || a.key == nil {
		return
	}
	if _, ok := a.entry(record); !ok {
		a.p.Shell.Say(ui.Attention, a.kind.KeyName+"『"+record+"』は見つかりません。さがして選んでください")
		return
	}
	a.Key = record
	a.key.Fill()
	a.recount()
}

// write asks for the file, writes it, and opens it.
func (a *asking) write() {
	problems := a.form.Faults()
	r := a.request()
	if a.Span != "" && r.Period.Reversed() {
		problems = append(problems, models.Problem{Field: "終わりの日", Message: "初めの日より前です。日付を直してください"})
	}
	problems = append(problems, a.passwordProblems()...)
	a.form.Show(problems)
	if len(problems) > 0 {
		return
	}
	if err := a.kind.Check(r); a.row.Name != SetName && err != nil {
		a.p.Shell.Say(ui.Attention, models.ErrorMessage(err))
		return
	}
	if a.row.Name == SetName {
		a.writeSet(r)
		return
	}
	p, kind, choice, today := a.p, a.kind, a.choice(), a.p.Shell.Today()
	p.Shell.ChooseSave(kind.Title+"を書き出す", kind.FileName(r), func(path string) {
		p.Shell.Job(kind.Title+"の書き出し", func(ctx context.Context, progress page.Progress) error {
			progress("集計", 0, 0)
			return reporting.Write(ctx, p.desk, kind, path, today, choice)
		}, func(err error) {
			if err == nil {
				a.forgetPassword()
				page.Written(p.Shell, path)
			}
		})
	})
}

// writeSet writes every report of the month into a new folder.
func (a *asking) writeSet(r reports.Request) {
	p, choice, today := a.p, a.choice(), a.p.Shell.Today()
	p.Shell.ChooseSave("帳票一式を入れるフォルダの名前", SetFolder(r), func(folder string) {
		var files []string
		p.Shell.Job("帳票一式の書き出し", func(ctx context.Context, progress page.Progress) error {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return models.Wrap(err, models.Unavailable, "フォルダ「%s」を作れません。書き込める場所を選んでください", folder)
			}
			fresh, err := reporting.Request(ctx, p.desk, today, choice)
			if err != nil {
				return err
			}
			files, err = reports.WriteSet(ctx, folder, fresh, reporting.Gather(p.desk), progress)
			return err
		}, func(err error) {
			if err != nil {
				return
			}
			a.forgetPassword()
			p.Shell.Say(ui.Done, "帳票 "+strconv.Itoa(len(files))+"件を『"+filepath.Base(folder)+"』に書き出しました（"+filepath.Dir(folder)+"）",
				ui.NewButton("フォルダを開く", func() { p.Shell.OpenFile(folder) }))
			p.Shell.OpenFile(folder)
		})
	})
}
