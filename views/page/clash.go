package page

import (
	"context"
	"strings"

	"renkei/app"
	"renkei/views/ui"
	"renkei/views/words"
)

// meet finds out who else changed the records of a save that met a Conflict. What
// only they changed is kept without a question; of the rest the user chooses.
// Nothing of what is typed is lost.
func (v *saving) meet(steps []app.Step, conflict error) {
	var c *app.Clashes
	v.shell.Do(func(ctx context.Context) (err error) {
		c, err = v.desk.Clashes(ctx, steps...)
		return err
	}, func(err error) {
		switch {
		case err != nil || len(c.Of) == 0:
			v.failed(conflict)
		case c.Open():
			v.ask(c)
		default:
			v.take(c)
		}
	})
}

// take saves what keeps the changes of both.
func (v *saving) take(c *app.Clashes) {
	if kept := words.Kept(c, v.label); kept != "" {
		v.besides += "。" + kept
	}
	v.save(c.Steps())
}

// ask lets the user choose where both changed the same.
func (v *saving) ask(c *app.Clashes) {
	today := v.shell.Today()
	refuse := func() { v.finished(ErrRefused) }
	title, lines := words.ClashTitle(c), words.ClashLines(c, today, v.label)
	groups, fields := v.compared(c)
	if len(fields) == 0 {
		ui.Ask(v.shell.Canvas(), title, strings.Join(lines, "\n"), words.ClashAnyway(c), "やめる", func() { v.take(c) }).OnRefused = refuse
		return
	}
	ui.Compare(v.shell.Canvas(), ui.Comparison{
		Title:  title,
		Lines:  append([]string{"どちらを残すか選んでください。ほかのところは、両方の変更をあわせて保存します。"}, lines...),
		Groups: groups, Save: "保存", Every: [2]string{"すべて自分", "すべて相手"},
		Missing: "まだ選んでいないところがあります。← → キーで選んでください",
		Chosen: func(sides []int) {
			for i, f := range fields {
				f.Chosen = app.Side(sides[i])
			}
			v.take(c)
		},
		Refused: refuse,
	})
}

// compared are the contested fields by record.
func (v *saving) compared(c *app.Clashes) (groups []ui.ComparedGroup, fields []*app.ClashField) {
	for _, of := range c.Of {
		group := ui.ComparedGroup{Name: words.RecordName(of)}
		for i := range of.Contested {
			f := &of.Contested[i]
			fields = append(fields, f)
			sides := []ui.SideText{{Head: "自分", Text: f.Mine}, {Head: words.By(f.By, v.shell.Today()), Text: f.Theirs}}
			if f.Memo && f.Mine != "" && f.Theirs != "" {
				sides = append(sides, ui.SideText{Head: "両方をつなげる", Text: app.Together(f.Theirs, f.Mine)})
			}
			group.Fields = append(group.Fields, ui.Compared{Name: v.label(f.Name), Sides: sides})
		}
		if len(group.Fields) > 0 {
			groups = append(groups, group)
		}
	}
	return groups, fields
}
