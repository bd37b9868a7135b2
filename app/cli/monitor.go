package cli

import (
	"encoding/json"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/models"
	"renkei/models/liaison"
)

func monitorFlags(f *pflag.FlagSet) {
	dataFlag(f)
	f.String("as-of", "", "いつの時点か（2026-11-22。指定しなければ今日）")
	f.String("format", "table", "形式（table・json）")
}

func monitor(c *call) error {
	if err := c.noArgs(); err != nil {
		return err
	}
	format := c.text("format")
	if format != "table" && format != "json" {
		return wrongUse("形式は table・json から選んでください")
	}
	asOf, err := models.ParseDate(c.text("as-of"))
	if err != nil {
		return wrongUse("%s", models.ErrorMessage(err))
	}
	return c.withRegister("データを読み取り、判定しています", func(a *app.App) error {
		if asOf == 0 {
			asOf = a.Today()
		}
		if _, err := c.judged(a, models.Part{}); err != nil {
			return err
		}
		figures, err := a.Monitor(c.ctx, asOf)
		if err != nil {
			return err
		}
		if format == "json" {
			enc := json.NewEncoder(c.out)
			enc.SetIndent("", " ")
			return enc.Encode(figures)
		}
		c.printMonitor(asOf, asOf > a.Today(), figures)
		return nil
	})
}

// printMonitor prints the figures of a day. ahead marks a future day.
func (c *call) printMonitor(asOf models.Date, ahead bool, m liaison.Figures) {
	line := func(name, format string, args ...any) {
		c.printf("  %s ", runewidth.FillRight(name, 34))
		c.printf(format+"\n", args...)
	}
	when := "時点"
	if ahead {
		when = "時点（見込）"
	}
	c.printf("%s（%s）%s\n入退院支援加算1\n", asOf, asOf.Wareki(), when)
	line("指導料の算定回数（算定済み）", "%d回", m.FeeCountConfirmed)
	line("指導料の算定回数（見込）", "%d回", m.FeeCountProjected)
	line("取下げが必要な算定", "%d件", m.ClaimsToWithdraw)
	line("A307の連携回数", "%d回", m.A307ConsultCount)
	line("基準（これを上回ること）", "%d.%02d", m.ThresholdHundredths/100, m.ThresholdHundredths%100)
	line("充足", "%s（あと%d回）", mark(m.Fulfilled), m.Remaining)
	line("連携機関", "%d", m.Partners)
	line("うち面会3回以上", "%d（医療機関 %d、介護・障害 %d）", m.PartnersMet3, m.PartnersMet3Medical, m.PartnersMet3Care)
	line("25機関×年3回", "%s", mark(m.PartnersFulfilled))
	c.printf("包括期充実体制加算（直近3か月）\n")
	line("指導料2（算定済み・見込）", "%d回・%d回", m.HokatsukiConfirmed, m.HokatsukiProjected)
	line("退院時共同指導料2", "%d回", m.Kyodo2Count3m)
	line("3回以上", "%s", mark(m.HokatsukiFulfilled))
}

func mark(b bool) string { return models.MarkOf(b).String() }
