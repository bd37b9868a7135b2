package cli

import (
	"fmt"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
)

// judged judges a part of the register. It notes on standard error which rows of 設定
// were ignored and what a new default changed.
func (c *call) judged(a *app.App, part models.Part) (*app.Judged, error) {
	judged, err := a.Judged(c.ctx, part)
	if err != nil {
		return nil, err
	}
	changes, err := a.PolicyChange(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range judged.Aside {
		c.note("設定: " + row.String())
	}
	if len(changes) > 0 {
		c.note(policyNote(changes, c.sameData()))
	}
	return judged, nil
}

// note prints a sentence on standard error.
func (c *call) note(sentence string) {
	c.progressLine.stop()
	fmt.Fprintln(c.env.Err, sentence)
}

// noteSessions is how many sessions a note names.
const noteSessions = 20

// policyNote says which sessions the new default of 規程の基準日 changes.
// sameData is added to the command it suggests.
func policyNote(changes []app.VerdictChange, sameData string) string {
	var names []string
	for _, v := range changes[:min(noteSessions, len(changes))] {
		names = append(names, fmt.Sprintf("%s %s→%s", v.After.Session.Number, v.Before.Result, v.After.Result))
	}
	if more := len(changes) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("ほか%d件", more))
	}
	return fmt.Sprintf("設定: 規程の基準日（policy_must_precede）が決められていません。初期値が「入院日まで」（admission）に変わり、前の「指導日まで」（session）と判定の違う共同指導が%d件あります: %s。"+
		"確定した値はそのままです。全部は renkei judge --what-if policy_must_precede=session%s で示します。画面の「設定」の「判定基準」か、台帳の設定シートで決めると、知らせません",
		len(changes), strings.Join(names, "、"), sameData)
}

// whatIf lists the sessions that another value of a parameter would change.
func (c *call) whatIf(a *app.App) error {
	key, value, ok := strings.Cut(c.text("what-if"), "=")
	if _, known := fee.DefinitionOf(key); !ok || !known {
		return wrongUse("変える判定基準は --what-if policy_must_precede=session のように指定してください")
	}
	month, err := c.month(false)
	if err != nil {
		return err
	}
	e, err := a.WhatIf(c.ctx, month, map[string]string{key: value})
	if err != nil {
		return err
	}
	widths := []int{10, 10, 10, 8, 8, 6}
	c.printf("%s\n", tableLine(widths, "指導番号", "指導日", "患者ID", "いま", "変更後", "点差", "変更後の理由"))
	for _, v := range e.Changes {
		if v.Reclassified() {
			c.printf("%s\n", tableLine(widths, v.After.Session.Number, v.After.Session.On.String(), v.After.Session.PatientID,
				string(v.Before.Result), string(v.After.Result), fmt.Sprintf("%+d", v.After.Points-v.Before.Points), v.After.Reason))
		}
	}
	c.printf("%d件のうち判定が変わるのは%d件（合計 %s点 → %s点）\n", e.Sessions, e.Reclassified(), thousands(e.Before), thousands(e.After))
	if bound := e.BoundWords(); bound != "" {
		c.printf("%s\n", bound)
	}
	return nil
}
