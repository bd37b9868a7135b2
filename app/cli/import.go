package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/models/files"
)

// lines is an error with a list of details.
type lines interface {
	error
	IssueLines() []string
}

func importLedger(c *call) error {
	path, err := c.file("台帳ブック（.xlsx）か CSV のフォルダ")
	if err != nil {
		return err
	}
	if err := checkListFile(c.text("errors")); err != nil {
		return err
	}
	choice := ledger.Choice{Clear: c.yes("clear"), KeepClosed: c.yes("keep-closed"), TakeBook: c.yes("take-book")}
	return c.withApp("台帳を読み込んでいます", func(a *app.App) error {
		done, err := a.ImportLedger(c.ctx, path, choice, c.progress())
		for _, note := range done.Notes {
			fmt.Fprintln(c.env.Err, note)
		}
		if err != nil {
			return c.saveIssues(err)
		}
		c.sayLeft(done.Plan, choice)
		c.sayBound(done.Effect)
		c.printf("%s\n", done.Summary())
		if done.Copy != "" {
			c.printf("読み込む前の控え: %s\n", done.Copy)
		}
		if done.Number > 0 {
			c.printf("取り消すときは: renkei import undo %d%s\n", done.Number, c.sameData())
		}
		return nil
	})
}

// sayLeft lists what was left unchanged in the register, and why.
func (c *call) sayLeft(plan *ledger.Plan, choice ledger.Choice) {
	if conflicts := plan.Conflicts(); len(conflicts) > 0 {
		outcome := "登録のままにしました。ブックの値にするには --take-book を付けて読み込みます"
		if choice.TakeBook {
			outcome = "ブックの値にしました"
		}
		fmt.Fprintf(c.env.Err, "両方で変更（%d件）。%s\n", len(conflicts), outcome)
		c.list(conflicts)
	}
	if closed := plan.ClosedRows(); len(closed) > 0 {
		fmt.Fprintf(c.env.Err, "確定済み、又は締めた月の共同指導（%d件）は、登録のままにしました\n", len(closed))
		c.list(closed)
	}
}

// sayBound lists the confirmed and closed sessions whose verdict changed.
func (c *call) sayBound(e app.Effect) {
	bound := e.Bound()
	if len(bound) == 0 {
		return
	}
	fmt.Fprintf(c.env.Err, "確定済み・締め済みの共同指導 %d件の判定が変わりました。確定した区分と点数はそのままです\n", len(bound))
	for _, v := range bound {
		fmt.Fprintf(c.env.Err, "%s %s: %s %d点 → %s %d点\n", v.Session().Number, v.Session().On, v.Before.Result, v.Before.Points, v.After.Result, v.After.Points)
	}
}

func (c *call) list(issues []ledger.Issue) {
	for _, i := range issues {
		fmt.Fprintln(c.env.Err, i)
	}
}

// checkListFile refuses to overwrite a file of another kind with the list of
// issues: a typing slip would destroy the book or the register.
func checkListFile(path string) error {
	if path == "" || strings.EqualFold(filepath.Ext(path), ".txt") {
		return nil
	}
	if _, err := os.Lstat(path); err == nil {
		return wrongUse("--errors の「%s」はすでにあるファイルで、テキストファイルではありません。.txt で終わる名前を指定してください", path)
	}
	return nil
}

// saveIssues writes the list of issues to the file given by --errors.
func (c *call) saveIssues(err error) error {
	path := c.text("errors")
	var listed lines
	if path == "" || !errors.As(err, &listed) {
		return err
	}
	text := listed.Error() + "\r\n" + strings.Join(listed.IssueLines(), "\r\n") + "\r\n"
	if writeErr := files.WriteText(path, text); writeErr != nil {
		fmt.Fprintf(c.env.Err, "一覧を「%s」に保存できませんでした。空き容量と書き込みの許可を確かめるか、別の場所を指定してください\n", path)
	}
	return err
}

// consentHint says which flags allow what was refused.
func consentHint(u *app.Unconsented) string {
	var ways []string
	if len(u.Emptied) > 0 {
		ways = append(ways, "空欄にしてよければ --clear を付けて読み込みます。残すなら、ブックからその列を除きます")
	}
	if len(u.Closed) > 0 {
		ways = append(ways, "確定済み・締めた月の行を登録のままにして残りを読み込むなら --keep-closed を付けます")
	}
	return strings.Join(ways, "。\n")
}

func undoImport(c *call) error {
	number := 0
	if len(c.args) > 1 {
		return wrongUse("取り消す読み込みの番号を1つ指定してください")
	}
	if len(c.args) == 1 {
		n, err := strconv.Atoi(c.args[0])
		if err != nil || n < 1 {
			return wrongUse("「%s」は読み込みの番号ではありません。renkei import list で確かめてください", c.args[0])
		}
		number = n
	}
	return c.withRegister("読み込みを取り消しています", func(a *app.App) error {
		done, of, err := a.UndoImport(c.ctx, number, c.progress())
		if err != nil {
			return err
		}
		for _, kept := range done.Kept {
			fmt.Fprintf(c.env.Err, "%s %s: 残しました。%s\n", kept.Sheet, kept.Key, kept.Why)
		}
		c.printf("読み込み %d（%s、%s）を取り消しました。消した記録%d件、元に戻した記録%d件、残した記録%d件\n",
			of.Number, of.At.Local().Format("2006-01-02 15:04"), of.Source, done.Removed, done.Restored, len(done.Kept))
		return nil
	})
}

func listImports(c *call) error {
	if err := c.noArgs(); err != nil {
		return err
	}
	return c.withRegister("読み込みを調べています", func(a *app.App) error {
		imports, err := a.Imports(c.ctx)
		if err != nil {
			return err
		}
		if len(imports) == 0 {
			c.printf("読み込みの記録はありません\n")
		}
		for _, i := range imports {
			state := ""
			if i.Undone != 0 {
				state = "（取消し済み）"
			}
			c.printf("%d\t%s\t%s\t%s\t%s%s\n", i.Number, i.At.Local().Format("2006-01-02 15:04"), i.Actor, i.Kind, i.Source, state)
		}
		return nil
	})
}

var _ lines = (*app.Rejected)(nil)
var _ lines = (*app.Unconsented)(nil)
