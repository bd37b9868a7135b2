//go:build linux

// Package goals_test measures what a register of ten years costs, against the
// goals of docs/benchmarks.md: `./dev bench`. Each goal is a ratio within one
// run. It is a package of its own because a goal concerns the whole program,
// and because the tests of app need not be built to measure one.
package goals_test

import (
	"context"
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
)

// goal prints a goal and its figure for `./dev bench`. It asserts nothing.
func goal(name string, goal, figure float64) {
	fmt.Printf("\nBENCH %s goal=%.3g figure=%.3g\n", name, goal, figure)
}

// usage is what a piece of work cost: CPU of the process and, for a command, its
// peak of memory.
type usage struct {
	cpu    time.Duration
	memory int64 // KiB
}

// own measures work in this process, garbage of earlier work collected before.
func own(work func()) time.Duration {
	cpu := func() time.Duration {
		var r syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			panic(err)
		}
		return time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	runtime.GC()
	before := cpu()
	work()
	return cpu() - before
}

// command measures the built program.
func command(b *testing.B, arguments ...string) usage {
	b.Helper()
	run := exec.Command(filepath.Join(out, "renkei"), arguments...)
	words, err := run.CombinedOutput()
	require.NoError(b, err, "%s", words[max(0, len(words)-500):])
	state := run.ProcessState
	return usage{state.UserTime() + state.SystemTime(), state.SysUsage().(*syscall.Rusage).Maxrss}
}

// out is where `./dev bench` puts the program and the registers are kept.
var out = filepath.Join("..", "..", "out", "bench")

// register returns the path of the register of so many years, made once.
func register(b *testing.B, years int) string {
	b.Helper()
	path, err := apptest.Years(out, years)
	require.NoError(b, err)
	return path
}

// least returns the least of three, the machine being noisy.
func least(measure func() float64) float64 { return min(measure(), measure(), measure()) }

// BenchmarkGoalJudgeByRead judges everything and reads the same rows of the
// tables into plain strings and numbers.
func BenchmarkGoalJudgeByRead(b *testing.B) {
	path := register(b, 10)
	read := func() float64 { return own(func() { readRaw(b, path) }).Seconds() }
	judge := func() float64 {
		return own(func() {
			fresh, err := app.Open(context.Background(), apptest.Config(path))
			require.NoError(b, err)
			defer fresh.Close()
			_, err = fresh.Judged(context.Background(), models.Part{Whole: true})
			require.NoError(b, err)
		}).Seconds()
	}
	for b.Loop() {
		raw, whole := least(read), least(judge)
		open := least(func() float64 {
			return own(func() {
				fresh, err := app.Open(context.Background(), apptest.Config(path))
				require.NoError(b, err)
				require.NoError(b, fresh.Close())
			}).Seconds()
		})
		goal("judge-by-raw-read", 2, (whole-open)/raw)
		goal("open-and-judge-by-raw-read", 2, whole/raw)
	}
}

// BenchmarkGoalMonth judges one month by the command, in registers of ten years
// and of one.
func BenchmarkGoalMonth(b *testing.B) {
	of := func(years int) usage {
		return command(b, "judge", "--month", "2026-10", "--data", register(b, years))
	}
	for b.Loop() {
		ten, one := of(10), of(1)
		for range 2 {
			again, againOne := of(10), of(1)
			ten, one = usage{min(ten.cpu, again.cpu), min(ten.memory, again.memory)}, usage{min(one.cpu, againOne.cpu), min(one.memory, againOne.memory)}
		}
		goal("month-cpu-ten-years-by-one", 1.5, ten.cpu.Seconds()/one.cpu.Seconds())
		goal("month-memory-ten-years-by-one", 1.5, float64(ten.memory)/float64(one.memory))
	}
}

// readRaw reads every table of the records through database/sql, each column as
// a plain string or number. It leaves out the search keys, which the program
// does not read either.
func readRaw(b *testing.B, path string) {
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	require.NoError(b, err)
	defer db.Close()
	for _, table := range []string{"settings", "policies", "wards", "staff", "partners", "care_managers", "affiliations", "meetings", "attendances",
		"contacts", "contact_staff", "admissions", "ward_stays", "joint_guidances", "joint_guidance_staff", "confirmations", "closings", "closed_verdicts"} {
		columns, targets := columnsOf(b, db, table)
		rows, err := db.Query("SELECT " + strings.Join(columns, ", ") + " FROM " + table)
		require.NoError(b, err)
		for rows.Next() {
			if err := rows.Scan(targets...); err != nil {
				b.Fatal(table, err)
			}
		}
		require.NoError(b, rows.Err())
		require.NoError(b, rows.Close())
	}
}

func columnsOf(b *testing.B, db *sql.DB, table string) (columns []string, targets []any) {
	rows, err := db.Query(`SELECT name, type, "notnull" FROM pragma_table_info(?) WHERE name <> 'search_key'`, table)
	require.NoError(b, err)
	defer rows.Close()
	for rows.Next() {
		var name, kind string
		var filled bool
		require.NoError(b, rows.Scan(&name, &kind, &filled))
		columns = append(columns, name)
		switch number := strings.HasPrefix(kind, "INT"); {
		case number && filled:
			targets = append(targets, new(int))
		case number:
			targets = append(targets, new(sql.NullInt64))
		case filled:
			targets = append(targets, new(string))
		default:
			targets = append(targets, new(sql.NullString))
		}
	}
	require.NotEmpty(b, columns, table)
	return columns, targets
}
