package views

import (
	"context"
	"fmt"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// policyTold is the key under which it is kept that the new default of
// 規程の基準日 was told of a register.
const policyTold = "policy.told:"

// tellOfRules tells the user about the rules of this register at the start: once,
// what a new default changed; each time, that rows of 設定 cannot be used.
func (f *Frame) tellOfRules() {
	desk := f.desk
	var judged *app.Judged
	var changes []app.VerdictChange
	f.p.Worker.Do(f.ctx, func(ctx context.Context) (err error) {
		if judged, err = desk.Judged(ctx, models.Part{}); err != nil {
			return err
		}
		changes, err = desk.PolicyChange(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return // the page shown says why the register cannot be read
		}
		look := func() *ui.Button {
			return ui.NewButton("判定基準を開く", func() { shell{f}.GoTo(page.To("設定", "")) })
		}
		told := policyTold + f.register
		switch n := len(judged.Aside); {
		case len(changes) > 0 && shell{f}.Remember(told) == "":
			shell{f}.Keep(told, "1")
			shell{f}.Say(ui.Attention, fmt.Sprintf("「規程の基準日」の既定が「入院日まで」に変わり、%d件の共同指導の判定が変わりました。確定した値はそのままです", len(changes)), look())
		case n > 0:
			shell{f}.Say(ui.Attention, fmt.Sprintf("設定に使えない行が%d件あります。その行は使わずに判定しています", n), look())
		}
	})
}
