package ledger

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"renkei/models"
)

// readCells reads a sheet given as CSV lines, the header first.
func readCells(t *testing.T, sheet string, lines ...string) *Reading {
	t.Helper()
	return readTexts(t, map[string]string{sheet: strings.Join(lines, "\n") + "\n"})
}

// partOf saves a workbook with one part changed.
func partOf(t *testing.T, path, name string, change func([]byte) []byte) string {
	t.Helper()
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	changed := filepath.Join(t.TempDir(), "changed.xlsx")
	require.NoError(t, os.WriteFile(changed, zipOf(t, whole, name, change), 0o600))
	return changed
}

func replaced(old, by string) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.Replace(b, []byte(old), []byte(by), 1) }
}

func TestHeadingsArePeoplesOwn(t *testing.T) {
	want := models.Admission{PatientID: "0001", AdmittedOn: models.MustDate("2026-10-02"), Name: "甲", CareManager: "C1"}
	for _, heading := range []string{"患者ID（8桁）,入院日(西暦),氏名[漢字],担当cmコード", "患者ｉｄ\u200b,入院日【必須】,氏 名,担当ＣＭコード（入院前）",
		"\"患者ID\r\n（8桁）\",\"入院日\n*\",氏名〔姓と名〕,担当Cmコード", "（必須）患者ID,＊入院日,†氏名（全角）,担当CMコード"} {
		r := readCells(t, "入院", heading, "0001,2026-10-02,甲,C1")
		assert.Empty(t, issueTexts(r.Issues), heading)
		assert.Empty(t, r.Notes, heading)
		assert.Equal(t, []models.Admission{want}, r.Book.Admissions, heading)
	}
}

func TestAHeadingThatOnlyBeginsWithAnAbsentColumnIsAskedAbout(t *testing.T) {
	r := readCells(t, "入院", "患者ID番号,入院日付,氏名カナ,氏名,担当医", "1,2026-10-02,ア,甲,乙")
	assert.Equal(t, []string{
		"入院 1 見出し: 列「患者ID番号」は「患者ID」ではありませんか。名前を直してください",
		"入院 1 見出し: 列「入院日付」は「入院日」ではありませんか。名前を直してください",
	}, issueTexts(r.Issues), "and not again as missing")
	assert.Equal(t, []string{"シート「入院」の列「氏名カナ」は台帳ブックにない列のため、読み込みません",
		"シート「入院」の列「担当医」は台帳ブックにない列のため、読み込みません"}, r.Notes)
}

func TestOfTwoHeadingsThePlainOneIsTheColumn(t *testing.T) {
	r := readCells(t, "連携先", "連携先コード,名称,種別,電話（携帯）,電話", "P1,甲,病院,090-0000-0000,03-0000-0000")
	assert.Empty(t, issueTexts(r.Issues))
	assert.Equal(t, "03-0000-0000", r.Book.Partners[0].Phone)
	assert.Equal(t, []string{"シート「連携先」の列「電話（携帯）」は台帳ブックにない列のため、読み込みません"}, r.Notes)
	r = readCells(t, "連携先", "連携先コード,名称,種別,電話（自宅）,電話（携帯）", "P1,甲,病院,03-0000-0000,090-0000-0000")
	assert.Equal(t, []string{"連携先 1 電話: 同じ名前の列が2つあります。どちらかを消してください"}, issueTexts(r.Issues))
}

func TestSheetsThatOnlyContainAnAbsentNameAreAskedAbout(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"2026年度 会議出席": {}, "入院 (2)": {}, "入院": {}, "病棟履歴まとめ": {}, "病棟履歴": {}, "集計": {}}, nil)
	r := mustRead(t, path)
	assert.Equal(t, []string{"シート「2026年度 会議出席」は「会議出席」ではありませんか。名前を直してください"}, issueTexts(r.Issues))
	assert.ElementsMatch(t, []string{"シート「入院 (2)」は台帳ブックにない名前のため、読み込みません",
		"シート「病棟履歴まとめ」は台帳ブックにない名前のため、読み込みません", "シート「集計」は台帳ブックにない名前のため、読み込みません"}, r.Notes)

	r = readTexts(t, map[string]string{"職員名簿": "職員コード\nS1\n", "やり取り": contactHead + "K1,2026-01-01,,面会\n",
		"会議出席": "会議コード,区分,コード\nM1,職員,S1\n", "会議の記録": ""})
	assert.Equal(t, []string{"ファイル「会議の記録.csv」は「会議.csv」ではありませんか。名前を直してください",
		"ファイル「職員名簿.csv」は「職員.csv」ではありませんか。名前を直してください"}, issueTexts(append(r.Issues, CheckReferences(r, nil)...)),
		"the attendance is not blamed for the sheets that are not there")
}

func TestGuardsOfOtherProgramsAreUndone(t *testing.T) {
	for _, cell := range []string{`="00000101"`, `"=""00000101"""`, `'00000101`, `"'00000101"`, `'00000101'`, "\t00000101"} {
		r := readCells(t, "入院", admissionHead[:len(admissionHead)-1], cell+",'2026/10/02,\"=\"\"甲\"\"\"")
		assert.Empty(t, issueTexts(r.Issues), cell)
		assert.Equal(t, []models.Admission{{PatientID: "00000101", AdmittedOn: models.MustDate("2026-10-02"), Name: "甲"}}, r.Book.Admissions, cell)
	}
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"'0101", "2026-10-02", "'24年の甲"}, {`="0102"`, "2026-10-02", "乙"}}}, nil)
	r := mustRead(t, path)
	assert.Empty(t, issueTexts(r.Issues))
	assert.Equal(t, []string{"0101", "0102"}, []string{r.Book.Admissions[0].PatientID, r.Book.Admissions[1].PatientID})
	assert.Equal(t, "'24年の甲", r.Book.Admissions[0].Name, "text stays")
}

func TestErrorWordsOfAnyProgramAreRefused(t *testing.T) {
	for _, word := range []string{"#N/A", "#DIV/0!", "#NAME?", "#名前?", "#UNKNOWN!", "#GETTING_DATA", "Err:502", "###", "＃ＲＥＦ！"} {
		r := readCells(t, "入院", "患者ID,入院日,氏名", "1,2026-10-02,"+word)
		assert.Equal(t, []string{"入院 2 氏名: 『" + word + "』は式のエラーです。値に直してください"}, issueTexts(r.Issues))
	}
	for _, text := range []string{"#重要!", "##", "#1", "Err", "# N/A"} {
		r := readCells(t, "入院", "患者ID,入院日,氏名", "1,2026-10-02,"+text)
		assert.Empty(t, issueTexts(r.Issues), text)
	}
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", 46297, "甲"}}}, nil)
	r := mustRead(t, partOf(t, path, "xl/worksheets/sheet1.xml", replaced(`<c r="C2" t="s"><v>4</v></c>`, `<c r="C2" t="e"><v>なにか</v></c>`)))
	assert.Equal(t, []string{"入院 2 氏名: 『なにか』は式のエラーです。値に直してください"}, issueTexts(r.Issues), "t=e is an error whatever its word")
}

func TestFormulasWithoutAResult(t *testing.T) {
	const cellC2 = `<c r="C2" t="s"><v>4</v></c>`
	refused := []string{"入院 2 氏名: " + noResultReason("入院", 2, 2)}
	assert.Equal(t, "シート「入院」のセル C2 の数式に計算結果が保存されていません。Excel で開き、保存し直してから読み込んでください", noResultReason("入院", 2, 2))
	tests := []struct {
		outcome, cell string
		want          []string
	}{
		{"no value", `<c r="C2"><f>A1</f></c>`, refused},
		{"an empty one", `<c r="C2"><f>A1</f><v></v></c>`, refused},
		{"an empty tag", `<c r="C2"><f>A1</f><v/></c>`, refused},
		{"a text without a value", `<c r="C2" t="str"><f>A1</f></c>`, refused},
		{"a shared formula", `<c r="C2"><f t="shared" si="0"/><v></v></c>`, refused},
		{"a true empty result is a blank", `<c r="C2" t="str"><f>A1</f><v></v></c>`, []string{"入院 2 氏名: 空欄です。入力してください"}},
		{"a result", `<c r="C2" t="str"><f>A1</f><v>甲</v></c>`, []string{}},
		{"in a column that is not read", `<c r="C2" t="inlineStr"><is><t>甲</t></is></c><c r="D2"><f>A1</f></c>`, []string{}},
		{"in a column without a heading", `<c r="C2" t="inlineStr"><is><t>甲</t></is></c><c r="J2"><f>A1</f></c>`, []string{}},
	}
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", 46297, "甲"}}}, nil)
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			r := mustRead(t, partOf(t, path, "xl/worksheets/sheet1.xml", replaced(cellC2, tt.cell)))
			assert.Equal(t, tt.want, issueTexts(r.Issues))
		})
	}
	r := mustRead(t, partOf(t, path, "xl/worksheets/sheet1.xml", replaced(`<c r="C1" t="s"><v>2</v></c>`, `<c r="C1"><f>A1</f></c>`)))
	assert.Equal(t, []string{"入院 1 見出し: " + noResultReason("入院", 1, 2)}, issueTexts(r.Issues), "no column is said to be missing besides")
}

func TestUnreadableCharactersAreNamedAndReplaced(t *testing.T) {
	note := func(column string) []string {
		return []string{"入院 2 " + column + ": 読み取れない文字（外字など）を 〓 に置き換えました。元の文字を確かめてください"}
	}
	shiftJIS := func(s string) []byte {
		b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(s))
		require.NoError(t, err)
		return b
	}
	tests := []struct {
		outcome string
		data    []byte
		want    string
	}{
		{"外字 of Shift_JIS at the end", append(shiftJIS("患者ID,入院日,氏名\n1,2026-10-02,山田"), 0xF9, 0xFC, '\n'), "山田〓"},
		{"two, one of a row that has none", append(shiftJIS("患者ID,入院日,氏名\n1,2026-10-02,山"), 0xF0, 0x40, 0x85, 0x40, '\n'), "山〓〓"},
		{"half a letter at the end of a cell", append(shiftJIS("患者ID,入院日,氏名\n1,2026-10-02,山"), 0x8E, '\n'), "山〓"},
		{"a lone byte of UTF-8", []byte("患者ID,入院日,氏名\n1,2026-10-02,山\xFF田\n"), "山〓田"},
		{"a letter of UTF-8 cut short", []byte("患者ID,入院日,氏名\n1,2026-10-02,山\xE7\x94\n"), "山〓"},
		{"外字 that became a private character", []byte("患者ID,入院日,氏名\n1,2026-10-02,\uE000田\n"), "〓田"},
		{"what another program could not read", []byte("患者ID,入院日,氏名\n1,2026-10-02,\uFFFD田\n"), "〓田"},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			r, err := ReadFS(context.Background(), fstest.MapFS{"入院.csv": {Data: tt.data}}, nil)
			require.NoError(t, err)
			assert.Empty(t, issueTexts(r.Issues))
			assert.Equal(t, note("氏名"), r.Notes)
			require.Len(t, r.Book.Admissions, 1)
			assert.Equal(t, tt.want, r.Book.Admissions[0].Name)
			assert.True(t, Unreadable(r.Book.Admissions[0].Name))
		})
	}
	r := readCells(t, "入院", "患者ID,入院日,氏名,担当CMコード", "1\uE000,2026-10-02,〓田,C〓")
	assert.Equal(t, []string{"入院 2 患者ID: 『1〓』に読み取れない文字があります。元の文字に直してください",
		"入院 2 担当CMコード: 『C〓』に読み取れない文字があります。元の文字に直してください"}, issueTexts(r.Issues), "in a key and in a reference")
	assert.Empty(t, r.Notes, "〓 as it was written")
	r = readTexts(t, map[string]string{"入院": "患者ID,入院日,氏名,担当CMコード\n1〓,2026-10-02,甲,C〓\n",
		"病棟履歴": "患者ID,入院日,開始日,病棟コード\n1,2026-10-02,2026-10-02,W1\n", "病棟": wardHead + "W1,2026-04-01,1病棟,40,イ,可\n"})
	assert.Empty(t, CheckReferences(r, nil), "blamed once")
	r = readCells(t, "会議出席", "会議コード,区分,氏名", "M1,その他,〓田", "M1,CM,")
	assert.Contains(t, issueTexts(r.Issues), "会議出席 2 氏名: 『〓田』に読み取れない文字があります。元の文字に直してください", "the name is the key")
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", 46297, "\uE123田"}}}, nil)
	assert.Equal(t, note("氏名"), mustRead(t, path).Notes)
}

func TestManyNotesOnOneColumnAreCounted(t *testing.T) {
	lines := []string{"患者ID,入院日,氏名"}
	for i := range 103 {
		lines = append(lines, fmt.Sprintf("%d,2026-10-02,\uE000", i))
	}
	r := readCells(t, "入院", lines...)
	require.Len(t, r.Notes, 101)
	assert.Equal(t, "入院 101 氏名: 読み取れない文字（外字など）を 〓 に置き換えました。元の文字を確かめてください", r.Notes[99])
	assert.Equal(t, "入院 氏名: 同じ列に確かめるところがほかに3件あります", r.Notes[100])
}

func TestLineEndsAreJudgedOutsideQuotes(t *testing.T) {
	for name, text := range map[string]string{
		"CR, LF in a cell":           "キー,値\rhospital_name,\"一\n二\"\rhospital_code,1\r",
		"CR, CRLF in a cell":         "キー,値\rhospital_name,\"一\r\n二\"\rhospital_code,1",
		"CRLF, CR in a cell":         "キー,値\r\nhospital_name,\"一\r二\"\r\nhospital_code,1\r\n",
		"LF, CR in a cell unquoted":  "キー,値\nhospital_name,一\r二\nhospital_code,1\n",
		"CR CR LF":                   "キー,値\r\r\nhospital_name,\"一\n二\"\r\r\nhospital_code,1\r\r\n",
		"a LF in the quoted heading": "\"キー\n\",値\rhospital_name,\"一\n二\"\rhospital_code,1\r",
	} {
		r := readTexts(t, map[string]string{"設定": text})
		assert.Empty(t, issueTexts(r.Issues), name)
		assert.Equal(t, []models.Setting{{Key: "hospital_name", Value: "一\n二"}, {Key: "hospital_code", Value: "1"}}, r.Book.Settings, name)
	}
}

func TestNumbersThatWereCodesArePointedOut(t *testing.T) {
	doubts := func(column, value string) []string {
		return readCells(t, "連携先", "連携先コード,名称,種別,"+column, "P1,甲,病院,"+value).Notes
	}
	const zero = "』は先頭の0が消えているかもしれません。元の番号と比べてください"
	for _, tt := range []struct{ column, value string }{
		{"事業所番号", "170100001"}, {"事業所番号", "１７０１００００１"}, {"事業所番号", "123456"}, {"電話", "312345678"}, {"電話", "3-1234-5678"},
		{"電話", "9012345678"}, {"FAX", "(3)1234-5678"}, {"郵便番号", "600001"}, {"郵便番号", "60-0001"},
	} {
		assert.Equal(t, []string{"連携先 2 " + tt.column + ": 『" + tt.value + zero}, doubts(tt.column, tt.value))
	}
	for _, tt := range []struct{ column, value string }{
		{"事業所番号", "0170100001"}, {"事業所番号", "1234567"}, {"電話", "03-1234-5678"}, {"電話", "090-1234-5678"}, {"電話", "+81-3-1234-5678"},
		{"電話", "内線 123"}, {"電話", ""}, {"郵便番号", "060-0001"}, {"備考", "170100001"}, {"備考", "1.7E+08"},
	} {
		assert.Empty(t, doubts(tt.column, tt.value), tt)
	}
	for _, value := range []string{"1.7E+08", "1.7e8", "1E+09", "1.7Ｅ+08"} {
		assert.Equal(t, []string{"連携先 2 事業所番号: 『" + value + "』は番号が指数の形に変わっています。元の番号に直してください"}, doubts("事業所番号", value))
	}
	assert.Equal(t, []string{"連携先 2 事業所番号: 『170100001.0』は番号に小数が付いています。元の番号に直してください"}, doubts("事業所番号", "170100001.0"))
}

func TestDatesAndLongNumbersOfTextColumnsArePointedOut(t *testing.T) {
	formats := map[string]string{"B2": "yyyy/m/d", "C2": `[$-ja-JP]ggge"年"m"月"d"日"`, "D2": "h:mm", "B3": `#,##0"日"`, "C3": "0.00E+00", "D3": `[Red]0`, "E2": "m/d"}
	path := workbookOf(t, map[string][][]any{"連携先": {{"連携先コード", "名称", "備考", "法人名", "事業所番号", "種別"},
		{"P1", 46297, 46297.5, 0.4375, 46297, "病院"}, {"P2", 46297, 46297, 46297, 46297, "病院"}}}, func(f *excelize.File) {
		for at, format := range formats {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			require.NoError(t, err)
			require.NoError(t, f.SetCellStyle("連携先", at, at, style))
		}
	})
	r := mustRead(t, partOf(t, path, "xl/worksheets/sheet1.xml", func(b []byte) []byte {
		return bytes.Replace(b, []byte(`<c r="E3"><v>46297</v></c>`), []byte(`<c r="E3"><v>1234567890123456</v></c>`), 1)
	}))
	require.Empty(t, issueTexts(r.Issues))
	read := func(value string) string {
		return "日付のセルです。『" + value + "』として読みました。違うときは文字で入力し直してください"
	}
	assert.Equal(t, []string{
		"連携先 2 名称: " + read("2026-10-02"),
		"連携先 2 事業所番号: 『46297』は日付のセルです（2026-10-02）。番号が日付に変わっていないか確かめ、文字で入力し直してください",
		"連携先 2 法人名: " + read("10:30"),
		"連携先 2 備考: " + read("2026-10-02 12:00"),
		"連携先 3 事業所番号: 『1234567890123456』は桁の多い数です。Excel は16桁目から後を0に変えます。元の番号と比べ、文字で入力し直してください",
	}, r.Notes)
	assert.Equal(t, []string{"2026-10-02", "46297"}, []string{r.Book.Partners[0].Name, r.Book.Partners[0].OfficeNumber})
	assert.Equal(t, models.Partner{Code: "P2", Name: "46297", Kind: "病院", OfficeNumber: "1234567890123456", Corporation: "46297", Note: "46297"}, r.Book.Partners[1])
}

func TestPartsInOtherEncodingsAreRead(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", 46297, "髙橋"}}}, nil)
	utf16 := func(order unicode.Endianness, bom unicode.BOMPolicy) func([]byte) []byte {
		return func(b []byte) []byte {
			b = bytes.Replace(b, []byte(`encoding="UTF-8"`), []byte(`encoding="UTF-16"`), 1)
			out, err := unicode.UTF16(order, bom).NewEncoder().Bytes(b)
			require.NoError(t, err)
			return out
		}
	}
	for name, change := range map[string]struct {
		part string
		with func([]byte) []byte
	}{
		"sheet in UTF-16, little end first":   {"xl/worksheets/sheet1.xml", utf16(unicode.LittleEndian, unicode.UseBOM)},
		"texts in UTF-16, big end first":      {"xl/sharedStrings.xml", utf16(unicode.BigEndian, unicode.UseBOM)},
		"workbook in UTF-16 without its mark": {"xl/workbook.xml", utf16(unicode.LittleEndian, unicode.IgnoreBOM)},
		"texts in Shift_JIS": {"xl/sharedStrings.xml", func(b []byte) []byte {
			out, err := japanese.ShiftJIS.NewEncoder().Bytes(bytes.Replace(b, []byte(`encoding="UTF-8"`), []byte(`encoding='Shift_JIS'`), 1))
			require.NoError(t, err)
			return out
		}},
		"a mark before UTF-8":          {"xl/sharedStrings.xml", func(b []byte) []byte { return append([]byte(byteOrderMark), b...) }},
		"properties that are no XML":   {"docProps/core.xml", func([]byte) []byte { return []byte("\xE9\xE8 <") }},
		"a theme that is cut off":      {"xl/theme/theme1.xml", func(b []byte) []byte { return b[:len(b)/2] }},
		"a comment and CDATA in texts": {"xl/sharedStrings.xml", replaced("<t>髙橋</t>", "<t><!-- > -->髙<![CDATA[橋]]></t>")},
		"a reading above the letters":  {"xl/sharedStrings.xml", replaced("<t>髙橋</t>", `<r><t>髙</t></r><r><rPr><b/></rPr><t>橋</t></r><rPh sb="0" eb="1"><t>タカ</t></rPh>`)},
		"texts on lines of their own": {"xl/sharedStrings.xml", func(b []byte) []byte {
			return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("<t>"), []byte("\n  <t>")), []byte("</t>"), []byte("</t>\n"))
		}},
		"letters by their number":     {"xl/sharedStrings.xml", replaced("髙橋", "&#39641;&#x6A4B;")},
		"quotes that hold a >":        {"xl/worksheets/sheet1.xml", replaced("<sheetData>", `<sheetPr codeName='a>b"c'/><sheetData>`)},
		"a row for each of its cells": {"xl/worksheets/sheet1.xml", replaced(`<c r="B2"`, `</row><row r="2"><c r="B2"`)},
		"prefixed names": {"xl/worksheets/sheet1.xml", func(b []byte) []byte {
			b = bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("</"), []byte("</x:")), []byte("<"), []byte("<x:"))
			b = bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("<x:/x:"), []byte("</x:")), []byte("<x:?"), []byte("<?"))
			return bytes.Replace(b, []byte(`xmlns=`), []byte(`xmlns:x=`), 1)
		}},
	} {
		r, err := Read(context.Background(), partOf(t, path, change.part, change.with), nil)
		require.NoError(t, err, name)
		assert.Empty(t, issueTexts(r.Issues), name)
		assert.Equal(t, []models.Admission{{PatientID: "1", AdmittedOn: models.MustDate("2026-10-02"), Name: "髙橋"}}, r.Book.Admissions, name)
	}
}

// TestLineEndsInAPart: every line end in a part is one \n (XML 1.0, 2.11).
// Excel writes CR LF in a text as _x000D_ followed by a line end.
func TestLineEndsInAPart(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"連携先": {{"連携先コード", "名称", "種別", "備考"}, {"P1", "甲", "病院", "xyz"}}}, nil)
	for text, want := range map[string]string{
		"<t>一\r\n二</t>": "一\n二", "<t>一_x000D_\r\n二</t>": "一\n二", "<t>一_x000D_\n二</t>": "一\n二", "<t>一\r二</t>": "一\n二",
		"<t>一\r\r\n二</t>": "一\n\n二", "<t>一&#13;\r\n&amp;二\r</t>": "一\n&二", "<t>一&#13;&#10;二</t>": "一\n二",
		"<t><![CDATA[一_x000D_\r\n二]]></t>": "一\n二",
	} {
		r := mustRead(t, partOf(t, path, "xl/sharedStrings.xml", replaced("<t>xyz</t>", text)))
		require.Empty(t, issueTexts(r.Issues), text)
		assert.Equal(t, want, r.Book.Partners[0].Note, text)
	}
}

func TestXMLThatIsNotWellFormedIsRefused(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", 46297, "甲"}}}, nil)
	for _, change := range [][2]string{
		{"</row>", "</raw>"}, {"</worksheet>", "</worksheet><a/>"}, {"</worksheet>", "</worksheet>a"}, {"<sheetData>", "<sheetData a=b>"},
		{"<sheetData>", `<sheetData a="<">`}, {"<sheetData>", `<sheetData a="1"b="2">`}, {"<sheetData>", "<1/><sheetData>"},
		{"<sheetData>", "&nbsp;<sheetData>"}, {"<sheetData>", "&#0;<sheetData>"}, {"<sheetData>", "\x01<sheetData>"}, {"<sheetData>", "\xFF<sheetData>"},
		{"<worksheet", "<!DOCTYPE a><worksheet"}, {"<sheetData>", "<!-- <sheetData>"}, {"<sheetData>", "<sheetData><![CDATA["}, {"<v>46297</v>", "<v>46297"},
		{`<c r="B2"`, `<c r="A2"`}, {`<c r="B2"`, `<c r="2B"`}, {`<c r="B2"`, `<c r="XFE2"`}, {`<row r="2"`, `<row r="0"`},
		{`<c r="B2"`, `</row><row r="2"><c r="A2"`}, {`<c r="B2"`, `</row><row r="1"><c r="D1"`}, {`<row r="1"`, `<row r="0"`},
	} {
		_, err := Read(context.Background(), partOf(t, path, "xl/worksheets/sheet1.xml", replaced(change[0], change[1])), nil)
		assert.Contains(t, models.ErrorMessage(err), "は壊れていて読み取れません", "%v", change)
	}
}

func TestTheEncodingIsTheOneThatFits(t *testing.T) {
	for text, want := range map[string]*letters{
		"ああああ\xFF": utf8Letters, "あああ\xFF": nil, "\x82\xA0\x82\xA0\x82\xA0\x82\xA0\xFF": shiftJISLetters, "\x82\xA0\x82\xA0\x82\xA0\xFF": nil,
		"\xFF\xFEa\x00": nil, "\xFE\xFF\x00a": nil, "abc\x00": utf8Letters, "ab\x00\x00": nil, "": utf8Letters, "\x82\xA0": shiftJISLetters,
		"\xF0\x40\xF0\x40": shiftJISLetters, "あ": utf8Letters, strings.Repeat("あ", 40_000) + "\xFF": utf8Letters,
	} {
		got, err := lettersOf(context.Background(), strings.NewReader(text))
		require.NoError(t, err)
		assert.True(t, want == got, "%.20q", text)
	}
}

func TestColumnsAreReadToTheLastThatIsLookedAt(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"入院": {{"患者ID", "入院日", "氏名"}, {"1", 46297, "甲"}}}, func(f *excelize.File) {
		require.NoError(t, f.SetCellValue("入院", cellName(maxColumns, 2), "x"))
		require.NoError(t, f.SetCellValue("入院", cellName(maxColumns+1, 2), "x"))
	})
	assert.Equal(t, []string{"シート「入院」の256列目は見出しがないため、読み込みません"}, mustRead(t, path).Notes)
	row := "1,2026-10-02,甲" + strings.Repeat(",", maxColumns-3)
	assert.Equal(t, []string{"シート「入院」の256列目は見出しがないため、読み込みません"}, readCells(t, "入院", "患者ID,入院日,氏名", row+"x,x").Notes)
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	path := workbookOf(t, map[string][][]any{"連携先": {{"連携先コード", "名称", "種別", "事業所番号"}, {"P1", "甲", "病院", 1}}}, nil)
	for number, want := range map[string]string{
		"999999999999999": "999999999999999", "0170100001": "170100001", "00": "0", "46348.0": "46348", "1.2E+10": "12000000000", "0.1": "0.1",
		"0.30000000000000004": "0.3", "-5": "-5", "1_0": "1_0", " 12 ": "12", "1234567890123456": "1234567890123456 !", "1000000000000000": "1000000000000000 !",
		"1.234567890123456E+20": "1.23456789012346E+20 !",
	} {
		r := mustRead(t, partOf(t, path, "xl/worksheets/sheet1.xml", replaced("<c r=\"D2\"><v>1</v>", "<c r=\"D2\"><v>"+number+"</v>")))
		require.Empty(t, issueTexts(r.Issues))
		got := r.Book.Partners[0].OfficeNumber
		if strings.Contains(strings.Join(r.Notes, ""), "は桁の多い数です") {
			got += " !"
		}
		assert.Equal(t, want, got, number)
	}
}
