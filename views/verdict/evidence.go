package verdict

import (
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
)

// Evidence returns the evidence of a condition with links to its records; for
// an unmet condition also the link to the record to correct. ward is the period
// of the ward on the day, which the evidence itself does not name, or nil.
func Evidence(c fee.Condition, ward *models.Ward) []ui.Evidence {
	lines := make([]ui.Evidence, len(c.Evidence))
	for i, e := range c.Evidence {
		lines[i] = ui.Evidence{Text: e.Text, Link: to(e, ward).Link()}
	}
	if to := ToMend(c.Mend); !to.IsZero() {
		lines = append(lines, ui.Evidence{Text: "→ " + MendWord(c.Mend), Link: to})
	}
	return lines
}

// ToMend leads to the form of the record that mends a condition.
func ToMend(m fee.Mending) page.Target { return page.ToEdit(string(m.Kind), m.Key, m.Field) }

// MendWord says what to do there: 「入院の同意日を直す」.
func MendWord(m fee.Mending) string {
	switch {
	case m.Kind == "":
		return ""
	case m.Key == "":
		return string(m.Kind) + "を開く"
	case m.Field == "":
		return string(m.Kind) + "を直す"
	}
	return string(m.Kind) + "の「" + m.Field + "」を直す"
}

func to(e fee.Evidence, ward *models.Ward) page.Target {
	key := e.Key
	switch e.Kind {
	case "病棟":
		if ward == nil {
			return page.Target{}
		}
		key = ward.Code + "/" + ward.ValidFrom.String()
	case "職員": // the date is the start of the period
		key += "/" + e.Date.String()
	}
	return page.To(string(e.Kind), key)
}

// Relink returns the conditions with other links for some of the evidence; the
// zero Target for a record that is in sight already.
func Relink(conditions []ui.Condition, to map[page.Target]page.Target) []ui.Condition {
	for _, c := range conditions {
		for i, e := range c.Evidence {
			link, _ := e.Link.(page.Target)
			if other, ok := to[link]; ok {
				c.Evidence[i].Link = other.Link()
			}
		}
	}
	return conditions
}

// evidenceWords returns the evidence in one line.
func evidenceWords(evidence []ui.Evidence) string {
	texts := make([]string, len(evidence))
	for i, e := range evidence {
		texts[i] = e.Text
	}
	return strings.Join(texts, "、")
}
