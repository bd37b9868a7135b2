package models_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

const (
	blank     = "空欄です。入力してください"
	blankDate = "空欄です。日付を入力してください"
)

func problems(list ...string) models.Problems {
	var ps models.Problems
	for i := 0; i < len(list); i += 2 {
		ps = append(ps, models.Problem{Field: list[i], Message: list[i+1]})
	}
	return ps
}

func TestEveryProblemOfARecordIsNamed(t *testing.T) {
	from, before := day("2026-04-02"), day("2026-04-01")
	reversed := func(start string) string {
		return "『2026-04-01』が" + start + "『2026-04-02』より前です。日付を直してください"
	}
	tests := []struct {
		name string
		got  models.Problems
		want models.Problems
	}{
		{"empty 規程", models.Policy{}.Validate(), problems("版", blank, "施行日", blankDate)},
		{"sound 規程", models.Policy{Edition: "1", EffectiveOn: from, AnnouncedOn: before}.Validate(), nil},

		{"empty 病棟", models.Ward{}.Validate(), problems("病棟コード", blank, "有効開始", blankDate, "病棟名", blank, "区分", blank, "B005-1-2", blank)},
		{"wrong 病棟", models.Ward{Code: "W", ValidFrom: from, ValidTo: before, Name: "東", Beds: 10000, Class: "ニ", FeeTreatment: "否", FiledFrom: from, FiledTo: before}.Validate(), problems(
			"区分", "『ニ』は使えません。イ・ロ・ハ・A307 から選んでください", "B005-1-2", "『否』は使えません。可・包括 から選んでください",
			"病床数", "0〜9999 の数で入力してください", "有効終了", reversed("有効開始"), "加算1届出終了", reversed("加算1届出開始"))},
		{"sound 病棟", models.Ward{Code: "W", ValidFrom: from, ValidTo: from, Name: "東", Class: models.WardClassA307, FeeTreatment: models.FeeBundled}.Validate(), nil},

		{"empty 職員", models.Staff{}.Validate(), problems("職員コード", blank, "所属開始", blankDate, "氏名", blank, "職種", blank)},
		{"wrong 職員", models.Staff{Code: "S", From: from, To: before, Name: "甲", Job: "医者", Department: "兼任"}.Validate(), problems(
			"職種", "『医者』は使えません。医師・看護師・保健師・社会福祉士・精神保健福祉士・薬剤師・理学療法士・作業療法士・言語聴覚士・管理栄養士・事務・その他 から選んでください",
			"部門所属", "『兼任』は使えません。専従・専任 から選んでください", "所属終了", reversed("所属開始"))},

		{"empty 連携先", models.Partner{}.Validate(), problems("連携先コード", blank, "名称", blank, "種別", blank)},
		{"連携終了日 before 協議日 is no problem", models.Partner{Code: "P", Name: "甲", Kind: models.Hospital, ConsultedOn: from, EndedOn: before}.Validate(), nil},
		{"wrong 併設", models.Partner{Code: "P", Name: "甲", Kind: models.Hospital, Annex: "隣"}.Validate(), problems("併設", "『隣』は使えません。居宅・相談・介護保険施設等 から選んでください")},

		{"empty 介護支援専門員", models.CareManager{}.Validate(), problems("CMコード", blank, "氏名", blank, "資格", blank)},
		{"empty 所属履歴", models.Affiliation{}.Validate(), problems("CMコード", blank, "連携先コード", blank, "開始日", blankDate)},
		{"所属履歴 that ends before it starts", models.Affiliation{CareManager: "C", Partner: "P", From: from, To: before}.Validate(), problems("終了日", reversed("開始日"))},

		{"empty 会議", models.Meeting{}.Validate(), problems("会議コード", blank, "開催日", blankDate, "名称", blank, "種別", blank)},
		{"wrong 会議", models.Meeting{Code: "M", HeldOn: from, Name: "会", Kind: "飲み会", Way: "電話"}.Validate(), problems(
			"種別", "『飲み会』は使えません。地域ケア会議・サービス担当者会議・多職種連携会議・勉強会 から選んでください", "方法", "『電話』は使えません。対面・オンライン・併用 から選んでください")},

		{"empty 会議出席", models.Attendance{}.Validate(), problems("会議コード", blank, "区分", blank, "コード", blank)},
		{"その他 needs a name", models.Attendance{Meeting: "M", Kind: models.AttendeeOther, Code: "1"}.Validate(), problems("氏名", blank)},
		{"その他 needs no code", models.Attendance{Meeting: "M", Kind: models.AttendeeOther, Name: "甲"}.Validate(), nil},

		{"empty やり取り", models.Contact{}.Validate(), problems("連絡番号", blank, "日付", blankDate, "種別", blank)},
		{"wrong やり取り", models.Contact{Number: "K", On: from, Kind: "手紙", Initiator: "双方", Time: "24:00"}.Validate(), problems(
			"種別", "『手紙』は使えません。面会・ビデオ通話・電話・FAX・メール・チャット・文書・ICT から選んでください",
			"発信", "『双方』は使えません。当院・先方 から選んでください", "時刻", "『24:00』を読み取れません。09:30 のように入力してください")},

		{"empty 入院", models.Admission{}.Validate(), problems("患者ID", blank, "入院日", blankDate, "氏名", blank)},
		{"discharged before admitted", models.Admission{PatientID: "1", AdmittedOn: from, DischargedOn: before, Name: "甲"}.Validate(), problems("退院日", reversed("入院日"))},
		{"discharged on the day", models.Admission{PatientID: "1", AdmittedOn: from, DischargedOn: from, Name: "甲"}.Validate(), nil},
		{"empty 病棟履歴", models.WardStay{}.Validate(), problems("患者ID", blank, "入院日", blankDate, "開始日", blankDate, "病棟コード", blank)},

		{"empty 共同指導", models.JointGuidance{}.Validate(), problems("指導番号", blank)},
		{"旧 on the first new day", models.JointGuidance{Number: "G", On: models.RevisionDate, Claim: models.ClaimLegacy}.Validate(), problems(
			"算定区分", "指導日が令和8年6月1日以降のため「旧」は使えません。1・2・なしから選んでください")},
		{"2 on the last old day", models.JointGuidance{Number: "G", On: models.RevisionDate.AddDays(-1), Claim: models.ClaimFee2}.Validate(), problems(
			"算定区分", "指導日が令和8年5月以前のため「2」は使えません。旧・なしから選んでください")},
		{"旧 without a day", models.JointGuidance{Number: "G", Claim: models.ClaimLegacy}.Validate(), nil},
		{"なし on any day", models.JointGuidance{Number: "G", On: from, Claim: models.ClaimNone}.Validate(), nil},
		{"a day outside the stay", models.JointGuidance{Number: "G", AdmittedOn: from, On: before}.Validate(), nil},
		{"values outside the lists", models.JointGuidance{Number: "G", Way: "手紙", Content: "3回目", Standing: "友人", PlanCopyKind: "控え", Claim: "3"}.Validate(), problems(
			"方法", "『手紙』は使えません。対面・ビデオ通話・電話・文書 から選んでください", "内容区分", "『3回目』は使えません。初回・2回目 から選んでください",
			"相手の立場", "『友人』は使えません。入院前担当・患者選択 から選んでください", "写しの種類", "『控え』は使えません。原案・確定 から選んでください",
			"算定区分", "『3』は使えません。1・2・旧・なし から選んでください")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, tt.got) })
	}
}

func TestProblemsAndErrorsReadAsSentences(t *testing.T) {
	assert.Equal(t, "氏名: "+blank, models.Problem{Field: "氏名", Message: blank}.String())
	cause := errors.New("disk full")
	err := models.Wrap(cause, models.Unavailable, "「%s」に書けません", "a")
	assert.ErrorIs(t, err, cause)
	assert.Equal(t, "「a」に書けません", models.ErrorMessage(err))
	assert.Equal(t, "「a」に書けません: disk full", err.Error())
	assert.Equal(t, models.Unavailable, models.ErrorCode(err))
	assert.Equal(t, models.Internal, models.ErrorCode(cause))
	assert.NotContains(t, models.ErrorMessage(cause), "disk")
}

func TestKindsOfPartnersAndContacts(t *testing.T) {
	medical, care := []models.PartnerKind{}, []models.PartnerKind{}
	for _, k := range models.PartnerKinds {
		if k.Medical() {
			medical = append(medical, k)
		}
		if k.CareProvider() {
			care = append(care, k)
		}
	}
	assert.Equal(t, []models.PartnerKind{models.Hospital, models.Clinic}, medical)
	assert.Len(t, care, 13)
	assert.Contains(t, care, models.HomeService)
	assert.Contains(t, care, models.CommunityService)
	assert.NotContains(t, care, models.CommunityCenter)
	assert.NotContains(t, care, models.PreventiveOffice)
	assert.True(t, models.FaceToFace.Menkai())
	assert.True(t, models.VideoCall.Menkai())
	assert.False(t, models.PhoneCall.Menkai())
	assert.True(t, models.ClaimLegacy.Recorded())
	assert.False(t, models.ClaimNone.Recorded())
	assert.Equal(t, "00000001/2026-10-02", models.AdmissionKey{PatientID: "00000001", AdmittedOn: day("2026-10-02")}.String())
	assert.True(t, models.Policy{Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes}.Complete())
	assert.False(t, models.Policy{Within7Days: models.Yes, Before7Days: models.Yes}.Complete())
}

func TestWhoUsuallyMakesCarePlans(t *testing.T) {
	for _, c := range []struct {
		name          string
		qualification models.Qualification
		office        models.PartnerKind
		want          models.Mark
	}{
		{"care manager of a care office", models.QualifiedCM, models.CareOffice, models.Yes},
		{"chief care manager of a care office", models.ChiefCM, models.CareOffice, models.Yes},
		{"care manager of a home", models.QualifiedCM, models.NursingHome, models.Unknown},
		{"care manager of no office", models.ChiefCM, "", models.Unknown},
		{"consultant of a planning office", models.ConsultSpecialist, models.PlanningConsult, models.Yes},
		{"consultant of a children's office", models.ConsultSpecialist, models.ChildConsult, models.Yes},
		{"consultant of a care office", models.ConsultSpecialist, models.CareOffice, models.Unknown},
		{"care manager of a planning office", models.QualifiedCM, models.PlanningConsult, models.Unknown},
		{"somebody else", models.OtherQualified, models.CareOffice, models.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, models.UsuallyPlans(c.qualification, c.office)) })
	}
}
