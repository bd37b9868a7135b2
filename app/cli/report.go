package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/app/reporting"
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
	f.String("ward", "", "病棟に絞るときの病棟コード（3E）")
	f.String("area", "", "地域に絞るときの市区町村（みなと市）")
	f.Bool("blank", false, "手で書き込む用紙にする")
	f.String("password-file", "", "パスワードをつけるとき、それを1行目に書いたファイル（UTF-8）")
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
		fmt.Fprintf(&b, "%-12s%s（%s）。%s\n", kind.Name, kind.Title, whenWords(kind), kind.Purpose)
	}
	b.WriteString("all         その月の帳票一式（-o はフォルダ）\n患者の氏名を含む帳票があります。取り扱いに注意してください。\n" +
		"パスワードは指示に書かず、--password-file のファイルの1行目に書きます。指示に書いたものは、入力の履歴や実行中の一覧に残り、ほかの人に見えるためです。")
	return b.String()
}

var basisWords = map[reports.Basis]string{
	reports.ByMonth: "--month", reports.ByDate: "--as-of", reports.ByPeriod: "--from・--to",
}

// whenWords returns the flags that a report takes.
func whenWords(kind reports.Kind) string {
	if kind.Narrows {
		return basisWords[kind.Basis] + "、--as-of・--ward・--area も"
	}
	return basisWords[kind.Basis]
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
	choice, err := c.choiceOf(kind)
	if err != nil {
		return err
	}
	return c.withRegister("帳票を作っています", func(a *app.App) error {
		if _, err := c.judged(a, models.Part{}); err != nil { // what is to be said of the register
			return err
		}
		if err := reporting.Write(c.ctx, a, kind, out, a.Today(), choice); err != nil {
			return err
		}
		c.printf("%sを書き出しました: %s\n", kind.Title, out)
		return nil
	})
}

// choiceOf reads the flags of a report and refuses those it cannot use, before
// any work.
func (c *call) choiceOf(kind reports.Kind) (reports.Choice, error) {
	choice, err := c.choice(kind.Basis == reports.ByMonth)
	if err != nil {
		return choice, err
	}
	if err := kind.Check(reports.Request{
		Month: choice.Month, Period: choice.Period, Key: choice.Key, Ward: choice.Ward, Area: choice.Area, Blank: choice.Blank,
	}); err != nil {
		return choice, wrongUse("%s", models.ErrorMessage(err))
	}
	return choice, nil
}

// choice reads the flags of a report. What is not given stays blank.
func (c *call) choice(needsMonth bool) (reports.Choice, error) {
	choice := reports.Choice{Key: c.text("key"), Ward: c.text("ward"), Area: c.text("area"), Blank: c.yes("blank")}
	var err error
	if choice.Month, err = c.month(needsMonth); err != nil {
		return choice, err
	}
	for _, flag := range []struct {
		name string
		date *models.Date
	}{{"as-of", &choice.AsOf}, {"from", &choice.Period.From}, {"to", &choice.Period.To}} {
		if *flag.date, err = models.ParseDate(c.text(flag.name)); err != nil {
			return choice, wrongUse("%s", models.ErrorMessage(err))
		}
	}
	choice.Password, err = c.password()
	return choice, err
}

// writeAll writes every report of a month into a folder.
func (c *call) writeAll(folder string) error {
	choice, err := c.choice(true)
	if err != nil {
		return err
	}
	return c.withRegister("帳票を作っています", func(a *app.App) error {
		frame, err := c.judged(a, models.Part{})
		if err != nil {
			return err
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return models.Wrap(err, models.Unavailable, "フォルダ「%s」を作れません。書き込める場所を指定してください", folder)
		}
		files, err := reports.WriteSet(c.ctx, folder, reporting.OverFrame(frame, a.Today(), choice), reporting.Gather(a), c.progress())
		for _, file := range files {
			c.printf("書き出しました: %s\n", file)
		}
		return err
	})
}
