package cli

import (
	"cmp"
	"fmt"
	"log/slog"
	"net"
	"net/url"

	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/models"
)

func setupFlags(f *pflag.FlagSet) {
	f.String("app-user", "", "プログラムがつなぐ役割の名前（既定 renkei）")
	f.String("owner", "", "表を持つ役割の名前（既定 renkei_owner）")
	f.String("password-file", "", "プログラムの役割のパスワードを1行目に書いたファイル（なければ作って1度だけ示す）")
	f.Bool("upgrade", false, "プログラムの新しい版に合わせて、用意してある台帳の形を直す")
}

func setupPostgres(c *call) error {
	place, err := c.file("サーバーのデータベース（postgres://管理者@サーバー/データベース）")
	if err != nil {
		return err
	}
	setup := app.ServerSetup{
		Owner: c.text("owner"), User: c.text("app-user"), Upgrade: c.yes("upgrade"), Log: slog.New(slog.DiscardHandler),
	}
	for _, name := range []string{"owner", "app-user"} {
		if c.flags.Changed(name) && c.text(name) == "" { // an unset variable in a script
			return wrongUse("「--%s」の名前が空です", name)
		}
	}
	if setup.Password, err = c.firstLineOf("password-file"); err != nil {
		return err
	}
	c.progressLine = startProgress(c.env, "サーバーを用意しています")
	defer c.progressLine.stop()
	done, err := app.SetUpServer(c.ctx, place, setup)
	if err != nil {
		return err
	}
	return c.printPrepared(place, done, setup.Password != "")
}

// printPrepared prints the page for those who keep the server.
func (c *call) printPrepared(place string, done app.Prepared, given bool) error {
	at, err := url.Parse(place)
	if err != nil {
		return models.Wrap(err, models.Internal, "サーバーの指定を読み取れません")
	}
	host, port, database := cmp.Or(at.Hostname(), "localhost"), cmp.Or(at.Port(), "5432"), at.Path[1:]
	made := func(is bool) string {
		if is {
			return "新しく作りました"
		}
		return "前からあります"
	}
	c.printf("%s\n\n", preparedTitle(done))
	c.printf("データベース      %s（%s）\n", app.Shown(place), made(done.NewDatabase))
	c.printf("表の持ち主        %s（ログインできません）\n", done.Owner)
	c.printf("プログラムの役割  %s（%s）\n", done.User, made(done.NewUser))
	switch {
	case done.Password != "":
		c.printf("パスワード        %s\n                  ここに1度だけ出ます。安全な場所に控えてください\n", done.Password)
	case given:
		c.printf("パスワード        ファイルのものにしました\n")
	default:
		c.printf("パスワード        変えていません（新しくするには、1行目に書いたファイルを --password-file で渡します）\n")
	}
	c.printf("\n1. 各パソコンの連携台帳で「部署で共有する（サーバー）」の欄に入れるもの\n")
	c.printf("   %s %s　%s %s　%s %s　%s %s　パスワード\n", app.FieldHost, host, app.FieldPort, port,
		app.FieldDatabase, database, app.FieldUser, done.User)
	c.printf("   「%s」に次を貼ると、パスワードのほかがまとめて入ります（指示の --data にも使えます）\n", app.FieldHost)
	c.printf("   postgres://%s@%s/%s\n", done.User, net.JoinHostPort(host, port), database)
	if app.IsLocal(place) {
		c.printf("   %s は、このパソコンのことです。ほかのパソコンでは、代わりにサーバーの名前を入れます\n", host)
	}
	c.printf("   サーバーの名前は、証明書の名前と同じにします\n")
	c.printf("2. pg_hba.conf に足す行（アドレスを院内のパソコンの範囲に直し、設定を読み直します）\n")
	c.printf("   hostssl  %s  %s  192.168.1.0/24  scram-sha-256\n", database, done.User)
	c.printf("3. 毎日の控え（サーバーとは別の装置に置きます）と、戻し方（空のデータベースに）\n")
	admin := at.User.Username()
	c.printf("   pg_dump -h %s -p %s -U %s -Fc -f %s.dump %s\n", host, port, admin, database, database)
	c.printf("   createdb -h %s -p %s -U %s -T template0 %s_new\n", host, port, admin, database)
	c.printf("   pg_restore -h %s -p %s -U %s -d %s_new --exit-on-error %s.dump\n", host, port, admin, database, database)
	c.printf("   renkei setup postgres %s\n", quotedPlace(place, database+"_new"))
	c.printf("4. プログラムの新しい版を使い始める前に（全員が閉じてから、新しい版で）\n")
	c.printf("   renkei setup postgres %s --upgrade\n", quotedPlace(place, database))
	c.printf("\nTLS、接続の数、止まったときのことは docs/server.ja.md にあります。\n")
	return nil
}

// quotedPlace returns the place of a database as it is typed, without a password.
func quotedPlace(place, database string) string {
	at, err := url.Parse(app.WithoutPassword(place))
	if err != nil {
		return ""
	}
	at.Path = "/" + database
	return fmt.Sprintf("%q", at.String())
}

func preparedTitle(done app.Prepared) string {
	switch {
	case done.SchemaBefore == 0:
		return "サーバーの用意ができました。"
	case done.SchemaBefore < done.Schema:
		return fmt.Sprintf("台帳の形を新しい版に合わせ、権限を確かめました（%d → %d）。", done.SchemaBefore, done.Schema)
	}
	return "サーバーの用意はできています。権限を確かめました。"
}
