// Package today is the page 今日: the work to do, most urgent first. Each line opens
// the page where it is done. The work comes from liaison.Worklist: add a new kind
// of work there, then its heading in rows.go.
package today

import (
	"fmt"

	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/words"
)

// groupTitles are the headings of the groups, by kind.
var groupTitles = map[liaison.WorkKind]string{
	liaison.WorkSession:   "きょう・あすの共同指導",
	liaison.WorkDeadline:  "期限の近い連絡（規程の7日）",
	liaison.WorkPapers:    "診療録の要点・ケアプラン写し",
	liaison.WorkNoSession: "ケアマネが決まり、共同指導がまだの入院",
	liaison.WorkMenkai:    "今年度の面会が年3回に足りない連携先（3月31日まで）",
	liaison.WorkExpiring:  "まもなく切れる平時の連携（30日以内）",
	liaison.WorkClosing:   "月の締め",
}

// groupKinds are the groups in display order.
var groupKinds = []liaison.WorkKind{
	liaison.WorkSession, liaison.WorkDeadline, liaison.WorkPapers, liaison.WorkNoSession, liaison.WorkExpiring,
	liaison.WorkMenkai, liaison.WorkClosing,
}

// fewRows is how many rows a group shows until it is opened.
const fewRows = 5

// Row is one line of the page: a group heading with its count, a piece of work,
// or the line that opens the rest of a group.
type Row struct {
	ID      string // sorts in display order
	Kind    liaison.WorkKind
	Heading bool
	More    bool // opens or folds the group
	Text    string
	Detail  string
	Due     string
	Late    bool
	To      page.Target // where it is done
}

// Rows lays out the work in groups. Groups in open show all rows, the others
// the first few.
func Rows(work []liaison.Work, today models.Date, open map[liaison.WorkKind]bool) []Row {
	groups := make(map[liaison.WorkKind][]liaison.Work)
	for _, w := range work {
		groups[w.Kind] = append(groups[w.Kind], w)
	}
	var rows []Row
	for at, kind := range groupKinds {
		list := groups[kind]
		if len(list) == 0 {
			continue
		}
		rows = append(rows, Row{
			ID: fmt.Sprintf("%02d", at), Kind: kind, Heading: true, Text: fmt.Sprintf("%s　%d件", groupTitles[kind], len(list)),
		})
		shown := list
		if !open[kind] && len(list) > fewRows {
			shown = list[:fewRows]
		}
		for i, w := range shown {
			rows = append(rows, workRow(w, today, at, i))
		}
		if len(list) > fewRows {
			rows = append(rows, moreRow(kind, at, len(list), open[kind]))
		}
	}
	return rows
}

// copyRows is the line above all work that reports trouble with the copies and
// leads to where one is made.
func copyRows(trouble string) []Row {
	if trouble == "" {
		return nil
	}
	return []Row{{ID: "", Heading: true, Late: true, Text: "控えを確かめてください", Detail: trouble, To: page.ToSection("settings", "storage", "")}}
}

func workRow(w liaison.Work, today models.Date, at, i int) Row {
	row := Row{
		ID: fmt.Sprintf("%02d-%04d-%s", at, i, w.Key), Kind: w.Kind, Text: w.Text, Detail: w.Detail,
		Due: words.Deadline(w.Due, today), Late: w.Due != 0 && w.Due < today, To: page.To(w.Sheet, w.Key),
	}
	if w.Kind == liaison.WorkSession {
		row.Due = words.ShortDate(w.Due)
	}
	return row
}

func moreRow(kind liaison.WorkKind, at, n int, open bool) Row {
	text := fmt.Sprintf("ほか %d件を表示", n-fewRows)
	if open {
		text = "少なく表示"
	}
	return Row{ID: fmt.Sprintf("%02d-zzzz", at), Kind: kind, More: true, Text: text}
}

// Quiet names the groups without work in one line, or "" if there are none.
func Quiet(work []liaison.Work) string {
	has := make(map[liaison.WorkKind]bool)
	for _, w := range work {
		has[w.Kind] = true
	}
	text := ""
	for _, kind := range groupKinds {
		if !has[kind] {
			text = words.Joined("・", text, groupTitles[kind])
		}
	}
	return words.Prefixed("いまはありません: ", text)
}
