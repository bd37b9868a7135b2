package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// WhatIfRow is one session that another value of a parameter would change.
type WhatIfRow struct {
	Number  string
	On      models.Date
	Patient string
	Before  fee.Result
	After   fee.Result
	Points  int    // the difference
	Why     string // the new reason, or what is to be checked anew
}

// WhatIfRows puts the changes into rows: those that change the result first.
func WhatIfRows(w app.WhatIf) []WhatIfRow {
	rows := make([]WhatIfRow, len(w.Changes))
	for i, c := range w.Changes {
		s := c.After.Session
		rows[i] = WhatIfRow{Number: s.Number, On: s.On, Patient: patientOf(&c.After), Before: c.Before.Result, After: c.After.Result,
			Points: c.After.Points - c.Before.Points, Why: whyChanged(c)}
	}
	slices.SortStableFunc(rows, func(a, b WhatIfRow) int {
		changed := func(r WhatIfRow) int {
			if r.Before != r.After || r.Points != 0 {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(changed(a), changed(b)), cmp.Compare(a.On, b.On))
	})
	return rows
}

// whyChanged is the new reason, else the warnings that come or go.
func whyChanged(c app.VerdictChange) string {
	if c.Reclassified() || c.Before.Reason != c.After.Reason {
		return c.After.Reason
	}
	var lines []string
	for _, w := range c.After.Warnings {
		if !slices.Contains(c.Before.Warnings, w) {
			lines = append(lines, "加わる: "+w.Text)
		}
	}
	for _, w := range c.Before.Warnings {
		if !slices.Contains(c.After.Warnings, w) {
			lines = append(lines, "なくなる: "+w.Text)
		}
	}
	return strings.Join(lines, " ・ ")
}

// WhatIfWords sums a what-if up: 「2026年11月の33件のうち、判定が変わるのは3件
// （合計 14,300点 → 14,400点、+100点）」.
func WhatIfWords(w app.WhatIf) string {
	month := words.Month(w.Month)
	n, rest := w.Reclassified(), len(w.Changes)-w.Reclassified()
	switch {
	case w.Sessions == 0:
		return month + "の共同指導はありません。ほかの月で確かめてください"
	case len(w.Changes) == 0:
		return fmt.Sprintf("%sの%d件の判定は、どれも変わりません", month, w.Sessions)
	}
	text := fmt.Sprintf("%sの%d件のうち、判定が変わるのは%d件（合計 %s → %s、%s）", month, w.Sessions, n,
		words.Points(w.Before), words.Points(w.After), signed(w.After-w.Before))
	if rest > 0 {
		text += fmt.Sprintf("。ほかに%d件は理由か確認することだけが変わります", rest)
	}
	return text
}

// signed returns 「+100点」, 「−1,200点」 or 「±0点」.
func signed(n int) string {
	switch {
	case n > 0:
		return "+" + words.Points(n)
	case n < 0:
		return "−" + words.Points(-n)
	}
	return "±0点"
}

var whatIfColumns = []ui.Column[WhatIfRow]{
	{ID: "order", Title: "指導日", Width: 74, Text: func(r WhatIfRow) string { return words.ShortDate(r.On) },
		Less: func(WhatIfRow, WhatIfRow) bool { return false }}, // as given
	{ID: "patient", Title: "患者", Width: 150, Grow: 0.5, Text: func(r WhatIfRow) string { return r.Patient }},
	{ID: "before", Title: "いま", Width: 84, Text: func(r WhatIfRow) string { return string(r.Before) },
		Tint: func(r WhatIfRow) ui.Tint { return verdict.Tint(r.Before) }},
	{ID: "after", Title: "変更後", Width: 84, Text: func(r WhatIfRow) string { return string(r.After) },
		Tint: func(r WhatIfRow) ui.Tint { return verdict.Tint(r.After) }},
	{ID: "points", Title: "点数の差", Width: 70, Align: fyne.TextAlignTrailing, Text: func(r WhatIfRow) string { return signed(r.Points) },
		Less: func(a, b WhatIfRow) bool { return a.Points < b.Points }},
	{ID: "why", Title: "変わること", Width: 120, Grow: 2, Text: func(r WhatIfRow) string { return r.Why }},
}
