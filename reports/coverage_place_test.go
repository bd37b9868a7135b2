package reports

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// narrowedTo returns the sample's request for a ward and an area.
func narrowedTo(t *testing.T, ward, area string) Request {
	t.Helper()
	r := sampleRequest(t)
	r.Ward, r.Area = ward, area
	return r
}

func TestCoverageOfAWardAndATown(t *testing.T) {
	const from, to = "2026-04-01", "2026-11-22"
	for _, c := range []struct{ name, ward, area string }{
		{"a ward", "3E", ""}, {"a town", "", "汐見市"}, {"both", "3E", "みなと市"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := narrowedTo(t, c.ward, c.area)
			file, whole := writtenKind(t, "coverage", r), writtenKind(t, "coverage", sampleRequest(t))
			in := func(ward, office string) bool {
				return (c.ward == "" || ward == c.ward) && (c.area == "" || townOf(t, office) == c.area)
			}
			fee2, judged := 0, 0
			for i := range r.Verdicts {
				s := &r.Verdicts[i].Session
				day := s.On.String()
				if day >= "2026-06-01" && day <= to && in(wardOf(t, s.PatientID, s.AdmittedOn.String(), day), officeOf(t, s.CareManager, day)) {
					if judged++; r.Verdicts[i].Result == "指導料2" {
						fee2++
					}
				}
			}
			require.Positive(t, fee2)
			months := valuesBy(t, file, "月別", "月", "率の対象")
			assert.Equal(t, fmt.Sprint(judged), months["計"])
			assert.Equal(t, fmt.Sprint(fee2), valuesBy(t, file, "月別", "月", "指導料2")["計"])
			assert.Equal(t, fmt.Sprint(fee2), valuesBy(t, file, "概要", "項目", "値")["指導料2（令和8年6月以降）"])
			admitted := 0
			for _, a := range sampleSheet(t, "入院") {
				day := to // the ward on AsOf, or on an earlier discharge
				if a["退院日"] != "" {
					day = min(day, a["退院日"])
				}
				if a["入院日"] >= from && a["入院日"] <= to && in(wardOf(t, a["患者ID"], a["入院日"], day), officeOf(t, a["担当CMコード"], a["入院日"])) {
					admitted++
				}
			}
			assert.Equal(t, fmt.Sprint(admitted), valuesBy(t, file, "月別", "月", "入院")["計"])
			assert.Positive(t, admitted)

			t.Run("sessions by ward and town, やり取り by town, and the work of each member", func(t *testing.T) {
				contacts, sessions := 0, 0
				byStaff := make(map[string]int)
				for _, k := range sampleSheet(t, "やり取り") {
					if k["日付"] >= from && k["日付"] <= to && (c.area == "" || townOf(t, officeOfContact(t, k)) == c.area) {
						contacts++
						if slices.Contains(k.codes("職員コード"), "M001") {
							byStaff["やり取り"]++
						}
					}
				}
				for _, s := range sampleSheet(t, "共同指導") {
					if day := s["指導日"]; day >= from && day <= to && in(wardOf(t, s["患者ID"], s["入院日"], day), officeOf(t, s["CMコード"], day)) {
						sessions++
						if slices.Contains(s.codes("職員コード"), "M001") {
							byStaff["共同指導"]++
						}
					}
				}
				assert.Equal(t, fmt.Sprint(contacts), valuesBy(t, file, "月別", "月", "やり取り計")["計"])
				assert.Equal(t, fmt.Sprint(sessions), valuesBy(t, file, "月別", "月", "共同指導")["計"])
				for column, n := range byStaff {
					assert.Equal(t, fmt.Sprint(n), valuesBy(t, file, "職員別", "職員コード", column)["M001"], column)
				}
			})
			t.Run("what has neither ward nor office is not narrowed", func(t *testing.T) {
				assert.Equal(t, valuesBy(t, whole, "月別", "月", "会議・勉強会"), valuesBy(t, file, "月別", "月", "会議・勉強会"))
				for sheet, column := range map[string][2]string{
					"加算1": {"過去1年の数え方", "①＋②算定済み"}, "加算1の推移": {"時点", "見込"}, "面会の足りない連携機関": {"コード", "足りない回数"},
				} {
					assert.Equal(t, valuesBy(t, whole, sheet, column[0], column[1]), valuesBy(t, file, sheet, column[0], column[1]), sheet)
				}
			})
			t.Run("partners are narrowed to the town", func(t *testing.T) {
				want := valuesBy(t, whole, "地域と種別", "市区町村", "連携先計")
				got := valuesBy(t, file, "地域と種別", "市区町村", "連携先計")
				if c.area == "" {
					assert.Equal(t, want, got)
					return
				}
				assert.Equal(t, map[string]string{c.area: want[c.area], "計": want[c.area]}, got)
				for _, town := range valuesBy(t, file, "連携先との行き来", "コード", "市区町村") {
					assert.Equal(t, c.area, town)
				}
			})
		})
	}
}

func TestEverySheetSaysWhatItIsNarrowedTo(t *testing.T) {
	said := func(file *excelize.File, sheet string) string {
		info, err := file.GetCellValue(sheet, "A3")
		require.NoError(t, err)
		_, words, found := strings.Cut(info, "病棟・地域の絞り込み: ")
		require.True(t, found, "%s: %s", sheet, info)
		return words
	}
	for _, c := range []struct{ ward, area, all, byArea, none string }{
		{"", "", "なし", "なし", "なし"},
		{"3E", "", "3東病棟", "なし（3東病棟では絞れません）", "なし（3東病棟では絞れません）"},
		{"", "みなと市", "みなと市", "みなと市", "なし（みなと市では絞れません）"},
		{"3E", "みなと市", "3東病棟・みなと市", "みなと市（3東病棟では絞れません）", "なし（3東病棟・みなと市では絞れません）"},
	} {
		file := writtenKind(t, "coverage", narrowedTo(t, c.ward, c.area))
		for sheet, want := range map[string]string{"指導料2にならない理由": c.all, "連携先との行き来": c.byArea, "加算1": c.none} {
			assert.Equal(t, want, said(file, sheet), "%s%s %s", c.ward, c.area, sheet)
		}
	}
	file := writtenKind(t, "coverage", sampleRequest(t))
	for _, sheet := range file.GetSheetList() {
		if sheet != "定義" {
			assert.Equal(t, "なし", said(file, sheet), sheet)
		}
	}
}

func TestCoverageAsOfAnEarlierDay(t *testing.T) {
	r := sampleRequest(t)
	r.AsOf = 2026_09_30
	file := writtenKind(t, "coverage", r)
	head, err := file.GetCellValue("月別", "A2")
	require.NoError(t, err)
	assert.Contains(t, head, "2026-04-01〜2026-11-22　基準日 2026-09-30　出力日 2026-11-22")
	header, rows := tableUnder(t, file, "月別", "月")
	assert.Equal(t, []string{"2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "計"}, columnOf(t, header, rows, "月"))
	days := metOn(t, "2025-10-01", "2026-09-30")
	met := 0
	for _, p := range active(t, "2026-09-30") {
		if len(days[p["連携先コード"]]) >= 3 {
			met++
		}
	}
	assert.Equal(t, fmt.Sprint(met), valuesBy(t, file, "概要", "項目", "値")["面会が3回以上の連携機関（過去1年）"])
	t.Run("without a day, the day of output", func(t *testing.T) {
		r := sampleRequest(t)
		r.AsOf = 0
		head, err := writtenKind(t, "coverage", r).GetCellValue("概要", "A2")
		require.NoError(t, err)
		assert.NotContains(t, head, "基準日")
	})
}

func TestCoverageRefusesAWardOrTownNobodyRegistered(t *testing.T) {
	for says, r := range map[string]Request{
		"病棟コード『9X』の登録がありません。次のどれかを指定してください: 2E 2東病棟（小児）、3E 3東病棟、": narrowedTo(t, "9X", ""),
		"市区町村『横浜市』に連携先の登録がありません。次のどれかを指定してください: ":                 narrowedTo(t, "", "横浜市"),
		"病棟コード『3E』の登録がありません。病棟を登録してから指定してください":                    func() Request { r := judge(t, &models.Book{}); r.Ward = "3E"; return r }(),
	} {
		err := writeCoverage(t.Context(), filepath.Join(t.TempDir(), "a.xlsx"), r)
		assert.Equal(t, models.NotFound, models.ErrorCode(err))
		assert.Contains(t, models.ErrorMessage(err), says)
	}
}

func TestTheFileNameHoldsWardAndTown(t *testing.T) {
	kind, ok := KindNamed("coverage")
	require.True(t, ok)
	assert.Equal(t, "連携状況報告_2026-04-01_2026-11-22_3東病棟_みなと市_港みらい総合病院.xlsx", kind.FileName(narrowedTo(t, "3E", "みなと市")))
	assert.Equal(t, "連携状況報告_2026-04-01_2026-11-22_港みらい総合病院.xlsx", kind.FileName(sampleRequest(t)))
}

func TestCoverageOfAnEmptyRegister(t *testing.T) {
	file := writtenKind(t, "coverage", judge(t, &models.Book{}))
	for _, sheet := range []string{"面会の足りない連携機関", "連携先との行き来", "平時の連携がない担当CM", "ひとつの手", "地域と種別", "職員別"} {
		assert.Contains(t, textsOf(t, file, sheet), "該当はありません", sheet)
	}
	assert.Equal(t, "―", valuesBy(t, file, "概要", "項目", "値")["日程の依頼から共同指導まで（日）"])
}
