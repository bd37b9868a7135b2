package fee

import (
	"slices"
	"strings"

	"renkei/models"
)

// remedies lists what can still be done: first what makes the session 指導料2,
// then what makes it 指導料1, then the missing papers.
func (j *judging) remedies(r *ruled, warnings []Warning) []Remedy {
	list := j.mending(r)
	for _, w := range warnings {
		list = append(list, Remedy{Text: w.Todo, Late: w.Late, By: w.By})
	}
	return list
}

// mending lists what makes the session billable, or billable as 指導料2. It is
// empty when a fact no record can change speaks against it, when another
// session holds the day or both places, or when the department decided not to
// bill.
func (j *judging) mending(r *ruled) []Remedy {
	if r.result == Fee2 || slices.Contains([]string{"8", "9", "15"}, r.final) || r.hopeless() {
		return nil
	}
	toFee2 := !r.old() && !j.boundToFee1()
	var list []Remedy
	if r.final == "0" {
		list = append(list, Remedy{Text: r.unclear + "ため、登録を補う", Decisive: toFee2})
	}
	for _, c := range r.conditions {
		if c.State == NotMet && c.ID != "e1" && (toFee2 || !c.Fee2Only) {
			list = append(list, j.remedy(r, c, toFee2))
		}
	}
	for _, c := range r.conditions {
		if c.State == NotMet && c.ID == "e1" && !(toFee2 && r.e2) {
			list = append(list, j.remedy(r, c, false))
		}
	}
	return list
}

// boundToFee1: the records bind the chain to 指導料1, so no session can become
// 指導料2.
func (j *judging) boundToFee1() bool { return j.recordedAs(models.ClaimFee1) || j.legacy > 0 }

// hopeless reports an unmet condition without a remedy.
func (r *ruled) hopeless() bool {
	return slices.ContainsFunc(r.conditions, func(c Condition) bool { return c.State == NotMet && remedyTexts[c.ID].text == "" })
}

// remedy returns the remedy of one condition. The past cannot be changed: it
// asks for records that may have been forgotten, and says by which day the
// event must have happened.
func (j *judging) remedy(r *ruled, c Condition, decisive bool) Remedy {
	words := remedyTexts[c.ID]
	var by models.Date
	switch c.ID {
	case "11d", "11e", "11f":
		by = r.base().AddDays(-1)
	case "11c":
		by, _ = r.policyBy()
		if p := r.f.policyOn(by); p == nil || !p.Complete() {
			words.fact = "3項目を定めて施行し、周知した"
		}
	case "4":
		if on := r.admission.ConsentedOn; on != 0 && on <= r.s.On {
			return Remedy{Text: "導入の適否と本人の希望の記録に誤りがないか、診療録で確かめる", Decisive: decisive}
		}
		by = r.s.On
	case "6b":
		by = r.s.On
	}
	remedy := Remedy{Text: strings.ReplaceAll(words.text, "{基準日}", r.baseName()), By: by, Decisive: decisive}
	if words.fact != "" {
		remedy.Late = by.String() + "までに" + words.fact + "事実と記録がある場合だけ登録する"
	}
	return remedy
}

// remedyWords are what to look up or record, and the fact that must have
// happened by the day if it is recorded later.
type remedyWords struct{ text, fact string }

// remedyTexts holds the words by condition. A condition without words has no
// remedy.
var remedyTexts = map[string]remedyWords{
	"2":   {"指導日と入退院日の記録に誤りがないか確かめる", ""},
	"4":   {"導入適当・本人の希望・同意日を診療録で確かめて登録する", "本人が同意した"},
	"5a":  {"相手の資格・ケアプラン作成可・所属の記録に誤りがないか確かめる", ""},
	"5b":  {"入院前の担当か患者の選択かを確かめて登録する", ""},
	"6a":  {"方法と患者の参加の記録に誤りがないか確かめる", ""},
	"6b":  {"画面共有の同意日を確かめて登録する", "画面共有の同意を得た"},
	"e1":  {"医師の指示、又は医師・医療職の同席の記録がある場合だけ登録する（指導料1の要件）", ""},
	"11a": {"病棟の加算1届出期間に誤りがないか、届出の控えで確かめる", ""},
	"11b": {"部門の担当者が同席した記録がある場合だけ、職員に加える", ""},
	"11c": {"規程の3項目と周知日を確かめて登録する", "周知した"},
	"11d": {"{基準日}より前の会議への出席に登録もれがないか、出席簿で確かめる", "会議に出席した"},
	"11e": {"{基準日}より前に連絡先を共有した記録があれば、連絡先共有日を登録する", "連絡先を共有した"},
	"11f": {"{基準日}より前の取り決めがあれば、取り決め日を登録する", "取り決めた"},
}
