package cli

import (
	"runtime"

	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/models"
)

func dataFlag(f *pflag.FlagSet) {
	f.String("data", "", "台帳のファイルかサーバー（指定しなければ、画面で選んだ置き場所）")
	f.Bool("new", false, "台帳が見つからないときも、空の台帳を作って始める（台帳があれば、それを使う）")
}

// commands lists every command in help order.
func commands() []*command {
	return []*command{
		{
			words: []string{"import", "ledger"}, args: "台帳.xlsx",
			summary: "台帳ブック（.xlsx、又は CSV のフォルダ）を読み込む",
			example: "renkei import ledger 台帳.xlsx",
			note: "直すところが1つでもあれば何も登録せず、すべてを「シート名 行番号 列名: 理由」で示します。\n" +
				"ブックにない行と列は、登録したままです。登録済みの値を空欄にするブックと、確定済み・締めた月の共同指導を変えるブックは、\n" +
				"一覧を示して止まります（--clear、--keep-closed）。書き出したブックを直して読み込むと、書き出したときから登録だけで\n" +
				"変わったところは残り、両方で違う値に変わったところは一覧で示して登録のままにします（--take-book でブックの値にする）。\n" +
				"登録を変える前に控えを作ります。renkei import undo で取り消せます。",
			flags: func(f *pflag.FlagSet) {
				dataFlag(f)
				f.String("errors", "", "直すところの一覧を保存するテキストファイル")
				f.Bool("clear", false, "ブックで空欄のところは、登録済みの値も空欄にする")
				f.Bool("keep-closed", false, "確定済み・締めた月の共同指導を変える行は、登録のままにする")
				f.Bool("take-book", false, "登録とブックの両方で変更されたところは、ブックの値にする")
			},
			run: importLedger,
		},
		{
			words: []string{"import", "undo"}, args: "[番号]",
			summary: "台帳の読み込みを取り消す（番号がなければ最後のもの）",
			example: "renkei import undo",
			note:    "読み込みで加わった記録を消し、変わった記録を元に戻します。そのあとに変更した記録や、使われている記録は残して一覧で示します。",
			flags:   dataFlag, run: undoImport,
		},
		{
			words:   []string{"import", "list"},
			summary: "これまでの読み込みを番号とともに示す",
			example: "renkei import list",
			flags:   dataFlag, run: listImports,
		},
		{
			words: []string{"export", "ledger"}, args: "台帳.xlsx",
			summary: "登録のすべてを台帳ブックに書き出す",
			example: "renkei export ledger 台帳.xlsx",
			note:    "患者の氏名を含みます。取り扱いに注意してください。",
			flags:   dataFlag, run: exportLedger,
		},
		{
			words: []string{"template", "ledger"}, args: "空の台帳.xlsx",
			summary: "記入例と説明のついた空の台帳ブックを書き出す",
			example: "renkei template ledger 空の台帳.xlsx",
			run:     templateLedger,
		},
		{
			words:   []string{"judge"},
			summary: "共同指導を判定して一覧にする",
			example: "renkei judge --month 2026-10",
			flags:   judgeFlags, run: judge,
		},
		{
			words:   []string{"monitor"},
			summary: "入退院支援加算1・包括期充実体制加算の実績を示す",
			example: "renkei monitor --as-of 2026-11-22",
			flags:   monitorFlags, run: monitor,
		},
		{
			words: []string{"report"}, args: "種類",
			summary: "帳票を Excel に書き出す",
			example: "renkei report monthly --month 2026-10 -o 月次算定一覧.xlsx",
			note:    reportNote(),
			flags:   reportFlags, run: report,
		},
		{
			words:   []string{"sample"},
			summary: "見本の病院を空のデータに入れる（-o なら台帳ブックに書き出す）",
			example: "renkei sample --data 見本.db",
			flags: func(f *pflag.FlagSet) {
				dataFlag(f)
				f.StringP("out", "o", "", "台帳ブックとして書き出すファイル")
			},
			run: sampleHospital,
		},
		{
			words: []string{"restore"}, args: "控え.db",
			summary: "なくなった台帳、壊れた台帳、空になった台帳を、控えから戻す",
			example: "renkei restore backups/renkei-2026-11-22.db",
			note: "控えのファイルはそのまま残ります。元の場所に残っていたものも、名前を変えて残します。\n画面が開いているときは、閉じてから行ってください。\n" +
				"サーバー（postgres://…）に戻すときは、空のデータベースを指定します。",
			flags: func(f *pflag.FlagSet) {
				f.String("data", "", "戻す先の台帳のファイルかサーバー（指定しなければ、画面で選んだ置き場所）")
			},
			run: restore,
		},
		{
			words:   []string{"backup"},
			summary: "いまの台帳の控えを1つのファイルにとる（サーバーの台帳からも）",
			example: "renkei backup -o 控え.db",
			note:    "患者の氏名を含みます。取り扱いに注意してください。-o がなければ、このパソコンの控えのフォルダに作ります。",
			flags: func(f *pflag.FlagSet) {
				dataFlag(f)
				f.StringP("out", "o", "", "控えのファイル（まだない名前）")
			},
			run: backup,
		},
		{
			words:   []string{"move"},
			summary: "台帳のすべてを別の場所に移す（ファイルからサーバーへ、サーバーからファイルへ）",
			example: "renkei move --to postgres://renkei@サーバー/renkei",
			note: "記録、変更の履歴、確定、締め、読み込みの記録、番号のすべてを移し、両方を比べます。移す先は、まだ使っていない場所に限ります。\n" +
				"移したあとの元の台帳は、開くと移した先を示し、書き込めません。元のファイルは読み取り専用で残ります。\n" +
				"画面が開いているときは、閉じてから行ってください。途中で止まったときは、元の台帳のままです。",
			flags: moveFlags, run: move,
		},
		{
			words: []string{"setup", "postgres"}, args: "postgres://管理者@サーバー/データベース",
			summary: "部署で共用する台帳のために、サーバーのデータベースを用意する",
			example: "renkei setup postgres postgres://postgres@db.example.jp/renkei",
			note: "サーバーの管理者が行います。データベース（なければ）、2つの役割、表、権限を作り、サーバーの担当者に要ることを示します。\n" +
				"もう一度行うと、権限だけを直します。管理者のパスワードは、環境変数 PGPASSWORD か .pgpass ファイルで渡します。\n" +
				"プログラムの新しい版を使い始めるときは、全員が閉じてから、新しい版で --upgrade をつけて行います。",
			flags: setupFlags, run: setupPostgres,
		},
		{
			words: []string{"version"}, summary: "版を示す", example: "renkei version",
			run: version,
		},
		{words: []string{"help"}, args: "[指示]", summary: "使い方を示す", example: "renkei help judge", run: help},
	}
}

func commandNamed(name string) *command {
	for _, c := range commands() {
		if c.name() == name {
			return c
		}
	}
	return nil
}

// version prints the program version, the edition of the rules, and up to when
// the rules were read.
func version(c *call) error {
	rules, err := app.Rules()
	if err != nil {
		return err
	}
	c.printf("連携台帳 renkei %s（判定ルール %s、%s/%s）\n%s\n%s\n", app.Version, rules.Version, runtime.GOOS, runtime.GOARCH,
		rules.ReadWords(), rules.UnreadWords())
	return nil
}

func exportLedger(c *call) error {
	path, err := c.file("書き出すファイル（.xlsx）")
	if err != nil {
		return err
	}
	return c.withRegister("台帳を書き出しています", func(a *app.App) error {
		if err := a.ExportLedger(c.ctx, path, c.progress()); err != nil {
			return err
		}
		c.printf("台帳を書き出しました: %s\n", path)
		return nil
	})
}

func restore(c *call) error {
	from, err := c.file("控えのファイル（.db）")
	if err != nil {
		return err
	}
	path, err := c.dataPath()
	if err != nil {
		return err
	}
	c.progressLine = startProgress(c.env, "控えから戻しています")
	defer c.progressLine.stop()
	if app.IsServer(path) {
		return c.restoreInto(path, from)
	}
	if err := app.Restore(c.ctx, c.config(path), from); err != nil {
		return err
	}
	c.printf("控えから戻しました: %s\n", path)
	return nil
}

func templateLedger(c *call) error {
	path, err := c.file("書き出すファイル（.xlsx）")
	if err != nil {
		return err
	}
	if err := app.WriteTemplate(c.ctx, path); err != nil {
		return err
	}
	c.printf("空の台帳ブックを書き出しました: %s\n", path)
	return nil
}

func sampleHospital(c *call) error {
	if err := c.noArgs(); err != nil {
		return err
	}
	if path := c.text("out"); path != "" {
		c.progressLine = startProgress(c.env, "見本の病院を書き出しています")
		defer c.progressLine.stop()
		reading, err := app.SampleLedger(c.ctx, c.progress())
		if err != nil {
			return err
		}
		if err := ledger.Write(c.ctx, path, reading.Book, c.progress()); err != nil {
			return err
		}
		c.printf("見本の病院の台帳を書き出しました: %s\n", path)
		return nil
	}
	if c.text("data") == "" {
		return wrongUse("見本を入れるデータのファイルを --data で指定してください")
	}
	return c.withApp("見本の病院を入れています", func(a *app.App) error {
		done, err := a.LoadSample(c.ctx, c.progress())
		if err != nil {
			return err
		}
		c.printf("見本の病院を入れました。%s\n", done.Summary())
		return nil
	})
}

// month reads --month.
func (c *call) month(required bool) (models.Month, error) {
	value := c.text("month")
	if value == "" {
		if required {
			return 0, wrongUse("月を --month 2026-10 のように指定してください")
		}
		return 0, nil
	}
	month, err := models.ParseMonth(value)
	if err != nil {
		return 0, wrongUse("%s", models.ErrorMessage(err))
	}
	return month, nil
}
