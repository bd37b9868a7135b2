//go:build !nogui

// Command renkei is 連携台帳: with words after its name a command, without
// them the window.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"github.com/gofrs/flock"
	"gopkg.in/natefinch/lumberjack.v2"

	"renkei/app"
	"renkei/app/cli"
	"renkei/assets"
	"renkei/models"
	"renkei/views"
	"renkei/views/ui"
)

func main() {
	if cli.IsCommand(os.Args[1:]) {
		os.Exit(cli.Main(os.Args[1:]))
	}
	os.Exit(window(dataPath(os.Args[1:])))
}

// dataPath reads --data; "" is the usual place.
func dataPath(args []string) string {
	switch {
	case len(args) >= 2 && args[0] == "--data":
		return args[1]
	case len(args) >= 1:
		return strings.TrimPrefix(args[0], "--data=")
	}
	return ""
}

// window runs the window on the register at path and returns the exit status.
func window(path string) int {
	fyneApp := fyneapp.NewWithID("jp.renkei.daicho")
	icon := fyne.NewStaticResource("icon.png", assets.Icon)
	fonts := ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}
	desk, log, release, err := prepare(path)
	if err != nil {
		slog.Error("cannot start", "error", err)
		sentence := models.ErrorMessage(err)
		if err := views.RunNotice(fyneApp, fonts, sentence); err != nil {
			say(sentence)
		}
		return cli.Refused
	}
	defer release()
	err = views.Run(fyneApp, views.Params{
		Desk:     desk,
		Settings: views.NewSettingsFile(filepath.Join(filepath.Dir(desk.Path()), "settings.json")),
		Drafts:   filepath.Join(filepath.Dir(desk.Path()), "drafts"),
		Fonts:    fonts,
		Icon:     icon,
		Version:  app.Version,
		Log:      log,
	})
	if err != nil {
		log.Error("no window", "error", err)
		say(models.ErrorMessage(err))
		return cli.Refused
	}
	return cli.Done
}

// say tells a sentence where there is no window to say it in: on standard
// error, which a windowed .exe has not, and by the desktop's own box.
func say(sentence string) {
	fmt.Fprintln(os.Stderr, sentence)
	if err := views.SayWithoutWindow(sentence); err != nil {
		slog.Warn("the desktop's box cannot be shown", "error", err)
	}
}

// prepare opens what the window needs: the place of the data, the log, the
// crash file, the lock that keeps a second window off, and the register.
// release undoes it, last first.
func prepare(path string) (desk *views.AppDesk, log *slog.Logger, release func(), err error) {
	if path == "" {
		if path, err = app.DefaultDataPath(); err != nil {
			return nil, nil, nil, err
		}
	}
	// Before the log and the lock, which are not left in a refused folder.
	if path, err = app.CheckPlace(path); err != nil {
		return nil, nil, nil, err
	}
	dir := filepath.Dir(path)
	var undo []func()
	undoAll := func() {
		for i := len(undo) - 1; i >= 0; i-- {
			undo[i]()
		}
	}
	defer func() {
		if err != nil {
			undoAll() // release is nil by now
		}
	}()

	logFile := &lumberjack.Logger{Filename: filepath.Join(dir, "renkei.log"), MaxSize: 5, MaxBackups: 3}
	undo = append(undo, func() { _ = logFile.Close() })
	log = slog.New(slog.NewTextHandler(logFile, nil))
	slog.SetDefault(log)

	lock := flock.New(path + ".lock")
	held, err := lock.TryLock()
	if err != nil {
		return nil, nil, nil, models.Wrap(err, models.Unavailable, "データのフォルダ「%s」に書き込めません。書き込める場所を --data で指定してください", dir)
	}
	if !held {
		return nil, nil, nil, models.Errorf(models.Unavailable, "連携台帳はすでに開いています。開いている画面を使ってください")
	}
	undo = append(undo, func() {
		if err := lock.Unlock(); err != nil {
			log.Warn("lock not released", "error", err)
		}
	})

	// Not before the lock: a second start would take the file of the window
	// that is open for one that a crash left.
	undo = append(undo, watchForCrash(filepath.Join(dir, "renkei-crash.log")))

	desk, err = views.NewAppDesk(context.Background(), app.Config{Data: path, Log: log})
	if err != nil {
		return nil, nil, nil, err
	}
	backup, stop := context.WithCancel(context.Background())
	backedUp := make(chan struct{})
	go func() {
		defer close(backedUp)
		if _, err := desk.BackUpToday(backup); err != nil {
			log.Error("no backup of today", "error", err)
		}
	}()
	undo = append(undo, func() {
		stop()
		<-backedUp
		if err := desk.Close(); err != nil {
			log.Error("register not closed", "error", err)
		}
	})
	return desk, log, undoAll, nil
}

// watchForCrash has the runtime write a crash to a file; a clean exit removes
// it, so that its being there means a crash. A windowed .exe has no other
// place to leave one.
func watchForCrash(path string) (clean func()) {
	if _, err := os.Stat(path); err == nil {
		slog.Warn("the last run crashed", "kept", path+".last")
		if err := os.Rename(path, path+".last"); err != nil {
			slog.Warn("crash file not kept", "error", err)
		}
	}
	file, err := os.Create(path)
	if err == nil {
		err = debug.SetCrashOutput(file, debug.CrashOptions{})
	}
	if err != nil {
		slog.Warn(fmt.Sprintf("no crash file: %v", err))
		return func() {}
	}
	return func() {
		_ = file.Close() // the runtime holds a copy of its own
		if err := os.Remove(path); err != nil {
			slog.Warn("crash file not removed", "error", err)
		}
	}
}
