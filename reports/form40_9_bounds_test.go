package reports

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// formOf returns the form of a book as of 2026-11-22.
func formOf(b *models.Book) form40 {
	f := fee.NewFacts(b, fee.DefaultParams())
	const day = models.Date(2026_11_22)
	return form40{Request: &Request{Facts: f, AsOf: day}, now: liaison.Monitor(f, nil, day), shares: liaison.WardShares(f, day)}
}

// filedWards returns a book of wards with 入退院支援加算1 filed, with the given beds.
func filedWards(beds ...int) *models.Book {
	b := &models.Book{}
	for i, n := range beds {
		b.Wards = append(b.Wards, models.Ward{Code: fmt.Sprintf("W%d", i), ValidFrom: 2024_04_01, Beds: n, Class: models.WardClassI,
			FeeTreatment: models.FeeSeparate, FiledFrom: 2024_04_01})
	}
	return b
}

func TestStaffNeededByTheFiledWards(t *testing.T) {
	for _, c := range []struct {
		name   string
		beds   []int
		counts string
	}{
		{"a ward of 20 beds counts as a ward", []int{20, 20, 20}, "届出病棟 3（20床以上 3）・60床 … 少なくとも 2名"},
		{"one of 19 does not, but its beds do", []int{20, 20, 19}, "届出病棟 3（20床以上 2）・59床 … 少なくとも 1名"},
		{"120 beds need one person", []int{60, 60}, "届出病棟 2（20床以上 2）・120床 … 少なくとも 1名"},
		{"121 beds need more", []int{60, 61}, "届出病棟 2（20床以上 2）・121床 … 少なくとも 2名"},
		{"beds of small wards need another person", []int{60, 60, 1}, "届出病棟 3（20床以上 2）・121床 … 少なくとも 2名"},
		{"none", nil, "届出病棟 0（20床以上 0）・0床 … 少なくとも 0名"},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Contains(t, formOf(filedWards(c.beds...)).wardWords(), c.counts) })
	}
	t.Run("wards whose filing ended or has not begun are left out", func(t *testing.T) {
		b := filedWards(30, 40, 50)
		b.Wards[1].FiledTo, b.Wards[2].FiledFrom = 2026_11_21, 2026_11_23
		assert.Contains(t, formOf(b).wardWords(), "届出病棟 1（20床以上 1）・30床")
		b.Wards[1].FiledTo, b.Wards[2].FiledFrom = 2026_11_22, 2026_11_22
		assert.Contains(t, formOf(b).wardWords(), "届出病棟 3（20床以上 3）・120床")
	})
}

func TestFilingsAreTickedByWhatIsFiled(t *testing.T) {
	head := func(b *models.Book) []string {
		var lines []string
		for _, x := range formOf(b).filings() {
			lines = append(lines, tick(x.ticked)+x.found)
		}
		return lines
	}
	blank := strings.Repeat("□（記入）|", 6)
	t.Run("one ward and one member of the department", func(t *testing.T) {
		b := filedWards(30)
		b.Staff = []models.Staff{{Code: "S1", From: 2020_04_01, Department: models.FullTime}}
		assert.Equal(t, "☑届出病棟 1（最も早い届出 2024-04-01）|"+blank+"☑部門の職員 1名", strings.Join(head(b), "|"))
	})
	t.Run("the earliest filing is named, whatever the order", func(t *testing.T) {
		b := filedWards(30, 30, 30)
		b.Wards[1].FiledFrom, b.Wards[2].FiledFrom = 2022_04_01, 2025_04_01
		assert.Equal(t, "☑届出病棟 3（最も早い届出 2022-04-01）", head(b)[0])
	})
	t.Run("nothing filed and nobody in the department", func(t *testing.T) {
		b := filedWards(30)
		b.Wards[0].FiledFrom = 0
		b.Staff = []models.Staff{{Code: "S1", From: 2020_04_01, WardDedicated: models.Yes}, {Code: "S2", From: 2020_04_01, To: 2026_11_21, Department: models.FullTime}}
		assert.Equal(t, "□届出病棟の登録がありません|"+blank+"□部門の職員 0名", strings.Join(head(b), "|"))
	})
}

func TestStaffOfTheFormAreTheFullTimeFirstThenByCode(t *testing.T) {
	b := &models.Book{}
	add := func(code string, department models.Department, dedicated models.Mark, to models.Date) {
		b.Staff = append(b.Staff, models.Staff{Code: code, From: 2020_04_01, To: to, Department: department, WardDedicated: dedicated})
	}
	add("S4", models.Dedicated, 0, 0)
	add("S3", models.FullTime, models.Yes, 0)
	add("S2", models.FullTime, 0, 2026_11_22)
	add("S1", "", models.Yes, 0)
	add("S0", models.FullTime, models.Yes, 2026_11_21)
	codes := func(list []models.Staff) (codes []string) {
		for _, s := range list {
			codes = append(codes, s.Code)
		}
		return codes
	}
	r := formOf(b).Request
	assert.Equal(t, []string{"S2", "S3", "S4"}, codes(departmentStaff(r)), "one whose last day it is is there")
	assert.Equal(t, []string{"S3", "S1"}, codes(wardStaff(r)))
}

// partnersMet adds n offices of a kind, the first met of which were met three
// times.
func partnersMet(f *form40, kind models.PartnerKind, n, met int) {
	for range n {
		code := fmt.Sprintf("P%03d", len(f.Facts.Book.Partners))
		f.Facts.Book.Partners = append(f.Facts.Book.Partners, models.Partner{Code: code, Kind: kind, ConsultedOn: 2026_04_01})
		days := []models.Date{2026_05_01, 2026_06_01}
		if met > 0 {
			days, met = append(days, 2026_07_01), met-1
		}
		f.menkai[code] = days
	}
}

func TestBoxesOfThePartnersAreTickedAtTheirBounds(t *testing.T) {
	boxes := func(fill func(f *form40)) string {
		f := formOf(&models.Book{})
		f.menkai = map[string][]models.Date{}
		fill(&f)
		var lines []string
		for _, x := range f.partnerBoxes() {
			lines = append(lines, fmt.Sprintf("%s%d/%d", tick(x.ticked), x.met, x.all))
		}
		return strings.Join(lines, " ")
	}
	t.Run("25 of which all were met, one 医療機関 and five 事業者", func(t *testing.T) {
		assert.Equal(t, "☑25/25 ☑1/1 ☑5/5 ☑25/25", boxes(func(f *form40) {
			partnersMet(f, models.Hospital, 1, 1)
			partnersMet(f, models.CareOffice, 5, 5)
			partnersMet(f, models.CommunityCenter, 19, 19)
		}))
	})
	t.Run("one of each too few", func(t *testing.T) {
		assert.Equal(t, "□23/24 □0/1 □4/4 □23/24", boxes(func(f *form40) {
			partnersMet(f, models.Clinic, 1, 0)
			partnersMet(f, models.CareOffice, 4, 4)
			partnersMet(f, models.OtherPartner, 19, 19)
		}))
	})
	t.Run("25 partners but 24 met: only the first box", func(t *testing.T) {
		assert.Equal(t, "☑24/25 □0/0 ☑24/25 □24/25", boxes(func(f *form40) { partnersMet(f, models.NursingHome, 25, 24) }))
	})
	t.Run("a 高度急性期 hospital is no 医療機関; an ended partner does not count", func(t *testing.T) {
		assert.Equal(t, "□1/1 □0/0 □0/0 □1/1", boxes(func(f *form40) {
			partnersMet(f, models.Hospital, 2, 2)
			f.Facts.Book.Partners[0].AdvancedAcute, f.Facts.Book.Partners[1].EndedOn = models.Yes, 2026_11_22
		}))
	})
}

func TestTheCountsOfTheForm(t *testing.T) {
	line := func(f form40, mark int) countLine { return f.countLines()[mark-1] }
	b := filedWards(100, 40, 30)
	b.Wards[1].Class, b.Wards[2].Class = models.WardClassHa, models.WardClassA307
	f := formOf(b) // 100×0.15＋40×0.10＋30×0.05 = 20.5
	f.now.FeeCountConfirmed, f.now.FeeCountProjected, f.now.A307ConsultCount = 15, 17, 3
	assert.Equal(t, []any{15, 3, 18}, []any{line(f, 1).value, line(f, 2).value, line(f, 3).value}, "算定済み, not 見込")
	assert.Equal(t, "15＋3", line(f, 3).sum)
	for mark, want := range map[int]countLine{
		4: {wards: 1, beds: 100, sum: "100×0.15", value: hundredths(1500)},
		5: {wards: 1, beds: 40, sum: "40×0.10", value: hundredths(400)},
		6: {wards: 1, beds: 30, sum: "30×0.05", value: hundredths(150)},
	} {
		got := line(f, mark)
		got.mark, got.words = "", ""
		assert.Equal(t, want, got)
	}
	assert.Equal(t, hundredths(2050), line(f, 7).value)
	assert.Equal(t, hundredths(-250), line(f, 8).value, "18 − 20.5")
	assert.True(t, line(f, 8).bad)
	assert.Equal(t, "□", line(f, 8).mark)
	f.now.Fulfilled = true
	assert.False(t, line(f, 8).bad)
	assert.Equal(t, "☑", line(f, 8).mark)
}
