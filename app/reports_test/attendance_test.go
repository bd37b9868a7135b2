package reports_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/reports"
	"renkei/reports/reportstest"
)

// heldIn lists the 会議 of a period.
func heldIn(book *models.Book, from, to models.Date) []models.Meeting {
	var list []models.Meeting
	for _, m := range book.Meetings {
		if m.HeldOn >= from && m.HeldOn <= to {
			list = append(list, m)
		}
	}
	return list
}

func attendancesOf(book *models.Book, code string) []models.Attendance {
	var list []models.Attendance
	for _, a := range book.Attendances {
		if a.Meeting == code {
			list = append(list, a)
		}
	}
	return list
}

func TestAttendanceListsEveryMeetingOfThePeriod(t *testing.T) {
	t.Parallel()
	r := ask(t)
	book := r.Facts.Book
	file := write(t, "attendance", r)
	var want []string
	sheets := []string{"一覧"}
	for _, m := range heldIn(book, r.Period.From, r.Period.To) {
		all, department, cms := 0, 0, 0
		for _, a := range attendancesOf(book, m.Code) {
			all++
			if s, ok := rowOfStaff(book, a.Code, m.HeldOn); a.Kind == "職員" && ok && s.Department != "" {
				department++
			}
			if a.Kind == "CM" {
				cms++
			}
		}
		counts := "×"
		if countsAsMeeting(m) && department > 0 {
			counts = "○"
		}
		want = append(want, fmt.Sprintf("%s | %s | %s | %s | %d | %d | %d | %s", m.Code, m.HeldOn, m.Name, m.Kind, all, department, cms, counts))
		sheets = append(sheets, m.HeldOn.String()+" "+m.Code)
	}
	require.Greater(t, len(want), 20)
	list := tableOf(t, file, "一覧", "会議コード", "開催日")
	assert.ElementsMatch(t, want, list.columns("会議コード", "開催日", "名称", "種別", "出席計", "うち部門", "うちCM", "会議算入"))
	assert.ElementsMatch(t, sheets, file.GetSheetList())
}

func TestAttendanceNamesEverybodyWhoCame(t *testing.T) {
	t.Parallel()
	r := ask(t)
	book := r.Facts.Book
	file := write(t, "attendance", r)
	jobs := map[string]string{}
	for _, cm := range book.CareManagers {
		jobs["CM"+cm.Code] = string(cm.Qualification)
	}
	for _, m := range heldIn(book, r.Period.From, r.Period.To) {
		sheet := m.HeldOn.String() + " " + m.Code
		var want []string
		for _, a := range attendancesOf(book, m.Code) {
			job, department := jobs[string(a.Kind)+a.Code], "―"
			if s, ok := rowOfStaff(book, a.Code, m.HeldOn); a.Kind == "職員" && ok {
				job = string(s.Job)
				if s.Department != "" {
					department = "○"
				}
			}
			want = append(want, fmt.Sprintf("%s | %s | %s | %s", a.Affiliation, job, a.Name, department))
		}
		list := tableOf(t, file, sheet, "No", "区分")
		assert.ElementsMatch(t, want, list.columns("所属", "職種・資格", "氏名", "部門の担当者"), sheet)
		for i, no := range list.column("No") {
			assert.Equal(t, itoa(i+1), no)
		}
		words := textOf(t, file, sheet)
		for _, fact := range []string{m.HeldOn.Echo(), m.Name, string(m.Kind), m.Place, m.Host, m.Agenda} {
			assert.Contains(t, words, fact, sheet)
		}
	}
}

func TestAttendanceOfOneMeetingWhateverThePeriod(t *testing.T) {
	t.Parallel()
	file := write(t, "attendance", ask(t, func(r *reports.Request) { r.Key = "K001" }))
	assert.Equal(t, []string{"一覧", "2025-06-11 K001"}, file.GetSheetList())
}

func TestBlankAttendanceInvitesEverybodyWithAnOffice(t *testing.T) {
	t.Parallel()
	r := ask(t, func(r *reports.Request) { r.Blank = true })
	book := r.Facts.Book
	file := write(t, "attendance", r)
	var want []string
	seen := map[string]bool{}
	for _, s := range book.Staff {
		if held, ok := rowOfStaff(book, s.Code, asOf); ok && (held.Department != "" || held.WardDedicated == models.Yes) && !seen[s.Code] {
			seen[s.Code] = true
			want = append(want, fmt.Sprintf("%s | %s", held.Job, held.Name))
		}
	}
	for _, cm := range book.CareManagers {
		code := officeOn(book, cm.Code, asOf)
		for _, p := range book.Partners {
			if p.Code == code && (p.EndedOn == 0 || p.EndedOn > asOf) {
				want = append(want, fmt.Sprintf("%s | %s", cm.Qualification, cm.Name))
			}
		}
	}
	list := tableOf(t, file, "署名用", "No", "所属")
	got := list.columns("職種・資格", "氏名")
	require.Greater(t, len(got), len(want))
	assert.ElementsMatch(t, want, got[:len(want)])
	t.Run("and leaves lines for others, high enough to sign", func(t *testing.T) {
		empty := got[len(want):]
		assert.Len(t, empty, 12)
		for _, line := range empty {
			assert.Equal(t, " | ", line)
		}
		height, err := file.GetRowHeight("署名用", 40)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, height, 25.0)
	})
	t.Run("and leaves the facts to write", func(t *testing.T) {
		assert.Contains(t, textOf(t, file, "署名用"), "□地域ケア会議　□サービス担当者会議　□多職種連携会議　□勉強会")
	})
}

func TestBlankAttendanceOfAMeetingBeginsWithItsFacts(t *testing.T) {
	t.Parallel()
	r := ask(t, func(r *reports.Request) { r.Blank, r.Key = true, "K071" })
	file := write(t, "attendance", r)
	words := textOf(t, file, "署名用")
	for _, fact := range []string{"会議コード K071", "2026-11-16（月）令和8年", "■勉強会", "■併用"} {
		assert.Contains(t, words, fact)
	}
	assert.NotContains(t, words, "■地域ケア会議")
}

func TestAttendancePrints(t *testing.T) {
	t.Parallel()
	file := write(t, "attendance", ask(t, func(r *reports.Request) { r.Period.From = 2026_10_01 }))
	assertPrints(t, file, printing{portrait: true, lists: []string{"一覧"}})
	assertFormats(t, file, "一覧", map[string]string{"会議コード": "id", "開催日": "date", "出席計": "number"})
	blank := write(t, "attendance", ask(t, func(r *reports.Request) { r.Blank = true }))
	assertPrints(t, blank, printing{portrait: true})
	assert.True(t, strings.HasPrefix(reportstest.Names(blank, "署名用")[reportstest.PrintTitles], "'署名用'!16:16"), "the header row is repeated: %v", reportstest.Names(blank, "署名用"))
}
