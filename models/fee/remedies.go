package fee

import (
	"renkei/models"
)

// remedies lists what can still be done: first what would turn the session
// into 指導料2 (or make it billable at all), then the papers that are missing.
func (j *judging) remedies(r *ruled) []Remedy {
	var list []Remedy
	if r.result != Fee2 && !j.boundToFee1(r) {
		for _, c := range r.conditions {
			if c.State == NotMet {
				list = append(list, j.remedy(r, c)...)
			}
		}
	}
	if r.final == "0" {
		list = append(list, Remedy{Text: r.unclear + "ため、登録を補う", Decisive: true})
	}
	for _, w := range j.warnings(r) {
		list = append(list, Remedy{Text: w.Todo, By: w.By})
	}
	return list
}

// boundToFee1: the chain is billed by 指導料1 by what is recorded, so nothing
// makes the session 指導料2; or its day is before there was one.
func (j *judging) boundToFee1(r *ruled) bool {
	return r.old() || r.candidate() && (j.recordedAs(models.ClaimFee1) || j.legacy > 0)
}

// remedy names what mends one condition. Facts of the past cannot be made, so
// it asks for records that may have been forgotten, and says until which day
// the thing itself must lie.
func (j *judging) remedy(r *ruled, c Condition) []Remedy {
	text, by := remedyTexts[c.ID], models.Date(0)
	if text == "" {
		return nil
	}
	switch c.ID {
	case "11d", "11e", "11f":
		by = r.base().AddDays(-1)
	case "4", "6b", "11c":
		by = r.s.On
	}
	return []Remedy{{Text: text, By: by, Decisive: true}}
}

// remedyTexts says what to look up or record for each condition.
var remedyTexts = map[string]string{
	"2":   "指導日と入退院日を確かめる",
	"4":   "導入適当・本人の希望・同意日を診療録で確かめて登録する",
	"5a":  "相手の資格・ケアプラン作成可・所属を確かめて登録する",
	"5b":  "入院前の担当か患者の選択かを確かめて登録する",
	"6a":  "方法と患者の参加を確かめて登録する",
	"6b":  "画面共有の同意日を確かめて登録する",
	"e1":  "医師の指示があれば登録する",
	"11a": "病棟の加算1届出期間を確かめて登録する",
	"11b": "部門の担当者が同席していれば職員に加える",
	"11c": "規程の3項目と周知日を確かめて登録する",
	"11d": "期日までに開かれた会議への出席の登録もれがないか出席簿で確かめる",
	"11e": "期日までに連絡先を共有した記録があれば連絡先共有日を登録する",
	"11f": "期日までの取り決めがあれば取り決め日を登録する",
}
