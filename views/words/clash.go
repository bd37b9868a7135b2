package words

import (
	"strings"
	"time"

	"renkei/app"
	"renkei/models"
)

// By says who did something, and when as seen from a day: 「佐藤さん 14:32」,
// 「佐藤さん 11/20 14:32」.
func By(a app.Author, today models.Date) string {
	return Joined(" ", Who(a), moment(a.At, today))
}

// Who names who did something.
func Who(a app.Author) string {
	if a.Name == "" {
		return "ほかの人"
	}
	return a.Name + "さん"
}

func moment(at time.Time, today models.Date) string {
	if at.IsZero() {
		return ""
	}
	at = at.Local()
	if models.DateOf(at) == today {
		return at.Format("15:04")
	}
	return at.Format("1/2 15:04")
}

// ClashTitle says what happened to the records of an edit meanwhile.
func ClashTitle(c *app.Clashes) string {
	for _, of := range c.Of {
		if len(of.Contested) > 0 {
			who := Who(of.Contested[0].By)
			if of.Kind == app.AddedToo {
				return who + "も、同じ" + of.Sheet + "を登録していました"
			}
			return who + "も、同じところを変更していました"
		}
	}
	for _, of := range c.Of {
		switch of.Kind {
		case app.GoneMeanwhile:
			return Who(of.Last) + "が、この" + of.Sheet + "を削除していました"
		case app.RemovedAnyway:
			return Who(of.Last) + "が、この" + of.Sheet + "を変更していました"
		}
	}
	return ""
}

// ClashLines says what else happened: what is registered again or deleted by saving,
// and what of the others' changes stays. label gives the word of a field.
func ClashLines(c *app.Clashes, today models.Date, label func(field string) string) []string {
	var lines []string
	for _, of := range c.Of {
		switch of.Kind {
		case app.GoneMeanwhile:
			lines = append(lines, RecordName(of)+" は、"+Joined(" ", Who(of.Last)+"が", moment(of.Last.At, today))+" に削除しました。登録し直すと、入力した内容でもう一度登録します。")
		case app.RemovedAnyway:
			var changed []string
			for _, f := range of.Kept {
				changed = append(changed, "・"+label(f.Name)+": "+orBlank(f.Mine)+" → "+orBlank(f.Theirs)+"（"+By(f.By, today)+"）")
			}
			lines = append(lines, strings.Join(append([]string{RecordName(of) + " は、開いているあいだに変更されています。"}, changed...), "\n"))
		}
	}
	if kept := Kept(c, label); kept != "" {
		lines = append(lines, kept+"。")
	}
	return lines
}

// ClashAnyway is the word for saving where nothing is to be chosen.
func ClashAnyway(c *app.Clashes) string {
	kinds := make(map[app.ClashKind]bool)
	for _, of := range c.Of {
		kinds[of.Kind] = true
	}
	switch {
	case !kinds[app.RemovedAnyway]:
		return "登録し直す"
	case !kinds[app.GoneMeanwhile]:
		return "削除する"
	}
	return "保存する"
}

func orBlank(text string) string {
	if text == "" {
		return "（空欄）"
	}
	return text
}

// RecordName names a record that clashed: 「連携先 P001 あおば居宅」.
func RecordName(of *app.Clash) string {
	return Joined(" ", of.Sheet, strings.ReplaceAll(of.Key, "/", " "), of.Name)
}

// Kept says what the others changed and a save leaves as it is: 「佐藤さんが変えた「電話」は
// そのままです」, or "".
func Kept(c *app.Clashes, label func(field string) string) string {
	var who, parts []string
	fields := make(map[string][]string)
	for _, of := range c.Of {
		if of.Kind == app.RemovedAnyway || of.Kind == app.RemovedToo {
			continue
		}
		for _, f := range of.Kept {
			by := Who(f.By)
			if fields[by] == nil {
				who = append(who, by)
			}
			fields[by] = append(fields[by], "「"+label(f.Name)+"」")
		}
	}
	for _, by := range who {
		parts = append(parts, by+"が変えた"+strings.Join(fields[by], ""))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "、") + "はそのままです"
}
