package cli

import (
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/models"
	"renkei/reports"
)

func reportFlags(f *pflag.FlagSet) {
	dataFlag(f)
	f.String("month", "", "指導日の月（2026-10）")
	f.StringP("out", "o", "", "書き出すファイル（all はフォルダ）")
}

func report(c *call) error {
	if len(c.args) != 1 {
		return wrongUse("帳票の種類（monthly・all）を1つ指定してください")
	}
	month, err := c.month(true)
	if err != nil {
		return err
	}
	out := c.text("out")
	if out == "" {
		return wrongUse("書き出す先を -o で指定してください")
	}
	switch c.args[0] {
	case "monthly":
		return c.writeMonthly(out, month)
	case "all":
		if err := os.MkdirAll(out, 0o755); err != nil {
			return models.Wrap(err, models.Unavailable, "フォルダ「%s」を作れません。書き込める場所を指定してください", out)
		}
		return c.writeMonthly(filepath.Join(out, "月次算定一覧_"+month.String()+".xlsx"), month)
	}
	return wrongUse("「%s」という帳票はありません。monthly・all から選んでください", c.args[0])
}

func (c *call) writeMonthly(path string, month models.Month) error {
	return c.withApp(func(a *app.App) error {
		judged, err := a.Judged(c.ctx)
		if err != nil {
			return err
		}
		err = reports.WriteMonthly(c.ctx, path, reports.MonthlyOf(month, a.Today(), judged.Facts.Params, judged.Rules, judged.Month(month)))
		if err != nil {
			return err
		}
		c.printf("月次算定一覧を書き出しました: %s\n", path)
		return nil
	})
}
