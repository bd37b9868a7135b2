package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
)

func TestDatesOfExcelAreReadRaw(t *testing.T) {
	day := models.MustDate("2026-11-22")
	tests := []struct {
		name     string
		value    any
		format   string
		date1904 bool
		want     models.Date
	}{
		{"day number shown as a date", 46348, "yyyy/m/d", false, day},
		{"day number shown by the era", 46348, `[$-ja-JP]ggge"年"m"月"d"日"`, false, day},
		{"day number shown as a plain number", 46348, "General", false, day},
		{"day number with a clock time", 46348.75, "yyyy/m/d h:mm", false, day},
		{"day number of the 1904 calendar", 46348 - 1462, "yyyy/m/d", true, day},
		{"number yyyymmdd", 20261122, "0", false, day},
		{"day number kept as text", "46348", "@", false, day},
		{"text with slashes", "2026/11/22", "@", false, day},
		{"text of the era", "令和８年１１月２２日", "@", false, day},
		{"first year of an era", "R1.5.1", "@", false, models.MustDate("2019-05-01")},
		{"birth date of the 大正 era", 5107, "yyyy/m/d", false, models.MustDate("1913-12-24")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", tt.value, "甲"}}}, func(f *excelize.File) {
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &tt.format})
				require.NoError(t, err)
				require.NoError(t, f.SetCellStyle("入院", "B2", "B2", style))
				require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &tt.date1904}))
			})
			r := mustRead(t, path)
			require.Empty(t, issueTexts(r.Issues))
			assert.Equal(t, tt.want, r.Book.Admissions[0].AdmittedOn)
		})
	}
}

func TestNumbersThatAreNoDateAreRefused(t *testing.T) {
	for _, value := range []any{2026, 0, -1, 261122, 202611, 20261322, 8.11} {
		path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", value, "甲"}}}, nil)
		issues := mustRead(t, path).Issues
		require.Len(t, issues, 1, "%v", value)
		assert.Contains(t, issues[0].String(), "入院 2 入院日: 日付『", "%v", value)
	}
}

func TestNumbersInExponentFormAreWrittenOut(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名", "診療科"}, {"0", 0, "甲", "3E1"}}}, nil)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	changed := filepath.Join(t.TempDir(), "java.xlsx")
	require.NoError(t, os.WriteFile(changed, zipOf(t, whole, "xl/worksheets/sheet1.xml", func(data []byte) []byte {
		row := bytes.Index(data, []byte(`<row r="2"`))
		end := bytes.Index(data[row:], []byte(`<c r="C2"`)) + row
		return slices.Concat(data[:row], []byte(`<row r="2"><c r="A2"><v>1.2345678E7</v></c><c r="B2"><v>46348.0</v></c>`), data[end:])
	}), 0o600))
	r := mustRead(t, changed)
	require.Empty(t, issueTexts(r.Issues))
	assert.Equal(t, []models.Admission{{PatientID: "12345678", AdmittedOn: models.MustDate("2026-11-22"), Name: "甲", Specialty: "3E1"}},
		r.Book.Admissions, "a text that looks like a number stays")
}

func TestCellsOfEveryKindAreRead(t *testing.T) {
	path := workbookOf(t, map[string][][]any{
		"やり取り": {
			{"連絡番号", "日付", "時刻", "種別", "職員コード", "患者ID", "内容"},
			{"K1", "2026-01-01", "9:05", "面会", "S1;S2；S3、S4\nS5; ", "0012", "一行目\r\n二行目"},
			{"K2", "2026-01-01", 0.378472222222222, "ＦＡＸ", "S1", 12, "_x000D_"},
			{"K3", "2026-01-01", 46348.5, " ビデオ通話　", "", "１２", "=1+1"},
			{"K4", "2026-01-01", "１３時５分", "面会", "Ｓ1", "　00 1　", "-5"},
			{"K5", "2026-01-01", "23:59:59", "面会"},
			{"K6", "2026-01-01", 0, "面会"},
		},
		"共同指導": {
			{"指導番号", "指導日", "医師の指示", "患者参加", "算定区分", "算定月"},
			{"G1", 46348, true, false, 1, "2026-11"},
			{"G2", 46348, "◯", "はい", "２", 46327},
			{"G3", 46348, "〇", "いいえ", "なし", 202611},
			{"G4", 46348, 1, 0, "", "R8.11.1"},
			{"G5", 46348, "×", "TRUE", nil, "2026年11月"},
		},
		"設定": {{"キー", "値"}, {"require_cm_attendance", true}, {"meeting_min_count", 3}, {"code_legacy", 113011710}, {"hospital_code", "0123"}, {"day_count", ""}},
		"病棟": {{"病棟コード", "有効開始", "病棟名", "病床数", "区分", "B005-1-2"}, {1, 46348, "東", 45, "ｲ", "可"}, {"01", 46348, "西", "１，０００", "A307", "包括"}},
	}, nil)
	r := mustRead(t, path)
	require.Empty(t, issueTexts(r.Issues))

	c := r.Book.Contacts
	require.Len(t, c, 6)
	assert.Equal(t, []string{"09:05", "09:05", "12:00", "13:05", "23:59", "00:00"}, []string{c[0].Time, c[1].Time, c[2].Time, c[3].Time, c[4].Time, c[5].Time})
	assert.Equal(t, []string{"S1", "S2", "S3", "S4", "S5"}, c[0].Staff)
	assert.Nil(t, c[2].Staff)
	assert.Equal(t, []string{"Ｓ1"}, c[3].Staff, "codes keep their width")
	assert.Equal(t, []string{"0012", "12", "１２", "00 1"}, []string{c[0].PatientID, c[1].PatientID, c[2].PatientID, c[3].PatientID})
	assert.Equal(t, "一行目\n二行目", c[0].Body)
	assert.Equal(t, []string{"=1+1", "-5"}, []string{c[2].Body, c[3].Body})
	assert.Equal(t, []models.ContactKind{models.FaceToFace, models.FaxSent, models.VideoCall}, []models.ContactKind{c[0].Kind, c[1].Kind, c[2].Kind})

	for i, g := range r.Book.Sessions {
		assert.Equal(t, []models.Mark{models.Yes, models.Yes, models.Yes, models.Yes, models.No}[i], g.DoctorsOrder, g.Number)
		assert.Equal(t, []models.Mark{models.No, models.Yes, models.No, models.No, models.Yes}[i], g.PatientJoined, g.Number)
		assert.Equal(t, []models.Claim{"1", "2", "なし", "", ""}[i], g.Claim, g.Number)
		assert.Equal(t, models.Month(202611), g.ClaimMonth, g.Number)
	}
	assert.Equal(t, []models.Setting{{Key: "require_cm_attendance", Value: "true"}, {Key: "meeting_min_count", Value: "3"},
		{Key: "code_legacy", Value: "113011710"}, {Key: "hospital_code", Value: "0123"}, {Key: "day_count"}}, r.Book.Settings)
	assert.Equal(t, []string{"1", "01"}, []string{r.Book.Wards[0].Code, r.Book.Wards[1].Code})
	assert.Equal(t, []int{45, 1000}, []int{r.Book.Wards[0].Beds, r.Book.Wards[1].Beds})
	assert.Equal(t, models.WardClassI, r.Book.Wards[0].Class)
}

func TestSheetsAndColumnsAreFoundByName(t *testing.T) {
	path := workbookOf(t, map[string][][]any{
		" 入　院 ": {
			{"みなと病院 入院一覧"}, {}, {nil, "出力日", "2026-11-22"},
			{"担当医", "†氏名", "入院日 *", "＊患者 ＩＤ", "", "ｶﾅ"},
			{"乙医師", "甲", 46348, "0001", "名なし", "コウ"},
			{},
			{nil, "　", nil, "\t"},
			{"乙医師", "", "", "", "", ""},
			{"丙医師", "丁", "", "0002"},
		},
		"メモ": {{"何か"}}, "説明": {{"書き方"}},
	}, nil)
	r := mustRead(t, path)
	assert.Equal(t, []string{"入院 9 入院日: 空欄です。日付を入力してください"}, issueTexts(r.Issues), "rows count as Excel shows them")
	assert.Equal(t, []string{
		"シート「メモ」は台帳ブックにない名前のため、読み込みません",
		"シート「入院」の列「担当医」は台帳ブックにない列のため、読み込みません",
		"シート「入院」の5列目は見出しがないため、読み込みません",
	}, r.Notes)
	require.Len(t, r.Book.Admissions, 2)
	assert.Equal(t, models.Admission{PatientID: "0001", AdmittedOn: models.MustDate("2026-11-22"), Name: "甲", Kana: "コウ"}, r.Book.Admissions[0])
}

func TestSheetWithoutRowsNeedsNoColumns(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID"}}, "会議": {}}, nil)
	r := mustRead(t, path)
	assert.Empty(t, issueTexts(r.Issues))
	assert.Equal(t, &models.Book{}, r.Book)
}

func TestTwoSheetsOfOneNameAreRefused(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"病棟": {}, "病 棟": {}}, nil)
	issues := mustRead(t, path).Issues
	require.Len(t, issues, 1)
	assert.Contains(t, issues[0].String(), "病棟 1 シート名: 「")
	assert.Contains(t, issues[0].String(), "は同じシートです。どちらかを消してください")
}

func TestRowsInACSVCountAsInExcel(t *testing.T) {
	r := readTexts(t, map[string]string{
		"会議": "会議コード,開催日,名称,種別\nM1,2026-01-01,\"二行の\n名前\",勉強会\n\nM2,いつか,会,勉強会\n,,,\nM3,いつか,会,勉強会\n",
	})
	require.Len(t, r.Issues, 2)
	assert.Equal(t, []int{4, 6}, []int{r.Issues[0].Row, r.Issues[1].Row})
}
