package cli_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/apptest"
	"renkei/app/cli"
	"renkei/models"
)

// today is the time of the tests' clock.
var today = time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)

type outcome struct {
	status   int
	out, err string
}

func run(t *testing.T, args ...string) outcome {
	t.Helper()
	return runIn(t, context.Background(), args...)
}

func runIn(t *testing.T, ctx context.Context, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	status := cli.Run(ctx, args, cli.Env{Out: &out, Err: &errs, Now: func() time.Time { return today }})
	return outcome{status, out.String(), errs.String()}
}

func database(t *testing.T) string { return filepath.Join(t.TempDir(), "台帳 データ.db") }

// sampled returns a database that holds the sample hospital.
func sampled(t *testing.T) string {
	t.Helper()
	db := database(t)
	apptest.WriteSample(t, db)
	return db
}

func caseDir(name string) string { return filepath.Join("..", "testdata", "cases", name) }

// imported returns a database with one of the cases imported.
func imported(t *testing.T, name, source string) string {
	t.Helper()
	return importedInto(t, apptest.Place(t), name, source)
}

// importedInto imports one of the cases into a register and returns it.
func importedInto(t *testing.T, db, name, source string) string {
	t.Helper()
	got := run(t, "import", "ledger", filepath.Join(caseDir(name), source), "--data", db)
	require.Equal(t, cli.Done, got.status, got.err)
	return db
}

func readCSV(t *testing.T, text string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	var records []map[string]string
	for _, row := range rows[1:] {
		record := make(map[string]string, len(row))
		for i, name := range rows[0] {
			record[name] = row[i]
		}
		records = append(records, record)
	}
	return records
}

func TestCasesAreJudgedAsExpected(t *testing.T) {
	for _, name := range []string{"a", "b", "c"} {
		for _, source := range []string{"ledger", "ledger.xlsx"} {
			t.Run(name+" from "+source, func(t *testing.T) {
				db := imported(t, name, source)

				got := run(t, "judge", "--format", "csv", "--data", db)
				require.Equal(t, cli.Done, got.status, got.err)
				judged := make(map[string]map[string]string)
				for _, record := range readCSV(t, got.out) {
					judged[record["指導番号"]] = record
				}
				text, err := os.ReadFile(filepath.Join(caseDir(name), "expected.csv"))
				require.NoError(t, err)
				want := readCSV(t, string(text))
				assert.Len(t, judged, len(want))
				for _, session := range want {
					for column, value := range session {
						assert.Equal(t, value, judged[session["指導番号"]][column], "%s %s", session["指導番号"], column)
					}
				}

				text, err = os.ReadFile(filepath.Join(caseDir(name), "monitor.json"))
				require.NoError(t, err)
				var monitors map[string]json.RawMessage
				require.NoError(t, json.Unmarshal(text, &monitors))
				for day, figures := range monitors {
					got := run(t, "monitor", "--as-of", day, "--format", "json", "--data", db)
					require.Equal(t, cli.Done, got.status, got.err)
					assert.JSONEq(t, string(figures), got.out, day)
				}
			})
		}
	}
}

func TestImportingTheSameBookAgainChangesNothing(t *testing.T) {
	db := imported(t, "a", "ledger.xlsx")
	before := run(t, "judge", "--format", "json", "--explain", "--data", db)

	again := run(t, "import", "ledger", filepath.Join(caseDir("a"), "ledger"), "--data", db)

	assert.Equal(t, cli.Done, again.status)
	assert.Contains(t, again.out, "何も変わっていません")
	assert.Equal(t, before, run(t, "judge", "--format", "json", "--explain", "--data", db))
}

func TestExportedBookGivesTheSameBookBack(t *testing.T) {
	db := imported(t, "c", "ledger")
	first, second := filepath.Join(t.TempDir(), "1.xlsx"), filepath.Join(t.TempDir(), "2.xlsx")
	require.Equal(t, cli.Done, run(t, "export", "ledger", first, "--data", db).status)

	other := database(t)
	got := run(t, "import", "ledger", first, "--data", other)
	require.Equal(t, cli.Done, got.status, got.err)
	require.Equal(t, cli.Done, run(t, "export", "ledger", second, "--data", other).status)

	assert.Equal(t, cells(t, first), cells(t, second))
	for _, format := range []string{"csv", "json"} {
		assert.Equal(t, run(t, "judge", "--format", format, "--data", db), run(t, "judge", "--format", format, "--data", other))
	}
}

func TestRefusedLedgerNamesEveryErrorAndWritesNothing(t *testing.T) {
	db := imported(t, "a", "ledger")
	before := run(t, "judge", "--format", "csv", "--data", db)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "入院.csv"), "患者ID,入院日,氏名\n001,2026/13/01,山田 花子\n001,2026-10-02,\n")
	write(t, filepath.Join(dir, "設定.csv"), "キー,値\nmeeting_min_count,0\nspeed,9\n")
	list := filepath.Join(t.TempDir(), "直すところ.txt")

	got := run(t, "import", "ledger", dir, "--data", db, "--errors", list)

	assert.Equal(t, cli.Refused, got.status)
	assert.Empty(t, got.out)
	for _, line := range []string{"入院 2 入院日: ", "入院 3 氏名: ", "設定 2 値: ", "設定 3 キー: "} {
		assert.Contains(t, got.err, "\n"+line)
	}
	saved, err := os.ReadFile(list)
	require.NoError(t, err)
	assert.Contains(t, string(saved), "設定 3 キー: ")
	assert.Equal(t, before, run(t, "judge", "--format", "csv", "--data", db))
}

func TestTheListOfErrorsIsPutOverNoFileOfAnotherKind(t *testing.T) {
	db := importedInto(t, database(t), "a", "ledger")
	before := run(t, "judge", "--format", "csv", "--data", db)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "設定.csv"), "キー,値\nspeed,9\n")

	got := run(t, "import", "ledger", dir, "--data", db, "--errors", db)

	assert.Equal(t, cli.Misuse, got.status)
	assert.Contains(t, got.err, "テキストファイルではありません。.txt で終わる名前を指定してください")
	assert.Equal(t, before, run(t, "judge", "--format", "csv", "--data", db))
	list := filepath.Join(dir, "誤り")
	assert.Equal(t, cli.Refused, run(t, "import", "ledger", dir, "--data", db, "--errors", list).status)
	assert.FileExists(t, list, "a new file may have any name")
}

func TestCancelledImportLeavesTheRegisterAsItWas(t *testing.T) {
	db := imported(t, "a", "ledger")
	before := run(t, "judge", "--format", "csv", "--data", db)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()

	got := runIn(t, ctx, "import", "ledger", filepath.Join(caseDir("b"), "ledger.xlsx"), "--data", db)

	assert.Equal(t, cli.Refused, got.status)
	assert.NotEmpty(t, got.err)
	assert.Equal(t, before, run(t, "judge", "--format", "csv", "--data", db))
}

func TestJudgeNarrowsToMonthAndAdmission(t *testing.T) {
	db := imported(t, "b", "ledger")
	all := readCSV(t, run(t, "judge", "--format", "csv", "--data", db).out)
	inJune := 0
	for _, record := range all {
		if strings.HasPrefix(record["指導日"], "2026-06-") {
			inJune++
		}
	}
	require.Positive(t, inJune)

	june := readCSV(t, run(t, "judge", "--format", "csv", "--month", "2026-06", "--data", db).out)
	assert.Len(t, june, inJune)

	one := june[0]
	admission := readCSV(t, run(t, "judge", "--format", "csv", "--admission", one["患者ID"]+"/"+one["入院日"], "--data", db).out)
	require.NotEmpty(t, admission)
	for _, record := range admission {
		assert.Equal(t, one["患者ID"], record["患者ID"])
		assert.Equal(t, one["入院日"], record["入院日"])
	}
}

func TestExplainGivesEveryConditionWithItsSource(t *testing.T) {
	db := imported(t, "a", "ledger")

	got := run(t, "judge", "--format", "json", "--explain", "--data", db)

	var sessions []struct {
		Conditions []struct{ State, Source, Name string } `json:"条件"`
	}
	text := strings.NewReplacer(`"状態"`, `"State"`, `"出典"`, `"Source"`, `"内容"`, `"Name"`).Replace(got.out)
	require.NoError(t, json.Unmarshal([]byte(text), &sessions))
	require.NotEmpty(t, sessions)
	for _, session := range sessions {
		assert.Len(t, session.Conditions, 18)
		for _, condition := range session.Conditions {
			assert.Contains(t, []string{"○", "×", "－"}, condition.State)
			assert.NotEmpty(t, condition.Source)
			assert.NotEmpty(t, condition.Name)
		}
	}
	assert.Contains(t, run(t, "judge", "--explain", "--data", db).out, "［通知(3)イ］")
	assert.Contains(t, run(t, "judge", "--explain", "--format", "csv", "--data", db).out, "［通知(3)ア］")
}

func TestWordsAreCheckedBeforeWork(t *testing.T) {
	db := database(t)
	for name, args := range map[string][]string{
		"unknown command":        {"jugde"},
		"unknown flag":           {"judge", "--colour", "--data", db},
		"flag without value":     {"judge", "--data"},
		"no name of a database":  {"judge", "--data", ""},
		"unknown format":         {"judge", "--format", "xml", "--data", db},
		"unreadable month":       {"judge", "--month", "2026-13", "--data", db},
		"unreadable admission":   {"judge", "--admission", "00000001", "--data", db},
		"unreadable date":        {"monitor", "--as-of", "きのう", "--data", db},
		"import without file":    {"import", "ledger", "--data", db},
		"import of two files":    {"import", "ledger", "a.xlsx", "b.xlsx", "--data", db},
		"report without kind":    {"report", "--month", "2026-10", "-o", "x.xlsx", "--data", db},
		"report without month":   {"report", "monthly", "-o", "x.xlsx", "--data", db},
		"report not of one":      {"report", "monthly", "--month", "2026-10", "--key", "P001", "-o", "x.xlsx", "--data", db},
		"report not of a ward":   {"report", "menkai", "--ward", "3E", "-o", "x.xlsx", "--data", db},
		"report not of a town":   {"report", "monthly", "--month", "2026-10", "--area", "みなと市", "-o", "x.xlsx", "--data", db},
		"report without form":    {"report", "monthly", "--month", "2026-10", "--blank", "-o", "x.xlsx", "--data", db},
		"report without file":    {"report", "monthly", "--month", "2026-10", "--data", db},
		"unknown report":         {"report", "yearly", "--month", "2026-10", "-o", "x.xlsx", "--data", db},
		"sample without a place": {"sample"},
		"help on nothing":        {"help", "cooking"},
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, args...)
			assert.Equal(t, cli.Misuse, got.status)
			assert.Empty(t, got.out)
			assert.Contains(t, got.err, "使い方は renkei help")
			assert.NoFileExists(t, db)
		})
	}
}

func TestBadInputIsExplainedAndRefused(t *testing.T) {
	dir := t.TempDir()
	notBook := filepath.Join(dir, "壊れた.xlsx")
	write(t, notBook, "これは表ではありません")
	oldBook := filepath.Join(dir, "昔.xls")
	write(t, oldBook, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600))
	foreign := filepath.Join(dir, "よその.db")
	write(t, foreign, "これはデータベースではありません。"+strings.Repeat("x", 4096))
	filled := imported(t, "a", "ledger")
	for name, args := range map[string][]string{
		"missing file":             {"import", "ledger", filepath.Join(dir, "ない.xlsx"), "--data", database(t)},
		"not a workbook":           {"import", "ledger", notBook, "--data", database(t)},
		"an .xls book":             {"import", "ledger", oldBook, "--data", database(t)},
		"an empty folder":          {"import", "ledger", t.TempDir(), "--data", database(t)},
		"a foreign database":       {"judge", "--data", foreign},
		"no database to judge":     {"judge", "--data", database(t)},
		"no database to watch":     {"monitor", "--data", database(t)},
		"no database to export":    {"export", "ledger", filepath.Join(dir, "x.xlsx"), "--data", database(t)},
		"no database to report":    {"report", "all", "--month", "2026-10", "-o", filepath.Join(dir, "x"), "--data", database(t)},
		"a folder as database":     {"judge", "--data", dir},
		"a server not served yet":  {"judge", "--data", "postgres://localhost/renkei"},
		"export into nowhere":      {"export", "ledger", filepath.Join(notBook, "x.xlsx"), "--data", filled},
		"report into nowhere":      {"report", "monthly", "--month", "2026-10", "-o", filepath.Join(notBook, "x.xlsx"), "--data", filled},
		"a folder for all reports": {"report", "all", "--month", "2026-10", "-o", filepath.Join(notBook, "x"), "--data", filled},
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, args...)
			assert.Equal(t, cli.Refused, got.status)
			assert.Empty(t, got.out)
			assert.Regexp(t, `^[^\n]*[ぁ-んァ-ヶ一-龠][^\n]*。?[^\n]*\n$`, got.err, "one Japanese sentence")
			assert.NotContains(t, got.err, "思わぬ問題")
		})
	}
}

func TestAMissingRegisterIsNotMadeByReadingIt(t *testing.T) {
	db := database(t)
	folder := filepath.Join(t.TempDir(), "帳票")
	assert.Contains(t, run(t, "judge", "--data", db).err, "データのファイル「"+db+"」がありません。")
	assert.Contains(t, run(t, "report", "all", "--month", "2026-10", "-o", folder, "--data", db).err, "がありません。")
	assert.NoFileExists(t, db)
	assert.NoDirExists(t, folder)
}

// closedPipe refuses every write, like a full disk or a program that has ended.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, errors.New("closed") }

func TestOutputThatCannotBeWrittenIsSaidOnce(t *testing.T) {
	var errs bytes.Buffer
	status := cli.Run(context.Background(), []string{"help"}, cli.Env{Out: closedPipe{}, Err: &errs, Now: time.Now})
	assert.Equal(t, cli.Refused, status)
	assert.Equal(t, "結果を書き出せませんでした。出力先を確かめてください\n", errs.String())
}

func TestLongWorkIsToldOnStandardError(t *testing.T) {
	var out, errs bytes.Buffer
	clock := today
	slow := func() time.Time { clock = clock.Add(400 * time.Millisecond); return clock }
	status := cli.Run(context.Background(), []string{"import", "ledger", filepath.Join(caseDir("a"), "ledger"), "--data", database(t)},
		cli.Env{Out: &out, Err: &errs, Now: slow})
	require.Equal(t, cli.Done, status, errs.String())
	assert.Regexp(t, `(?m)^台帳を読み込んでいます: [^ ]+ \d+/\d+$`, errs.String())
	assert.NotContains(t, out.String(), "読み込んでいます")
}

func TestWorkThatReportsNothingForASecondIsNamed(t *testing.T) {
	db := imported(t, "a", "ledger")
	for name, c := range map[string]struct {
		secondGoesBy bool
		want         string
	}{
		"a second went by":   {true, "データを読み取り、判定しています…\n"},
		"it was done sooner": {false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			var waited time.Duration
			var due func()
			cancelled := false
			env := cli.Env{Out: &out, Err: &errs, Now: func() time.Time { return today }}
			env.After = func(d time.Duration, do func()) func() {
				if waited, due = d, do; c.secondGoesBy {
					do()
				}
				return func() { cancelled = true }
			}
			require.Equal(t, cli.Done, cli.Run(context.Background(), []string{"judge", "--data", db}, env))
			assert.Equal(t, time.Second, waited)
			assert.True(t, cancelled)
			due() // a timer that fires at the very end
			assert.Equal(t, c.want, errs.String())
		})
	}
}

func TestHelpShowsEveryCommandWithAnExample(t *testing.T) {
	overview := run(t, "help")
	require.Equal(t, cli.Done, overview.status)
	assert.Equal(t, overview, run(t), "no words: the overview")
	assert.Equal(t, overview, run(t, "--help"))
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "manual.ja.md"))
	require.NoError(t, err)
	_, listed, _ := strings.Cut(string(manual), "## 10. ")
	for _, command := range []string{
		"import ledger", "import list", "import undo", "export ledger", "template ledger", "judge", "monitor", "report", "sample", "restore", "backup", "move", "setup postgres", "version", "help",
	} {
		assert.Contains(t, overview.out, command)
		assert.Contains(t, listed, "`renkei "+command)
		for _, got := range []outcome{run(t, append([]string{"help"}, strings.Fields(command)...)...), run(t, append(strings.Fields(command), "--help")...)} {
			assert.Equal(t, cli.Done, got.status)
			assert.Contains(t, got.out, "例:     renkei "+command)
		}
	}
	version := run(t, "version").out
	assert.Contains(t, version, "連携台帳 renkei ")
	assert.Contains(t, version, "告示・通知・施設基準は2026-07-18まで、疑義解釈はその10（2026-07-17）までを読んで作りました\n")
	assert.Contains(t, version, "出ていて、まだ読んでいないもの: 疑義解釈 その11（2026-07-30）、疑義解釈 その12（2026-09-02）、疑義解釈 その13（2026-09-26まで）、訂正（2026-06-19・2026-07-30）\n")
}

func TestTheCommandSaysTheDeadlinesOfTheWorkbooks(t *testing.T) {
	db := sampled(t)
	got := run(t, "judge", "--month", "2026-11", "--format", "json", "--explain", "--data", db)
	var sessions []struct {
		Number   string   `json:"指導番号"`
		On       string   `json:"指導日"`
		Result   string   `json:"判定"`
		Warnings string   `json:"警告"`
		Todo     []string `json:"次にすること"`
	}
	require.NoError(t, json.Unmarshal([]byte(got.out), &sessions))
	due, held := 0, 0
	explained := run(t, "judge", "--month", "2026-11", "--explain", "--data", db).out
	for _, s := range sessions {
		if by := models.MustDate(s.On).AddDays(14); strings.Contains(s.Warnings, "W2") && by >= 2026_11_22 {
			due++
			assert.Contains(t, strings.Join(s.Todo, "\n"), "添付する（"+by.String()+"まで）", s.Number)
		}
		if s.Result == "判定保留" {
			held++
		}
	}
	assert.Positive(t, due)
	assert.Positive(t, held)
	assert.GreaterOrEqual(t, strings.Count(explained, "直すところ "), held, "each hold names its record")
}

func TestSampleHospitalMonthFromFirstCommandToFile(t *testing.T) {
	db := database(t)
	require.Equal(t, cli.Done, run(t, "sample", "--data", db).status)
	month := run(t, "judge", "--month", "2026-10", "--data", db)
	assert.Contains(t, month.out, "指導料2")
	folder := t.TempDir()

	got := run(t, "report", "all", "--month", "2026-10", "-o", folder, "--data", db)

	require.Equal(t, cli.Done, got.status, got.err)
	assert.FileExists(t, filepath.Join(folder, "月次算定一覧_2026-10_港みらい総合病院.xlsx"))
	assert.Equal(t, cli.Refused, run(t, "sample", "--data", db).status, "a register in use is left alone")
	book := filepath.Join(t.TempDir(), "見本.xlsx")
	require.Equal(t, cli.Done, run(t, "sample", "-o", book).status)
	assert.Contains(t, run(t, "import", "ledger", book, "--data", db).out, "何も変わっていません")
}

func TestTheReportForManagersIsNarrowedToAWardAndATown(t *testing.T) {
	db := sampled(t)
	file := filepath.Join(t.TempDir(), "連携状況報告.xlsx")

	got := run(t, "report", "coverage", "--data", db, "--from", "2026-04-01", "--ward", "3E", "--area", "みなと市", "--as-of", "2026-10-31", "-o", file)

	require.Equal(t, cli.Done, got.status, got.err)
	head := strings.Join(slices.Concat(cells(t, file)["概要"][1:3]...), "　")
	assert.Contains(t, head, "2026-04-01〜2026-11-22　基準日 2026-10-31　出力日 2026-11-22")
	assert.Contains(t, head, "病棟・地域の絞り込み: 3東病棟・みなと市")

	for says, narrowed := range map[string][]string{"病棟コード『9X』の登録がありません": {"--ward", "9X"}, "市区町村『横浜市』に連携先の登録がありません": {"--area", "横浜市"}} {
		got := run(t, append([]string{"report", "coverage", "--data", db, "-o", file}, narrowed...)...)
		assert.Equal(t, cli.Refused, got.status)
		assert.Contains(t, got.err, says)
	}
	help := run(t, "help", "report").out
	for _, part := range []string{"連携状況報告（--from・--to、--as-of・--ward・--area も）", "--ward", "--area"} {
		assert.Contains(t, help, part)
	}
}

func TestTemplateCanBeImportedAsItIs(t *testing.T) {
	book := filepath.Join(t.TempDir(), "空の台帳.xlsx")
	require.Equal(t, cli.Done, run(t, "template", "ledger", book).status)
	got := run(t, "import", "ledger", book, "--data", database(t))
	assert.Equal(t, cli.Done, got.status, got.err)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

func TestTheBeginningOfACommandNamesThoseThatBeginSo(t *testing.T) {
	for _, words := range [][]string{{"import"}, {"help", "import"}} {
		got := run(t, words...)
		assert.Equal(t, cli.Misuse, got.status)
		assert.Contains(t, got.err, "「import」で始まる指示は、renkei import ledger 台帳.xlsx、renkei import undo [番号]、renkei import list です")
	}
}

func TestHelpOnTheBeginningOfTheOnlyCommandThatBeginsSoIsItsHelp(t *testing.T) {
	got := run(t, "help", "setup")
	assert.Equal(t, cli.Done, got.status, got.err)
	assert.Equal(t, run(t, "help", "setup", "postgres").out, got.out)
	assert.Contains(t, got.out, "使い方: renkei setup postgres postgres://管理者@サーバー/データベース")
	for _, words := range [][]string{{"help", "import"}, {"help", "cooking"}, {"help", "--cooking"}} {
		assert.Contains(t, run(t, words...).err, "使い方は renkei help で見られます", words)
	}
}

func TestHelpSaysHowAServersPasswordIsGiven(t *testing.T) {
	for _, words := range [][]string{{"help"}, {"help", "judge"}, {"help", "move"}, {"help", "backup"}, {"help", "restore"}} {
		assert.Contains(t, run(t, words...).out, "環境変数 PGPASSWORD か .pgpass ファイル", words)
	}
	assert.NotContains(t, run(t, "help", "template", "ledger").out, "PGPASSWORD", "no register")
}
