package partners

import (
	"fmt"

	"renkei/models"
)

// Transfer is a move of a care manager to another office, as asked for.
type Transfer struct {
	CareManager string
	Leaves      string      // 連携先コード of the office left, "" for none
	To          string      // 連携先コード of the new office, "" for none
	On          models.Date // the first day at the new office
}

// Moved returns the rows of the 所属履歴 that a transfer changes and makes. The row
// of the office left ends the day before; earlier rows stay as they are. jobs are
// all rows of the care manager, today is the day it is entered on.
func Moved(jobs []models.Affiliation, t Transfer, today models.Date) (rows []models.Affiliation, problems models.Problems) {
	wrong := func(field, format string, args ...any) {
		problems = append(problems, models.Problem{Field: field, Message: fmt.Sprintf(format, args...)})
	}
	if t.On == 0 {
		wrong("異動日", "空欄です。新しい事業所での最初の日を入力してください")
		return nil, problems
	}
	for _, p := range (models.Affiliation{From: t.On}).Implausible(today) {
		wrong("異動日", "%s", p.Message)
	}
	if t.Leaves == "" && t.To == "" {
		wrong("異動先", "異動先を選ぶか、終える所属を選んでください")
	}
	if t.To != "" && t.To == t.Leaves {
		wrong("異動先", "いまの事業所と同じです。ほかの事業所を選んでください")
	}
	for _, a := range jobs {
		switch {
		case a.Partner == t.Leaves && (a.To == 0 || a.To >= t.On):
			if a.From >= t.On {
				wrong("異動日", "いまの所属が%sに始まっています。それより後の日付を入力してください", a.From)
				continue
			}
			a.To = t.On.AddDays(-1)
			rows = append(rows, a)
		case a.Partner == t.To && t.To != "" && (a.To == 0 || a.To >= t.On):
			wrong("異動先", "この事業所には%sからの所属がすでにあります", a.From)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if t.To != "" {
		rows = append(rows, models.Affiliation{CareManager: t.CareManager, Partner: t.To, From: t.On})
	}
	return rows, nil
}
