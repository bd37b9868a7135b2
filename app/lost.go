package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"renkei/app/store"
	"renkei/models"
)

// SampleFile is the file name of the sample hospital's register, beside the
// user's own.
const SampleFile = "見本の病院.db"

// LostKind says what is wrong with a register.
type LostKind int

// Kinds, by what is at the register's path.
const (
	Missing    LostKind = iota // no file, but copies or traces of it
	Unreadable                 // an empty or damaged file, and copies beside it
	Emptied                    // a register without records, and a copy with records
	Damaged                    // a file found damaged while it is open (see App.Check)
)

// Lost says that a register was lost. As an error it prevents starting an empty
// one in its place unasked.
type Lost struct {
	Kind   LostKind
	Path   string
	Copies []Copy   // best to restore first: full ones, newest first
	Traces []string // names of files that show it was there; empty if there are copies
}

// Title says in a sentence what is wrong.
func (l *Lost) Title() string {
	switch l.Kind {
	case Unreadable:
		return fmt.Sprintf("台帳のファイル「%s」は、空か、壊れています。", l.Path)
	case Damaged:
		return fmt.Sprintf("台帳のファイル「%s」が壊れています。", l.Path)
	case Emptied:
		return fmt.Sprintf("台帳「%s」には1件も入っていませんが、控えには入っています。", l.Path)
	}
	return fmt.Sprintf("台帳のファイル「%s」が見つかりません。", l.Path)
}

// Reason says why a register must have been there and that nothing was created,
// or what stopped.
func (l *Lost) Reason() string {
	const stopped = "これより先の保存と控えは、壊れたファイルに重ねないように止めました。"
	const nothing = "まちがえて空の台帳で始めないように、何も作らずに止めました。"
	switch {
	case l.Kind == Emptied:
		return "別の場所に移したか、空の台帳で始めてしまったのかもしれません。"
	case l.Kind == Damaged && len(l.Copies) == 0:
		return stopped + "控えは残っていません。台帳の画面から、読めるうちに台帳ブックへ書き出してください。"
	case l.Kind == Damaged:
		return fmt.Sprintf("%s控えが%d個残っています。", stopped, len(l.Copies))
	case len(l.Copies) == 0:
		return fmt.Sprintf("使っていた跡（%s）はありますが、控えは残っていません。%s", strings.Join(l.Traces, "、"), nothing)
	}
	return fmt.Sprintf("控えが%d個残っています。%s", len(l.Copies), nothing)
}

// Best returns the copy to restore, nil if none holds a record.
func (l *Lost) Best() *Copy {
	if len(l.Copies) == 0 || l.Copies[0].Records() == 0 {
		return nil
	}
	return &l.Copies[0]
}

// shownCopies is how many copies are named.
const shownCopies = 5

// Lines names the copies to restore, one per line.
func (l *Lost) Lines() []string {
	var lines []string
	for _, c := range l.Copies[:min(len(l.Copies), shownCopies)] {
		lines = append(lines, fmt.Sprintf("  %s  %s  %dKB  %s", c.When(), c.Counts(), (c.Size+1023)/1024, c.Path))
	}
	if more := len(l.Copies) - shownCopies; more > 0 {
		lines = append(lines, fmt.Sprintf("  ほか%d個（%s）", more, copyFolder(l.Path)))
	}
	return lines
}

// Error says all of it and what to do, in lines for a terminal.
func (l *Lost) Error() string {
	text := l.Title() + l.Reason() + "\n"
	todo := "次のどれかを行ってください。\n・台帳のファイルを元の場所に戻すか、--data で今の場所を指定する\n"
	if len(l.Copies) > 0 {
		text += strings.Join(l.Lines(), "\n") + "\n"
	}
	if l.Best() != nil {
		todo += fmt.Sprintf("・控えから戻す: renkei restore \"%s\" --data \"%s\"（画面で開いて選ぶこともできます）\n", l.Best().Path, l.Path)
	}
	return text + todo + "・新しい空の台帳を始める: 同じ指示に --new をつける"
}

// Unwrap gives the error its code, NotFound.
func (l *Lost) Unwrap() error { return models.Errorf(models.NotFound, "%s", l.Error()) }

// FindLost checks, before anything is opened or created, whether the register
// at a path was lost. It returns nil if the register is there or never was.
func FindLost(ctx context.Context, path string) (*Lost, error) {
	if IsServer(path) {
		return nil, nil // opening it says what is wrong
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, nil //nolint:nilerr // opening it says what is wrong
	}
	lost := &Lost{Kind: Missing, Path: path}
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		lost.Traces = traces(path)
		if _, err := os.Stat(path); err == nil {
			return nil, nil // another program is just creating it
		}
	case err != nil || info.IsDir():
		return nil, nil // opening it reports the fault
	default:
		if whole, err := store.HasHeader(path); whole || err != nil {
			return nil, nil // opening it reports the fault
		}
		lost.Kind = Unreadable
	}
	if err := lost.offer(ctx); err != nil {
		return nil, err
	}
	if len(lost.Copies)+len(lost.Traces) == 0 {
		return nil, nil
	}
	return lost, nil
}

// offer finds the copies to restore.
func (l *Lost) offer(ctx context.Context) error {
	copies, err := copiesOf(l.Path)
	if err != nil {
		return err
	}
	if err := lookInto(ctx, copies); err != nil {
		return err
	}
	l.Copies = bestFirst(copies)
	return nil
}

// traces names the files that show that a register was at a path: its lock and
// the files SQLite keeps beside it, and the files of the window unless the
// folder holds another register.
func traces(path string) []string {
	candidates := []string{".lock", "-wal", "-shm", "-journal"}
	for i, ending := range candidates {
		candidates[i] = path + ending
	}
	if !otherRegister(path) {
		for _, name := range []string{"settings.json", "drafts", "renkei.log"} {
			candidates = append(candidates, filepath.Join(filepath.Dir(path), name))
		}
	}
	var found []string
	for _, c := range candidates {
		if _, err := os.Lstat(c); err == nil {
			found = append(found, filepath.Base(c))
		}
	}
	return found
}

// otherRegister reports whether the folder holds another register, to which the
// files of the window may belong.
func otherRegister(path string) bool {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return false
	}
	for _, e := range entries {
		name := e.Name()
		if filepath.Ext(name) == ".db" && name != filepath.Base(path) && name != SampleFile && !strings.Contains(name, asideWord) {
			return true
		}
	}
	return false
}

// damaged returns the Lost of a register that failed to open because it is
// damaged and has copies. Any other error is returned as it is.
func damaged(ctx context.Context, path string, err error) (*Lost, error) {
	if !store.IsDamaged(err) {
		return nil, err
	}
	lost := &Lost{Kind: Unreadable, Path: path}
	if found := lost.offer(ctx); found != nil || len(lost.Copies) == 0 {
		return nil, errors.Join(err, found)
	}
	return lost, nil
}

// Emptied returns the Lost of a register without records if a copy holds some,
// or of one whose records turn out to be damaged, else nil.
func (a *App) Emptied(ctx context.Context) (*Lost, error) {
	empty, err := a.store.Empty(ctx)
	if err != nil {
		return damaged(ctx, a.config.Data, err)
	}
	if !empty || IsServer(a.config.Data) {
		return nil, nil
	}
	lost := &Lost{Kind: Emptied, Path: a.config.Data}
	if err := lost.offer(ctx); err != nil || lost.Best() == nil {
		return nil, err
	}
	return lost, nil
}

// asideWord is in the name of a file moved aside by Restore.
const asideWord = "-もとのファイル-"

// asidePath returns that name: 「renkei-もとのファイル-20261122-173005.db」.
func asidePath(config Config) string {
	return filepath.Join(filepath.Dir(config.Data), store.CopyStem(config.Data)+asideWord+config.Now().Format("20060102-150405")+".db")
}

// Restore puts a copy in the place of the lost register config.Data. Files
// there, even only the log of the lost register, are renamed and kept. The copy
// stays. A readable register with records is refused (Invalid). A database on a server
// must be empty (see RestoreInto).
func Restore(ctx context.Context, config Config, from string) error {
	if IsServer(config.Data) {
		_, err := RestoreInto(ctx, config, from, nil)
		return err
	}
	config = config.complete()
	config.whole = true // a damaged register may be replaced, another may not
	var err error
	if config.Data, err = CheckPlace(config.Data); err != nil {
		return err
	}
	lost, err := findAny(ctx, config)
	if err != nil {
		return err
	}
	if _, err := os.Stat(config.Data); lost == nil && err == nil {
		return models.Errorf(models.Invalid, "台帳「%s」には記録が入っています。控えから戻すのは、台帳がないとき、壊れているとき、空のときだけです", config.Data)
	}
	if err := store.Restore(ctx, from, config.Data, asidePath(config)); err != nil {
		return err
	}
	forgetChecks(config)
	config.Log.Info("register restored", "from", from, "to", config.Data)
	return nil
}

// findAny finds a lost register of any kind.
func findAny(ctx context.Context, config Config) (*Lost, error) {
	lost, err := FindLost(ctx, config.Data)
	if lost != nil || err != nil {
		return lost, err
	}
	if _, err := os.Stat(config.Data); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	a, err := Open(ctx, config)
	if errors.As(err, &lost) {
		return lost, nil
	}
	if err != nil {
		return nil, err
	}
	lost, err = a.Emptied(ctx)
	return lost, errors.Join(err, a.Close())
}
