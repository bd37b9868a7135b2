package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/models"
	"renkei/reports"
)

func reportFlags(f *pflag.FlagSet) {
	dataFlag(f)
	f.String("month", "", "対象の月（2026-10）")
	f.String("as-of", "", "いつの時点か（2026-11-22。指定しなければ今日）")
	f.String("from", "", "期間の初めの日（指定しなければ年度の初め）")
	f.String("to", "", "期間の終わりの日（指定しなければ今日）")
	f.String("key", "", "1件に絞るときのコード（連携先・CM・職員・会議のコード、患者ID/入院日）")
	f.Bool("blank", false, "手で書き込む用紙にする")
	f.StringP("out", "o", "", "書き出すファイル（all はフォルダ）")
}

// reportNames lists the words the command takes.
func reportNames() string {
	names := make([]string, 0, len(reports.Kinds)+1)
	for _, kind := range reports.Kinds {
		names = append(names, kind.Name)
	}
	return strings.Join(append(names, "all"), "・")
}

// reportNote lists the reports for the command's help.
func reportNote() string {
	var b strings.Builder
	for _, kind := range reports.Kinds {
		fmt.Fprintf(&b, "%-12s%s（%s）。%s\n", kind.Name, kind.Title, basisWords[kind.Basis], kind.Purpose)
	}
	b.WriteString("all         その月の帳票一式（-o はフォルダ）\n患者の氏名を含む帳票があります。取り扱いに注意してください。")
	return b.String()
}

var basisWords = map[reports.Basis]string{
	reports.ByMonth: "--month", reports.ByDate: "--as-of", reports.ByPeriod: "--from・--to",
}

func report(c *call) error {
	if len(c.args) != 1 {
		return wrongUse("帳票の種類（%s）を1つ指定してください", reportNames())
	}
	out := c.text("out")
	if out == "" {
		return wrongUse("書き出す先を -o で指定してください")
	}
	if c.args[0] == "all" {
		return c.writeAll(out)
	}
	kind, ok := reports.KindNamed(c.args[0])
	if !ok {
		return wrongUse("「%s」という帳票はありません。%s から選んでください", c.args[0], reportNames())
	}
	if err := c.checkReportFlags(kind); err != nil {
		return err
	}
	return c.withApp(func(a *app.App) error {
		request, err := c.request(a, kind)
		if err != nil {
			return err
		}
		return c.write(kind, out, request)
	})
}

// checkReportFlags refuses words the report cannot use, before any work.
func (c *call) checkReportFlags(kind reports.Kind) error {
	if kind.Basis == reports.ByMonth {
		if _, err := c.month(true); err != nil {
			return err
		}
	}
	for _, flag := range []string{"as-of", "from", "to"} {
		if _, err := models.ParseDate(c.text(flag)); err != nil {
			return wrongUse("%s", models.ErrorMessage(err))
		}
	}
	if c.text("key") != "" && kind.KeyName == "" {
		return wrongUse("%sは1件に絞れません", kind.Title)
	}
	if c.yes("blank") && !kind.HasBlank {
		return wrongUse("%sに手で書き込む用紙はありません", kind.Title)
	}
	return nil
}

// request gathers what a report is made from.
func (c *call) request(a *app.App, kind reports.Kind) (reports.Request, error) {
	judged, err := a.Judged(c.ctx)
	if err != nil {
		return reports.Request{}, err
	}
	r := reports.Request{
		Facts: judged.Facts, Rules: judged.Rules, Verdicts: judged.Verdicts, OutputOn: a.Today(),
		Key: c.text("key"), Blank: c.yes("blank"),
	}
	if r.Month, err = c.month(kind.Basis == reports.ByMonth); err != nil {
		return r, err
	}
	r.AsOf = c.date("as-of", a.Today())
	r.Period = models.Period{From: c.date("from", a.Today().FiscalYearStart()), To: c.date("to", a.Today())}
	if r.Period.Reversed() {
		return r, wrongUse("期間の終わり %s が初め %s より前です", r.Period.To, r.Period.From)
	}
	if r.Month != 0 {
		changes, err := a.ChangesAfterClosing(c.ctx, r.Month)
		if err != nil {
			return r, err
		}
		for _, change := range changes {
			r.LateChanges = append(r.LateChanges, reports.LateChange(change))
		}
	}
	return r, nil
}

// date reads a date flag that was checked before.
func (c *call) date(flag string, otherwise models.Date) models.Date {
	if d, err := models.ParseDate(c.text(flag)); err == nil && d != 0 {
		return d
	}
	return otherwise
}

func (c *call) write(kind reports.Kind, path string, r reports.Request) error {
	if err := kind.Write(c.ctx, path, r); err != nil {
		return err
	}
	c.printf("%sを書き出しました: %s\n", kind.Title, path)
	return nil
}

// writeAll writes every report of a month into a folder: those as of a date as
// of the last day of the month (today, in the month that is running), those of
// a period for the fiscal year up to it.
func (c *call) writeAll(folder string) error {
	month, err := c.month(true)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return models.Wrap(err, models.Unavailable, "フォルダ「%s」を作れません。書き込める場所を指定してください", folder)
	}
	return c.withApp(func(a *app.App) error {
		for _, kind := range reports.Kinds {
			r, err := c.request(a, kind)
			if err != nil {
				return err
			}
			r.Month = month
			r.AsOf = min(month.Last(), a.Today())
			r.Period = models.Period{From: r.AsOf.FiscalYearStart(), To: r.AsOf}
			if err := c.write(kind, filepath.Join(folder, kind.FileName(r)), r); err != nil {
				return err
			}
		}
		return nil
	})
}
