package reports

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// officeOf works out from the sample's rows the office of a care manager on a
// day.
func officeOf(t *testing.T, cm, day string) string {
	t.Helper()
	office, from := "", ""
	for _, a := range sampleSheet(t, "所属履歴") {
		if a["CMコード"] == cm && onDay(a, "開始日", "終了日", day) && a["開始日"] >= from {
			office, from = a["連携先コード"], a["開始日"]
		}
	}
	return office
}

func TestHandoverOfTheSampleHospital(t *testing.T) {
	r := sampleRequest(t)
	const from, to = "2025-11-23", "2026-11-22"
	file := writtenKind(t, "handover", r)
	t.Run("every member of the department and the wards has a sheet", func(t *testing.T) {
		var want []string
		for _, s := range sampleSheet(t, "職員") {
			if onDay(s, "所属開始", "所属終了", to) && (s["部門所属"] != "" || s["病棟専任"] == "○") {
				want = append(want, s["職員コード"]+" "+s["氏名"])
			}
		}
		slices.Sort(want)
		sheets := file.GetSheetList()
		got := slices.Clone(sheets[1 : len(sheets)-1])
		slices.Sort(got)
		assert.Equal(t, want, got)
	})
	t.Run("what a member did with each partner in twelve months", func(t *testing.T) {
		contacts, sessions, all := map[string]int{}, map[string]int{}, map[string]int{}
		for _, c := range sampleSheet(t, "やり取り") {
			office := c["連携先コード"]
			if office == "" {
				office = officeOf(t, c["CMコード"], c["日付"])
			}
			if c["日付"] < from || c["日付"] > to {
				continue
			}
			all[office]++
			if slices.Contains(c.codes("職員コード"), "M001") {
				contacts[office]++
			}
		}
		for _, s := range sampleSheet(t, "共同指導") {
			office := officeOf(t, s["CMコード"], s["指導日"])
			if s["指導日"] < from || s["指導日"] > to {
				continue
			}
			all[office]++
			if slices.Contains(s.codes("職員コード"), "M001") {
				sessions[office]++
			}
		}
		header, rows := tableUnder(t, file, "M001 齋藤 健一", "連携先\nコード")
		codes := columnOf(t, header, rows, "連携先コード")
		var want []string
		for _, p := range sampleSheet(t, "連携先") {
			if contacts[p["連携先コード"]]+sessions[p["連携先コード"]] > 0 && (p["連携終了日"] == "" || p["連携終了日"] > to) {
				want = append(want, p["連携先コード"])
			}
		}
		got := slices.Clone(codes)
		slices.Sort(got)
		assert.Equal(t, want, got)
		for i, code := range codes {
			assert.Equal(t, fmt.Sprint(contacts[code]), columnOf(t, header, rows, "やり取り")[i], code)
			assert.Equal(t, fmt.Sprint(sessions[code]), columnOf(t, header, rows, "共同指導")[i], code)
			assert.Equal(t, fmt.Sprintf("%.1f%%", 100*float64(contacts[code]+sessions[code])/float64(all[code])), columnOf(t, header, rows, "割合")[i], code)
		}
	})
	t.Run("the patients in hospital the member worked for", func(t *testing.T) {
		header, rows := tableUnder2(t, file, "M001 齋藤 健一", "患者ID", "氏名・病棟")
		want := map[string]bool{}
		for _, a := range sampleSheet(t, "入院") {
			if a["入院日"] > to || a["退院日"] != "" && a["退院日"] < to {
				continue
			}
			for _, s := range sampleSheet(t, "共同指導") {
				if s["患者ID"] == a["患者ID"] && s["入院日"] == a["入院日"] && s["指導日"] <= to && s["指導日"] != "" && slices.Contains(s.codes("職員コード"), "M001") {
					want[a["患者ID"]] = true
				}
			}
			for _, c := range sampleSheet(t, "やり取り") {
				if c["患者ID"] == a["患者ID"] && c["日付"] >= a["入院日"] && c["日付"] <= to && slices.Contains(c.codes("職員コード"), "M001") {
					want[a["患者ID"]] = true
				}
			}
		}
		got := columnOf(t, header, rows, "患者ID")
		assert.Len(t, got, len(want))
		for _, id := range got {
			assert.True(t, want[id], id)
		}
	})
	t.Run("overdue work is separate from what comes next", func(t *testing.T) {
		all, err := file.GetRows("M001 齋藤 健一")
		require.NoError(t, err)
		part, overdue, next := "", 0, 0
		for _, row := range all {
			if len(row) > 0 && (strings.HasPrefix(row[0], "期限を過ぎた") || strings.HasPrefix(row[0], "次にすること") || strings.HasPrefix(row[0], "入院中の患者") || strings.HasPrefix(row[0], "付き合い")) {
				part = row[0]
			}
			if len(row) < 10 || len(row[4]) != len("2026-11-22") || part == "" {
				continue
			}
			switch {
			case strings.HasPrefix(part, "期限を過ぎた"):
				overdue++
				assert.Less(t, row[4], to)
				assert.Contains(t, row[6], "日超過")
			case strings.HasPrefix(part, "次にすること"):
				next++
				assert.GreaterOrEqual(t, row[4], to)
			}
		}
		header, rows := tableUnder(t, file, "一覧", "職員\nコード")
		assert.Equal(t, fmt.Sprint(overdue), columnOf(t, header, rows, "期限を過ぎたもの")[0])
		assert.Positive(t, overdue)
		assert.Positive(t, next)
	})
	checkWorkbook(t, "handover", r)
}

func TestHandoverOfOneMember(t *testing.T) {
	r := sampleRequest(t)
	t.Run("is the list and one sheet", func(t *testing.T) {
		r := r
		r.Key = "M002"
		assert.Equal(t, []string{"一覧", "M002 栁田 奈緒", "定義"}, writtenKind(t, "handover", r).GetSheetList())
	})
	t.Run("a member who left is found by the last row", func(t *testing.T) {
		r := r
		r.Key = "M004"
		assert.Equal(t, []string{"一覧", "M004 松尾 久美子", "定義"}, writtenKind(t, "handover", r).GetSheetList())
	})
	t.Run("a code that is not registered is refused", func(t *testing.T) {
		r := r
		r.Key = "Z999"
		err := writeHandover(t.Context(), filepath.Join(t.TempDir(), "a.xlsx"), r)
		assert.Equal(t, models.NotFound, models.ErrorCode(err))
	})
}

func TestSheetNamesOfRecordedText(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"as it is":                      {"M001 齋藤 健一", "M001 齋藤 健一"},
		"what Excel forbids":            {`a[1]:*?/\b`, "a_1______b"},
		"quotes at the ends":            {"'=1+1'", "=1+1"},
		"nothing left":                  {"''", "シート"},
		"taken, whatever the case":      {"一覧A", "一覧A (2)"},
		"too long":                      {strings.Repeat("長", 40), strings.Repeat("長", 31)},
		"too long in surrogates":        {strings.Repeat("𠮷", 20), strings.Repeat("𠮷", 15)},
		"taken and at the longest name": {strings.Repeat("満", 31), strings.Repeat("満", 27) + " (2)"},
	} {
		t.Run(name, func(t *testing.T) {
			b := &book{}
			b.addSheet("一覧a", page{})
			b.addSheet(strings.Repeat("満", 31), page{})
			got := b.freeName(c.text)
			assert.Equal(t, c.want, got)
			assert.LessOrEqual(t, len(utf16.Encode([]rune(got))), maxSheetName)
		})
	}
}
