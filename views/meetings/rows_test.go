package meetings

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
)

var today = models.MustDate("2026-11-22")

// smallBook has an office with three care managers, two staff and four meetings.
func smallBook() *models.Book {
	on := models.MustDate
	cm := func(meeting, code string) models.Attendance {
		return models.Attendance{Meeting: meeting, Kind: models.AttendeeCM, Code: code}
	}
	staff := func(meeting, code string) models.Attendance {
		return models.Attendance{Meeting: meeting, Kind: models.AttendeeStaff, Code: code}
	}
	return &models.Book{
		Partners: []models.Partner{{Code: "P001", Name: "さくら居宅", Kind: models.CareOffice}, {Code: "P002", Name: "うめ居宅", Kind: models.CareOffice}},
		CareManagers: []models.CareManager{
			{Code: "C001", Name: "佐藤 実", Kana: "サトウ ミノル", Qualification: models.QualifiedCM},
			{Code: "C002", Name: "髙橋 花", Kana: "タカハシ ハナ", Qualification: models.QualifiedCM},
			{Code: "C003", Name: "青木 薫", Kana: "アオキ カオル", Qualification: models.QualifiedCM},
		},
		Affiliations: []models.Affiliation{
			{CareManager: "C001", Partner: "P001", From: on("2020-04-01")},
			{CareManager: "C002", Partner: "P001", From: on("2020-04-01")},
			{CareManager: "C003", Partner: "P002", From: on("2020-04-01"), To: on("2026-09-30")},
		},
		Staff: []models.Staff{
			{Code: "N001", Name: "石川 早苗", Kana: "イシカワ サナエ", From: on("2020-04-01"), Job: models.Nurse, Department: models.FullTime},
			{Code: "D001", Name: "髙木 浩二", Kana: "タカギ コウジ", From: on("2020-04-01"), Job: models.Doctor},
		},
		Meetings: []models.Meeting{
			{Code: "M001", HeldOn: on("2026-03-10"), Name: "地域ケア会議", Kind: models.CommunityCareMeeting},
			{Code: "M002", HeldOn: on("2026-10-16"), Name: "第41回 地域連携勉強会", Kind: models.StudySession},
			{Code: "M003", HeldOn: on("2026-11-16"), Name: "第42回 地域連携勉強会", Kind: models.StudySession, Counts: models.Yes, CountsBecause: "事例検討"},
			{Code: "M004", HeldOn: on("2026-11-18"), Name: "褥瘡の勉強会", Kind: models.StudySession, Counts: models.Yes},
		},
		Attendances: []models.Attendance{
			cm("M001", "C001"), staff("M001", "D001"),
			cm("M002", "C001"), cm("M002", "C003"), staff("M002", "N001"),
			{Meeting: "M002", Kind: models.AttendeeOther, Name: "森 太郎", Affiliation: "みなと市"},
			cm("M003", "C002"), cm("M003", "C003"), staff("M003", "N001"),
		},
	}
}

func facts() *fee.Facts { return fee.NewFacts(smallBook(), fee.DefaultParams()) }

func codes(rows []Row) []string {
	var list []string
	for _, r := range rows {
		list = append(list, r.Code)
	}
	return list
}

func TestRows(t *testing.T) {
	rows := Rows(facts())
	t.Run("a community meeting counts unless it says otherwise", func(t *testing.T) { assert.True(t, rows[0].Counted) })
	t.Run("a study session does not count unless it says so", func(t *testing.T) {
		assert.False(t, rows[1].Counted)
		assert.True(t, rows[2].Counted)
	})
	t.Run("a doctor is not of the department", func(t *testing.T) {
		assert.False(t, rows[0].Department)
		assert.True(t, rows[1].Department)
	})
	t.Run("heads are counted by kind", func(t *testing.T) {
		assert.Equal(t, [3]int{2, 1, 1}, [3]int{rows[1].Managers, rows[1].Staff, rows[1].Others})
	})
	t.Run("the hospital's setting decides on a blank study session", func(t *testing.T) {
		params := fee.DefaultParams()
		params.StudySessionDefault = true
		assert.True(t, Rows(fee.NewFacts(smallBook(), params))[1].Counted)
	})
}

func TestFilter(t *testing.T) {
	rows := Rows(facts())
	for name, c := range map[string]struct {
		filter Filter
		want   []string
	}{
		"nothing chosen shows the fiscal year": {Filter{}, []string{"M002", "M003", "M004"}},
		"the year before":                      {Filter{Year: "2025"}, []string{"M001"}},
		"every year":                           {Filter{Year: allYears}, []string{"M001", "M002", "M003", "M004"}},
		"a kind":                               {Filter{Year: allYears, Kind: "地域ケア会議"}, []string{"M001"}},
		"counted":                              {Filter{Year: allYears, Counted: onlyCounted}, []string{"M001", "M003", "M004"}},
		"not counted":                          {Filter{Year: allYears, Counted: onlyUncounted}, []string{"M002"}},
		"not decided":                          {Filter{Year: allYears, Counted: onlyBlank}, []string{"M002"}},
		"counted without a reason":             {Filter{Counted: onlyNoReason}, []string{"M004"}},
		"who was there, by romaji":             {Filter{Query: "takahasi"}, []string{"M003"}},
		"somebody not registered":              {Filter{Query: "森"}, []string{"M002"}},
		"two words, both":                      {Filter{Query: "連携 佐藤"}, []string{"M002"}},
		"two words, one of them elsewhere":     {Filter{Query: "褥瘡 佐藤"}, nil},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, codes(c.filter.Apply(rows, today))) })
	}
}

func TestFilteringKeepsTheOrderAndAddsNothing(t *testing.T) {
	rows := Rows(facts())
	rapid.Check(t, func(t *rapid.T) {
		f := Filter{
			Year:    rapid.SampledFrom([]string{"", "2025", allYears}).Draw(t, "year"),
			Kind:    rapid.SampledFrom([]string{"", "勉強会", "無い種別"}).Draw(t, "kind"),
			Counted: rapid.SampledFrom([]string{"", onlyCounted, onlyBlank}).Draw(t, "counted"),
			Query:   rapid.SampledFrom([]string{"", "sa", "森", "連携 佐藤"}).Draw(t, "query"),
		}
		kept := f.Apply(rows, today)
		at := -1
		for _, k := range kept {
			i := slices.IndexFunc(rows, func(r Row) bool { return r.Code == k.Code })
			assert.Greater(t, i, at)
			at = i
		}
		assert.Equal(t, codes(kept), codes(f.Apply(kept, today)), "filtering twice is filtering once")
	})
}

func TestYearsOfferThisOneAndThoseWithMeetings(t *testing.T) {
	var labels []string
	for _, c := range yearChoices(Rows(facts()), today) {
		labels = append(labels, c.Label)
	}
	assert.Equal(t, []string{"2026年度", "2025年度", "すべての年度"}, labels)
}

func TestLiveOf(t *testing.T) {
	f := facts()
	rows := Rows(f)
	live := func(row Row) Live { return LiveOf(f, row.Meeting, row.Attendances, nil) }

	t.Run("without staff of the department it is evidence for nobody", func(t *testing.T) {
		got := live(rows[0])
		assert.Empty(t, got.Evidence)
		assert.Contains(t, got.Line, "部門の担当者の出席 ×")
		assert.Contains(t, got.Warnings[0], "部門の担当者の出席がない")
	})
	t.Run("a study session nobody decided on is evidence for nobody", func(t *testing.T) {
		got := live(rows[1])
		assert.Empty(t, got.Evidence)
		assert.Contains(t, got.Warnings[0], "まだ決まっていません")
	})
	t.Run("counted, it is evidence for each care manager who was there", func(t *testing.T) {
		got := live(rows[2])
		assert.Equal(t, []string{"髙橋 花", "青木 薫"}, got.Evidence, "by person: 青木 薫 has left the office, and may come to another")
		assert.Equal(t, "部門の担当者の出席 ○ ・ この会議で平時の連携の根拠になる人 2人", got.Line)
		assert.Empty(t, got.Warnings)
	})
	t.Run("where the office is the unit, only for those with an office on the day", func(t *testing.T) {
		params := fee.DefaultParams()
		params.RelationshipUnit = fee.Office
		got := LiveOf(fee.NewFacts(smallBook(), params), rows[2].Meeting, rows[2].Attendances, nil)
		assert.Equal(t, []string{"髙橋 花"}, got.Evidence)
		assert.Contains(t, got.Warnings[0], "1人は、開催日の所属がない")
	})
	t.Run("a reason is asked for", func(t *testing.T) {
		assert.Contains(t, live(rows[3]).Warnings[0], "算入理由")
	})
	t.Run("a newcomer counts at once", func(t *testing.T) {
		n := newcomer(1, "新井 一", "", &models.Partner{Code: "P002", Kind: models.CareOffice}, rows[2].Meeting)
		assert.Equal(t, models.Yes, n.CareManager.CanPlan, "who works at a 居宅介護支援 makes care plans")
		there := append(rows[2].Attendances, models.Attendance{Kind: models.AttendeeCM, Code: "*1"})
		assert.Equal(t, []string{"髙橋 花", "青木 薫", "新井 一"}, LiveOf(f, rows[2].Meeting, there, []Newcomer{n}).Evidence)
	})
	t.Run("the number of meetings the hospital asks for does not matter to one", func(t *testing.T) {
		params := fee.DefaultParams()
		params.MeetingMinCount = 3
		assert.Len(t, LiveOf(fee.NewFacts(smallBook(), params), rows[2].Meeting, rows[2].Attendances, nil).Evidence, 2)
	})
	t.Run("a meeting without a day is evidence for nobody", func(t *testing.T) {
		m := rows[2].Meeting
		m.HeldOn = 0
		assert.Empty(t, LiveOf(f, m, rows[2].Attendances, nil).Evidence)
	})
}

func TestLikely(t *testing.T) {
	f := facts()
	rows := Rows(f)
	next := Row{Meeting: models.Meeting{Code: "M005", HeldOn: today, Name: "第43回 地域連携勉強会", Kind: models.StudySession}}
	why := map[string]string{}
	for _, a := range Likely(f, rows, next) {
		_, twice := why[a.Name]
		assert.False(t, twice, a.Name)
		why[a.Name] = a.Why
	}
	assert.Equal(t, map[string]string{
		"髙橋 花": "前回 11/16 出席", "青木 薫": "前回 11/16 出席", "石川 早苗": "前回 11/16 出席", "佐藤 実": "同じ事業所",
	}, why, "the series before the kind; 11/18 is another series")
}

func TestChanges(t *testing.T) {
	before := []models.Attendance{{Meeting: "M1", Kind: models.AttendeeCM, Code: "C001", Version: 2}}
	same := []Attendee{{Kind: models.AttendeeCM, Code: "C001"}}
	assert.Empty(t, changes("M1", before, same, nil))
	assert.Len(t, changes("M1", before, nil, nil), 1, "one goes")
	assert.Len(t, changes("M1", nil, same, nil), 1, "one comes")
	n := newcomer(1, "新", "", &models.Partner{Code: "P1"}, models.Meeting{HeldOn: today})
	assert.Empty(t, changes("M1", before, same, []Newcomer{n}), "a newcomer who is not ticked is not registered")
	assert.Len(t, changes("M1", before, append(same, Attendee{Kind: models.AttendeeCM, Code: "*1"}), []Newcomer{n}), 2, "the newcomer with the rest behind")
}

func TestSheetComesBack(t *testing.T) {
	s := ticks{
		[]Attendee{{Kind: models.AttendeeOther, Name: "森"}},
		[]Newcomer{newcomer(1, "新", "シン", &models.Partner{Code: "P1"}, models.Meeting{HeldOn: today})}, []string{},
	}
	read, ok := readTicks(s.text())
	assert.True(t, ok)
	assert.Equal(t, s, read)
	_, ok = readTicks("壊れた")
	assert.False(t, ok)
}

func TestANewcomerOfAnOlderSheetDoesNotBecomeSomebodyElse(t *testing.T) {
	n := newcomer(1, "新", "", &models.Partner{Code: "P1"}, models.Meeting{HeldOn: today})
	n.CareManager.Code, n.Affiliation.CareManager = "C072", "C072"
	old := ticks{Ticked: []Attendee{{Kind: models.AttendeeCM, Code: "C072", Name: "新"}, {Kind: models.AttendeeStaff, Code: "C072"}}, Newcomers: []Newcomer{n}}
	read, ok := readTicks(old.text())
	require.True(t, ok)
	assert.Equal(t, "CM:*C072", read.Ticked[0].Key(), "C072 may be somebody else by now")
	assert.Equal(t, "*C072", read.Newcomers[0].CareManager.Code)
	assert.Equal(t, "職員:C072", read.Ticked[1].Key())
}

func TestASheetIsLaidOntoTheRecordOfNow(t *testing.T) {
	person := func(code string) Attendee { return Attendee{Kind: models.AttendeeCM, Code: code} }
	keys := func(codes ...string) map[string]bool {
		set := make(map[string]bool)
		for _, code := range codes {
			set[person(code).Key()] = true
		}
		return set
	}
	before := []string{person("A").Key(), person("B").Key()}
	cases := map[string]struct {
		before   []string
		ticked   []Attendee
		recorded map[string]bool
		want     map[string]bool
	}{
		"nothing changed elsewhere: as it was left":               {before, []Attendee{person("A"), person("C")}, keys("A", "B"), keys("A", "C")},
		"who was recorded elsewhere stays":                        {before, []Attendee{person("A"), person("C")}, keys("A", "B", "D"), keys("A", "C", "D")},
		"who was taken out elsewhere, and not touched, stays out": {before, []Attendee{person("A"), person("B"), person("C")}, keys("B"), keys("B", "C")},
		"of an empty record":                                      {[]string{}, []Attendee{person("C")}, keys("D"), keys("C", "D")},
		"of the version before, which did not keep the record":    {nil, []Attendee{person("C")}, keys("D"), keys("C")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, ticks{Ticked: c.ticked, Before: c.before}.onto(c.recorded))
		})
	}
}
