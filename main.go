//go:build !nogui

// Command renkei is 連携台帳. With arguments it runs a command (app/cli),
// without them it opens the window (views). This file only connects the parts;
// it is the only one that may import Fyne's driver.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"gopkg.in/natefinch/lumberjack.v2"

	"renkei/app"
	"renkei/app/cli"
	"renkei/app/passwords"
	"renkei/assets"
	"renkei/models"
	"renkei/models/files"
	"renkei/views"
	"renkei/views/connect"
	"renkei/views/ui"
)

func main() {
	if cli.IsCommand(os.Args[1:]) {
		os.Exit(cli.Main(os.Args[1:]))
	}
	path, fresh, err := cli.Window(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, models.ErrorMessage(err))
		os.Exit(cli.Misuse)
	}
	os.Exit(window(path, app.Beginning{New: fresh}))
}

// window runs the window on the register that data names (--data), "" for the one
// this PC knows, and returns the exit status.
func window(data string, how app.Beginning) int {
	fyneApp := fyneapp.NewWithID("jp.renkei.daicho")
	icon := fyne.NewStaticResource("icon.png", assets.Icon)
	fonts := ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}
	usual, _ := app.DefaultDataPath() // prepare says why there is none
	places := connect.Places{Usual: usual, Server: app.LastServer(), Given: data != "", Look: app.LookAt}
	release := func() {}
	defer func() { release() }()
	chosen, moved := "", ""
	var begin func(context.Context, app.Beginning) (views.Params, error)
	begin = func(ctx context.Context, how app.Beginning) (views.Params, error) {
		release() // a register that another takes the place of
		release = func() {}
		if how.MoveFrom != "" && moved != how.Place {
			if _, err := app.Move(ctx, app.Config{Data: how.MoveFrom}, how.Place, nil); err != nil {
				return views.Params{}, err
			}
			moved = how.Place
		}
		chosen = cmp.Or(how.Place, chosen)
		registers, log, undo, err := open(ctx, data, chosen, how)
		if err != nil {
			slog.Error("cannot start", "error", err)
			return views.Params{}, err
		}
		release = undo
		places.Server = app.LastServer()
		folder := filepath.Dir(registers.Own().Beside())
		settings, notice := settingsOf(registers.Own().Place()), ""
		clearExports(settings, log)
		if err := app.KeepPassword(how.Place, how.KeepPassword, passwords.System{}); err != nil {
			log.Warn("the password is not kept", "error", err)
			notice = models.ErrorMessage(err)
		}
		return views.Params{
			Desk:       views.AppDesk(registers),
			Settings:   settings,
			Drafts:     filepath.Join(folder, "drafts"),
			Fonts:      fonts,
			Icon:       icon,
			Version:    app.Version,
			Log:        log,
			Check:      registers.Check,
			Begin:      begin,
			Places:     places,
			KeepCopies: registers.KeepCopies,
			Live:       true,
			Notice:     notice,
		}, nil
	}
	start, _ := app.StartAt(data) // open says what is wrong
	err := views.Run(fyneApp, views.StartParams{
		Settings: settingsOf(cmp.Or(start.Place, usual)), Fonts: fonts, Icon: icon, How: how, Places: places, Begin: begin,
	})
	if err != nil {
		slog.Error("not started", "error", err)
		fmt.Fprintln(os.Stderr, models.ErrorMessage(err))
		return cli.Refused
	}
	return cli.Done
}

// open opens the register chosen in the window, else the one of the start, and
// remembers what was chosen. The error is that of prepare, an *app.NotChosen at
// the first start, or an *app.Unreached.
func open(ctx context.Context, data, chosen string, how app.Beginning) (*app.Registers, *slog.Logger, func(), error) {
	start, err := app.StartAt(cmp.Or(chosen, data))
	if err != nil {
		return nil, nil, nil, &app.Unreached{Cause: err} // another may be chosen
	}
	if start.First && !how.New && how.Copy == "" {
		if err := refuseLost(ctx, start.Place); err != nil {
			return nil, nil, nil, err
		}
		return nil, nil, nil, &app.NotChosen{}
	}
	place := app.WithKept(start.Place, passwords.System{})
	registers, log, release, err := prepare(ctx, place, how)
	if models.ErrorCode(err) == models.Invalid && (app.IsServer(place) || !start.Given) {
		err = &app.Unreached{Place: app.WithoutPassword(place), Cause: err}
	}
	if err != nil || chosen == "" {
		return registers, log, release, err
	}
	if data == "" {
		if err := app.RememberPlace(place); err != nil {
			release()
			return nil, nil, nil, err
		}
	}
	return registers, log, release, nil
}

// clearExports removes what a killed export left in the folder the user last
// wrote to. It runs in the background because the folder may be slow.
func clearExports(settings *views.SettingsFile, log *slog.Logger) {
	go func() {
		kept, err := settings.Load()
		if err != nil || kept.Folder == "" {
			return // the window reports the fault of the settings
		}
		if gone, err := app.ClearExports(kept.Folder); err != nil {
			log.Warn("left-overs of exports not removed", "error", err)
		} else if len(gone) > 0 {
			log.Info("left-overs of exports removed", "files", len(gone))
		}
	}()
}

// settingsOf returns the settings beside the register at a place.
func settingsOf(place string) *views.SettingsFile {
	beside, _ := app.Beside(place) // prepare says why there is none
	return views.NewSettingsFile(filepath.Join(filepath.Dir(beside), "settings.json"))
}

// prepare opens what the window needs: the place of the data, the log, the
// crash file, the lock that keeps a second window off, and the register.
// release undoes it, last first. The error is a *app.Lost, and nothing was made,
// when the register is lost and how does not say what to begin with.
func prepare(ctx context.Context, path string, how app.Beginning) (registers *app.Registers, log *slog.Logger, release func(), err error) {
	// Check first: no log or lock may be left in a refused folder.
	if path, err = app.CheckPlace(path); err != nil {
		return nil, nil, nil, err
	}
	beside, err := app.Beside(path)
	if err != nil {
		return nil, nil, nil, err
	}
	dir := filepath.Dir(beside)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, nil, models.Wrap(err, models.Unavailable, "フォルダ「%s」を作れません。場所と書き込みの許可を確かめてください", dir)
	}
	asking := how.Copy == "" && !how.New
	if asking {
		if err := refuseLost(ctx, path); err != nil {
			return nil, nil, nil, err
		}
	}
	var undo []func()
	undoAll := func() {
		for i := len(undo) - 1; i >= 0; i-- {
			undo[i]()
		}
	}
	defer func() {
		if err != nil {
			undoAll() // release is nil here
		}
	}()

	logFile := &lumberjack.Logger{Filename: filepath.Join(dir, "renkei.log"), MaxSize: 5, MaxBackups: 3}
	undo = append(undo, func() { _ = logFile.Close() })
	log = slog.New(slog.NewTextHandler(logFile, nil))
	slog.SetDefault(log)

	unlock, err := lockRegister(beside, log)
	if err != nil {
		return nil, nil, nil, err
	}
	undo = append(undo, unlock)

	// After the lock: before it, a second start would report the file of the
	// open window as a crash.
	undo = append(undo, watchForCrash(strings.TrimSuffix(beside, ".db")+"-crash.log"))

	if registers, err = app.OpenRegisters(ctx, app.Config{Data: path, Log: log, Looked: asking}, how); err != nil {
		return nil, nil, nil, err
	}
	undo = append(undo, closing(registers, log))
	return registers, log, undoAll, nil
}

// lockRegister prevents a second window on the register. unlock releases it.
func lockRegister(path string, log *slog.Logger) (unlock func(), err error) {
	lock := app.WindowLock(path)
	held, err := lock.TryLock()
	if err != nil {
		return nil, models.Wrap(err, models.Unavailable, "データのフォルダ「%s」に書き込めません。書き込める場所を --data で指定してください", filepath.Dir(path))
	}
	if !held {
		return nil, alreadyOpen()
	}
	return func() {
		if err := lock.Unlock(); err != nil {
			log.Warn("lock not released", "error", err)
		}
	}, nil
}

// closingPatience is how long the copy at closing may take. The window is gone
// by then, but cannot be opened again until the program ends.
const closingPatience = 20 * time.Second

// closing returns what copies the changes and closes the register.
func closing(registers *app.Registers, log *slog.Logger) func() {
	return func() {
		ctx, stop := context.WithTimeout(context.Background(), closingPatience)
		defer stop()
		if _, err := registers.BackUpChanges(ctx); err != nil {
			log.Error("no copy at closing", "error", err)
		}
		if err := registers.Close(); err != nil {
			log.Error("register not closed", "error", err)
		}
	}
}

// refuseLost returns a *app.Lost before log and lock are created, because they
// would count as traces of a register.
func refuseLost(ctx context.Context, path string) error {
	lost, err := app.FindLost(ctx, path)
	if err != nil || lost == nil {
		return err
	}
	// Another window is starting for the first time.
	lock := app.WindowLock(path)
	if _, err := os.Stat(lock.Path()); err == nil {
		if held, err := lock.TryLock(); err == nil && !held {
			return alreadyOpen()
		}
		_ = lock.Unlock() // nobody held it
	}
	return lost
}

func alreadyOpen() error {
	return models.Errorf(models.Unavailable, "連携台帳はすでに開いています。開いている画面を使ってください。閉じたばかりのときは、少し待ってからもう一度開いてください")
}

// watchForCrash makes the runtime write a crash to a file. A clean exit removes
// the file, so its presence means a crash. A windowed .exe has no other place
// for it.
func watchForCrash(path string) (clean func()) {
	if _, err := os.Stat(path); err == nil {
		slog.Warn("the last run crashed", "kept", path+".last")
		if err := os.Rename(path, path+".last"); err != nil {
			slog.Warn("crash file not kept", "error", err)
		}
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, files.Private)
	if err == nil {
		err = debug.SetCrashOutput(file, debug.CrashOptions{})
	}
	if err != nil {
		slog.Warn(fmt.Sprintf("no crash file: %v", err))
		return func() {}
	}
	return func() {
		_ = file.Close() // the runtime holds its own copy
		if err := os.Remove(path); err != nil {
			slog.Warn("crash file not removed", "error", err)
		}
	}
}
