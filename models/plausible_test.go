package models_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

// plausibleToday is the day the records of these tests are entered on. Every
// bound below was counted from it by hand.
var plausibleToday = day("2026-11-29")

func TestADateNoRealRecordHasIsNamed(t *testing.T) {
	before := func(d, first string) string {
		return "『" + d + "』は" + first + "より前の日付です。年を確かめてください"
	}
	ahead := func(d, years string) string {
		return "『" + d + "』は今日（2026-11-29）から" + years + "年より先の日付です。年を確かめてください"
	}
	endAhead := func(d string) string {
		return "『" + d + "』は今日（2026-11-29）から10年より先の日付です。続いているときは空欄にし、そうでなければ年を確かめてください"
	}
	old, oldCM := before("1919-12-31", "1920年1月"), before("2000-03-31", "2000年4月")
	soon, far := ahead("2027-11-30", "1"), ahead("2036-11-30", "10")
	tests := []struct {
		name string
		got  models.Problems
		want models.Problems
	}{
		{"規程 too old", models.Policy{EffectiveOn: day("1919-12-31"), AnnouncedOn: day("1919-12-31")}.Implausible(plausibleToday), problems("施行日", old, "周知日", old)},
		{"規程 too far ahead", models.Policy{EffectiveOn: day("2036-11-30"), AnnouncedOn: day("2027-11-30")}.Implausible(plausibleToday), problems("施行日", far, "周知日", soon)},
		{"規程 at the bounds", models.Policy{EffectiveOn: day("2036-11-29"), AnnouncedOn: day("2027-11-29")}.Implausible(plausibleToday), nil},

		{"病棟 too old", models.Ward{ValidFrom: day("1919-12-31"), FiledFrom: day("1919-12-31")}.Implausible(plausibleToday), problems("有効開始", old, "加算1届出開始", old)},
		{"病棟 too far ahead", models.Ward{ValidFrom: day("2036-11-30"), ValidTo: day("2036-11-30"), FiledFrom: day("2036-11-30"), FiledTo: day("2036-11-30")}.Implausible(plausibleToday),
			problems("有効開始", far, "有効終了", endAhead("2036-11-30"), "加算1届出開始", far, "加算1届出終了", endAhead("2036-11-30"))},
		{"病棟 at the bounds", models.Ward{ValidFrom: day("1920-01-01"), ValidTo: day("2036-11-29"), FiledFrom: day("1920-01-01"), FiledTo: day("2036-11-29")}.Implausible(plausibleToday), nil},

		{"職員 outside", models.Staff{From: day("1919-12-31"), To: day("2099-12-31")}.Implausible(plausibleToday), problems("所属開始", old, "所属終了", endAhead("2099-12-31"))},
		{"職員 with a planned period", models.Staff{From: day("2028-04-01"), To: day("2031-03-31")}.Implausible(plausibleToday), nil},
		{"所属履歴 outside", models.Affiliation{From: day("1919-12-31"), To: day("2099-12-31")}.Implausible(plausibleToday), problems("開始日", old, "終了日", endAhead("2099-12-31"))},
		{"所属履歴 before 介護保険", models.Affiliation{From: day("1985-04-01")}.Implausible(plausibleToday), nil},

		{"連携先 too old", models.Partner{ConsultedOn: day("1919-12-31"), EndedOn: day("1919-12-31"), AgreedOn: day("1919-12-31")}.Implausible(plausibleToday),
			problems("協議日", old, "連携終了日", old, "取り決め日", old)},
		{"連携先 too far ahead", models.Partner{ConsultedOn: day("2027-11-30"), EndedOn: day("2036-11-30"), AgreedOn: day("2027-11-30")}.Implausible(plausibleToday),
			problems("協議日", soon, "連携終了日", far, "取り決め日", soon)},

		{"介護支援専門員 before there were any", models.CareManager{SharedOn: day("2000-03-31"), CheckedOn: day("2000-03-31")}.Implausible(plausibleToday),
			problems("連絡先共有日", oldCM, "連絡先確認日", oldCM)},
		{"介護支援専門員 too far ahead", models.CareManager{SharedOn: day("2027-11-30"), CheckedOn: day("2027-11-30")}.Implausible(plausibleToday),
			problems("連絡先共有日", soon, "連絡先確認日", soon)},
		{"介護支援専門員 at the bounds", models.CareManager{SharedOn: day("2000-04-01"), CheckedOn: day("2027-11-29")}.Implausible(plausibleToday), nil},

		{"会議 too old", models.Meeting{HeldOn: day("2000-03-31")}.Implausible(plausibleToday), problems("開催日", oldCM)},
		{"会議 too far ahead", models.Meeting{HeldOn: day("2027-11-30")}.Implausible(plausibleToday), problems("開催日", soon)},
		{"やり取り too old", models.Contact{On: day("2000-03-31")}.Implausible(plausibleToday), problems("日付", oldCM)},
		{"やり取り too far ahead", models.Contact{On: day("2062-10-02")}.Implausible(plausibleToday), problems("日付", ahead("2062-10-02", "1"))},

		{"入院 more than a year ahead", models.Admission{AdmittedOn: day("2027-11-30")}.Implausible(plausibleToday), problems("入院日", soon)},
		{"入院 a year ahead", models.Admission{AdmittedOn: day("2027-11-29")}.Implausible(plausibleToday), nil},
		{"入院 from an empty cell of Excel", models.Admission{AdmittedOn: day("1904-01-01")}.Implausible(plausibleToday), problems("入院日", before("1904-01-01", "1920年1月"))},
		{"a very long 入院", models.Admission{AdmittedOn: day("1955-04-01"), BornOn: day("1930-01-01")}.Implausible(plausibleToday), nil},
		{"born before 1880", models.Admission{BornOn: day("1879-12-31")}.Implausible(plausibleToday), problems("生年月日", "『1879-12-31』は1880年より前の日付です。元号と年を確かめてください")},
		{"born on the first day of 1880", models.Admission{BornOn: day("1880-01-01"), AdmittedOn: plausibleToday}.Implausible(plausibleToday), nil},
		{"born tomorrow", models.Admission{BornOn: day("2026-11-30")}.Implausible(plausibleToday), problems("生年月日", "『2026-11-30』は今日（2026-11-29）より後の日付です。元号と年を確かめてください")},
		{"born and admitted today", models.Admission{BornOn: plausibleToday, AdmittedOn: plausibleToday}.Implausible(plausibleToday), nil},
		{"admitted before birth", models.Admission{BornOn: day("2026-11-29"), AdmittedOn: day("2026-11-28")}.Implausible(plausibleToday),
			problems("入院日", "『2026-11-28』が生年月日『2026-11-29』より前です。日付を直してください")},
		{"expected to leave before admission", models.Admission{AdmittedOn: day("2026-11-28"), ExpectedOn: day("2026-11-27")}.Implausible(plausibleToday),
			problems("退院見込日", "『2026-11-27』が入院日『2026-11-28』より前です。日付を直してください")},
		{"入院 with every other date too old", models.Admission{AdmittedOn: day("1919-12-31"), ExpectedOn: day("1919-12-31"), DischargedOn: day("1919-12-31"),
			ConsentedOn: day("2000-03-31"), ReceivedOn: day("2000-03-31"), InformedOn: day("2000-03-31"), NoticedOn: day("2000-03-31")}.Implausible(plausibleToday),
			problems("入院日", old, "退院見込日", old, "退院日", old, "同意日", oldCM, "入院時情報提供書受領日", oldCM, "入院時情報提供日", oldCM, "退院前連絡日", oldCM)},
		{"入院 with every other date too far ahead", models.Admission{AdmittedOn: plausibleToday, ExpectedOn: day("2036-11-30"), DischargedOn: day("2027-11-30"),
			ConsentedOn: day("2027-11-30"), ReceivedOn: day("2027-11-30"), InformedOn: day("2027-11-30"), NoticedOn: day("2027-11-30")}.Implausible(plausibleToday),
			problems("退院見込日", far, "退院日", soon, "同意日", soon, "入院時情報提供書受領日", soon, "入院時情報提供日", soon, "退院前連絡日", soon)},

		{"病棟履歴 too old", models.WardStay{From: day("1919-12-31"), To: day("1919-12-31")}.Implausible(plausibleToday), problems("開始日", old, "終了日", old)},
		{"病棟履歴 too far ahead", models.WardStay{From: day("2027-11-30"), To: day("2027-11-30")}.Implausible(plausibleToday), problems("開始日", soon, "終了日", soon)},

		{"共同指導 too old", models.JointGuidance{On: day("2000-03-31"), ScreenConsent: day("2000-03-31"), NotedOn: day("2000-03-31"), PlanAskedOn: day("2000-03-31"),
			PlanCopyOn: day("2000-03-31"), ClaimMonth: 200003}.Implausible(plausibleToday),
			problems("指導日", oldCM, "画面共有同意日", oldCM, "要点記載日", oldCM, "ケアプラン依頼日", oldCM, "ケアプラン写し受領日", oldCM,
				"算定月", "『2000-03』は指導料を算定できる月ではありません。年を確かめてください")},
		{"共同指導 too far ahead", models.JointGuidance{On: day("2027-11-30"), ScreenConsent: day("2027-11-30"), NotedOn: day("2027-11-30"), PlanAskedOn: day("2027-11-30"),
			PlanCopyOn: day("2027-11-30"), ClaimMonth: 202712}.Implausible(plausibleToday),
			problems("指導日", soon, "画面共有同意日", soon, "要点記載日", soon, "ケアプラン依頼日", soon, "ケアプラン写し受領日", soon,
				"算定月", "『2027-12』は指導料を算定できる月ではありません。年を確かめてください")},
		{"算定月 at the bounds", models.JointGuidance{ClaimMonth: 202711}.Implausible(plausibleToday), nil},
		{"算定月 at the first bound", models.JointGuidance{ClaimMonth: 200004}.Implausible(plausibleToday), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, tt.got) })
	}
}

func TestBlankDatesAreNeverImplausible(t *testing.T) {
	for _, r := range []models.Dated{models.Policy{}, models.Ward{}, models.Staff{}, models.Partner{}, models.CareManager{}, models.Affiliation{},
		models.Meeting{}, models.Contact{}, models.Admission{}, models.WardStay{}, models.JointGuidance{}} {
		assert.Empty(t, r.Implausible(plausibleToday), "%T", r)
	}
}

func TestWhatIsEnteredIsCheckedByItselfAndAgainstToday(t *testing.T) {
	stay := models.WardStay{PatientID: "1", AdmittedOn: day("2026-11-01"), From: day("2027-11-30")}
	early := problems("病棟コード", blank, "開始日", "『2027-11-30』は今日（2026-11-29）から1年より先の日付です。年を確かめてください")
	assert.Equal(t, early, models.EntryProblems(stay, models.WardStay{}, plausibleToday))

	changed := stay
	changed.Ward, changed.To = "3E", day("2028-01-01")
	assert.Equal(t, problems("終了日", "『2028-01-01』は今日（2026-11-29）から1年より先の日付です。年を確かめてください"),
		models.EntryProblems(changed, stay, plausibleToday), "what was imported so is not refused again")
}
