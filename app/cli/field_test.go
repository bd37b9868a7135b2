package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/cli"
)

// The folder has books as other programs and busy users leave them. Each is
// 00-base.xlsx with one change.
var fieldFolder = filepath.Join("..", "testdata", "field")

func TestBooksOfOtherProgramsAreTakenAsThePlainOne(t *testing.T) {
	const (
		gaiji   = "入院 2 氏名: 読み取れない文字（外字など）を 〓 に置き換えました。元の文字を確かめてください"
		pending = "は職員シートにありません。この内容では判定保留になります。コードを直すか、職員に加えてください"
	)
	twoLines := []string{"担当者の紹介,", "\"一行目\r\n二行目\",", "退院後の希望を確認", "\"一行目\r\n二行目\""}
	tests := []struct {
		input     string
		afterBase bool
		notes     []string
		changed   []string // pairs: text in the export of the base, text in this export
		pending   bool     // a session became 判定保留
	}{
		{input: "00-base.xlsx"},
		{input: "01-zero-dropped-ids/x39b-id-numeric-all.xlsx", afterBase: true,
			notes: []string{"患者ID 8件の左に0を補い、8桁にしました（入院 3件、病棟履歴 3件、共同指導 2件）"}},
		{input: "01-zero-dropped-ids/x39b-id-numeric-all.xlsx",
			notes: []string{"患者ID 8件の左に0を補い、8桁にしました（入院 3件、病棟履歴 3件、共同指導 2件）"}},
		{input: "01-zero-dropped-ids/x41-office-no-0drop.xlsx", afterBase: true, changed: []string{"0170100001", "170100001"},
			notes: []string{"連携先 2 事業所番号: 『170100001』は先頭の0が消えているかもしれません。元の番号と比べてください"}},
		{input: "03-formula-elsewhere-refuses-all/x35-uncalc-in-foreign-sheet.xlsx",
			notes: []string{"シート「集計」は台帳ブックにない名前のため、読み込みません"}},
		{input: "04-staff-list-separators/x54a-stafflist.xlsx"},
		{input: "04-staff-list-separators/x54b-stafflist.xlsx"},
		{input: "04-staff-list-separators/x54i-stafflist.xlsx", changed: []string{"S001;S002", "東 京子;西 洋一"}, pending: true,
			notes: []string{"共同指導 3 職員コード: 『東 京子』" + pending, "共同指導 3 職員コード: 『西 洋一』" + pending}},
		{input: "05-csv-text-guards-of-other-programs/c14-eq-quote-ids"},
		{input: "05-csv-text-guards-of-other-programs/c15-apostrophe-ids"},
		{input: "07-one-gaiji-refuses-the-file/c23-gaiji-F040", notes: []string{gaiji}, changed: []string{"山田 太郎", "〓田 太郎"}},
		{input: "07-one-gaiji-refuses-the-file/c25-one-bad-byte-utf8", notes: []string{gaiji}, changed: []string{"山田 太郎", "山〓 太郎"}},
		{input: "08-dates-as-excel-shows-them/x14-iso-t-d.xlsx"},
		{input: "08-dates-as-excel-shows-them/x50a-datetext.xlsx"},
		{input: "08-dates-as-excel-shows-them/x50b-datetext.xlsx"},
		{input: "08-dates-as-excel-shows-them/x50g-datetext.xlsx"},
		{input: "11-decorated-headings/x55a-header.xlsx"},
		{input: "11-decorated-headings/y51-optional-header-decorated.xlsx"},
		{input: "12-old-mac-line-ends/c22-lf-in-cell-cr-eol", changed: twoLines},
		{input: "14-parts-not-in-utf8/y01-core-iso8859.xlsx"},
		{input: "14-parts-not-in-utf8/y06-utf16-sheet.xlsx"},
		{input: "16-date-or-long-number-in-text-column/y38-date-in-text-col.xlsx", changed: []string{"退院後の希望を確認", "2026-10-08"},
			notes: []string{"共同指導 2 内容: 日付のセルです。『2026-10-08』として読みました。違うときは文字で入力し直してください"}},
		{input: "16-date-or-long-number-in-text-column/c17-exp-notation", changed: []string{"0170100001", "1.7E+08"},
			notes: []string{"連携先 2 事業所番号: 『1.7E+08』は番号が指数の形に変わっています。元の番号に直してください"}},
	}
	want, judged := fieldRegister(t, "00-base.xlsx", false, nil)
	require.Contains(t, judged, "指導料2")
	for _, tt := range tests {
		t.Run(tt.input, func(t *testing.T) {
			export, verdicts := fieldRegister(t, tt.input, tt.afterBase, tt.notes)
			changed := strings.NewReplacer(tt.changed...)
			for name, text := range want {
				assert.Equal(t, changed.Replace(text), export[name], name)
			}
			if tt.pending {
				assert.Equal(t, 1, strings.Count(verdicts, "判定保留"))
			} else {
				assert.Equal(t, judged, verdicts)
			}
		})
	}
}

// fieldRegister imports a book, after the base or into an empty register. It
// returns the exported files and the verdicts.
func fieldRegister(t *testing.T, input string, afterBase bool, notes []string) (map[string]string, string) {
	t.Helper()
	db, out := database(t), t.TempDir()
	if afterBase {
		require.Equal(t, cli.Done, run(t, "import", "ledger", filepath.Join(fieldFolder, "00-base.xlsx"), "--data", db).status)
	}
	got := run(t, "import", "ledger", filepath.Join(fieldFolder, filepath.FromSlash(input)), "--data", db)
	require.Equal(t, cli.Done, got.status, got.err)
	assert.Equal(t, strings.Join(append(notes, ""), "\n"), got.err)
	require.Equal(t, cli.Done, run(t, "export", "ledger", out, "--data", db).status)
	files := map[string]string{}
	names, err := filepath.Glob(filepath.Join(out, "*.csv"))
	require.NoError(t, err)
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		files[filepath.Base(name)] = string(data)
	}
	require.Len(t, files, 13)
	return files, run(t, "judge", "--format", "csv", "--data", db).out
}

func TestBooksThatCannotBeMeantAreAskedAbout(t *testing.T) {
	formula := func(cell string) string {
		return "シート「入院」のセル " + cell + " の数式に計算結果が保存されていません。Excel で開き、保存し直してから読み込んでください"
	}
	errorWord := func(word string) []string {
		return []string{"入院 3 カナ: 『" + word + "』は式のエラーです。値に直してください"}
	}
	tests := []struct {
		input string
		want  []string // the lines under the heading
	}{
		{"02-formula-without-result-empty-v/w03-openpyxl-formula.xlsx", []string{"入院 2 退院見込日: " + formula("G2")}},
		{"02-formula-without-result-empty-v/x34-formula-openpyxl-emptyv.xlsx", []string{"入院 2 退院見込日: " + formula("G2"), "入院 3 退院見込日: " + formula("G3")}},
		{"06-error-values-of-newer-programs/x38a-error.xlsx", errorWord("#FIELD!")},
		{"06-error-values-of-newer-programs/x38c-error.xlsx", errorWord("#BLOCKED!")},
		{"06-error-values-of-newer-programs/x38e-error.xlsx", errorWord("#BUSY!")},
		{"06-error-values-of-newer-programs/x38g-error.xlsx", errorWord("#ERROR!")},
		{"06-error-values-of-newer-programs/x38k-error.xlsx", errorWord("########")},
		{"10-renamed-sheets/y20a-sheetname.xlsx", []string{"シート「入院 - 表1」は「入院」ではありませんか。名前を直してください"}},
		{"10-renamed-sheets/y50-evidence-sheets-renamed.xlsx", []string{
			"シート「会議一覧」は「会議」ではありませんか。名前を直してください",
			"シート「会議出席一覧」は「会議出席」ではありませんか。名前を直してください",
			"シート「規程集」は「規程」ではありませんか。名前を直してください"}},
	}
	for _, tt := range tests {
		t.Run(tt.input, func(t *testing.T) {
			db := database(t)
			got := run(t, "import", "ledger", filepath.Join(fieldFolder, filepath.FromSlash(tt.input)), "--data", db)
			assert.Equal(t, cli.Refused, got.status)
			_, list, found := strings.Cut(got.err, "次の行を直して、もう一度読み込んでください\n")
			require.True(t, found, got.err)
			assert.Equal(t, tt.want, strings.Split(strings.TrimSuffix(list, "\n"), "\n"))
			assert.Equal(t, 1, strings.Count(run(t, "judge", "--format", "csv", "--data", db).out, "\n"), "nothing was written")
		})
	}
}

func TestAWeekdayThatDoesNotFitIsRefusedAtEveryDateButTheRightOnes(t *testing.T) {
	got := run(t, "import", "ledger", filepath.Join(fieldFolder, "08-dates-as-excel-shows-them", "c38-excel-display-dates-weekday"), "--data", database(t))
	assert.Equal(t, cli.Refused, got.status)
	assert.Contains(t, got.err, "入院 2 入院日: 『2026/10/2(木)』は曜日が日付に合いません（2026-10-02は金曜日です）。日付か曜日を直してください\n")
	assert.NotContains(t, got.err, "2026/10/8(木)", "a Thursday")
	assert.NotContains(t, got.err, "入院シートにありません", "the rows that could not be read are blamed once")
}

func TestABinaryWorkbookIsNamed(t *testing.T) {
	path := filepath.Join(fieldFolder, "13-excel-binary-workbook", "w13-sheetjs-xlsb.xlsx")
	got := run(t, "import", "ledger", path, "--data", database(t))
	assert.Equal(t, cli.Refused, got.status)
	assert.Equal(t, "「"+path+"」は Excel バイナリ ブック（.xlsb）です。「Excel ブック（.xlsx）」で保存し直してください\n", got.err)
}

func TestDatesNoRealRecordHasAreTakenWithANote(t *testing.T) {
	dir, db := t.TempDir(), database(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "入院.csv"), []byte("患者ID,入院日,氏名,生年月日\n00000001,2028-01-01,甲,2026-11-23\n"), 0o600))
	got := run(t, "import", "ledger", dir, "--data", db)
	assert.Equal(t, cli.Done, got.status)
	assert.Equal(t, "入院 2 入院日: 『2028-01-01』は今日（2026-11-22）から1年より先の日付です。年を確かめてください\n"+
		"入院 2 生年月日: 『2026-11-23』は今日（2026-11-22）より後の日付です。元号と年を確かめてください\n", got.err)
	for _, row := range []string{"00000001,3000-01-01,甲,", "00000001,1868-10-22,甲,", "00000001,2026-01-02,甲,3000-01-01"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "入院.csv"), []byte("患者ID,入院日,氏名,生年月日\n"+row+"\n"), 0o600))
		assert.Equal(t, cli.Refused, run(t, "import", "ledger", dir, "--data", db).status, "a year that cannot be read back")
	}
}
