package admissions

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

func TestRow(t *testing.T) {
	t.Run("in hospital: the day of the stay, the first being the admission", func(t *testing.T) {
		row := hospital(t, "2026-10-19", nil).byKey[hanako]
		require.NotNil(t, row)
		assert.Equal(t, "18日目", row.Stay)
		assert.Equal(t, "10/27 見込", row.Out)
		assert.Equal(t, "3東病棟", row.Ward)
		assert.Equal(t, "佐藤 実", row.CareManager)
		assert.Equal(t, "さくら居宅", row.Office)
		assert.Equal(t, fee.Fee2, row.Result)
		assert.Equal(t, 1000, row.Points)
		assert.Equal(t, []Missing{LacksNotice, LacksCopy}, row.Missing)
		assert.Equal(t, "退院前連絡・写し", row.MissingWords)
	})
	t.Run("discharged: the days of the whole stay, both ends counted", func(t *testing.T) {
		row := hospital(t, "2026-11-20", func(b *models.Book) {
			b.Admissions[0].DischargedOn = day("2026-10-27")
			b.WardStays[0].To = day("2026-10-27")
		}).byKey[hanako]
		assert.Equal(t, "26日間", row.Stay)
		assert.Equal(t, "10/27 退院", row.Out)
		assert.False(t, row.Shown == Here)
		assert.Equal(t, "3東病棟", row.Ward)
	})
	t.Run("still here on the day of the discharge that is entered already", func(t *testing.T) {
		leave := func(b *models.Book) { b.Admissions[0].DischargedOn = day("2026-10-27") }
		for today, here := range map[string]bool{"2026-10-26": true, "2026-10-27": true, "2026-10-28": false} {
			row := hospital(t, today, leave).byKey[hanako]
			assert.Equal(t, here, row.Shown == Here, today)
			assert.Equal(t, "10/27 退院", row.Out, today)
		}
	})
	t.Run("to come", func(t *testing.T) {
		assert.Equal(t, "入院予定", hospital(t, "2026-10-01", nil).byKey[hanako].Stay)
	})
	t.Run("a year that does not go without saying", func(t *testing.T) {
		row := hospital(t, "2028-10-19", func(b *models.Book) { b.Admissions[0].DischargedOn = day("2026-10-27") }).byKey[hanako]
		assert.Equal(t, "2026-10-27", row.Out)
	})
	t.Run("a ward that is not registered shows its code", func(t *testing.T) {
		row := hospital(t, "2026-10-19", func(b *models.Book) { b.WardStays[0].Ward = "9Z" }).byKey[hanako]
		assert.Equal(t, "9Z", row.Ward)
		assert.Equal(t, fee.Pending, row.Result)
		assert.Contains(t, row.Missing, LacksFacts)
	})
	t.Run("a patient of a care manager without a session", func(t *testing.T) {
		row := hospital(t, "2026-10-10", func(b *models.Book) { b.Sessions = nil }).byKey[hanako]
		assert.Empty(t, row.Result)
		assert.Equal(t, []Missing{LacksSession}, row.Missing, "退院前連絡 is due on 10/20, more than a week away")
	})
}

func TestMissing(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*models.Book)
		want   []Missing
	}{
		{"everything there", func(b *models.Book) {}, nil},
		{"the note", func(b *models.Book) { b.Sessions[0].NotedOn = 0 }, []Missing{LacksNote}},
		{"the terms of 指導料2", func(b *models.Book) { b.Attendances = nil }, []Missing{LacksTerms}},
		{"the doctor's order is no shortcoming of 指導料2", func(b *models.Book) { b.Sessions[0].DoctorsOrder = models.Unknown }, nil},
		{"the information, past its day", func(b *models.Book) { b.Admissions[0].InformedOn = 0 }, []Missing{LacksInform}},
		{"another record than the verdict", func(b *models.Book) { b.Sessions[0].Claim = models.ClaimFee2; b.Attendances = nil }, []Missing{LacksTerms, LacksAgreeing}},
		{"consent", func(b *models.Book) { b.Admissions[0].ConsentedOn = 0 }, []Missing{LacksConsent, LacksTerms}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := hospital(t, "2026-10-19", func(b *models.Book) {
				b.Admissions[0].NoticedOn, b.Sessions[1].PlanCopyOn = day("2026-10-19"), day("2026-10-19")
				c.change(b)
			})
			assert.Equal(t, c.want, s.byKey[hanako].Missing)
		})
	}
}

func TestADeadlineIsMissingFromAWeekBeforeItsDay(t *testing.T) {
	for today, want := range map[string][]Missing{
		"2026-10-12": nil, // 退院前連絡 by 10/20, in eight days
		"2026-10-13": {LacksNotice},
		"2026-10-20": {LacksNotice},
		"2026-10-21": {LacksNotice},
	} {
		s := hospital(t, today, func(b *models.Book) { b.Sessions[1].PlanCopyOn = day("2026-10-19") })
		assert.Equal(t, want, s.byKey[hanako].Missing, today)
	}
}

func TestInformationCountedFromTheNextDayIsMissingFromTheDayOfAdmission(t *testing.T) {
	s := hospital(t, "2026-10-02", func(b *models.Book) { // by 10/09, in seven days
		b.Sessions, b.Admissions[0].InformedOn = nil, 0
		b.Settings = []models.Setting{{Key: "day_count", Value: "next_day"}}
	})
	assert.Equal(t, []Missing{LacksInform, LacksSession}, s.byKey[hanako].Missing)
	assert.Equal(t, "1日目", s.byKey[hanako].Stay)
}

func TestAnAdmissionIsJudgedByTheBestOfItsSessions(t *testing.T) {
	v := func(result fee.Result, points int) *fee.Verdict { return &fee.Verdict{Result: result, Points: points} }
	result, points := overall([]*fee.Verdict{v(fee.NotBilled, 0), v(fee.Fee1, 400), v(fee.NotBillable, 0), v(fee.Fee1, 400)})
	assert.Equal(t, fee.Fee1, result)
	assert.Equal(t, 800, points)
	result, _ = overall([]*fee.Verdict{v(fee.Fee2, 500), v(fee.Fee1, 400)})
	assert.Equal(t, fee.Fee2, result)
	result, _ = overall([]*fee.Verdict{v(fee.NotBillable, 0), v(fee.Pending, 0)})
	assert.Equal(t, fee.Pending, result)
}

func TestTheYearIsNamedBeyondTwoHundredDays(t *testing.T) {
	leave := func(b *models.Book) { b.Admissions[0].DischargedOn = day("2026-10-27") }
	for today, want := range map[string]string{"2027-05-15": "10/27 退院", "2027-05-16": "2026-10-27"} { // 200 and 201 days after
		assert.Equal(t, want, hospital(t, today, leave).byKey[hanako].Out, today)
	}
	for today, want := range map[string]string{"2026-10-02": "04/20 見込", "2026-10-01": "2027-04-20"} { // 200 and 201 days before
		assert.Equal(t, want, hospital(t, today, func(b *models.Book) { b.Admissions[0].ExpectedOn = day("2027-04-20") }).byKey[hanako].Out, today)
	}
}

func TestChoose(t *testing.T) {
	s := hospital(t, "2026-10-19", func(b *models.Book) {
		add := func(id, name, kana, discharged string, ward string) {
			a := models.Admission{PatientID: id, AdmittedOn: day("2026-09-01"), Name: name, Kana: kana}
			if discharged != "" {
				a.DischargedOn = day(discharged)
			}
			b.Admissions = append(b.Admissions, a)
			b.WardStays = append(b.WardStays, models.WardStay{PatientID: id, AdmittedOn: a.AdmittedOn, From: a.AdmittedOn, Ward: ward})
		}
		add("0000000777", "山田 太郎", "ヤマダ タロウ", "", "4E")
		add("0000000888", "邊見 さち", "ヘンミ サチ", "2026-09-30", "3E")
	})
	for _, c := range []struct {
		name   string
		filter Filter
		want   []string
	}{
		{"those in hospital at first", Filter{}, []string{"髙橋 花子", "山田 太郎"}},
		{"those who left", Filter{Stay: Left}, []string{"邊見 さち"}},
		{"all, by kana", Filter{Stay: Every}, []string{"髙橋 花子", "邊見 さち", "山田 太郎"}},
		{"a ward", Filter{Ward: "4東病棟（地域包括ケア）"}, []string{"山田 太郎"}},
		{"who held a session", Filter{Staff: "N1"}, []string{"髙橋 花子"}},
		{"who held none", Filter{Staff: "N2"}, nil},
		{"a verdict", Filter{Verdict: string(fee.Fee2)}, []string{"髙橋 花子"}},
		{"no session", Filter{Verdict: NoSession}, []string{"山田 太郎"}},
		{"what is missing", Filter{Missing: string(LacksCopy)}, []string{"髙橋 花子"}},
		{"anything missing", Filter{Missing: AnyMissing}, []string{"髙橋 花子"}},
		{"hiragana", Filter{Query: "たかはし"}, []string{"髙橋 花子"}},
		{"half-width kana", Filter{Query: "ﾀｶﾊｼ"}, []string{"髙橋 花子"}},
		{"romaji with the input method off", Filter{Query: "yamada"}, []string{"山田 太郎"}},
		{"the common form of a kanji", Filter{Query: "高橋"}, []string{"髙橋 花子"}},
		{"an ID without its zeros", Filter{Query: "777"}, []string{"山田 太郎"}},
		{"an ID with more zeros than it has", Filter{Query: "00000000000777"}, []string{"山田 太郎"}},
		{"the care manager", Filter{Query: "さとう"}, []string{"髙橋 花子"}},
		{"two words, each somewhere", Filter{Query: "hanako さくら"}, []string{"髙橋 花子"}},
		{"nobody", Filter{Query: "そんざいしない"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var names []string
			for _, row := range Choose(s.rows, c.filter) {
				names = append(names, row.Name)
			}
			assert.Equal(t, c.want, names)
		})
	}
	t.Run("the figures at the foot", func(t *testing.T) {
		assert.Equal(t, "入院 3件 ・ 指導料2 1件 ・ 足りないもの 1件 ・ 合計 1,000点", Total(Choose(s.rows, Filter{Stay: Every})).String())
	})
}
