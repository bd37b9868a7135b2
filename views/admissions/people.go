package admissions

import (
	"cmp"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/words"
)

// careManagerPick shows a care manager with the office on a day; one that is
// not registered is shown by the code.
func careManagerPick(facts *fee.Facts, code string, on models.Date) ui.Pick {
	cm := facts.CareManager(code)
	if cm == nil {
		return ui.Pick{Key: people.Key(people.CareManager, code), Title: code, Detail: "登録がありません"}
	}
	pick := people.Pick(people.CareManagerEntry(facts, cm, on))
	pick.Detail = words.Joined(" ・ ", pick.Detail, string(cm.Qualification))
	return pick
}

// staffPick shows a member of staff as of a day, in the department or not.
func staffPick(facts *fee.Facts, code string, on models.Date) ui.Pick {
	entry, ok := people.StaffEntry(facts, code, on)
	if !ok {
		return ui.Pick{Key: people.Key(people.Staff, code), Title: people.StaffName(facts, code, on), Detail: "この日の所属がありません"}
	}
	return people.Pick(entry)
}

// pickCode returns the code a pick stands for.
func pickCode(pick ui.Pick) string {
	_, code := people.Split(pick.Key)
	return code
}

// pickedCode returns the code chosen in a picker, "" when there is none.
func pickedCode(p *ui.Picker) string {
	if pick, ok := p.Picked(); ok {
		return pickCode(pick)
	}
	return ""
}

// pickedCodes returns the codes chosen in a picker of several.
func pickedCodes(p *ui.MultiPicker) []string {
	var codes []string
	for _, pick := range p.Picks() {
		codes = append(codes, pickCode(pick))
	}
	return codes
}

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
