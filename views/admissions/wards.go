package admissions

import (
	"cmp"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
)

// wardChoices are the wards by code, each as of a day, with their 届出.
func wardChoices(facts *fee.Facts, on models.Date) []ui.Choice {
	var choices []ui.Choice
	seen := make(map[string]bool)
	for i := range facts.Book.Wards {
		code := facts.Book.Wards[i].Code
		if seen[code] {
			continue
		}
		seen[code] = true
		w := facts.WardFacts(code, on)
		if w == nil {
			w = &facts.Book.Wards[i]
		}
		choices = append(choices, ui.Choice{Value: code, Label: wardWords(w, on)})
	}
	slices.SortFunc(choices, func(a, b ui.Choice) int { return strings.Compare(a.Value, b.Value) })
	return choices
}

// wardWords returns 「3東病棟（加算1）」.
func wardWords(w *models.Ward, on models.Date) string {
	name := cmp.Or(w.Name, w.Code)
	if w.Filing().Covers(on) {
		name += "（加算1）"
	}
	return name
}
