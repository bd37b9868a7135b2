package partners

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// bookIndex arranges a register made by hand.
func bookIndex(t *testing.T, book *models.Book) *Index {
	t.Helper()
	rules, err := app.Rules()
	require.NoError(t, err)
	return NewIndex(apptest.JudgeBook(t, book, rules).Facts, rules, today, nil)
}

var on = models.MustDate

// smallBook has one office with a person who is ready and one who is not.
func smallBook() *models.Book {
	return &models.Book{
		Staff: []models.Staff{{Code: "S1", Name: "渡邉", Department: models.FullTime, From: on("2020-04-01")}},
		Partners: []models.Partner{
			{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice, Phone: "045-123-4567", ConsultedOn: on("2026-04-01")},
			{Code: "P2", Name: "うみ居宅", Kind: models.CareOffice, EndedOn: on("2026-06-30")},
		},
		CareManagers: []models.CareManager{
			{Code: "C1", Name: "佐藤 実", Qualification: models.QualifiedCM, SharedOn: on("2026-02-01"), CheckedOn: on("2026-08-01")},
			{Code: "C2", Name: "山田 花", Qualification: models.QualifiedCM},
			{Code: "C3", Name: "林 空", Qualification: models.QualifiedCM},
		},
		Affiliations: []models.Affiliation{
			{CareManager: "C1", Partner: "P1", From: on("2025-04-01")},
			{CareManager: "C1", Partner: "P2", From: on("2020-04-01"), To: on("2025-03-31")},
			{CareManager: "C2", Partner: "P1", From: on("2025-04-01")},
		},
		Meetings: []models.Meeting{{Code: "M1", HeldOn: on("2026-07-14"), Name: "多職種連携会議", Kind: models.MultiJobMeeting}},
		Attendances: []models.Attendance{
			{Meeting: "M1", Kind: models.AttendeeStaff, Code: "S1"}, {Meeting: "M1", Kind: models.AttendeeCM, Code: "C1"},
		},
		Contacts: []models.Contact{
			{Number: "K1", On: on("2026-01-10"), Kind: models.FaceToFace, Partner: "P1", Staff: []string{"S1"}},
			{Number: "K2", On: on("2026-05-20"), Kind: models.VideoCall, CareManager: "C1", Staff: []string{"S1"}, Purpose: "退院の相談"},
			{Number: "K3", On: on("2024-06-01"), Kind: models.PhoneCall, CareManager: "C1", Staff: []string{"S1"}},
			{Number: "K4", On: on("2026-11-30"), Kind: models.PhoneCall, CareManager: "C2"},
		},
	}
}

func TestPeacetimeOfAPerson(t *testing.T) {
	x := bookIndex(t, smallBook())

	t.Run("ready: until when, and by what", func(t *testing.T) {
		d, ok := x.DescribePerson("C1")
		require.True(t, ok)
		assert.Equal(t, "あり", d.Peace.Tint.Word)
		assert.Equal(t, "平時の連携は、きょうの時点であります。2027-07-14までの入院に使えます（あと234日）。", d.Peace.Sentence)
		require.Len(t, d.Peace.Conditions, 2)
		require.Len(t, d.Peace.Conditions[0].Evidence, 1)
		assert.Contains(t, d.Peace.Conditions[0].Evidence[0].Text, "多職種連携会議 2026-07-14")
		assert.NotEmpty(t, d.Peace.Conditions[0].Evidence[0].Link)
		require.Len(t, d.Peace.Conditions[1].Evidence, 1)
		assert.Contains(t, d.Peace.Conditions[1].Evidence[0].Text, "2026-02-01")
		assert.Empty(t, d.Peace.Conditions[1].Evidence[0].Link, "the person is in sight already")
		assert.Empty(t, d.Peace.Todo)
		assert.Equal(t, "さくら居宅（2025-04-01から）", d.Office)
		assert.Len(t, d.Moves, 2)
	})
	t.Run("not ready: what is missing and what to do", func(t *testing.T) {
		d, ok := x.DescribePerson("C2")
		require.True(t, ok)
		assert.Equal(t, "なし", d.Peace.Tint.Word)
		assert.Contains(t, d.Peace.Sentence, "きょうの時点でありません")
		require.Len(t, d.Peace.Todo, 2)
		assert.Contains(t, d.Peace.Todo[0], "会議などを開くか")
		assert.Contains(t, d.Peace.Todo[1], "連絡先を確認した")
		assert.NotEmpty(t, d.Peace.Conditions[0].Missing)
	})
	t.Run("no office: to be registered first", func(t *testing.T) {
		d, ok := x.DescribePerson("C3")
		require.True(t, ok)
		assert.Contains(t, d.Peace.Sentence, "所属の記録がない")
		assert.Empty(t, d.OfficeKey)
	})
	t.Run("ending soon: when and what keeps it", func(t *testing.T) {
		book := smallBook()
		book.Meetings[0].HeldOn = on("2025-12-10")
		d, _ := bookIndex(t, book).DescribePerson("C1")
		require.Len(t, d.Peace.Todo, 1)
		assert.Contains(t, d.Peace.Todo[0], "まもなく切れます。2026-12-10までに")
	})
	_, ok := x.DescribePerson("C9")
	assert.False(t, ok)
}

func TestOfficeDetail(t *testing.T) {
	x := bookIndex(t, smallBook())
	d, ok := x.DescribeOffice("P1", DefaultInterval)
	require.True(t, ok)

	t.Run("面会 wanting, and until when those held count", func(t *testing.T) {
		assert.Equal(t, "●●○", d.Menkai.Dots)
		assert.Equal(t, "あと1回、2027-01-09まで（その後は2026-01-10の面会が1年の外に出ます）", d.Menkai.Sentence)
		assert.Equal(t, "面会日 2026-05-20・2026-01-10", d.Menkai.Days)
		assert.False(t, d.Menkai.Enough)
	})
	t.Run("the next 面会 by the interval", func(t *testing.T) {
		assert.Equal(t, "次の面会の目安 2026-09-17（木）（66日過ぎています）", d.Menkai.Next)
		assert.True(t, d.Menkai.Late)
		longer, _ := x.DescribeOffice("P1", 180)
		assert.Equal(t, "次の面会の目安 2026-11-16（月）（6日過ぎています）", longer.Menkai.Next)
		for interval, want := range map[int]struct { // the last was 2026-05-20; 186 days to today
			next string
			late bool
		}{185: {"次の面会の目安 2026-11-21（土）（1日過ぎています）", true}, 186: {"次の面会の目安 2026-11-22（日）（きょうまで）", true},
			187: {"次の面会の目安 2026-11-23（月）（あと1日）", false}} {
			d, _ := x.DescribeOffice("P1", interval)
			assert.Equal(t, want.next, d.Menkai.Next)
			assert.Equal(t, want.late, d.Menkai.Late, "it is time from the day on")
		}
		none, _ := x.DescribeOffice("P1", -1)
		assert.Empty(t, none.Menkai.Next)
	})
	t.Run("its people now and in the past", func(t *testing.T) {
		require.Len(t, d.People, 2)
		assert.True(t, d.People[0].Now)
		former, _ := x.DescribeOffice("P2", DefaultInterval)
		require.Len(t, former.People, 1)
		assert.False(t, former.People[0].Now)
		assert.Contains(t, former.People[0].Detail, "2020-04-01〜2025-03-31")
		assert.Contains(t, former.Menkai.Sentence, "連携機関ではない")
	})
	t.Run("one timeline, each record with the office of its day", func(t *testing.T) {
		assert.Len(t, OfficeTimeline(x.Facts, "P1"), 4, "two 面会, a 会議, the call of C2")
		former := OfficeTimeline(x.Facts, "P2")
		require.Len(t, former, 1)
		assert.Equal(t, page.To("やり取り", "K3"), former[0].Link)
	})
	t.Run("who was checked last", func(t *testing.T) {
		assert.Equal(t, "2026-08-01（土） 佐藤 実さん", d.Checked.Value)
	})
	t.Run("a planned contact is not the last one", func(t *testing.T) {
		row := x.Rows[0]
		assert.Equal(t, on("2026-05-20"), row.LastContact)
	})
	_, ok = x.DescribeOffice("P9", DefaultInterval)
	assert.False(t, ok)
}

func TestTheLastDealingIsOfTodayOrBefore(t *testing.T) {
	book := smallBook()
	book.Contacts = append(book.Contacts, models.Contact{Number: "K5", On: today, Kind: models.PhoneCall, Partner: "P2"},
		models.Contact{Number: "K6", On: today.AddDays(1), Kind: models.PhoneCall, Partner: "P2"})
	book.Sessions = []models.JointGuidance{
		{Number: "G1", On: today, CareManager: "C1"}, {Number: "G2", On: today.AddDays(1), CareManager: "C1"}, {Number: "G3", On: today.AddDays(1), CareManager: "C3"},
	}
	last := make(map[string]models.Date)
	for _, row := range bookIndex(t, book).Rows {
		last[row.Key] = row.LastContact
	}
	assert.Equal(t, map[string]models.Date{"P:P1": today, "P:P2": today, "C:C1": today, "C:C2": 0, "C:C3": 0, homeless: 0}, last)
}

func TestMenkaiOfAFiscalYearCountUntilItsEnd(t *testing.T) {
	book := smallBook()
	book.Settings = []models.Setting{{Key: "a246_period", Value: fee.Fiscal}}
	d, _ := bookIndex(t, book).DescribeOffice("P1", DefaultInterval)
	assert.Equal(t, "あと2回、2027-03-31まで", d.Menkai.Sentence)
}

func TestDoubles(t *testing.T) {
	x := sampleIndex(t, pagetest.SampleApp(t))
	first, person := x.Facts.Book.Partners[0], x.Facts.Book.CareManagers[0]

	t.Run("an office by name, number and phone", func(t *testing.T) {
		found := x.OfficeDoubles(models.Partner{Code: "P999", Name: "みなと サクラ居宅介護支援事業所", OfficeNumber: first.OfficeNumber, Phone: "0900001010"})
		require.NotEmpty(t, found)
		assert.Equal(t, Double{"P:P001", "みなとさくら居宅介護支援事業所（P001）", "名称・事業所番号・電話が同じ"}, found[0])
	})
	t.Run("not itself", func(t *testing.T) {
		for _, d := range x.OfficeDoubles(first) {
			assert.NotEqual(t, "P:P001", d.Key)
		}
	})
	t.Run("a person by name, not by the phone of the office", func(t *testing.T) {
		found := x.PersonDoubles(models.CareManager{Code: "C999", Name: "山口美穂", Phone: person.Phone})
		require.Len(t, found, 1)
		assert.Equal(t, "C:C001", found[0].Key)
		assert.Equal(t, "氏名が同じ", found[0].Why)
	})
	assert.Empty(t, x.PersonDoubles(models.CareManager{Code: "C999"}), "nothing typed is like nobody")
}
