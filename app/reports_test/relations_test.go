package reports_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/reports"
)

// attendedBy lists the 会議 of a care manager with the members of the
// department who were there.
type attendedBy struct {
	meeting    models.Meeting
	department int
}

func meetingsOf(book *models.Book, cm string) []attendedBy {
	var list []attendedBy
	for _, m := range book.Meetings {
		there, department := false, 0
		for _, a := range book.Attendances {
			if a.Meeting != m.Code {
				continue
			}
			there = there || a.Kind == "CM" && a.Code == cm
			if s, ok := rowOfStaff(book, a.Code, m.HeldOn); a.Kind == "職員" && ok && s.Department != "" {
				department++
			}
		}
		if there {
			list = append(list, attendedBy{m, department})
		}
	}
	return list
}

func countsAsMeeting(m models.Meeting) bool {
	return m.Counts == models.Yes || m.Counts == models.Unknown && m.Kind != "勉強会"
}

// readyUntil is the last day of admission a 平時の連携 holds for as of the day,
// by the settings of the sample hospital: one meeting in twelve months, of the
// person; blank when it does not hold.
func readyUntil(book *models.Book, cm models.CareManager) models.Date {
	var newest models.Date
	shared := cm.SharedOn != 0 && cm.SharedOn < asOf
	for _, a := range meetingsOf(book, cm.Code) {
		m := a.meeting
		if a.department == 0 || m.HeldOn >= asOf {
			continue
		}
		shared = shared || m.ContactsShared == models.Yes
		if countsAsMeeting(m) && m.HeldOn >= asOf.AddMonths(-12) {
			newest = max(newest, m.HeldOn)
		}
	}
	if newest == 0 || !shared {
		return 0
	}
	last := asOf
	for day := asOf; day < asOf.AddMonths(13); day = day.AddDays(1) {
		if newest >= day.AddMonths(-12) {
			last = day
		}
	}
	return last
}

func TestRelationsSayWhomWeWorkWithAndUntilWhen(t *testing.T) {
	t.Parallel()
	r := ask(t)
	book := r.Facts.Book
	file := write(t, "relations", r)
	assert.Equal(t, []string{"台帳", "会議の記録"}, file.GetSheetList())
	offices := map[string]string{}
	for _, p := range book.Partners {
		offices[p.Code] = p.Name
	}
	type person struct{ office, line string }
	var people []person
	ready := 0
	for _, cm := range book.CareManagers {
		office := officeOn(book, cm.Code, asOf)
		if office == "" {
			continue
		}
		until, word := readyUntil(book, cm), "なし"
		if until != 0 {
			word = "あり"
			ready++
		}
		people = append(people, person{office, fmt.Sprintf("%s | %s | %s | %s | %s | %s | %s", office, offices[office], cm.Code, cm.Name, cm.Qualification, word, until)})
	}
	slices.SortStableFunc(people, func(a, b person) int { return cmp.Compare(a.office, b.office) })
	want := make([]string, len(people))
	for i, p := range people {
		want[i] = p.line
	}
	list := tableOf(t, file, "台帳", "連携先コード", "事業所")
	t.Run("every care manager with an office, ready or not", func(t *testing.T) {
		assert.Equal(t, want, list.columns("連携先コード", "事業所", "CMコード", "氏名", "資格", "平時の連携", "有効期限"))
		assert.Positive(t, ready)
		assert.Contains(t, textOf(t, file, "台帳"), fmt.Sprintf("%d名　平時の連携あり %d名", len(people), ready))
	})
	t.Run("who is not ready is told what is missing, and only they", func(t *testing.T) {
		missing := list.column("足りないもの")
		for i, word := range list.column("平時の連携") {
			assert.Equal(t, word == "なし", missing[i] != "", list.rows[i])
		}
	})
}

func TestRelationsListTheMeetingsOfTheWindow(t *testing.T) {
	t.Parallel()
	r := ask(t)
	book := r.Facts.Book
	file := write(t, "relations", r)
	var want []string
	for _, cm := range book.CareManagers {
		if officeOn(book, cm.Code, asOf) == "" {
			continue
		}
		for _, a := range meetingsOf(book, cm.Code) {
			if m := a.meeting; m.HeldOn >= asOf.AddMonths(-12) && m.HeldOn <= asOf {
				counts := "×"
				if countsAsMeeting(m) && a.department > 0 && m.HeldOn < asOf {
					counts = "○"
				}
				want = append(want, fmt.Sprintf("%s | %s | %s | %s | %d | ○ | %s", cm.Code, m.Code, m.HeldOn, m.Kind, a.department, counts))
			}
		}
	}
	list := tableOf(t, file, "会議の記録", "連携先コード", "事業所")
	department := list.column("部門出席者")
	attended := list.column("CM出席")
	counts := list.column("算入")
	var got []string
	for i, line := range list.columns("CMコード", "会議コード", "開催日", "種別") {
		n := 0
		if department[i] != "" {
			n = strings.Count(department[i], "、") + 1
		}
		got = append(got, fmt.Sprintf("%s | %d | %s | %s", line, n, attended[i], counts[i]))
	}
	require.NotEmpty(t, want)
	assert.ElementsMatch(t, want, got)
	for i, why := range list.column("理由") {
		assert.NotEmpty(t, why, list.rows[i])
	}
}

func TestRelationsOfOneOffice(t *testing.T) {
	t.Parallel()
	file := write(t, "relations", ask(t, func(r *reports.Request) { r.Key = "P004" }))
	for _, sheet := range file.GetSheetList() {
		for _, code := range tableOf(t, file, sheet, "連携先コード", "事業所").column("連携先コード") {
			assert.Equal(t, "P004", code)
		}
		assert.Contains(t, textOf(t, file, sheet), "連携先: ケアプラン港みらい（P004）")
	}
}

func TestRelationsPrint(t *testing.T) {
	t.Parallel()
	file := write(t, "relations", ask(t))
	assertPrints(t, file, printing{lists: []string{"台帳", "会議の記録"}})
	assertFormats(t, file, "台帳", map[string]string{"連携先コード": "id", "CMコード": "id", "有効期限": "date", "連絡先共有日": "date"})
	assertFormats(t, file, "会議の記録", map[string]string{"会議コード": "id", "開催日": "date"})
}
