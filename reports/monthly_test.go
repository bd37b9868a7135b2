package reports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
	"renkei/models/fee"
)

var monthlySheets = []string{"集計", "算定一覧", "要対応一覧", "算定不可一覧", "算定理由", "締め後の変更", "定義"}

// written writes the report and opens it.
func written(t *testing.T, m Monthly) *excelize.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "月次算定一覧.xlsx")
	require.NoError(t, WriteMonthly(context.Background(), path, m))
	file, err := excelize.OpenFile(path)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, file.Close()) })
	return file
}

// tableUnder returns the rows, as shown, of the table whose header begins with
// first. Line ends in the header are dropped.
func tableUnder(t *testing.T, file *excelize.File, sheet, first string) (header []string, rows [][]string) {
	t.Helper()
	all, err := file.GetRows(sheet)
	require.NoError(t, err)
	start := slices.IndexFunc(all, func(row []string) bool { return len(row) > 1 && row[0] == first && row[1] != "" })
	require.GreaterOrEqual(t, start, 0, "no table %s on %s", first, sheet)
	for _, h := range all[start] {
		header = append(header, strings.ReplaceAll(h, "\n", ""))
	}
	for _, row := range all[start+1:] {
		if len(row) < 2 {
			break
		}
		rows = append(rows, row)
	}
	return header, rows
}

// columnOf returns the values of the column with that header.
func columnOf(t *testing.T, header []string, rows [][]string, name string) []string {
	t.Helper()
	i := slices.Index(header, name)
	require.GreaterOrEqual(t, i, 0, "no column %s in %v", name, header)
	var values []string
	for _, row := range rows {
		value := ""
		if i < len(row) {
			value = strings.TrimSpace(row[i])
		}
		values = append(values, value)
	}
	return values
}

// figures joins the first n columns of every row.
func figures(rows [][]string, n int) []string {
	var lines []string
	for _, row := range rows {
		var cells []string
		for _, cell := range row[:min(n, len(row))] {
			cells = append(cells, strings.TrimSpace(cell))
		}
		lines = append(lines, strings.Join(cells, " "))
	}
	return lines
}

func TestMonthlySummary(t *testing.T) {
	file := written(t, october())
	t.Run("the sheets come in the order a clerk reads them", func(t *testing.T) {
		assert.Equal(t, monthlySheets, file.GetSheetList())
	})
	t.Run("the head names hospital, month, output date and rule version", func(t *testing.T) {
		title, err := file.GetCellValue("集計", "A1")
		require.NoError(t, err)
		assert.Equal(t, "月次算定一覧　2026年10月（令和8年10月）", title)
		head, err := file.GetCellValue("集計", "A2")
		require.NoError(t, err)
		assert.Equal(t, "さくら総合病院（医療機関コード 1312345）　2026年10月（令和8年10月）　出力日 2026-11-02　ルール版 2026-06", head)
	})
	t.Run("counts, points and yen by result", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "判定")
		assert.Equal(t, []string{
			"指導料2 3 1,500 15,000 0 1 2 113099910",
			"指導料1 4 1,600 16,000 0 3 1 未登録",
			"旧区分 0 0 0 0 0 0 113011710",
			"算定できるもの 計 7 3,100 31,000 0 4 3",
			"算定なし 1 0 0 0 0 0 ―",
			"判定保留 1 0 0 0 0 1 ―",
			"算定不可 3 0 0 0 0 1 ―",
			"共同指導 計 12 3,100 31,000 0 4 5",
		}, figures(rows, 8))
	})
	t.Run("what is to be done, each session once in the total", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "内容")
		assert.Equal(t, []string{
			"判定保留 1 0 0", "診療録の要点が未記載 2 900 9,000", "ケアプランの写しが未受領 2 1,000 10,000",
			"記録と判定の相違 1 500 5,000", "計（重複を除く） 5 1,900 19,000",
		}, figures(rows, 4))
	})
	t.Run("counts, points and yen by ward and fee, an unknown ward last", func(t *testing.T) {
		header, rows := tableUnder(t, file, "集計", "病棟")
		assert.Equal(t, "病棟 指導料2件数 指導料2点数 指導料2金額（円） 指導料1件数 指導料1点数 指導料1金額（円） 旧区分件数 旧区分点数 旧区分金額（円） "+
			"算定計件数 算定計点数 算定計金額（円） 算定なし件数 判定保留件数 算定不可件数", strings.Join(header, " "))
		assert.Equal(t, []string{
			"3東病棟 3 1,500 15,000 1 400 4,000 0 0 0 4 1,900 19,000 0 0 2",
			"4西病棟（地域包括ケア） 0 0 0 2 800 8,000 0 0 0 2 800 8,000 1 0 0",
			"5階療養病棟 0 0 0 1 400 4,000 0 0 0 1 400 4,000 0 0 1",
			"（不明） 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0",
			"計 3 1,500 15,000 4 1,600 16,000 0 0 0 7 3,100 31,000 1 1 3",
		}, figures(rows, 16))
	})
	t.Run("reasons against 指導料2, and the yen lost", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "満たさない条件")
		assert.Equal(t, []string{
			"会議等への出席 3 1 3 0 300 3,000",
			"入退院支援加算1の届出病棟 2 1 1 1 100 1,000",
			"入退院支援部門の担当者が実施 1 1 0 1 0 0",
			"連絡先・担当者の共有 1 0 1 0 100 1,000",
			"計（重複を除く） 5 3 3 2 300 3,000",
		}, figures(rows, 7))
		assert.Equal(t, "佐藤 実さんと同席した会議が入院前12か月にありません", rows[0][7])
	})
	t.Run("sessions that meet 指導料2 but are billed as 1 are separate", func(t *testing.T) {
		all, err := file.GetRows("集計")
		require.NoError(t, err)
		assert.Contains(t, all[len(all)-1][0], "指導料1としたものが1件あります")
	})
}

func TestMonthlyBillableList(t *testing.T) {
	file := written(t, october())
	header, rows := tableUnder(t, file, "算定一覧", "患者ID")
	value := func(name string) []string { return columnOf(t, header, rows, name) }
	t.Run("rows are the billable sessions by patient and day", func(t *testing.T) {
		assert.Equal(t, []string{"00000012", "00000012", "00000034", "00000041", "00000042", "00000055", "00000100"}, value("患者ID"))
		assert.Equal(t, []string{"2026-10-08", "2026-10-19", "2026-10-05", "2026-10-06", "2026-10-14", "2026-10-30", "2026-10-28"}, value("算定日（指導日）"))
	})
	t.Run("names are as typed, formula-like or rare", func(t *testing.T) {
		assert.Equal(t, []string{"髙﨑 𠮷子", "髙﨑 𠮷子", "=1+1", "佐々木 小次郎", "一二三 かおる", "+81 太郎", "東海林 太郎左衛門"}, value("氏名"))
		formula, err := file.GetCellFormula("算定一覧", "B7")
		require.NoError(t, err)
		assert.Empty(t, formula)
	})
	t.Run("result, points and code", func(t *testing.T) {
		assert.Equal(t, []string{"指導料2", "指導料2", "指導料2", "指導料1", "指導料1", "指導料1", "指導料1"}, value("判定"))
		assert.Equal(t, []string{"500", "500", "500", "400", "400", "400", "400"}, value("点数"))
		assert.Equal(t, []string{"113099910", "113099910", "113099910", "未登録", "未登録", "未登録", "未登録"}, value("診療行為コード"))
	})
	t.Run("the second session carries the first claim date", func(t *testing.T) {
		assert.Equal(t, []string{"2026-10-08", "2026-10-08"}, value("初回算定日")[:2])
	})
	t.Run("missing papers are words, and the state says so", func(t *testing.T) {
		assert.Equal(t, []string{"2026-10-08", "2026-10-19", "未記載", "2026-10-06", "未記載", "2026-10-30", "2026-10-28"}, value("診療録記載日"))
		assert.Equal(t, []string{"2026-10-11", "未受領", "未受領"}, value("ケアプラン写し受領日")[:3])
		assert.Equal(t, []string{"確定可", "要対応", "要対応", "確定可", "要対応", "確定可", "確定可"}, value("状態"))
		assert.Equal(t, []string{"", "W2", "W1\nW2\nW3", "", "W1", "", ""}, value("警告"))
	})
	t.Run("ward with filing, staff, partner, record", func(t *testing.T) {
		assert.Equal(t, "3東病棟\n加算1 ○", value("病棟加算1")[0])
		assert.Equal(t, "5階療養病棟\n加算1 ―", value("病棟加算1")[5])
		assert.Equal(t, "渡邉 恵\n小笠原 健太郎", value("実施者")[1])
		assert.Equal(t, "佐藤 実\nさくら居宅介護支援事業所", value("相手")[0])
		assert.Equal(t, "1\n11月", value("記録区分")[5])
		assert.Equal(t, "G001\n2026-06", value("指導番号ルール版")[0])
	})
	t.Run("the reason in few words", func(t *testing.T) {
		assert.Equal(t, []string{"2の条件を満たす", "2の条件を満たす", "2の条件を満たす", "2に足りない: 会議等への出席、連絡先・担当者の共有",
			"2に足りない: 会議等への出席", "2に足りない: 入退院支援加算1の届出病棟、会議等への出席", "入院を指導料1で算定"}, value("理由"))
	})
	t.Run("算定理由 has the full reason", func(t *testing.T) {
		header, rows := tableUnder(t, file, "算定理由", "患者ID")
		assert.Equal(t, longReason, columnOf(t, header, rows, "理由")[3])
		assert.Equal(t, "W1 診療録に要点の記載がありません\nW2 ケアプランの写しを受け取っていません（依頼 2026-10-10）\nW3 入院から7日以内の情報提供がありません",
			columnOf(t, header, rows, "警告の内容")[2])
		assert.Equal(t, "800", columnOf(t, header, rows, "入院の合計1なら")[6])
	})
}

func TestMonthlyActionsAndRefusals(t *testing.T) {
	file := written(t, october())
	t.Run("one row per action, with what to do and by when", func(t *testing.T) {
		header, rows := tableUnder(t, file, "要対応一覧", "患者ID")
		var lines []string
		for i := range rows {
			lines = append(lines, columnOf(t, header, rows, "指導番号")[i]+" "+columnOf(t, header, rows, "区分")[i]+" "+
				columnOf(t, header, rows, "期限")[i]+" "+columnOf(t, header, rows, "残り")[i])
		}
		assert.Equal(t, []string{
			"G002 ケアプランの写しが未受領 2026-11-05 あと3日", "G003 診療録の要点が未記載 2026-10-31 2日超過",
			"G003 ケアプランの写しが未受領 2026-11-05 あと3日", "G005 診療録の要点が未記載 2026-10-31 2日超過",
			"G008 記録と判定の相違  ", "G010 判定保留  ",
		}, lines)
		assert.Equal(t, warn2.Todo, columnOf(t, header, rows, "すること")[0])
		assert.Equal(t, "介護支援専門員を登録するか、CMコードを直してください", columnOf(t, header, rows, "すること")[5])
		assert.Equal(t, "CMコード『C999』の登録がないため判定できません", columnOf(t, header, rows, "足りないもの")[5])
		assert.Equal(t, "（入院未登録）", columnOf(t, header, rows, "氏名")[5])
	})
	t.Run("refusals with code, reason, what is missing and what can be done", func(t *testing.T) {
		header, rows := tableUnder(t, file, "算定不可一覧", "患者ID")
		assert.Equal(t, []string{"14", "4", "15", "12"}, columnOf(t, header, rows, "コード"))
		assert.Equal(t, []string{"算定不可", "算定不可", "算定なし", "算定不可"}, columnOf(t, header, rows, "判定"))
		assert.Equal(t, "部門が算定しないと記録しています", columnOf(t, header, rows, "理由")[2])
		assert.Equal(t, []string{"5階療養病棟は加算1の届出がありません\n医師の指示が記録されていません", "同意日が指導日より後です", "", "実施者に部門の担当者がいません"},
			columnOf(t, header, rows, "足りないもの"))
		assert.Equal(t, "医師の指示を診療録で確かめ、あれば登録してください（2026-11-10まで）", columnOf(t, header, rows, "できること")[0])
		assert.Equal(t, "2\n10月", columnOf(t, header, rows, "記録区分")[1])
	})
}

func TestMonthlyTerms(t *testing.T) {
	file := written(t, october())
	t.Run("every code a verdict can carry is explained", func(t *testing.T) {
		_, rows := tableUnder(t, file, "定義", "コード")
		assert.Equal(t, strings.Fields("0 1 2 3 4 5a 5b 5c 6a 6b 7a 7b 7c 8 9 10 11 12 13 14 15"), figures(rows, 1))
	})
	t.Run("every warning is explained", func(t *testing.T) {
		_, rows := tableUnder(t, file, "定義", "記号")
		assert.Equal(t, strings.Fields("W1 W2 W3 W4 W5 W6 W7"), figures(rows, 1))
	})
	t.Run("every parameter in force is listed, a changed one marked", func(t *testing.T) {
		header, rows := tableUnder(t, file, "定義", "変更")
		keys, values, marks := columnOf(t, header, rows, "設定のキー"), columnOf(t, header, rows, "値"), columnOf(t, header, rows, "変更")
		require.Len(t, rows, len(fee.Definitions))
		at := func(key string) string {
			i := slices.Index(keys, key)
			return marks[i] + values[i]
		}
		assert.Equal(t, "＊2", at("meeting_min_count"))
		assert.Equal(t, "入院日より前", at("evidence_must_precede"))
		assert.Equal(t, "はい", at("require_cm_attendance"))
		assert.Equal(t, "113099910", at("code_fee2"))
		assert.Equal(t, "未登録", at("code_fee1"))
	})
}

func TestMonthlyOfTheOldFee(t *testing.T) {
	m := Monthly{Month: 2026_05, OutputOn: 2026_06_01, Params: fee.DefaultParams(), Verdicts: []fee.Verdict{
		with(session("G900", "00000012", "髙﨑 𠮷子", ward3, 2026_05_20, fee.FeeLegacy, "1"), func(v *fee.Verdict) { v.Conditions = []fee.Condition{no11d} }),
	}}
	file := written(t, m)
	t.Run("is counted with its own code", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "判定")
		assert.Equal(t, "旧区分 1 400 4,000 0 1 0 113011710", figures(rows, 8)[2])
	})
	t.Run("is not counted as lost 指導料2", func(t *testing.T) {
		_, rows := tableUnder(t, file, "集計", "満たさない条件")
		assert.Empty(t, rows)
	})
	t.Run("names its reason", func(t *testing.T) {
		header, rows := tableUnder(t, file, "算定一覧", "患者ID")
		assert.Equal(t, []string{"令和8年5月以前"}, columnOf(t, header, rows, "理由"))
	})
}

func TestMonthlyOfAnEmptyMonth(t *testing.T) {
	file := written(t, Monthly{Month: 2026_10, OutputOn: 2026_11_02, Params: fee.DefaultParams()})
	for _, sheet := range monthlySheets[:6] {
		t.Run(sheet+" says that there is nothing", func(t *testing.T) {
			rows, err := file.GetRows(sheet)
			require.NoError(t, err)
			assert.True(t, slices.ContainsFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "該当はありません" }))
		})
	}
	t.Run("a missing hospital name is reported", func(t *testing.T) {
		head, err := file.GetCellValue("集計", "A2")
		require.NoError(t, err)
		assert.Contains(t, head, "（病院名 未登録）（医療機関コード 未登録）")
	})
}

func TestWriteMonthlyRefuses(t *testing.T) {
	t.Run("no month given", func(t *testing.T) {
		err := WriteMonthly(context.Background(), filepath.Join(t.TempDir(), "a.xlsx"), Monthly{OutputOn: 2026_11_02})
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
	})
	t.Run("cancelled work leaves no file", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		folder := t.TempDir()
		err := WriteMonthly(ctx, filepath.Join(folder, "a.xlsx"), october())
		assert.Equal(t, models.Canceled, models.ErrorCode(err))
		assert.Equal(t, "書き出しを中止しました。ファイルは作っていません", models.ErrorMessage(err))
		assert.Empty(t, filesIn(t, folder))
	})
	t.Run("a missing folder is reported before any work", func(t *testing.T) {
		err := WriteMonthly(context.Background(), filepath.Join(t.TempDir(), "無い", "a.xlsx"), october())
		assert.Equal(t, models.Unavailable, models.ErrorCode(err))
	})
}

func TestMonthlyIsTheSameWhateverTheOrder(t *testing.T) {
	m := october()
	read := func(m Monthly) string {
		file := written(t, m)
		all := ""
		for _, sheet := range file.GetSheetList() {
			rows, err := file.GetRows(sheet)
			require.NoError(t, err)
			all += fmt.Sprintf("%s %q\n", sheet, rows)
		}
		return all
	}
	before := read(m)
	slices.Reverse(m.Verdicts)
	assert.Equal(t, before, read(m))
}

func TestWriteMonthlyReplacesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "月次.xlsx")
	require.NoError(t, os.WriteFile(path, []byte("古い"), 0o644))
	require.NoError(t, WriteMonthly(context.Background(), path, october()))
	file, err := excelize.OpenFile(path)
	require.NoError(t, err)
	assert.Equal(t, monthlySheets, file.GetSheetList())
	require.NoError(t, file.Close())
}
