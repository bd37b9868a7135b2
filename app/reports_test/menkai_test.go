package reports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// menkaiCounted is the distinct days on which the department or a ward's own
// member met each institution, counted from the rows.
func menkaiCounted(book *models.Book, from, to models.Date) map[string][]models.Date {
	days := map[string][]models.Date{}
	met := func(office string, on models.Date, staff []string) {
		if office == "" || on < from || on > to {
			return
		}
		for _, code := range staff {
			if s, ok := rowOfStaff(book, code, on); ok && (s.Department != "" || s.WardDedicated == models.Yes) {
				if !slices.Contains(days[office], on) {
					days[office] = append(days[office], on)
				}
			}
		}
	}
	for _, c := range book.Contacts {
		if c.Kind != "面会" && c.Kind != "ビデオ通話" {
			continue
		}
		office := c.Partner
		if office == "" {
			office = officeOn(book, c.CareManager, c.On)
		}
		met(office, c.On, c.Staff)
	}
	for _, s := range book.Sessions {
		if s.Way == "対面" || s.Way == "ビデオ通話" {
			met(officeOn(book, s.CareManager, s.On), s.On, s.Staff)
		}
	}
	for office := range days {
		slices.Sort(days[office])
	}
	return days
}

// institutions are those consulted and not ended.
func institutions(book *models.Book, on models.Date) []models.Partner {
	var list []models.Partner
	for _, p := range book.Partners {
		if p.ConsultedOn != 0 && p.ConsultedOn <= on && (p.EndedOn == 0 || p.EndedOn > on) {
			list = append(list, p)
		}
	}
	return list
}

var (
	year2026 = [2]models.Date{2026_04_01, asOf}
	year2025 = [2]models.Date{2025_04_01, 2026_03_31}
	months12 = [2]models.Date{2025_11_23, asOf}
)

func TestMenkaiListsEveryMeetingOfEveryInstitution(t *testing.T) {
	t.Parallel()
	r := ask(t)
	book := r.Facts.Book
	file := write(t, "menkai", r)
	assert.Equal(t, []string{"集計", "機関別", "不足一覧", "今年度の不足", "直近12か月", "2026年度", "2025年度"}, file.GetSheetList())
	for sheet, year := range map[string][2]models.Date{"直近12か月": months12, "2026年度": year2026, "2025年度": year2025} {
		t.Run(sheet, func(t *testing.T) {
			days := menkaiCounted(book, year[0], year[1])
			var want []string
			for _, p := range institutions(book, asOf) {
				dates := days[p.Code]
				fulfilled := "○"
				if len(dates) < 3 {
					fulfilled = fmt.Sprintf("あと%d回", 3-len(dates))
				}
				if len(dates) == 0 {
					want = append(want, fmt.Sprintf("%s | %s | 0 | 面会なし | 0 | %s", p.Code, p.Name, fulfilled))
				}
				for i, on := range dates {
					want = append(want, fmt.Sprintf("%s | %s | %d | %s | %d | %s", p.Code, p.Name, i+1, on, len(dates), fulfilled))
				}
			}
			got := tableOf(t, file, sheet, "No", "コード").columns("コード", "連携機関名", "回", "面会日", "年間回数", "3回充足")
			assert.ElementsMatch(t, want, got)
		})
	}
	t.Run("every 面会 names who met, of the department or a ward, how and why", func(t *testing.T) {
		list := tableOf(t, file, "直近12か月", "No", "コード")
		ways, posts, names, purposes := list.column("方法"), list.column("職種・所属"), list.column("自院担当者"), list.column("目的")
		for i, on := range list.column("面会日") {
			if on == "面会なし" {
				continue
			}
			for way := range strings.SplitSeq(ways[i], "\n") {
				assert.Contains(t, []string{"対面", "ビデオ通話"}, way)
			}
			assert.NotEmpty(t, names[i])
			assert.Regexp(t, "部門専従|部門専任|病棟専任", strings.SplitN(posts[i], "\n", 2)[0])
			assert.NotEmpty(t, purposes[i])
		}
	})
}

func TestMenkaiTotalsStandAgainstTheStandard(t *testing.T) {
	t.Parallel()
	r := ask(t)
	book := r.Facts.Book
	file := write(t, "menkai", r)
	partners := institutions(book, asOf)
	count := func(year [2]models.Date, is func(models.Partner) bool) (met, special int) {
		days := menkaiCounted(book, year[0], year[1])
		for _, p := range partners {
			if len(days[p.Code]) >= 3 && is(p) {
				met++
				if p.SpecialRelation == models.Yes {
					special++
				}
			}
		}
		return met, special
	}
	needs := []struct {
		name string
		min  int
		is   func(models.Partner) bool
	}{
		{"年3回以上の面会がある連携機関", 25, func(models.Partner) bool { return true }},
		{"うち 保険医療機関（病院・診療所）", 1, func(p models.Partner) bool {
			return (p.Kind == "病院" || p.Kind == "診療所") && p.AdvancedAcute != models.Yes
		}},
		{"うち 介護・障害の事業者", 5, func(p models.Partner) bool {
			return !slices.Contains([]models.PartnerKind{"病院", "診療所", "その他", "介護予防支援", "地域包括支援センター"}, p.Kind)
		}},
	}
	totals := tableOf(t, file, "集計", "求められるもの", "基準")
	for i, n := range needs {
		t.Run(n.name, func(t *testing.T) {
			met, special := count(months12, n.is)
			short, fulfilled := max(0, n.min-met), "○"
			if short > 0 {
				fulfilled = "×"
			}
			this, thisSpecial := count(year2026, n.is)
			last, lastSpecial := count(year2025, n.is)
			want := []string{n.name, itoa(n.min) + "以上", itoa(met), itoa(special), itoa(short), fulfilled,
				itoa(this), itoa(thisSpecial), itoa(last), itoa(lastSpecial)}
			var got []string
			for _, v := range totals.rows[i] {
				got = append(got, strings.TrimSpace(v))
			}
			assert.Equal(t, want, got)
		})
	}
	t.Run("each 種別 adds up", func(t *testing.T) {
		days := menkaiCounted(book, months12[0], months12[1])
		kinds := tableOf(t, file, "集計", "種別", "区分")
		got := map[string]string{}
		for i, line := range kinds.columns("連携機関", "3回以上", "2回", "1回", "0回", "面会の回数") {
			got[kinds.column("種別")[i]] = line
		}
		sums := map[string]*[6]int{}
		for _, p := range partners {
			for _, key := range []string{string(p.Kind), "計"} {
				if sums[key] == nil {
					sums[key] = &[6]int{}
				}
				n := len(days[p.Code])
				sums[key][0]++
				sums[key][4-min(n, 3)]++
				sums[key][5] += n
			}
		}
		want := map[string]string{}
		for key, s := range sums {
			want[key] = fmt.Sprintf("%d | %d | %d | %d | %d | %d", s[0], s[1], s[2], s[3], s[4], s[5])
		}
		assert.Equal(t, want, got)
	})
}

func TestMenkaiShortfallSaysHowManyAreMissingByWhen(t *testing.T) {
	t.Parallel()
	r := ask(t)
	file := write(t, "menkai", r)
	t.Run("of the 過去1年, as the 充足 lacks them", func(t *testing.T) {
		days := menkaiCounted(r.Facts.Book, months12[0], months12[1])
		var want []string
		for _, p := range institutions(r.Facts.Book, asOf) {
			n := len(days[p.Code])
			if n >= 3 {
				continue
			}
			until := "" // the day before the oldest has its anniversary
			if n > 0 {
				until = days[p.Code][0].AddMonths(12).AddDays(-1).String()
			}
			want = append(want, fmt.Sprintf("%s | %d | %d回 | %s", p.Code, n, 3-n, until))
		}
		list := tableOf(t, file, "不足一覧", "コード", "連携機関名")
		assert.ElementsMatch(t, want, list.columns("コード", "過去1年回数", "あと", "この数の続く日"))
		assert.Contains(t, textOf(t, file, "不足一覧"), "過去1年（直近12か月）（2025-11-23〜2026-11-22）")
		asked := tableOf(t, file, "集計", "求められるもの", "基準")
		assert.Equal(t, itoa(len(institutions(r.Facts.Book, asOf))-len(want)), strings.TrimSpace(asked.rows[0][2]), "who is not listed is counted")
	})
	days := menkaiCounted(r.Facts.Book, year2026[0], year2026[1])
	var want []string
	missing := 0
	for _, p := range institutions(r.Facts.Book, asOf) {
		if n := len(days[p.Code]); n < 3 {
			missing += 3 - n
			want = append(want, fmt.Sprintf("%s | %d | %d回 | 2027-03-31 | あと129日", p.Code, n, 3-n))
		}
	}
	require.NotEmpty(t, want)
	list := tableOf(t, file, "今年度の不足", "コード", "連携機関名")
	assert.ElementsMatch(t, want, list.columns("コード", "今年度回数", "あと", "3回目の期限", "残り"))
	assert.Contains(t, textOf(t, file, "今年度の不足"), fmt.Sprintf("足りない面会 計%d回　期限 2027-03-31", missing))
}

func TestMenkaiPrints(t *testing.T) {
	t.Parallel()
	file := write(t, "menkai", ask(t))
	assertPrints(t, file, printing{lists: []string{"機関別", "不足一覧", "今年度の不足", "直近12か月", "2026年度", "2025年度"}})
	assertFormats(t, file, "直近12か月", map[string]string{"No": "number", "コード": "id", "協議日": "date", "面会日": "date", "年間回数": "number"})
}

func TestMenkaiOfTheFiscalYearListsItOnce(t *testing.T) {
	t.Parallel()
	r := ask(t)
	facts := *r.Facts
	facts.Params.A246Period = "fiscal"
	r.Facts = &facts
	file := write(t, "menkai", r)
	assert.Equal(t, []string{"集計", "機関別", "不足一覧", "2026年度", "2025年度"}, file.GetSheetList())
	assert.Contains(t, textOf(t, file, "集計"), "加算1の「過去1年」= 年度（4月から）（2026-04-01〜2026-11-22）")
}
