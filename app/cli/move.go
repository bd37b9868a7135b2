package cli

import (
	"github.com/spf13/pflag"

	"renkei/app"
)

func moveFlags(f *pflag.FlagSet) {
	f.String("to", "", "移す先（まだないファイル、又は postgres://利用者@サーバー/データベース）")
	f.String("data", "", "移す元のデータのファイルか接続先（指定しなければ既定の場所）")
}

func move(c *call) error {
	if err := c.noArgs(); err != nil {
		return err
	}
	to := c.text("to")
	if to == "" {
		return wrongUse("移す先を --to で指定してください")
	}
	from, err := c.dataPath()
	if err != nil {
		return err
	}
	c.progressLine = startProgress(c.env, "台帳を移しています")
	defer c.progressLine.stop()
	content, err := app.Move(c.ctx, c.config(from), to, c.progress())
	if err != nil {
		return err
	}
	c.printf("台帳を移しました: %s → %s\n", app.Shown(from), app.Shown(to))
	c.printf("両方の内容を比べ、同じであることを確かめました。\n")
	for _, s := range content.Sheets {
		c.printf("  %s %s件\n", s.Sheet, thousands(s.Records))
	}
	c.printf("これからは renkei --data %q で開きます。\n", app.WithoutPassword(to))
	if app.IsServer(from) {
		c.printf("元のデータベースには、もう書き込めません。\n")
	} else {
		c.printf("元のファイルは読み取り専用にして残しました。もう書き込めません。\n")
	}
	return nil
}

func backup(c *call) error {
	if err := c.noArgs(); err != nil {
		return err
	}
	out := c.text("out")
	if out == "" && c.flags.Changed("out") {
		return wrongUse("「--out」のファイルが空です")
	}
	return c.withRegister("控えをとっています", func(a *app.App) (err error) {
		if out == "" {
			out, err = a.BackUpNow(c.ctx)
		} else {
			err = a.BackUpTo(c.ctx, out)
		}
		if err == nil {
			c.printf("控えをとりました: %s\n", out)
		}
		return err
	})
}

// restoreInto puts a copy into a database on a server.
func (c *call) restoreInto(place, from string) error {
	content, err := app.RestoreInto(c.ctx, c.config(place), from, c.progress())
	if err != nil {
		return err
	}
	c.printf("控えから戻しました: %s\n", app.Shown(place))
	for _, s := range content.Sheets {
		c.printf("  %s %s件\n", s.Sheet, thousands(s.Records))
	}
	return nil
}
