// Package cli holds the commands of renkei. They need no display and cover the
// main job, so that it can be scheduled, tested and checked from outside.
// Records are edited in the window only.
//
// commands.go lists the commands. They call the use cases of app and the
// reports, never the store. Standard output is for results, standard error for
// progress and errors.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/app/passwords"
	"renkei/models"
)

// Exit statuses.
const (
	Done    = 0 // done
	Refused = 1 // input refused; the reasons are on standard error
	Misuse  = 2 // wrong usage of the command
)

// Env is the environment of a command.
type Env struct {
	Out, Err io.Writer
	Now      func() time.Time
	// After calls a function after a duration, unless cancel is called first. A
	// nil After never calls it.
	After func(time.Duration, func()) (cancel func())
}

type command struct {
	words   []string // 「import ledger」
	args    string   // the arguments as shown in the help
	summary string
	example string
	note    string // more text for the command's help
	flags   func(*pflag.FlagSet)
	run     func(*call) error
}

func (c *command) name() string { return strings.Join(c.words, " ") }

// usage returns the name and the arguments.
func (c *command) usage() string { return strings.TrimSpace(c.name() + " " + c.args) }

// call is one run of a command.
type call struct {
	ctx     context.Context
	env     Env
	command *command
	flags   *pflag.FlagSet
	args    []string
	out     *bufio.Writer

	progressLine *progressLine
}

// misuse is an error in the usage of a command.
type misuse struct{ message string }

func (m *misuse) Error() string { return m.message }

func wrongUse(format string, args ...any) error {
	return &misuse{fmt.Sprintf(format, args...)}
}

// Run runs one command and returns the exit status.
func Run(ctx context.Context, args []string, env Env) int {
	c := &call{ctx: ctx, env: env, out: bufio.NewWriter(env.Out)}
	return c.conclude(c.dispatch(args))
}

// IsCommand reports whether the arguments name a command. No arguments, or
// --data or --new first, open the window.
func IsCommand(args []string) bool {
	return len(args) > 0 && args[0] != "--data" && args[0] != "--new" && !strings.HasPrefix(args[0], "--data=")
}

// Window reads the arguments for the window: the register to open, "" for the
// default path, and whether to start an empty one if it is lost.
func Window(args []string) (data string, fresh bool, err error) {
	flags := newFlags(&command{flags: dataFlag})
	if err := flags.Parse(args); err != nil {
		return "", false, models.Wrap(err, models.Invalid, "%s", wrongFlag(err).Error())
	}
	if flags.NArg() > 0 {
		return "", false, models.Errorf(models.Invalid, "「%s」は余分です。画面は renkei --data ファイル で開きます", strings.Join(flags.Args(), " "))
	}
	c := &call{flags: flags}
	if data = c.text("data"); data == "" && flags.Changed("data") {
		return "", false, models.Errorf(models.Invalid, "「--data」のファイルが空です")
	}
	return data, c.yes("new"), nil
}

func (c *call) dispatch(args []string) error {
	command, rest, err := find(args)
	if err != nil {
		return err
	}
	c.command = command
	c.flags = newFlags(command)
	if err := c.flags.Parse(rest); err != nil {
		if errors.Is(err, pflag.ErrHelp) {
			return c.printCommandHelp(command)
		}
		return wrongFlag(err)
	}
	c.args = c.flags.Args()
	return command.run(c)
}

// find returns the command named by the first words, before any flag.
func find(args []string) (*command, []string, error) {
	if len(args) == 0 {
		return commandNamed("help"), nil, nil
	}
	switch args[0] {
	case "-h", "--help":
		return commandNamed("help"), args[1:], nil
	case "--version":
		return commandNamed("version"), args[1:], nil
	}
	var best *command
	for _, candidate := range commands() {
		if hasPrefix(args, candidate.words) && (best == nil || len(candidate.words) > len(best.words)) {
			best = candidate
		}
	}
	if best == nil {
		return nil, nil, unknownCommand(leadingWords(args))
	}
	return best, args[len(best.words):], nil
}

// unknownCommand says that there is no such command, or which commands begin
// with these words.
func unknownCommand(words []string) error {
	var longer []string
	for _, command := range commandsBeginning(words) {
		longer = append(longer, "renkei "+command.usage())
	}
	if len(longer) > 0 {
		return wrongUse("「%s」で始まる指示は、%s です", strings.Join(words, " "), strings.Join(longer, "、"))
	}
	return wrongUse("「%s」という指示はありません", strings.Join(words, " "))
}

// commandsBeginning returns the commands that begin with these words.
func commandsBeginning(words []string) []*command {
	var all []*command
	for _, candidate := range commands() {
		if hasPrefix(candidate.words, words) {
			all = append(all, candidate)
		}
	}
	return all
}

func hasPrefix(args, words []string) bool {
	if len(args) < len(words) {
		return false
	}
	for i, w := range words {
		if args[i] != w {
			return false
		}
	}
	return true
}

func leadingWords(args []string) []string {
	for i, arg := range args {
		if strings.HasPrefix(arg, "-") {
			return args[:max(i, 1)]
		}
	}
	return args
}

func newFlags(command *command) *pflag.FlagSet {
	flags := pflag.NewFlagSet(command.name(), pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.SortFlags = false
	if command.flags != nil {
		command.flags(flags)
	}
	return flags
}

// wrongFlag translates the flag library's error into Japanese.
func wrongFlag(err error) error {
	var unknown *pflag.NotExistError
	var needs *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return wrongUse("「%s」という指定は使えません", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &needs):
		return wrongUse("「%s」には値が必要です", dashed(needs.GetSpecifiedName()))
	case errors.As(err, &bad):
		return wrongUse("「--%s %s」は使えません", bad.GetFlag().Name, bad.GetValue())
	}
	return wrongUse("指定を読み取れません（%v）", err)
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// conclude prints an error and returns the exit status.
func (c *call) conclude(err error) int {
	flushErr := c.flush()
	if err == nil {
		err, flushErr = flushErr, nil
	}
	if err == nil {
		return Done
	}
	var wrong *misuse
	if errors.As(err, &wrong) {
		fmt.Fprintf(c.env.Err, "%s\n", wrong.message)
		fmt.Fprintf(c.env.Err, "使い方は %s で見られます\n", c.helpHint())
		return Misuse
	}
	var listed lines
	var unconsented *app.Unconsented
	switch {
	case errors.As(err, &listed):
		fmt.Fprintln(c.env.Err, listed.Error())
		for _, line := range listed.IssueLines() {
			fmt.Fprintln(c.env.Err, line)
		}
		if errors.As(err, &unconsented) {
			fmt.Fprintln(c.env.Err, consentHint(unconsented))
		}
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.env.Err, "中止しました。登録済みの内容は変わっていません")
	default:
		fmt.Fprintln(c.env.Err, models.ErrorMessage(err))
		if models.ErrorCode(err) == models.Internal {
			fmt.Fprintf(c.env.Err, "（詳細: %v）\n", err)
		}
	}
	if flushErr != nil {
		fmt.Fprintln(c.env.Err, models.ErrorMessage(flushErr))
	}
	return Refused
}

func (c *call) helpHint() string {
	if c.command == nil || c.command.name() == "help" {
		return "renkei help"
	}
	return "renkei help " + c.command.name()
}

func (c *call) flush() error {
	if err := c.out.Flush(); err != nil {
		return models.Wrap(err, models.Unavailable, "結果を書き出せませんでした。出力先を確かめてください")
	}
	return nil
}

// printf writes to standard output. A failed write is reported by the flush.
func (c *call) printf(format string, args ...any) { fmt.Fprintf(c.out, format, args...) }

// dataPath returns the place given by --data, or where the window finds the register
// without it.
func (c *call) dataPath() (string, error) {
	path := c.text("data")
	switch {
	case path != "":
		return path, nil
	case c.flags.Changed("data"): // an unset variable in a script
		return "", wrongUse("「--data」のファイルが空です")
	}
	return app.UsualPlace(passwords.System{})
}

// sameData returns the flag a suggested command needs to use the same register:
// 「 --data "見本.db"」.
func (c *call) sameData() string {
	if path := c.text("data"); path != "" {
		return fmt.Sprintf(" --data %q", app.WithoutPassword(path))
	}
	return ""
}

// open opens the register given by --data.
func (c *call) open() (*app.App, error) {
	path, err := c.dataPath()
	if err != nil {
		return nil, err
	}
	config := c.config(path)
	config.New = c.yes("new")
	a, err := app.Open(c.ctx, config)
	if err != nil || config.New {
		return a, err
	}
	if lost, err := a.Emptied(c.ctx); err == nil && lost != nil {
		fmt.Fprintf(c.env.Err, "%s\n%s\n戻すときは renkei restore を使ってください\n", lost.Title(), strings.Join(lost.Lines(), "\n"))
	}
	return a, nil
}

// config is how commands open a register. Database statements are not logged to
// standard error, which is for sentences; the cause of a program fault is
// printed with its sentence.
func (c *call) config(path string) app.Config {
	return app.Config{Data: path, Now: c.env.Now, Log: slog.New(slog.DiscardHandler)}
}

// withRegister works on an existing register. Creating it would answer a
// mistyped path with an empty list.
func (c *call) withRegister(doing string, work func(*app.App) error) error {
	path, err := c.dataPath()
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !strings.Contains(path, "://") && !c.yes("new") {
		if lost, err := app.FindLost(c.ctx, path); err != nil {
			return err
		} else if lost != nil {
			return lost
		}
		return models.Wrap(err, models.NotFound,
			"データのファイル「%s」がありません。--data の場所と名前を確かめるか、renkei import ledger で台帳を読み込んでください", path)
	}
	return c.withApp(doing, work)
}

// withApp opens the register (creating it if missing), works on it and closes
// it. doing is printed when the work takes more than a second.
func (c *call) withApp(doing string, work func(*app.App) error) (err error) {
	c.progressLine = startProgress(c.env, doing)
	defer c.progressLine.stop()
	a, err := c.open()
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := a.Close(); err == nil {
			err = closeErr
		}
	}()
	return work(a)
}

// file returns the only file argument, or an error if there is none.
func (c *call) file(what string) (string, error) {
	if len(c.args) != 1 || c.args[0] == "" {
		return "", wrongUse("%sを1つ指定してください", what)
	}
	return c.args[0], nil
}

func (c *call) noArgs() error {
	if len(c.args) > 0 {
		return wrongUse("「%s」は余分です", strings.Join(c.args, " "))
	}
	return nil
}

func (c *call) text(flag string) string {
	value, err := c.flags.GetString(flag)
	if err != nil {
		panic(err) // the command did not declare this flag: a bug
	}
	return value
}

func (c *call) yes(flag string) bool {
	value, err := c.flags.GetBool(flag)
	if err != nil {
		panic(err)
	}
	return value
}
