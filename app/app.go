// Package app holds the use cases: one method for each thing a user does with
// the register. The window and the commands call the same methods.
//
// It combines the packages below it: app/store (database, copies, audit log),
// app/ledger (the ledger book) and models (what is true of the records). Rules
// of the field belong in models, SQL in app/store, columns of the book in
// app/ledger, commands in app/cli. Records are edited through Do, so that an
// edit is one transaction, is logged, and can be taken back.
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
	"time"

	"renkei/app/store"
	"renkei/assets"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/files"
	"renkei/models/liaison"
)

// Version is the version of the program. FyneApp.toml must carry the same.
const Version = "0.1.0"

// Progress is called with what is being done and how far: done of total. total
// is 0 if unknown. A Progress may be nil.
type Progress = func(what string, done, total int)

// Config says which register to open, and for whom.
type Config struct {
	Data  string           // path of the database
	Actor string           // name for the audit log; "" means the user of the machine
	Now   func() time.Time // the clock; nil means that of this PC, and for what is stored that of the register
	Log   *slog.Logger     // nil means slog.Default
	// New starts an empty register in place of a lost one (see Lost).
	New bool
	// Looked is true if the caller called FindLost already, before it left
	// files that would count as traces: a log, a lock.
	Looked bool

	clock  func() time.Time // that of the audit log; nil means that of the register
	whole  bool             // check the whole file before anything else
	beside string           // see Beside
}

// complete fills in the defaults.
func (c Config) complete() Config {
	if c.clock == nil {
		c.clock = c.Now
	}
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

	known      known
	inpatients inpatients
	presence   presence
}

// Open opens the register at config.Data and creates it if there never was one.
// If there was, the error is a *Lost. It also removes what killed processes
// left.
func Open(ctx context.Context, config Config) (*App, error) {
	config = config.complete()
	rules, err := Rules()
	if err != nil {
		return nil, err
	}
	if config.Data, err = CheckPlace(config.Data); err != nil {
		return nil, err
	}
	if config.beside, err = Beside(config.Data); err != nil {
		return nil, err
	}
	db, err := openStore(ctx, config)
	if err != nil {
		return nil, err
	}
	clearLeftOvers(config)
	a := &App{config: config, store: db, rules: rules}
	a.presence.begin(config.Actor)
	return a, nil
}

// openStore opens the register, or an empty one in place of a lost one if
// config.New.
func openStore(ctx context.Context, config Config) (*store.Store, error) {
	options := store.Options{
		Now: config.clock, Program: Version, Log: config.Log,
		Whole: config.whole || config.New || foundDamaged(config.beside),
	}
	if IsServer(config.Data) {
		return store.Open(ctx, config.Data, options)
	}
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
	forgetChecks(config)
	options.Whole = false
	return store.Open(ctx, config.Data, options)
}

// clearLeftOvers removes what killed processes left in the program's own
// folders. A failure is logged; it does not concern the user.
func clearLeftOvers(config Config) {
	folder, now := filepath.Dir(config.beside), time.Now() // file times are in real time
	ours, err := files.ClearOwnParts(folder, now)
	copies, errCopies := files.ClearParts(copyFolder(config.beside), now)
	drafts, errDrafts := files.ClearParts(filepath.Join(folder, "drafts"), now)
	temp, errTemp := files.ClearTemp(now)
	if err := errors.Join(err, errCopies, errDrafts, errTemp); err != nil {
		config.Log.Warn("left-overs not removed", "error", err)
	}
	if gone := slices.Concat(ours, copies, drafts, temp); len(gone) > 0 {
		config.Log.Info("left-overs removed", "files", len(gone))
	}
}

// ClearExports removes what killed exports left in a folder of the user. It
// skips network folders, because the processes of other machines are unknown.
func ClearExports(folder string) ([]string, error) {
	if remote, err := store.IsRemote(folder); remote || err != nil {
		return nil, err
	}
	return files.ClearOwnParts(folder, time.Now())
}

// Place is where the register is: the path of its file, or the URL of its
// database.
func (a *App) Place() string { return a.config.Data }

// Beside is the path beside which this PC keeps what belongs to the register (see
// the function Beside).
func (a *App) Beside() string { return a.config.beside }

// Watch calls told whenever somebody may have changed the register, until ctx
// ends (see store.Watch).
func (a *App) Watch(ctx context.Context, told func(error)) { a.store.Watch(ctx, told) }

// Close closes the register.
func (a *App) Close() error {
	a.end()
	return a.store.Close()
}

// Rules reads the rule set of the program.
func Rules() (fee.Rules, error) {
	data, err := assets.Rules.ReadFile("rules/2026-06.json")
	if err != nil {
		return fee.Rules{}, models.Wrap(err, models.Internal, "判定ルールを読み込めません")
	}
	return fee.ParseRules(data)
}

// Monitor returns the figures of 入退院支援加算1 and 包括期充実体制加算 as of a date.
func (a *App) Monitor(ctx context.Context, asOf models.Date) (liaison.Figures, error) {
	frame, err := a.Judged(ctx, models.Part{})
	if err != nil {
		return liaison.Figures{}, err
	}
	judged, err := a.Judged(ctx, liaison.MonitorPart(asOf, frame.Facts.Params))
	if err != nil {
		return liaison.Figures{}, err
	}
	return liaison.Monitor(judged.Facts, judged.Verdicts, asOf), nil
}

// Worklist lists what is to be done as of a day.
func (a *App) Worklist(ctx context.Context, today models.Date) (list []liaison.Work, err error) {
	err = a.store.Read(ctx, func(view store.View) error {
		frame, err := a.judgedIn(ctx, view, models.Part{})
		if err != nil {
			return err
		}
		judged, err := a.judgedIn(ctx, view, liaison.WorklistPart(today, frame.Facts.Params))
		if err != nil {
			return err
		}
		working, err := view.CareManagersOf(liaison.WorkingPeriod(today))
		list = liaison.Worklist(judged.Facts, judged.Rules, judged.Verdicts, working, today)
		return err
	})
	return list, err
}

// Today returns the date of the clock.
func (a *App) Today() models.Date { return models.DateOf(a.config.Now()) }

// Status is who works on which register.
type Status struct {
	Actor    string // who works
	Place    string // where the register is, as it is shown
	Hospital string // 病院名, "" when not set yet
}

// Status returns the user and the register.
func (a *App) Status(ctx context.Context) (Status, error) {
	status := Status{Actor: a.config.Actor, Place: Shown(a.config.Data)}
	err := a.store.Read(ctx, func(view store.View) error {
		rows, err := store.All[models.Setting](view)
		params, _ := fee.ParamsOf(rows)
		status.Hospital = params.HospitalName
		return err
	})
	return status, err
}

// UsualName is the default file name of the register.
const UsualName = "renkei.db"

// DefaultDataPath returns the default path of the register, in the local (not
// roaming) application data of the user.
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
