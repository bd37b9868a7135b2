package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/cli"
	"renkei/app/store/storetest"
	"renkei/models"
	"renkei/reports"
)

// setUp sets a database up by the command, and returns the administrator's place,
// that of the program as the page says it, and the page.
func setUp(t *testing.T, words ...string) (admin, user, page string) {
	t.Helper()
	admin, owner, role := storetest.Unmade(t)
	got := run(t, append([]string{"setup", "postgres", admin, "--owner", owner, "--app-user", role}, words...)...)
	require.Equal(t, cli.Done, got.status, got.err)
	assert.Empty(t, got.err)
	user = regexp.MustCompile(`postgres://` + role + `@\S+`).FindString(got.out)
	require.NotEmpty(t, user, got.out)
	return admin, user, got.out
}

func TestThePageOfAServer(t *testing.T) {
	admin, user, page := setUp(t)
	assert.Contains(t, page, "サーバーの用意ができました。")
	password := regexp.MustCompile(`パスワード +([a-z2-9]{24})\n`).FindStringSubmatch(page)
	require.Len(t, password, 2)
	assert.Equal(t, 1, strings.Count(page, password[1]))
	role, database := strings.Split(user[len("postgres://"):], "@")[0], filepath.Base(user)
	assert.Contains(t, page, "hostssl  "+database+"  "+role+"  192.168.1.0/24  scram-sha-256\n")
	assert.Contains(t, page, " -Fc -f "+database+".dump "+database+"\n")
	assert.Contains(t, page, `renkei setup postgres "`+admin+`" --upgrade`)
	at := app.ServerOf(user)
	assert.Contains(t, page, "サーバー "+at.Host+"　ポート "+at.Port+"　データベース "+database+"　利用者 "+role+"　パスワード\n", "the fields of the window")
	assert.Contains(t, page, at.Host+" は、このパソコンのことです。ほかのパソコンでは、代わりにサーバーの名前を入れます")
	assert.Less(t, strings.Count(page, "\n"), 30, "one page")

	again := run(t, "setup", "postgres", admin)
	assert.Equal(t, cli.Done, again.status, again.err)
	assert.Contains(t, again.out, "サーバーの用意はできています。権限を確かめました。")
	assert.Contains(t, again.out, "パスワード        変えていません（新しくするには、1行目に書いたファイルを --password-file で渡します）\n")
	assert.Contains(t, again.out, role+"（前からあります）")
	assert.NotContains(t, again.out, password[1])
	upgraded := run(t, "setup", "postgres", admin, "--upgrade")
	assert.Equal(t, cli.Done, upgraded.status, upgraded.err)
}

// Passwords: of the administrator and the program, in a URL and in a file.
func TestNoPasswordIsEverPrinted(t *testing.T) {
	const secret, admins = "Himitsu-2026!", "kanri-no-himitsu"
	file := filepath.Join(t.TempDir(), "パスワード.txt")
	write(t, file, secret+"\r\n")
	admin, user, page := setUp(t, "--password-file", file)
	assert.Contains(t, page, "ファイルのものにしました")
	knowing := func(place string) string { return strings.Replace(place, "@", ":"+admins+"@", 1) }
	_, other, _ := setUp(t)
	db := sampled(t)
	said := page
	for _, words := range [][]string{
		{"setup", "postgres", knowing(admin), "--password-file", file}, {"setup", "postgres", knowing(admin), "--upgrade"},
		{"setup", "postgres", knowing(user)}, {"setup", "postgres", "postgres://a:" + admins + "%zz@host/db"},
		{"judge", "--data", "postgres://a:" + admins + "%zz@host/db"}, {"judge", "--data", "postgres://a@127.0.0.1:1/db?password=" + admins},
		{"move", "--data", db, "--to", knowing(user)}, {"move", "--data", db, "--to", knowing(user)}, {"judge", "--data", db},
		{"import", "ledger", filepath.Join(caseDir("a"), "ledger"), "--data", knowing(other)}, {"import", "list", "--data", knowing(user)},
		{"restore", db, "--data", knowing(user)}, {"backup", "--data", knowing(user), "-o", filepath.Join(t.TempDir(), "控え.db")},
		{"restore", db, "--data", knowing("postgres://a@127.0.0.1:1/db")},
	} {
		got := run(t, words...)
		require.NotEqual(t, cli.Misuse, got.status, got.err)
		said += got.out + got.err
	}
	assert.NotContains(t, said, secret)
	assert.NotContains(t, said, admins)
	assert.Contains(t, said, "取り消すときは: renkei import undo 1 --data \""+other+"\"", "the commands worked")
}

func TestTheProgramsRoleDoesAllOfTheWork(t *testing.T) {
	ctx := context.Background()
	_, place, _ := setUp(t)
	importedInto(t, place, "a", "ledger")
	judged := make(map[string]map[string]string)
	for _, record := range readCSV(t, run(t, "judge", "--format", "csv", "--data", place).out) {
		judged[record["指導番号"]] = record
	}
	text, err := os.ReadFile(filepath.Join(caseDir("a"), "expected.csv"))
	require.NoError(t, err)
	for _, session := range readCSV(t, string(text)) {
		for column, value := range session {
			assert.Equal(t, value, judged[session["指導番号"]][column], "%s %s", session["指導番号"], column)
		}
	}
	text, err = os.ReadFile(filepath.Join(caseDir("a"), "monitor.json"))
	require.NoError(t, err)
	var monitors map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &monitors))
	for day, figures := range monitors {
		assert.JSONEq(t, string(figures), run(t, "monitor", "--as-of", day, "--format", "json", "--data", place).out, day)
	}
	undone := run(t, "import", "undo", "--data", place)
	assert.Equal(t, cli.Done, undone.status, undone.err)
	assert.Empty(t, readCSV(t, run(t, "judge", "--format", "csv", "--data", place).out), "all of it was taken back")

	// The sample hospital is moved there: its month is worth 13,200 points, of which
	// 20 sessions with 9,400 can be confirmed.
	_, place, _ = setUp(t)
	require.Equal(t, cli.Done, run(t, "move", "--data", sampled(t), "--to", place).status)
	a, err := app.Open(ctx, app.Config{Data: place, Actor: "医事 花子", Now: func() time.Time { return today }, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	require.NoError(t, apptest.ConfirmAll(ctx, a, 2026_10))
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	partner := models.Partner{Name: "新しい事業所", Kind: models.CareOffice}
	undo, err := a.Do(ctx, "連携先", app.New(&partner))
	require.NoError(t, err)
	_, err = a.TakeBack(ctx, undo)
	require.NoError(t, err)
	_, err = a.ReopenMonth(ctx, 2026_10, "確かめのため")
	require.NoError(t, err)
	made, err := a.BackUpToday(ctx)
	require.NoError(t, err)
	assert.True(t, made)
	require.NoError(t, a.Close())
	folder := t.TempDir()
	require.Equal(t, cli.Done, run(t, "report", "all", "--month", "2026-10", "-o", folder, "--data", place).status)
	files, err := filepath.Glob(filepath.Join(folder, "*.xlsx"))
	require.NoError(t, err)
	assert.Len(t, files, len(reports.Kinds))
	there := run(t, "judge", "--month", "2026-10", "--data", place)
	assert.Contains(t, there.out, "確定 20件 9,400点")
	assert.Contains(t, there.out, "13,200点")

	// And back into a file.
	back := filepath.Join(t.TempDir(), "戻した台帳.db")
	got := run(t, "move", "--data", place, "--to", back)
	require.Equal(t, cli.Done, got.status, got.err)
	assert.Contains(t, got.out, "  確定 20件\n")
	assert.Contains(t, got.out, "  月締め 1件\n")
	assert.Equal(t, there, run(t, "judge", "--month", "2026-10", "--data", back))
	refused := run(t, "judge", "--data", place)
	assert.Equal(t, outcome{cli.Refused, "", "この台帳（" + app.Shown(place) + "）は「" + back + "」に移しました。これからは移した先を開いてください。\n"}, refused)
}

func TestARegisterIsMovedByACommand(t *testing.T) {
	db, to := importedInto(t, database(t), "a", "ledger"), filepath.Join(t.TempDir(), "新しい台帳.db")
	before := run(t, "judge", "--data", db)
	text, err := os.ReadFile(filepath.Join(caseDir("a"), "ledger", "入院.csv"))
	require.NoError(t, err)

	got := run(t, "move", "--data", db, "--to", to)

	require.Equal(t, cli.Done, got.status, got.err)
	assert.Empty(t, got.err)
	assert.Contains(t, got.out, "台帳を移しました: "+db+" → "+to+"\n両方の内容を比べ、同じであることを確かめました。\n")
	assert.Contains(t, got.out, "  入院 "+strconv.Itoa(len(readCSV(t, string(text))))+"件\n")
	assert.Contains(t, got.out, "元のファイルは読み取り専用にして残しました")
	assert.Equal(t, before, run(t, "judge", "--data", to))
	for _, words := range [][]string{{"judge"}, {"sample"}, {"export", "ledger", filepath.Join(t.TempDir(), "台帳.xlsx")}, {"backup"}} {
		refused := run(t, append(words, "--data", db)...)
		assert.Equal(t, cli.Refused, refused.status)
		assert.Contains(t, refused.err, "「"+to+"」に移しました。これからは移した先を開いてください。")
		assert.Contains(t, refused.err, `renkei restore "`+db+`" --data 新しい台帳.db`)
	}
	again := database(t)
	require.Equal(t, cli.Done, run(t, "restore", db, "--data", again).status)
	assert.Equal(t, before, run(t, "judge", "--data", again))
}

func TestAMoveSaysHowFarItIs(t *testing.T) {
	var out, errs bytes.Buffer
	clock := today
	status := cli.Run(context.Background(), []string{"move", "--data", sampled(t), "--to", storetest.Database(t, "")}, cli.Env{Out: &out, Err: &errs, Now: func() time.Time {
		clock = clock.Add(2 * time.Second)
		return clock
	}})
	require.Equal(t, cli.Done, status, errs.String())
	assert.Regexp(t, `^(台帳を移しています: 行 [\d,]+/[\d,]+\n)+$`, errs.String())
	assert.NotContains(t, out.String(), "移しています")
}

func TestACopyIsTakenOfAndPutOntoAServer(t *testing.T) {
	_, place, _ := setUp(t)
	importedInto(t, place, "a", "ledger")
	before := run(t, "judge", "--data", place)
	t.Chdir(t.TempDir())
	assert.Equal(t, outcome{cli.Done, "控えをとりました: 控え.db\n", ""}, run(t, "backup", "--data", place, "-o", "控え.db"))
	assert.Equal(t, before, run(t, "judge", "--data", "控え.db"))
	usual := run(t, "backup", "--data", place)
	require.Equal(t, cli.Done, usual.status, usual.err)
	beside, err := app.Beside(place)
	require.NoError(t, err)
	assert.Equal(t, "控えをとりました: "+filepath.Join(filepath.Dir(beside), "backups", "renkei-2026-11-22-090000.db")+"\n", usual.out)
	again := run(t, "backup", "--data", place, "-o", "控え.db")
	assert.Equal(t, cli.Refused, again.status)
	assert.Contains(t, again.err, "すでに使われています")

	_, other, _ := setUp(t)
	got := run(t, "restore", "控え.db", "--data", other)
	require.Equal(t, cli.Done, got.status, got.err)
	assert.Contains(t, got.out, "控えから戻しました: "+app.Shown(other)+"\n")
	assert.Equal(t, before, run(t, "judge", "--data", other))
	got = run(t, "restore", "控え.db", "--data", other)
	assert.Equal(t, cli.Refused, got.status)
	assert.Contains(t, got.err, "すでに使われています")
}

func TestWrongUseOfTheCommandsForServers(t *testing.T) {
	db := importedInto(t, database(t), "a", "ledger")
	missing := filepath.Join(t.TempDir(), "ない.db")
	for name, c := range map[string]struct {
		words  []string
		status int
		says   string
	}{
		"no database":               {[]string{"setup", "postgres"}, cli.Misuse, "を1つ指定してください"},
		"only setup":                {[]string{"setup"}, cli.Misuse, "renkei setup postgres postgres://"},
		"a file to set up":          {[]string{"setup", "postgres", "renkei.db"}, cli.Refused, "postgres://管理者@サーバー:5432/データベース の形"},
		"no name of the role":       {[]string{"setup", "postgres", "postgres://a@127.0.0.1/b", "--app-user", ""}, cli.Misuse, "「--app-user」の名前が空です"},
		"no file of the password":   {[]string{"setup", "postgres", "postgres://a@127.0.0.1/b", "--password-file", missing}, cli.Refused, "パスワードのファイル「" + missing + "」を読めません"},
		"no name of that file":      {[]string{"setup", "postgres", "postgres://a@127.0.0.1/b", "--password-file", ""}, cli.Misuse, "--password-file に"},
		"no server":                 {[]string{"setup", "postgres", "postgres://a@127.0.0.1:1/b"}, cli.Refused, "サーバーにつながりません"},
		"nowhere to move to":        {[]string{"move", "--data", db}, cli.Misuse, "移す先を --to で指定してください"},
		"a word too many":           {[]string{"move", "x", "--data", db, "--to", missing}, cli.Misuse, "「x」は余分です"},
		"nothing to move":           {[]string{"move", "--data", missing, "--to", database(t)}, cli.Refused, "「" + missing + "」がありません"},
		"moved onto itself":         {[]string{"move", "--data", db, "--to", db}, cli.Refused, "同じ場所です"},
		"moved onto another":        {[]string{"move", "--data", db, "--to", sampled(t)}, cli.Refused, "すでに使われています"},
		"a copy of nothing":         {[]string{"backup", "--data", missing}, cli.Refused, "がありません"},
		"a copy without a name":     {[]string{"backup", "--data", db, "-o", ""}, cli.Misuse, "「--out」のファイルが空です"},
		"restored, but not a copy":  {[]string{"restore", missing, "--data", storetest.Database(t, "")}, cli.Refused, "控えを読み取れません"},
		"a missing server, restore": {[]string{"restore", db, "--data", "postgres://a@127.0.0.1:1/b"}, cli.Refused, "サーバーにつながりません"},
	} {
		got := run(t, c.words...)
		assert.Equal(t, c.status, got.status, "%s: %s", name, got.err)
		assert.Empty(t, got.out, name)
		assert.Contains(t, got.err, c.says, name)
	}
	assert.NoFileExists(t, missing)
	assert.Equal(t, cli.Done, run(t, "judge", "--data", db).status)
}
