package admissions

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/verdict"
)

func detailOf(t *testing.T, today string, change func(*models.Book)) detail {
	s := hospital(t, today, change)
	return describe(s.find(hanako), s.judged.Rules)
}

func TestDescribe(t *testing.T) {
	d := detailOf(t, "2026-10-19", nil)
	assert.Equal(t, "0000012345  髙橋 花子  タカハシ ハナコ", d.Who)
	assert.Equal(t, []string{"昭和14年5月2日生(87)", "3東病棟（加算1）", "入院 2026-10-02（18日目）", "退院見込 2026-10-27"}, d.About)
	assert.Equal(t, "指導料2", d.Tint.Word)
	assert.Equal(t, "2回で 1,000点", d.Sum)
	assert.Equal(t, "指導料1なら 800点", d.Other)
	first, second := d.Sessions[0], d.Sessions[1]
	assert.Equal(t, []string{"1回目", "10/08 木", "対面", "佐藤 実（さくら居宅）", "指導料2", "確定可"},
		[]string{first.Turn, first.When, first.Way, first.Partner, first.Tint.Word, first.Check})
	assert.Equal(t, []string{"2回目", "10/19 月", "ビデオ", "要対応"}, []string{second.Turn, second.When, second.Way, second.Check})
	t.Run("what 医事課 confirmed is said to be so", func(t *testing.T) {
		d := detailOf(t, "2026-10-19", func(b *models.Book) {
			b.Sessions[0].Claim = models.ClaimFee2
			b.Confirmations = []models.Confirmation{{Session: "G0001", Claim: models.ClaimFee2, Points: 500}}
		})
		assert.Equal(t, verdict.Done, d.Sessions[0].Check)
	})
	t.Run("without a session it says what to do", func(t *testing.T) {
		d := detailOf(t, "2026-10-19", func(b *models.Book) { b.Sessions = nil })
		assert.Equal(t, "共同指導なし", d.Tint.Word)
		assert.Contains(t, d.Plan, "1回目を記録すると")
		assert.Empty(t, d.Compare)
	})
	t.Run("a patient without a ward and a day of leaving", func(t *testing.T) {
		d := detailOf(t, "2026-10-19", func(b *models.Book) { b.WardStays = nil; b.Admissions[0].ExpectedOn = 0 })
		assert.Contains(t, d.About, "病棟の登録がありません")
		assert.Contains(t, d.About, "退院見込 未定")
	})
}

// Worked by hand from fee-rules 7-3.
func TestComparePlans(t *testing.T) {
	for _, c := range []struct {
		name         string
		change       func(*models.Book)
		lines        []compareLine
		fee2, fee1   string
		badge, other string
	}{
		{
			"both fit both: 500+500 or 400+400", nil,
			[]compareLine{{"10/08 木 佐藤 実（さくら居宅）", "○ 500点", "○ 400点"}, {"10/19 月 佐藤 実（さくら居宅）", "○ 500点", "○ 400点"}},
			"1,000点", "800点", "指導料2", "指導料1なら 800点",
		},
		{
			"one fits 指導料2, both 指導料1: 500 or 800, so 指導料1",
			func(b *models.Book) { b.Sessions[1].CareManager = "C2" },
			[]compareLine{{"10/08 木 佐藤 実（さくら居宅）", "○ 500点", "○ 400点"}, {"10/19 月 鈴木 一郎（さくら居宅）", "× 要件不足", "○ 400点"}},
			"500点", "800点", "指導料1", "指導料2なら 500点",
		},
		{
			"no doctor's order: 500+500 or nothing",
			func(b *models.Book) { b.Sessions[0].DoctorsOrder, b.Sessions[1].DoctorsOrder = models.No, models.No },
			[]compareLine{{"10/08 木 佐藤 実（さくら居宅）", "○ 500点", "× 要件不足"}, {"10/19 月 佐藤 実（さくら居宅）", "○ 500点", "× 要件不足"}},
			"1,000点", "0点", "指導料2", "指導料1なら 0点",
		},
		{
			"a session on the telephone has no part in it",
			func(b *models.Book) { b.Sessions[1].Way = models.ByPhone },
			[]compareLine{{"10/08 木 佐藤 実（さくら居宅）", "○ 500点", "○ 400点"}, {"10/19 月 佐藤 実（さくら居宅）", "－ 対象外", "－ 対象外"}},
			"500点", "400点", "指導料2", "指導料1なら 400点",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := detailOf(t, "2026-10-19", c.change)
			assert.Equal(t, c.lines, d.Compare)
			assert.Equal(t, [2]string{c.fee2, c.fee1}, d.Totals)
			assert.Equal(t, c.badge, d.Tint.Word)
			assert.Equal(t, c.other, d.Other)
		})
	}
}

func TestLinkedAdmissions(t *testing.T) {
	d := detailOf(t, "2026-10-19", func(b *models.Book) {
		earlier := b.Admissions[0]
		earlier.AdmittedOn, earlier.DischargedOn = day("2026-09-01"), day("2026-09-20")
		b.Admissions[0].ChainKey, earlier.ChainKey = "A", "A"
		b.Admissions = append(b.Admissions, earlier)
		b.WardStays = append(b.WardStays, models.WardStay{PatientID: earlier.PatientID, AdmittedOn: earlier.AdmittedOn, From: earlier.AdmittedOn, Ward: "3E", To: day("2026-09-20")})
		b.Sessions = append(b.Sessions, sessionOf("G0000", "2026-09-10", func(g *models.JointGuidance) { g.AdmittedOn = earlier.AdmittedOn }))
	})
	assert.Equal(t, []linkedLine{{models.AdmissionKey{PatientID: "0000012345", AdmittedOn: 2026_09_01}, "入院 2026-09-01  退院 2026-09-20"}}, d.Linked)
	assert.Len(t, d.Sessions, 3, "the limits span both admissions")
	assert.True(t, d.Sessions[0].Linked)
	assert.Equal(t, "2回で 1,000点", d.Sum)
	assert.Equal(t, "通算される2件の入院をまとめて数えています", d.Plan)
}

func TestConditionLines(t *testing.T) {
	find := func(lines []ui.Condition, name string) *ui.Condition {
		for i := range lines {
			if lines[i].Name == name {
				return &lines[i]
			}
		}
		return nil
	}
	lines := func(change func(*models.Book), all bool) []ui.Condition {
		s := hospital(t, "2026-10-22", change)
		return conditionLines(s.verdict("G0002"), s.today, all)
	}
	t.Run("what 指導料2 asks and the papers stand open, the rest in one line", func(t *testing.T) {
		got := lines(func(b *models.Book) { b.Sessions[1].PlanAskedOn = day("2026-10-21") }, false)
		var names []string
		for _, l := range got {
			names = append(names, l.Mark+" "+l.Name)
		}
		assert.Equal(t, []string{
			"○ 入退院支援加算1の届出病棟", "○ 入退院支援部門の担当者が実施", "○ 規程（3項目）と院内周知", "○ 平時の会議等への出席", "○ 連絡先・担当者の事前共有",
			"△ 事前の取り決め（望ましい要件）", "○ ほかの条件", "○ 診療録への要点の記載", "× ケアプランの写し",
		}, names)
		assert.Equal(t, []ui.Evidence{{Text: "2026-04-20 入院日の165日前", Link: page.To("介護支援専門員", "C1")}}, find(got, "連絡先・担当者の事前共有").Evidence)
		assert.Equal(t, "受領日が記録されていません", find(got, "ケアプランの写し").Missing)
		assert.Equal(t, []ui.Evidence{{Text: "依頼 2026-10-21", Link: page.To("共同指導", "G0002")},
			{Text: "→ 共同指導の「ケアプラン写し受領日」を直す", Link: page.ToEdit("共同指導", "G0002", "ケアプラン写し受領日")}}, find(got, "ケアプランの写し").Evidence)
	})
	t.Run("an agreement is ○", func(t *testing.T) {
		got := lines(func(b *models.Book) { b.Partners[0].AgreedOn = day("2026-01-10") }, false)
		assert.Equal(t, "○", find(got, "事前の取り決め（望ましい要件）").Mark)
	})
	t.Run("a gate that is not met stands open", func(t *testing.T) {
		got := lines(func(b *models.Book) { b.Sessions[1].PatientJoined = models.No }, false)
		assert.Equal(t, string(fee.NotMet), find(got, "対面又はビデオ通話・患者の参加").Mark)
		assert.Nil(t, find(got, "ケアプランの写し"), "nothing is billed, no papers are asked for")
	})
	t.Run("all of them when asked for", func(t *testing.T) {
		got := lines(nil, true)
		assert.Nil(t, find(got, "ほかの条件"))
		assert.Len(t, got, 18+2)
	})
}

func TestFacts(t *testing.T) {
	value := func(change func(*models.Book), label string) ui.Fact {
		for _, f := range detailOf(t, "2026-10-22", change).Facts {
			if f.Label == label {
				return f
			}
		}
		t.Fatalf("no fact %s", label)
		return ui.Fact{}
	}
	assert.Equal(t, "2026-10-02（期限 2026-10-08）", value(nil, "入院時情報提供").Value)
	assert.Equal(t, ui.Fact{Label: "退院前連絡", Value: "未登録（期限 2026-10-20）", Warn: true}, value(nil, "退院前連絡"))
	lateBy := value(func(b *models.Book) { b.Admissions[0].InformedOn = day("2026-10-10") }, "入院時情報提供")
	assert.Equal(t, "2026-10-10（期限 2026-10-08 を2日過ぎて）", lateBy.Value)
	assert.Equal(t, "佐藤 実（さくら居宅）  ☎ 09-0000-0001", value(nil, "担当ケアマネ").Value)
}
