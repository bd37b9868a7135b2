package admissions

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/views/page"
)

func TestATaskIsLateFromTheDayAfterItsDay(t *testing.T) {
	for _, c := range []struct {
		today string
		late  bool
		due   string
	}{{"2026-10-19", false, "10/20 まで（あと1日）"}, {"2026-10-20", false, "きょうまで"}, {"2026-10-21", true, "期限超過1日"}} {
		tasks := tasksOf(hospital(t, c.today, nil).find(hanako)) // 退院7日前の連絡 by 10/20
		require.NotEmpty(t, tasks)
		assert.Equal(t, day("2026-10-20"), tasks[0].By)
		assert.Equal(t, c.late, tasks[0].Late, c.today)
		assert.Equal(t, c.due, tasks[0].Due)
	}
	assert.Equal(t, "2027-01-05 まで（あと16日）", dueWords(day("2027-01-05"), day("2026-12-20")), "the year where it is another")
}

func TestTasks(t *testing.T) {
	noSessions := func(b *models.Book) { b.Sessions = nil }
	for _, c := range []struct {
		name, today string
		change      func(*models.Book)
		want        []string
	}{
		{
			// The admission of the drawing: leaving on 10/27, so 10/20 is seven
			// days before; the copy of 10/19 is due 14 days after, on 11/02.
			"the contact before leaving and the copy, by the day they are due", "2026-10-19", nil,
			[]string{"10/20 まで（あと1日）  退院7日前の連絡（ケアマネ 佐藤 実）", "11/02 まで（あと14日）  ケアプラン写しの依頼と受領（10/19の指導）"},
		},
		{
			// 11/02 + 5 days.
			"a copy asked for and overdue by five days", "2026-11-07",
			func(b *models.Book) {
				b.Sessions[1].PlanAskedOn = day("2026-10-21")
				b.Admissions[0].NoticedOn = day("2026-10-20")
			},
			[]string{"期限超過5日  ケアプラン写しの受領（10/21 依頼）"},
		},
		{
			// The 7th day with the day of admission as the first: 10/08.
			"the information of the admission on its last day", "2026-10-08",
			func(b *models.Book) { noSessions(b); b.Admissions[0].InformedOn = 0 },
			[]string{"きょうまで  入院から7日以内の情報提供（ケアマネ 佐藤 実）", "10/20 まで（あと12日）  退院7日前の連絡（ケアマネ 佐藤 実）", "初回の共同指導"},
		},
		{
			// 10/08 and 10/20 have passed.
			"what is late asks for the day it is done in fact", "2026-10-21",
			func(b *models.Book) { noSessions(b); b.Admissions[0].InformedOn = 0 },
			[]string{
				"期限超過13日  入院から7日以内の情報提供（ケアマネ 佐藤 実）。期限を過ぎています。実際の提供日を残してください",
				"期限超過1日  退院7日前の連絡（ケアマネ 佐藤 実）。期限を過ぎています。実際の連絡日を残してください", "初回の共同指導",
			},
		},
		{
			// The day after the admission as the first: 10/09.
			"the information counted from the next day", "2026-10-08",
			func(b *models.Book) {
				noSessions(b)
				b.Admissions[0].InformedOn, b.Admissions[0].NoticedOn = 0, day("2026-10-08")
				b.Settings = []models.Setting{{Key: "day_count", Value: "next_day"}}
			},
			[]string{"10/09 まで（あと1日）  入院から7日以内の情報提供（ケアマネ 佐藤 実）", "初回の共同指導"},
		},
		{
			// Leaving on 10/05 is less than seven days after the admission.
			"the contact before leaving is not due before the admission", "2026-10-02",
			func(b *models.Book) { noSessions(b); b.Admissions[0].ExpectedOn = day("2026-10-05") },
			[]string{"きょうまで  退院7日前の連絡（ケアマネ 佐藤 実）", "初回の共同指導"},
		},
		{
			"the second session by the day of leaving", "2026-10-19",
			func(b *models.Book) { b.Sessions = b.Sessions[:1]; b.Admissions[0].NoticedOn = day("2026-10-19") },
			[]string{"10/27 まで（あと8日）  2回目の共同指導（退院前）"},
		},
		{
			"the note of a session on its day, nothing of one still to come", "2026-10-08",
			func(b *models.Book) {
				b.Sessions[0].NotedOn = 0
				b.Sessions[1].NotedOn = 0
				b.Admissions[0].NoticedOn = day("2026-10-08")
			},
			[]string{"きょうまで  診療録に要点を記載（10/08の指導）"},
		},
		{
			"consent that is wanting", "2026-10-03",
			func(b *models.Book) {
				noSessions(b)
				b.Admissions[0].ConsentedOn, b.Admissions[0].NoticedOn = 0, day("2026-10-03")
			},
			[]string{"本人の同意を得て、同意日を登録する", "初回の共同指導"},
		},
		{
			"nobody in charge: counsel first", "2026-10-03",
			func(b *models.Book) {
				noSessions(b)
				b.Admissions[0].CareManager, b.Admissions[0].CareStatus = "", models.NotApplied
			},
			[]string{"要介護認定が未申請です。居宅介護支援事業所・地域包括への相談を勧め、決まったら担当ケアマネを登録する"},
		},
		{
			"a patient who wishes no services is left in peace", "2026-10-03",
			func(b *models.Book) {
				noSessions(b)
				b.Admissions[0].PatientWishes, b.Admissions[0].NoticedOn = models.No, day("2026-10-03")
			},
			nil,
		},
		{
			"after the discharge only the papers remain", "2026-11-07",
			func(b *models.Book) {
				b.Admissions[0].DischargedOn, b.Admissions[0].NoticedOn = day("2026-10-27"), day("2026-10-20")
			},
			[]string{"期限超過5日  ケアプラン写しの依頼と受領（10/19の指導）"},
		},
		{
			"what would make a session 指導料2", "2026-10-19",
			func(b *models.Book) {
				b.Sessions = b.Sessions[:1]
				b.Attendances = b.Attendances[:1]
				b.Admissions[0].NoticedOn = day("2026-10-19")
			},
			[]string{
				"10/27 まで（あと8日）  2回目の共同指導（退院前）",
				"10/08 を指導料2にする: 2026-10-01までに会議に出席した事実と記録がある場合だけ登録する",
			},
		},
		{
			"a claim that was sent is not mended", "2026-10-19",
			func(b *models.Book) {
				b.Attendances = b.Attendances[:1]
				b.Sessions[0].Claim, b.Sessions[1].Claim = models.ClaimFee1, models.ClaimFee1
				b.Sessions[1].PlanCopyOn, b.Admissions[0].NoticedOn = day("2026-10-19"), day("2026-10-19")
			},
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, taskTexts(hospital(t, c.today, c.change))) })
	}
}

func TestTheButtonsOfATask(t *testing.T) {
	steps := func(change func(*models.Book)) []step {
		tasks := tasksOf(hospital(t, "2026-10-19", func(b *models.Book) {
			b.Sessions, b.Admissions[0].NoticedOn = b.Sessions[1:], day("2026-10-19")
			change(b)
		}).find(hanako))
		require.NotEmpty(t, tasks)
		return tasks[len(tasks)-1].Steps
	}
	t.Run("a copy is asked for, then received", func(t *testing.T) {
		assert.Equal(t, []step{{Word: "依頼した", Do: setAsked, Key: "G0002"}, {Word: "受け取った", Do: setReceived, Key: "G0002"}}, steps(func(*models.Book) {}))
		assert.Equal(t, []step{{Word: "受け取った", Do: setReceived, Key: "G0002"}}, steps(func(b *models.Book) { b.Sessions[0].PlanAskedOn = day("2026-10-19") }))
	})
	t.Run("what is not met leads to where it is entered", func(t *testing.T) {
		assert.Equal(t, []step{{Word: "共同指導を直す", To: page.ToEdit("共同指導", "G0002", "患者参加")}, {Word: "会議を開く", To: page.To("会議", "")}},
			steps(func(b *models.Book) { b.Sessions[0].PatientJoined, b.Attendances = models.No, nil }))
		assert.Equal(t, []step{{Word: "入院を直す", To: page.ToEdit("入院", "0000012345/2026-10-02", "サービス導入適当")}}, steps(func(b *models.Book) { b.Admissions[0].ServiceSuitable = models.Unknown }))
		assert.Equal(t, []step{{Word: "病棟を直す", To: page.ToEdit("病棟", "3E/2024-04-01", "加算1届出開始")}, {Word: "介護支援専門員を直す", To: page.ToEdit("介護支援専門員", "C1", "連絡先共有日")}}, steps(func(b *models.Book) {
			b.Wards[0].FiledFrom, b.CareManagers[0].SharedOn = 0, 0
		}))
	})
	t.Run("a session that cannot be judged is put right first", func(t *testing.T) {
		assert.Equal(t, step{Word: "共同指導を直す", To: page.ToEdit("共同指導", "G0002", "職員コード")}, steps(func(b *models.Book) { b.Sessions[0].Staff = nil })[0])
	})
	t.Run("a record that does not cover the day is the one put right", func(t *testing.T) {
		assert.Equal(t, step{Word: "所属履歴を直す", To: page.ToEdit("所属履歴", "C1/P1/2026-11-01", "開始日")}, steps(func(b *models.Book) { b.Affiliations[0].From = day("2026-11-01") })[0])
		assert.Equal(t, step{Word: "所属履歴を直す", To: page.ToEdit("所属履歴", "C1", "")}, steps(func(b *models.Book) { b.Affiliations = nil })[0])
		assert.Equal(t, step{Word: "病棟履歴を直す", To: page.ToEdit("病棟履歴", "0000012345/2026-10-02", "")}, steps(func(b *models.Book) { b.WardStays = nil })[0])
	})
}

func TestDueWords(t *testing.T) {
	for _, c := range []struct{ by, today, want string }{
		{"2026-10-20", "2026-10-15", "10/20 まで（あと5日）"},
		{"2026-10-20", "2026-10-20", "きょうまで"},
		{"2026-10-20", "2026-10-25", "期限超過5日"},
		{"2027-01-04", "2026-12-28", "2027-01-04 まで（あと7日）"},
	} {
		assert.Equal(t, c.want, dueWords(day(c.by), day(c.today)))
	}
}
