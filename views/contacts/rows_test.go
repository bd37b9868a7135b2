package contacts

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
)

var today = models.MustDate("2026-11-22")

// smallBook has two care managers of one office, a hospital, and five contacts.
func smallBook() *models.Book {
	on := models.MustDate
	return &models.Book{
		Partners: []models.Partner{
			{Code: "P001", Name: "さくら居宅", Kana: "サクラキョタク", Kind: models.CareOffice},
			{Code: "P002", Name: "みどり病院", Kana: "ミドリビョウイン", Kind: models.Hospital},
		},
		CareManagers: []models.CareManager{
			{Code: "C001", Name: "佐藤 実", Kana: "サトウ ミノル", Qualification: models.QualifiedCM},
			{Code: "C002", Name: "髙橋 花", Kana: "タカハシ ハナ", Qualification: models.QualifiedCM},
		},
		Affiliations: []models.Affiliation{
			{CareManager: "C001", Partner: "P001", From: on("2020-04-01")},
			{CareManager: "C002", Partner: "P001", From: on("2020-04-01")},
		},
		Staff: []models.Staff{
			{Code: "N001", Name: "石川 早苗", Kana: "イシカワ サナエ", From: on("2020-04-01"), Job: models.Nurse, Department: models.FullTime},
			{Code: "D001", Name: "髙木 浩二", Kana: "タカギ コウジ", From: on("2020-04-01"), Job: models.Doctor},
		},
		Admissions: []models.Admission{{PatientID: "00012345", AdmittedOn: on("2026-10-01"), Name: "山﨑 武"}},
		Contacts: []models.Contact{
			{Number: "K0001", On: on("2026-03-31"), Kind: models.FaceToFace, CareManager: "C001", Partner: "P001", Staff: []string{"N001"}, Purpose: "面談"},
			{Number: "K0002", On: on("2026-10-05"), Time: "09:30", Kind: models.PhoneCall, Initiator: "当院", CareManager: "C001", Staff: []string{"N001"}, Purpose: "退院前の連絡", Body: "退院予定日をお伝えした。", PatientID: "00012345"},
			{Number: "K0003", On: on("2026-11-02"), Kind: models.VideoCall, Initiator: "先方", CareManager: "C002", Partner: "P001", Staff: []string{"D001", "N001"}, Body: "担当者の変更について"},
			{Number: "K0004", On: on("2026-11-20"), Kind: models.FaxSent, Partner: "P002", Staff: []string{"D001"}},
			{Number: "K0005", On: on("2025-05-01"), Kind: models.FaxSent, Partner: "P002"},
		},
	}
}

func facts() *fee.Facts { return fee.NewFacts(smallBook(), fee.DefaultParams()) }

// rowsOf makes the rows of a register anew.
func rowsOf(f *fee.Facts) []*Row { return Rows(f, f.Book.Inpatients(), made{}) }

// known is a register of which nothing has to be read.
func known(f *fee.Facts) func(models.Date) *fee.Facts {
	return func(models.Date) *fee.Facts { return f }
}

func numbers(rows []*Row) []string {
	var list []string
	for _, r := range rows {
		list = append(list, r.Number)
	}
	return list
}

func TestRows(t *testing.T) {
	rows := rowsOf(facts())
	t.Run("the office of a care manager is that of the day", func(t *testing.T) {
		assert.Equal(t, "さくら居宅", rows[1].Office)
		assert.Equal(t, "佐藤 実（さくら居宅）", rows[1].Party())
	})
	t.Run("without a care manager the office is the other side", func(t *testing.T) {
		assert.Equal(t, "みどり病院", rows[3].Who)
		assert.Equal(t, "みどり病院", rows[3].Party())
	})
	t.Run("the staff are named", func(t *testing.T) {
		assert.Equal(t, "髙木 浩二、石川 早苗", rows[2].Staff)
	})
}

func TestFilter(t *testing.T) {
	rows := rowsOf(facts())
	for name, c := range map[string]struct {
		filter Filter
		want   []string
	}{
		"nothing chosen shows the fiscal year":  {Filter{}, []string{"K0002", "K0003", "K0004"}},
		"this month":                            {Filter{Period: periodMonth}, []string{"K0003", "K0004"}},
		"the month before":                      {Filter{Period: periodBefore}, []string{"K0002"}},
		"twelve months":                         {Filter{Period: periodTwelve}, []string{"K0001", "K0002", "K0003", "K0004"}},
		"the fiscal year before":                {Filter{Period: periodLastYear}, []string{"K0001", "K0005"}},
		"everything":                            {Filter{Period: periodAll}, []string{"K0001", "K0002", "K0003", "K0004", "K0005"}},
		"one kind":                              {Filter{Kind: "電話"}, []string{"K0002"}},
		"what counts as 面会":                     {Filter{Period: periodAll, Kind: kindMenkai}, []string{"K0001", "K0003"}},
		"one of the staff":                      {Filter{Staff: "D001"}, []string{"K0003", "K0004"}},
		"one care manager":                      {Filter{Person: people.Key(people.CareManager, "C001")}, []string{"K0002"}},
		"one office, by its care managers too":  {Filter{Person: people.Key(people.Office, "P001")}, []string{"K0002", "K0003"}},
		"old kanji by new":                      {Filter{Query: "高橋"}, []string{"K0003"}},
		"a name by romaji":                      {Filter{Query: "satou"}, []string{"K0002"}},
		"a name by hiragana":                    {Filter{Query: "みどり"}, []string{"K0004"}},
		"a word of the content":                 {Filter{Query: "担当者の変更"}, []string{"K0003"}},
		"a patient by name":                     {Filter{Query: "山崎"}, []string{"K0002"}},
		"a patient by ID without leading zeros": {Filter{Query: "12345"}, []string{"K0002"}},
		"two words, both":                       {Filter{Query: "さくら　退院"}, []string{"K0002"}},
		"two words, one of them elsewhere":      {Filter{Query: "みどり 退院"}, nil},
		"blanks are no query":                   {Filter{Query: " 　"}, []string{"K0002", "K0003", "K0004"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, numbers(c.filter.Apply(rows, today)))
		})
	}
}

func TestPeriodsIncludeTheirFirstAndLastDay(t *testing.T) {
	for _, c := range []struct {
		period, from, to string // first and last day shown
	}{
		{"", "2026-04-01", "2027-03-31"}, {periodMonth, "2026-11-01", "2026-11-30"}, {periodBefore, "2026-10-01", "2026-10-31"},
		{periodTwelve, "2025-11-23", "2026-11-22"}, {periodLastYear, "2025-04-01", "2026-03-31"},
	} {
		t.Run(c.period, func(t *testing.T) {
			first, last := models.MustDate(c.from), models.MustDate(c.to)
			var rows []*Row
			for _, on := range []models.Date{first.AddDays(-1), first, last, last.AddDays(1)} {
				rows = append(rows, &Row{Contact: models.Contact{Number: on.String(), On: on}})
			}
			assert.Equal(t, []string{c.from, c.to}, numbers(Filter{Period: c.period}.Apply(rows, 2026_11_22)))
			assert.Len(t, Filter{Period: periodAll}.Apply(rows, 2026_11_22), 4)
		})
	}
}

func TestFilteringKeepsTheOrderAndAddsNothing(t *testing.T) {
	rows := rowsOf(facts())
	rapid.Check(t, func(t *rapid.T) {
		f := Filter{
			Period: rapid.SampledFrom([]string{"", periodMonth, periodTwelve, periodAll}).Draw(t, "period"),
			Kind:   rapid.SampledFrom([]string{"", kindMenkai, "電話", "無い種別"}).Draw(t, "kind"),
			Staff:  rapid.SampledFrom([]string{"", "N001", "Z999"}).Draw(t, "staff"),
			Query:  rapid.SampledFrom([]string{"", "sa", "サトウ", "0", "退院 さくら"}).Draw(t, "query"),
		}
		kept := f.Apply(rows, today)
		at := -1
		for _, k := range kept {
			i := slices.IndexFunc(rows, func(r *Row) bool { return r.Number == k.Number })
			assert.Greater(t, i, at)
			at = i
		}
		assert.Equal(t, kept, f.Apply(kept, today), "filtering twice is filtering once")
	})
}

func TestChartText(t *testing.T) {
	rows := rowsOf(facts())
	assert.Equal(t, "2026-10-05 09:30 電話 当院→ 佐藤 実（さくら居宅） 【退院前の連絡】 退院予定日をお伝えした。 （担当 石川 早苗）", rows[1].ChartText())
	assert.Equal(t, "2026-11-02 ビデオ通話 髙橋 花（さくら居宅） →当院 担当者の変更について （担当 髙木 浩二、石川 早苗）", rows[2].ChartText())
	assert.Equal(t, "2025-05-01 FAX みどり病院", rows[4].ChartText())
}

func TestEntryMakesAContactForEach(t *testing.T) {
	who := []string{people.Key(people.CareManager, "C002"), people.Key(people.Office, "P002")}
	contacts := contactsWith(facts(), models.Contact{
		On: today, Time: "10:30", Kind: models.PhoneCall, Initiator: "当院", Staff: []string{"N001"}, Body: "内容",
	}, who)
	require.Len(t, contacts, 2)
	assert.Equal(t, []string{"", ""}, []string{contacts[0].Number, contacts[1].Number}, "numbers are given when they are saved")
	assert.Equal(t, [2]string{"C002", "P001"}, [2]string{contacts[0].CareManager, contacts[0].Partner})
	assert.Equal(t, [2]string{"", "P002"}, [2]string{contacts[1].CareManager, contacts[1].Partner})
	problems := func(was models.Contact) models.Problems { return entryOf(contacts, was, today).Problems }
	assert.Empty(t, problems(models.Contact{}))
	t.Run("a day no contact has is refused", func(t *testing.T) {
		contacts[0].On = 2062_10_02
		assert.Equal(t, "日付: 『2062-10-02』は今日（2026-11-22）から1年より先の日付です。年を確かめてください", problems(models.Contact{})[0].String())
		assert.Empty(t, problems(models.Contact{On: 2062_10_02}), "but not again where it stood")
	})
	t.Run("no two share the list of staff", func(t *testing.T) {
		contacts[0].Staff[0] = "D001"
		assert.Equal(t, []string{"N001"}, contacts[1].Staff)
	})
}

func TestServiceOf(t *testing.T) {
	draft := func(kind models.ContactKind, staff ...string) []models.Contact {
		return contactsWith(facts(), models.Contact{On: today, Kind: kind, Staff: staff}, []string{people.Key(people.CareManager, "C001")})
	}
	t.Run("a telephone call supports and is no 面会", func(t *testing.T) {
		s := ServiceOf(facts(), known(facts()), draft(models.PhoneCall, "N001"))
		assert.Contains(t, s.Text, "補強資料")
		assert.Empty(t, s.Days)
	})
	t.Run("a 面会 tells how many days the office has then", func(t *testing.T) {
		s := ServiceOf(facts(), known(facts()), draft(models.FaceToFace, "N001"))
		assert.Equal(t, []string{"さくら居宅  2日 → 3日（年3回を満たす）"}, s.Days)
		assert.Empty(t, s.Warn)
	})
	t.Run("without staff of the department it does not count", func(t *testing.T) {
		s := ServiceOf(facts(), known(facts()), draft(models.FaceToFace, "D001"))
		assert.Equal(t, []string{"さくら居宅  2日（あと1日）"}, s.Days)
		assert.Contains(t, s.Warn, "数えません")
	})
	t.Run("a second one on the same day adds no day", func(t *testing.T) {
		contacts := draft(models.VideoCall, "N001")
		contacts[0].On = models.MustDate("2026-11-02")
		assert.Equal(t, []string{"さくら居宅  2日（あと1日）"}, ServiceOf(facts(), known(facts()), contacts).Days)
	})
	t.Run("one that is changed is not counted twice", func(t *testing.T) {
		changed := smallBook().Contacts[2:3]
		assert.Equal(t, []string{"さくら居宅  1日 → 2日（あと1日）"}, ServiceOf(facts(), known(facts()), changed).Days)
	})
	t.Run("nobody chosen yet", func(t *testing.T) {
		assert.NotEmpty(t, ServiceOf(facts(), known(facts()), nil).Text)
	})
}

func TestPhrases(t *testing.T) {
	t.Run("lines come back as they were written", func(t *testing.T) {
		assert.Equal(t, firstPhrases[2:], parsePhrases(phraseLines(firstPhrases[2:])))
	})
	t.Run("a bar of half width divides, blank lines do not count", func(t *testing.T) {
		assert.Equal(t, []Phrase{{"目的", "文"}, {"", "文だけ"}}, parsePhrases("\n 目的|文 \n\n文だけ\n"))
	})
	t.Run("the tenth is left out", func(t *testing.T) {
		assert.Len(t, parsePhrases("a\nb\nc\nd\ne\nf\ng\nh\ni\nj"), 9)
	})
	t.Run("none left is none, not the first ones", func(t *testing.T) {
		shell := &pagetest.Shell{}
		assert.Equal(t, firstPhrases, recallPhrases(shell))
		page.Keep(shell, keepPhrased, parsePhrases(""))
		assert.Empty(t, recallPhrases(shell))
		shell.Keep(keepPhrased, "壊れた")
		assert.Equal(t, firstPhrases, recallPhrases(shell))
	})
	t.Run("a phrase never takes away what is written", func(t *testing.T) {
		purpose, body := Phrase{"連絡", "文"}.apply("別の目的", "書いた")
		assert.Equal(t, [2]string{"別の目的", "書いた\n文"}, [2]string{purpose, body})
		purpose, body = Phrase{"連絡", "文"}.apply("", "")
		assert.Equal(t, [2]string{"連絡", "文"}, [2]string{purpose, body})
	})
}

func TestLast(t *testing.T) {
	shell := &pagetest.Shell{}
	assert.Equal(t, models.PhoneCall, recallLast(shell).Kind)
	keepLast(shell, models.Contact{Kind: models.FaxSent, Initiator: "先方", Staff: []string{"N001"}})
	assert.Equal(t, Last{models.FaxSent, "先方", []string{"N001"}}, recallLast(shell))
	shell.Keep(keepEntry, `{"kind":"狼煙"}`)
	assert.Equal(t, models.PhoneCall, recallLast(shell).Kind)
}

func TestOnlyChangedContactsAreMadeAnew(t *testing.T) {
	was := facts()
	rows := rowsOf(was)
	for name, c := range map[string]struct {
		change func(*models.Book)
		anew   func(i int) bool
	}{
		"nothing changed":            {func(*models.Book) {}, func(int) bool { return false }},
		"a contact was saved":        {func(b *models.Book) { b.Contacts[1].Version++ }, func(i int) bool { return i == 1 }},
		"its number was given again": {func(b *models.Book) { b.Contacts[1].Body += "、別件" }, func(i int) bool { return i == 1 }},
		"an office has another name": {func(b *models.Book) {
			b.Partners = slices.Clone(b.Partners)
			b.Partners[0].Name = "もみじ居宅"
		}, func(int) bool { return true }},
		"a patient has another name": {func(b *models.Book) {
			b.Admissions = slices.Clone(b.Admissions)
			b.Admissions[0].Name = "山﨑 猛"
		}, func(i int) bool { return rows[i].PatientID == was.Book.Admissions[0].PatientID }},
	} {
		t.Run(name, func(t *testing.T) {
			book := *was.Book
			book.Contacts = slices.Clone(book.Contacts)
			c.change(&book)
			is := fee.NewFacts(&book, fee.DefaultParams())
			now := Rows(is, is.Book.Inpatients(), made{was, rows})
			assert.Equal(t, rowsOf(is), now, "the same words as rows made of nothing")
			for i := range now {
				assert.Equal(t, c.anew(i), now[i] != rows[i], now[i].Number)
			}
		})
	}
}
