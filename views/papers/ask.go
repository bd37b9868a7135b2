package papers

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/reports"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// asking is the form for one report and the preview of its contents.
type asking struct {
	p    *Page
	row  Row
	kind reports.Kind // zero for the set

	what  *ui.Paragraph
	file  *ui.Paragraph
	form  *ui.Form
	month *ui.ChoiceField
	asOf  *ui.DateField
	span  *ui.ChoiceField
	from  *ui.DateField
	to    *ui.DateField
	key   *ui.Picker
	blank *ui.CheckField
	// The password, twice. nil for a report without patients' names.
	password *ui.PasswordField
	again    *ui.PasswordField

	finder *models.Finder // searches the key; nil until built
}

// show shows the form of a row's report on the right.
func (p *Page) show(row Row) {
	if p.ask != nil && p.ask.row.Name == row.Name {
		return
	}
	a := &asking{p: p, row: row}
	a.kind, _ = reports.KindNamed(row.Name)
	a.what, a.file = ui.NewParagraph("", ui.Plain), ui.NewParagraph("", ui.Quiet)
	a.form = ui.NewForm(ui.FormOptions{Save: a.write, SaveWord: "書き出す", After: p.shell.After})
	a.form.OnShortcut = p.shell.Shortcut
	a.addWhen()
	a.addWhich()
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

// addWhen adds the month, the date or the period.
func (a *asking) addWhen() {
	p := a.p
	switch {
	case a.row.Name == SetName || a.kind.Basis == reports.ByMonth:
		a.month = ui.NewChoiceField(monthChoices(MonthsOf(p.judged, p.shell.Today()))...)
		a.month.SetChoice(p.month.String())
		a.add(ui.FormRow{Label: "月", Required: true, Field: a.month})
	case a.kind.Basis == reports.ByDate:
		a.asOf = ui.NewDateField(p.shell.Today)
		a.asOf.SetDate(p.asOf)
		a.add(ui.FormRow{Label: "いつの時点", Required: true, Field: a.asOf})
	default:
		a.span = ui.NewChoiceField(spanChoices...)
		a.span.SetChoice(string(p.span))
		a.from, a.to = ui.NewDateField(p.shell.Today), ui.NewDateField(p.shell.Today)
		a.add(ui.FormRow{Label: "期間", Required: true, Field: a.span})
		a.add(ui.FormRow{Label: "初めの日", Required: true, Field: a.from})
		a.add(ui.FormRow{Label: "終わりの日", Required: true, Field: a.to})
		a.spanChosen()
		a.span.OnChange(a.spanChosen)
	}
}

// spanChosen shows the days of the chosen span. With OwnDates they can be
// edited.
func (a *asking) spanChosen() {
	span := Span(a.span.Choice())
	period := span.Period(a.p.shell.Today(), a.p.own)
	a.from.SetDate(period.From)
	a.to.SetDate(period.To)
	a.from.SetEnabled(span == OwnDates)
	a.to.SetEnabled(span == OwnDates)
}

// addWhich adds the key that narrows the report to one record, and the choice
// of a blank form.
func (a *asking) addWhich() {
	if a.kind.KeyName != "" {
		a.key = ui.NewPicker(a.kind.KeyName+"をさがす", people.Find(func() *models.Finder { return a.finder }))
		a.key.After = a.p.shell.After
		a.add(ui.FormRow{Label: a.kind.KeyName, Field: a.key, Hint: "1件に絞るときだけ選びます。空欄なら全部です"})
	}
	if a.kind.HasBlank {
		a.blank = ui.NewCheckField("手で書き込む用紙にする")
		a.add(ui.FormRow{Label: "用紙", Field: a.blank})
	}
}

func (a *asking) add(row ui.FormRow) {
	row.Field.OnChange(a.changed)
	a.form.Add(row)
}

// changed keeps the valid values, for this report and the next.
func (a *asking) changed() {
	p := a.p
	var month models.Month
	switch {
	case a.month != nil && month.Scan(a.month.Choice()) == nil && !month.IsZero():
		p.month = month
	case a.asOf != nil && !a.asOf.Date().IsZero():
		p.asOf = a.asOf.Date()
	case a.span != nil && a.span.Choice() != "":
		p.span = Span(a.span.Choice())
		if p.span == OwnDates {
			p.own = models.Period{From: a.from.Date(), To: a.to.Date()}
		}
		p.keep()
	}
	a.recount()
}

// choice returns what the user asked for.
func (a *asking) choice() reports.Choice {
	p := a.p
	c := reports.Choice{Month: p.month, Period: p.span.Period(p.shell.Today(), p.own)}
	if a.asOf != nil {
		c.AsOf = p.asOf // other reports use today, whatever day was chosen before
	}
	if a.key != nil {
		if pick, ok := a.key.Picked(); ok {
			_, c.Key = people.Split(pick.Key)
		}
	}
	c.Blank = a.blank != nil && a.blank.Checked()
	if a.password != nil {
		c.Password = a.password.Text()
	}
	return c
}

func (a *asking) request() reports.Request {
	j := a.p.judged
	return reports.RequestOf(j.Facts, j.Rules, j.Verdicts, a.p.shell.Today(), a.choice())
}

// refresh rebuilds the search of the key from the current register, and counts
// again.
func (a *asking) refresh() {
	if a.key != nil {
		judged, today := a.p.judged, a.p.shell.Today()
		var finder *models.Finder
		a.p.shell.Do(func(context.Context) error {
			finder = models.NewFinder(EntriesOf(judged, a.kind.KeyName, today))
			return nil
		}, func(err error) {
			if err != nil {
				a.p.shell.ShowError("さがす準備", err)
				return
			}
			a.finder = finder
		})
	}
	a.recount()
}

// recount works out in the worker what the report will hold.
func (a *asking) recount() {
	r := a.request()
	type written struct{ what, file string }
	page.Ask(a.p.shell, &a.p.counts, "件数の表示", func(context.Context) (written, error) {
		what, file := contents(a.row.Name, r)
		return written{what, file}, nil
	}, func(w written) {
		a.what.SetText(w.what)
		a.file.SetText("ファイル名　" + w.file)
		if a.row.Name == SetName {
			a.file.SetText("フォルダ名　" + w.file)
		}
		a.p.right.Refresh()
	})
}

// choose selects the record of a key.
func (a *asking) choose(record string) {
	if record == "" || a.key == nil {
		return
	}
	for _, e := range EntriesOf(a.p.judged, a.kind.KeyName, a.p.shell.Today()) {
		if _, code := people.Split(e.Key); code == record {
			a.key.Pick(people.Pick(e))
			a.recount()
			return
		}
	}
	a.p.shell.Say(ui.Attention, a.kind.KeyName+"『"+record+"』は見つかりません。さがして選んでください")
}

// write asks for the file, writes it, and opens it.
func (a *asking) write() {
	problems := a.form.Faults()
	r := a.request()
	if a.span != nil && r.Period.Reversed() {
		problems = append(problems, models.Problem{Field: "終わりの日", Message: "初めの日より前です。日付を直してください"})
	}
	problems = append(problems, a.passwordProblems()...)
	a.form.Show(problems)
	if len(problems) > 0 {
		return
	}
	if err := a.kind.Check(r); a.row.Name != SetName && err != nil {
		a.p.shell.Say(ui.Attention, models.ErrorMessage(err))
		return
	}
	if a.row.Name == SetName {
		a.writeSet(r)
		return
	}
	p, kind, choice, today := a.p, a.kind, a.choice(), a.p.shell.Today()
	p.shell.ChooseSave(kind.Title+"を書き出す", kind.FileName(r), func(path string) {
		p.shell.Job(kind.Title+"の書き出し", func(ctx context.Context, progress page.Progress) error {
			progress("集計", 0, 0)
			fresh, err := Gather(ctx, p.desk, today, choice)
			if err != nil {
				return err
			}
			return kind.Write(ctx, path, fresh)
		}, func(err error) {
			if err == nil {
				a.forgetPassword()
				page.Written(p.shell, path)
			}
		})
	})
}

// writeSet writes every report of the month into a new folder.
func (a *asking) writeSet(r reports.Request) {
	p, choice, today := a.p, a.choice(), a.p.shell.Today()
	p.shell.ChooseSave("帳票一式を入れるフォルダの名前", SetFolder(r), func(folder string) {
		var files []string
		p.shell.Job("帳票一式の書き出し", func(ctx context.Context, progress page.Progress) error {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return models.Wrap(err, models.Unavailable, "フォルダ「%s」を作れません。書き込める場所を選んでください", folder)
			}
			fresh, err := Gather(ctx, p.desk, today, choice)
			if err != nil {
				return err
			}
			files, err = reports.WriteSet(ctx, folder, fresh, progress)
			return err
		}, func(err error) {
			if err != nil {
				return
			}
			a.forgetPassword()
			p.shell.Say(ui.Done, "帳票 "+strconv.Itoa(len(files))+"件を『"+filepath.Base(folder)+"』に書き出しました（"+filepath.Dir(folder)+"）",
				ui.NewButton("フォルダを開く", func() { p.shell.OpenFile(folder) }))
			p.shell.OpenFile(folder)
		})
	})
}

// Gather makes the input of a report from the current register.
func Gather(ctx context.Context, desk Desk, today models.Date, choice reports.Choice) (reports.Request, error) {
	judged, err := desk.Judged(ctx)
	if err != nil {
		return reports.Request{}, err
	}
	r := reports.RequestOf(judged.Facts, judged.Rules, judged.Verdicts, today, choice)
	r.AfterClosings, err = desk.AfterClosing(ctx, choice.Month)
	return r, err
}
