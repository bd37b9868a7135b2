package partners

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/liaison"
	"renkei/views/page/pagetest"
)

func TestGroupedPhone(t *testing.T) {
	for number, want := range map[string]string{
		"0451234567": "045-123-4567", "0312345678": "03-1234-5678", "09012345678": "090-1234-5678",
		"0120123456": "0120-123-456", "０４５１２３４５６７": "045-123-4567",
		"0466-12-3456": "0466-12-3456", "045-123-4567 内線12": "045-123-4567 内線12", "12345": "12345", "": "",
	} {
		assert.Equal(t, want, GroupedPhone(number), number)
	}
}

func keys(rows []Row) []string {
	found := make([]string, len(rows))
	for i := range rows {
		found[i] = rows[i].Key
	}
	return found
}

func TestSearch(t *testing.T) {
	rows := sampleIndex(t, pagetest.SampleApp(t)).Rows
	tests := []struct{ name, query, want string }{
		{"romaji with the IME off", "sakura", "P:P001"},
		{"hiragana", "みなとさくら", "P:P001"},
		{"kanji of another shape", "斎藤 智子", "C:C003"},
		{"phone without hyphens", "0900001010", "P:P001"},
		{"phone with hyphens", "09-0000-1011", "P:P001"},
		{"office number", "9971000137", "P:P001"},
		{"romaji of a person", "yamaguchi", "C:C001"},
		{"code", "c001", "C:C001"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := keys(FilterRows(rows, Filter{Query: tt.query}, today))
			assert.Contains(t, found, tt.want)
			assert.Less(t, len(found), len(rows)/2, "the rest is left out")
		})
	}
	assert.Empty(t, FilterRows(rows, Filter{Query: "該当なし9"}, today))
}

func TestTheTreeKeepsPeopleWithTheirOffice(t *testing.T) {
	rows := sampleIndex(t, pagetest.SampleApp(t)).Rows

	t.Run("a person found brings only her office", func(t *testing.T) {
		found := keys(FilterRows(rows, Filter{Query: "ヤマグチ ミホ"}, today))
		assert.ElementsMatch(t, []string{"P:P001", "C:C001"}, found)
	})
	t.Run("an office found brings its people", func(t *testing.T) {
		found := keys(FilterRows(rows, Filter{Query: "9971000137"}, today))
		assert.ElementsMatch(t, []string{"P:P001", "C:C001", "C:C002", "C:C003"}, intersect(found, "P:P001", "C:C001", "C:C002", "C:C003"))
		assert.Len(t, found, 6)
	})
	for _, column := range []string{columnName, columnKind, columnLast, columnMenkai, columnPeace} {
		for _, down := range []bool{false, true} {
			arranged := Arrange(FilterRows(rows, Filter{State: StateAll}, today), column, down)
			group := ""
			seen := map[string]bool{}
			for _, r := range arranged {
				if r.Group != group {
					require.False(t, seen[r.Group], "%s is in one piece by %s", r.Group, column)
					require.False(t, r.Person, "%s begins with its office by %s", r.Group, column)
					seen[r.Group], group = true, r.Group
				}
			}
		}
	}
}

func intersect(list []string, with ...string) []string {
	var both []string
	for _, k := range list {
		for _, w := range with {
			if k == w {
				both = append(both, k)
			}
		}
	}
	return both
}

func TestArrange(t *testing.T) {
	rows := []Row{
		{Key: "P:1", Group: "P:1", Name: "ひだまり", Kana: "ヒダマリ", LastContact: 2026_03_01},
		{Key: "C:1", Group: "P:1", Person: true, Name: "佐藤", Kana: "サトウ"},
		{Key: "C:2", Group: "P:1", Person: true, Name: "伊藤", Kana: "イトウ"},
		{Key: "P:2", Group: "P:2", Name: "あさひ", Kana: "アサヒ", LastContact: 2026_01_01},
		{Key: homeless, Group: homeless, Name: "（いまの所属がない人）"},
		{Key: "C:3", Group: homeless, Person: true, Name: "阿部", Kana: "アベ"},
	}
	assert.Equal(t, []string{"P:2", "P:1", "C:2", "C:1", homeless, "C:3"}, keys(Arrange(rows, columnName, false)), "by kana")
	assert.Equal(t, []string{"P:1", "C:1", "C:2", "P:2", homeless, "C:3"}, keys(Arrange(rows, columnName, true)), "turned round, the offices still lead")
	assert.Equal(t, []string{"P:2", "P:1", "C:2", "C:1", homeless, "C:3"}, keys(Arrange(rows, columnLast, false)), "the longest without contact first")
	people := []Row{rows[1], rows[2], rows[5]}
	assert.Equal(t, []string{"C:3", "C:2", "C:1"}, keys(Arrange(people, columnName, false)), "people alone by kana")
}

func TestFilters(t *testing.T) {
	x := sampleIndex(t, pagetest.SampleApp(t))
	of := func(f Filter) []Row { return FilterRows(x.Rows, f, today) }

	t.Run("offices of a kind with their people", func(t *testing.T) {
		for _, r := range of(Filter{Kind: string(models.CareOffice), View: Offices}) {
			assert.Equal(t, string(models.CareOffice), r.Kind)
		}
		for _, r := range of(Filter{Kind: string(models.CareOffice), View: People}) {
			assert.Equal(t, models.CareOffice, x.Facts.OfficeOf(r.Code, today).Kind, r.Name)
		}
	})
	t.Run("an area", func(t *testing.T) {
		for _, area := range Areas(x.Rows) {
			found := of(Filter{Area: area})
			assert.NotEmpty(t, found, area)
			for _, r := range found {
				assert.Equal(t, area, r.Area)
			}
		}
	})
	t.Run("what has ended is left out until asked for", func(t *testing.T) {
		for _, r := range of(Filter{}) {
			assert.False(t, r.Ended, r.Name)
		}
		assert.Len(t, of(Filter{State: StateAll, View: Offices}), len(x.Facts.Book.Partners))
		assert.Len(t, of(Filter{State: StateAll, View: People}), len(x.Facts.Book.CareManagers))
	})
	t.Run("offices short of their third 面会 agree with the monitor", func(t *testing.T) {
		rules, err := app.Rules()
		require.NoError(t, err)
		figures := liaison.Monitor(x.Facts, booktest.Judge(t, x.Facts, rules), today)
		assert.Len(t, of(Filter{State: StateShort, View: Offices}), figures.Partners-figures.PartnersMet3)
	})
	t.Run("people without 平時の連携", func(t *testing.T) {
		found := of(Filter{State: StateUnready, View: People})
		assert.NotEmpty(t, found)
		for _, r := range found {
			assert.Equal(t, "なし", r.peaceWords(), r.Name)
		}
	})
	assert.Equal(t, "事業所 42 ・ 人 71", Count(x.Rows))
	assert.Equal(t, []string{"○○○", "●●○", "●●●", "●●●"}, []string{Dots(0), Dots(2), Dots(3), Dots(9)})
}

// Rows at the bounds of each state, as of 2026-11-22.
func TestFiltersOfTheStateOfARow(t *testing.T) {
	rows := []Row{
		{Key: "met", Active: true, Menkai: 3, MeetBy: 2026_11_23},
		{Key: "due today", Active: true, Menkai: 2, MeetBy: 2026_11_22},
		{Key: "overdue", Active: true, Menkai: 0, MeetBy: 2026_11_21},
		{Key: "never to be met", Menkai: 0},
		{Key: "ended", Ended: true, Menkai: 1},
		{Key: "ready", Person: true, Ready: true},
		{Key: "lapses in 30 days", Person: true, Ready: true, ReadyUntil: 2026_12_22},
		{Key: "lapses in 31 days", Person: true, Ready: true, ReadyUntil: 2026_12_23},
		{Key: "not ready", Person: true},
		{Key: "not ready, of an office that ended", Person: true, Ended: true},
		{Key: "lapses, of an office that ended", Person: true, Ended: true, Ready: true, ReadyUntil: 2026_11_23},
	}
	for i := range rows {
		rows[i].Group = rows[i].Key
	}
	for state, want := range map[State][2][]string{
		StateActive:  {{"met", "due today", "overdue", "never to be met"}, {"ready", "lapses in 30 days", "lapses in 31 days", "not ready"}},
		StateShort:   {{"due today", "overdue"}, {}},
		StateOverdue: {{"due today", "overdue"}, {}},
		StateUnready: {{}, {"not ready"}},
		StateLapsing: {{}, {"lapses in 30 days"}},
	} {
		t.Run(string(state), func(t *testing.T) {
			assert.Equal(t, want[0], keys(FilterRows(rows, Filter{State: state, View: Offices}, 2026_11_22)))
			assert.Equal(t, want[1], keys(FilterRows(rows, Filter{State: state, View: People}, 2026_11_22)))
		})
	}
}

func TestMoved(t *testing.T) {
	on := models.MustDate
	jobs := []models.Affiliation{
		{CareManager: "C1", Partner: "P1", From: on("2024-04-01"), Version: 3},
		{CareManager: "C1", Partner: "P0", From: on("2020-04-01"), To: on("2024-03-31"), Version: 1},
	}
	t.Run("closes the place left and opens the new one", func(t *testing.T) {
		rows, problems := Moved(jobs, Transfer{"C1", "P1", "P2", on("2026-12-01")}, on("2026-11-22"))
		assert.Empty(t, problems)
		assert.Equal(t, []models.Affiliation{
			{CareManager: "C1", Partner: "P1", From: on("2024-04-01"), To: on("2026-11-30"), Version: 3},
			{CareManager: "C1", Partner: "P2", From: on("2026-12-01")},
		}, rows)
	})
	t.Run("back to a former office is a period of its own", func(t *testing.T) {
		rows, problems := Moved(jobs, Transfer{"C1", "P1", "P0", on("2026-12-01")}, on("2026-11-22"))
		assert.Empty(t, problems)
		assert.Len(t, rows, 2)
	})
	t.Run("two places at once", func(t *testing.T) {
		rows, problems := Moved(jobs, Transfer{"C1", "", "P2", on("2026-12-01")}, on("2026-11-22"))
		assert.Empty(t, problems)
		assert.Equal(t, []models.Affiliation{{CareManager: "C1", Partner: "P2", From: on("2026-12-01")}}, rows)
	})
	t.Run("leaving for good", func(t *testing.T) {
		rows, problems := Moved(jobs, Transfer{"C1", "P1", "", on("2026-12-01")}, on("2026-11-22"))
		assert.Empty(t, problems)
		require.Len(t, rows, 1)
		assert.Equal(t, on("2026-11-30"), rows[0].To)
	})
	for name, wrong := range map[string]struct {
		Transfer
		field string
	}{
		"no day":                       {Transfer{"C1", "P1", "P2", 0}, "異動日"},
		"before the place left began":  {Transfer{"C1", "P1", "P2", on("2024-04-01")}, "異動日"},
		"a day that is a slip":         {Transfer{"C1", "P1", "P2", on("2062-12-01")}, "異動日"},
		"to where she is":              {Transfer{"C1", "P1", "P1", on("2026-12-01")}, "異動先"},
		"neither left nor come":        {Transfer{"C1", "", "", on("2026-12-01")}, "異動先"},
		"a second period where she is": {Transfer{"C1", "", "P1", on("2026-12-01")}, "異動先"},
	} {
		t.Run(name, func(t *testing.T) {
			rows, problems := Moved(jobs, wrong.Transfer, on("2026-11-22"))
			assert.Empty(t, rows)
			require.NotEmpty(t, problems)
			assert.Equal(t, wrong.field, problems[0].Field)
		})
	}
}
