package cli

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/pflag"
)

func help(c *call) error {
	if len(c.args) == 0 {
		c.printOverview()
		return nil
	}
	command := commandNamed(strings.Join(c.args, " "))
	if command == nil {
		command = commandNamed(c.args[0])
	}
	if command == nil {
		longer := commandsBeginning(c.args)
		if len(longer) != 1 {
			return unknownCommand(c.args)
		}
		command = longer[0]
	}
	return c.printCommandHelp(command)
}

// passwordNote says how a command gets the password of a register on a server.
const passwordNote = "サーバーの台帳（postgres://…）のパスワードは、環境変数 PGPASSWORD か .pgpass ファイルで渡します。" +
	"\n--data がなければ、画面で残したパスワードも使います。"

func (c *call) printOverview() {
	c.printf("連携台帳 renkei — 介護支援等連携指導料の台帳\n\n使い方: renkei 指示 [指定]\n\n")
	width := 0
	for _, command := range commands() {
		width = max(width, runewidth.StringWidth(command.usage()))
	}
	for _, command := range commands() {
		c.printf("  %s  %s\n", runewidth.FillRight(command.usage(), width), command.summary)
		c.printf("  %s  例: %s\n", strings.Repeat(" ", width), command.example)
	}
	c.printf("\n指示なしで始めると画面が開きます（画面のない版では、この説明を示します）。\n")
	c.printf("%s\n", passwordNote)
	c.printf("終了状態: 0 できた、1 入力を受け付けなかった（理由は標準エラー）、2 使い方の誤り\n")
}

func (c *call) printCommandHelp(command *command) error {
	c.printf("%s\n\n使い方: renkei %s [指定]\n例:     %s\n", command.summary, command.usage(), command.example)
	if command.note != "" {
		c.printf("\n%s\n", command.note)
	}
	flags := newFlags(command)
	if flags.Lookup("data") != nil {
		c.printf("\n%s\n", passwordNote)
	}
	if flags.HasFlags() {
		c.printf("\n指定:\n")
	}
	flags.VisitAll(func(f *pflag.Flag) {
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = fmt.Sprintf("-%s, --%s", f.Shorthand, f.Name)
		}
		def := ""
		if f.DefValue != "" && f.DefValue != "false" {
			def = "（既定 " + f.DefValue + "）"
		}
		c.printf("  %s %s%s\n", runewidth.FillRight(name, 20), f.Usage, def)
	})
	return nil
}
