package fee

import (
	"slices"
	"strings"

	"renkei/models"
)

// remedies lists what can still be done: first what would turn the session
// into 指導料2, then what would make it 指導料1, then the papers that are missing.
func (j *judging) remedies(r *ruled, warnings []Warning) []Remedy {
	list := j.mending(r)
	for _, w := range warnings {
		list = append(list, Remedy{Text: w.Todo, By: w.By})
	}
	return list
}

// mending lists what would make the session billable, or billable by 指導料2.
// Nothing does when a fact stands against it that no record can change, when
// another session holds the day or both places, or when the department decided
// not to bill it.
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

// boundToFee1: the chain is billed by 指導料1 by what is recorded, so nothing
// makes the session 指導料2.
func (j *judging) boundToFee1() bool { return j.recordedAs(models.ClaimFee1) || j.legacy > 0 }

// hopeless reports a condition not met that has no remedy.
func (r *ruled) hopeless() bool {
	return slices.ContainsFunc(r.conditions, func(c Condition) bool { return c.State == NotMet && remedyTexts[c.ID] == "" })
}

// remedy names what mends one condition. Facts of the past cannot be made, so
// it asks for records that may have been forgotten, and says by which day the
// thing itself must lie.
func (j *judging) remedy(r *ruled, c Condition, decisive bool) Remedy {
	var by models.Date
	switch c.ID {
	case "11d", "11e", "11f":
		by = r.base().AddDays(-1)
	case "11c":
		by, _ = r.policyBy()
	case "4", "6b":
		by = r.s.On
	}
	return Remedy{Text: strings.ReplaceAll(remedyTexts[c.ID], "{基準日}", r.baseName()), By: by, Decisive: decisive}
}

// remedyTexts says what to look up or record for each condition; one without a
// text cannot be mended.
var remedyTexts = map[string]string{
	"2":   "指導日と入退院日を確かめて直す",
	"4":   "導入適当・本人の希望・同意日を診療録で確かめて登録する",
	"5a":  "相手の資格・ケアプラン作成可・所属を確かめて登録する",
	"5b":  "入院前の担当か患者の選択かを確かめて登録する",
	"6a":  "方法と患者の参加を確かめて登録する",
	"6b":  "画面共有の同意日を確かめて登録する",
	"e1":  "医師の指示、又は医師・医療職の同席があれば登録する（指導料1の要件）",
	"11a": "病棟の加算1届出期間を確かめて登録する",
	"11b": "部門の担当者が同席していれば職員に加える",
	"11c": "規程の3項目と周知日を確かめて登録する",
	"11d": "{基準日}より前の会議への出席に登録もれがないか、出席簿で確かめる",
	"11e": "{基準日}より前に連絡先を共有した記録があれば、連絡先共有日を登録する",
	"11f": "{基準日}より前の取り決めがあれば、取り決め日を登録する",
}
