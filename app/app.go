// Package app holds the use cases: one method for each thing a person does
// with the register. The commands and the window call the same ones.
package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"renkei/app/store"
	"renkei/assets"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/files"
	"renkei/models/liaison"
)

// Version is the version of the program; FyneApp.toml carries the same.
const Version = "0.1.0"

// Progress is told what is being done and how far: done of total, total 0
// when it is not known. It may be nil.
type Progress = func(what string, done, total int)

// Config says which register to open, and who works on it.
type Config struct {
	Data  string           // path of the database
	Actor string           // who, for the audit log; "" is the user of the machine
	Now   func() time.Time // the clock; nil is time.Now
	Log   *slog.Logger     // nil is slog.Default
	// New begins an empty register where one is lost (see Lost).
	New bool
	// Looked is true when FindLost was asked already, before the caller left
	// what would be taken for traces: a log, a lock.
	Looked bool
}

// complete fills in what was left out.
func (c Config) complete() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Actor == "" {
		c.Actor = userName()
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}

// App is an open register. It is safe for concurrent use.
type App struct {
	config Config
	store  *store.Store
	rules  fee.Rules

	copying copying

	mu     sync.Mutex
	judged *Judged
}

// Judged is the whole register with the verdict of every session, as of one
// revision of the data.
type Judged struct {
	Revision int64
	Facts    *fee.Facts
	Rules    fee.Rules
	Verdicts []fee.Verdict // by 指導番号
	// Aside are the rows of 設定 the judgement leaves out.
	Aside []fee.Aside

	late lates
}

// Open opens the register at config.Data, made when it is not there and never
// was; the error is a *Lost when it was. It clears away what killed work left.
func Open(ctx context.Context, config Config) (*App, error) {
	config = config.complete()
	rules, err := Rules()
	if err != nil {
		return nil, err
	}
	if config.Data, err = CheckPlace(config.Data); err != nil {
		return nil, err
	}
	db, err := openStore(ctx, config)
	if err != nil {
		return nil, err
	}
	config.Data = db.Path() // absolute: the copies lie beside it
	clearLeftOvers(config)
	return &App{config: config, store: db, rules: rules}, nil
}

// openStore opens the register, or an empty one in the place of a lost one when
// that is asked for.
func openStore(ctx context.Context, config Config) (*store.Store, error) {
	options := store.Options{Now: config.Now, Program: Version, Log: config.Log}
	var lost *Lost
	if !config.Looked {
		var err error
		if lost, err = FindLost(ctx, config.Data); err != nil {
			return nil, err
		}
	}
	if lost == nil {
		db, err := store.Open(ctx, config.Data, options)
		if err == nil {
			return db, nil
		}
		if lost, err = damaged(ctx, config.Data, err); err != nil {
			return nil, err
		}
	}
	if !config.New {
		return nil, lost
	}
	if err := store.SetAside(config.Data, asidePath(config)); err != nil {
		return nil, err
	}
	return store.Open(ctx, config.Data, options)
}

// clearLeftOvers removes what killed work left in the program's own folders.
// That it cannot is nothing a person must know of.
func clearLeftOvers(config Config) {
	folder, now := filepath.Dir(config.Data), time.Now() // files have the time of the machine
	ours, err := files.ClearOwnParts(folder, now)
	copies, errCopies := files.ClearParts(copyFolder(config.Data), now)
	drafts, errDrafts := files.ClearParts(filepath.Join(folder, "drafts"), now)
	temp, errTemp := files.ClearTemp(now)
	if err := errors.Join(err, errCopies, errDrafts, errTemp); err != nil {
		config.Log.Warn("left-overs not removed", "error", err)
	}
	if gone := slices.Concat(ours, copies, drafts, temp); len(gone) > 0 {
		config.Log.Info("left-overs removed", "files", len(gone))
	}
}

// ClearExports removes what killed exports left in a folder a person keeps files
// in. A folder on another machine is left alone: who is at work there cannot be
// told.
func ClearExports(folder string) ([]string, error) {
	if remote, err := store.IsRemote(folder); remote || err != nil {
		return nil, err
	}
	return files.ClearOwnParts(folder, time.Now())
}

// Path is the file of the register.
func (a *App) Path() string { return a.config.Data }

// Close closes the register.
func (a *App) Close() error { return a.store.Close() }

// Rules reads the rule set the program ships.
func Rules() (fee.Rules, error) {
	data, err := assets.Rules.ReadFile("rules/2026-06.json")
	if err != nil {
		return fee.Rules{}, models.Wrap(err, models.Internal, "判定ルールを読み込めません")
	}
	return fee.ParseRules(data)
}

// Judged returns the register with every verdict, worked out once for each
// revision of the data.
func (a *App) Judged(ctx context.Context) (*Judged, error) {
	var judged *Judged
	err := a.read(ctx, func(j *Judged, _ store.View) error {
		judged = j
		return nil
	})
	return judged, err
}

// read runs fn over the judged register and what else is stored, both as of one
// revision.
func (a *App) read(ctx context.Context, fn func(*Judged, store.View) error) error {
	return a.store.Read(ctx, func(view store.View) error {
		judged, err := a.judgedIn(view)
		if err != nil {
			return err
		}
		return fn(judged, view)
	})
}

func (a *App) judgedIn(view store.View) (*Judged, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	revision, err := view.Revision()
	if err != nil {
		return nil, err
	}
	if a.judged != nil && a.judged.Revision == revision {
		return a.judged, nil
	}
	book, err := view.Book()
	if err != nil {
		return nil, err
	}
	judged := JudgeBook(book, a.rules)
	judged.Revision = revision
	a.judged = judged
	return judged, nil
}

// JudgeBook judges every session of a book under the parameters it holds.
func JudgeBook(book *models.Book, rules fee.Rules) *Judged {
	params, aside := fee.ParamsOf(book.Settings)
	facts := fee.NewFacts(book, params)
	return &Judged{Facts: facts, Rules: rules, Verdicts: fee.JudgeAll(facts, rules), Aside: aside}
}

// Months returns the months that have sessions, newest first.
func (j *Judged) Months() []models.Month {
	var months []models.Month
	for i := range j.Verdicts {
		if on := j.Verdicts[i].Session.On; on != 0 {
			months = append(months, on.Month())
		}
	}
	slices.Sort(months)
	months = slices.Compact(months)
	slices.Reverse(months)
	return months
}

// Month returns the verdicts of the sessions whose 指導日 is in the month, by
// 指導番号.
func (j *Judged) Month(month models.Month) []fee.Verdict {
	var of []fee.Verdict
	for i := range j.Verdicts {
		if j.Verdicts[i].Session.On.Month() == month {
			of = append(of, j.Verdicts[i])
		}
	}
	return of
}

// Monitor returns the figures of 入退院支援加算1 and 包括期充実体制加算 as of a date.
func (a *App) Monitor(ctx context.Context, asOf models.Date) (liaison.Figures, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return liaison.Figures{}, err
	}
	return liaison.Monitor(judged.Facts, judged.Verdicts, asOf), nil
}

// Today returns the date of the clock.
func (a *App) Today() models.Date { return models.DateOf(a.config.Now()) }

// Status is who works on which register.
type Status struct {
	Actor    string // who works
	DataPath string // the database file
	Hospital string // 病院名, "" when not set yet
}

// Status returns who works on which register.
func (a *App) Status(ctx context.Context) (Status, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return Status{}, err
	}
	return Status{
		Actor:    a.config.Actor,
		DataPath: a.config.Data,
		Hospital: judged.Facts.Params.HospitalName,
	}, nil
}

// CheckPlace returns the absolute path of the register after making its folder,
// or the reason why it cannot be kept there (see store.CheckPlace).
func CheckPlace(path string) (string, error) { return store.CheckPlace(path) }

// UsualName is the name of the register's file when nobody gives another.
const UsualName = "renkei.db"

// DefaultDataPath is where the register lives when nobody says otherwise: the
// local (not roaming) application data of the user.
func DefaultDataPath() (string, error) {
	if runtime.GOOS != "windows" && os.Getenv("XDG_DATA_HOME") == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", noHome(err)
		}
		return filepath.Join(home, ".local", "share", "renkei", UsualName), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" && runtime.GOOS != "windows" {
		return filepath.Join(dir, "renkei", UsualName), nil
	}
	dir, err := os.UserCacheDir() // %LocalAppData%
	if err != nil {
		return "", noHome(err)
	}
	return filepath.Join(dir, "renkei", UsualName), nil
}

func noHome(err error) error {
	return models.Wrap(err, models.Unavailable, "データの置き場所が分かりません。--data で保存先のファイルを指定してください")
}

func userName() string {
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return "不明"
}
