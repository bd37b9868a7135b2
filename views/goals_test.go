//go:build linux

package views

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/assets"
	"renkei/models"
	"renkei/views/ui"
)

// The goals of docs/benchmarks.md that concern the window: `./dev bench`. The
// window is drawn by the toolkit's test driver; the longest a callback took is
// how long the window was held.

// measured is the window over a register. Its worker does what it is asked
// between callbacks, as one beside the window does.
type measured struct {
	*Frame
	registers *app.Registers
	longest   time.Duration
	asked     []func()
	answers   []func()
}

// measure opens the window over a copy of a register; "" is the sample hospital.
func measure(b *testing.B, register string) *measured {
	b.Helper()
	path := filepath.Join(b.TempDir(), app.UsualName)
	if register == "" {
		apptest.WriteSample(b, path)
	} else {
		text, err := os.ReadFile(register)
		require.NoError(b, err)
		require.NoError(b, os.WriteFile(path, text, 0o600))
	}
	registers, err := app.OpenRegisters(context.Background(), apptest.Config(path), app.Beginning{})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, registers.Close()) })
	m := &measured{registers: registers}
	log := slog.New(slog.DiscardHandler)
	a := test.NewApp()
	b.Cleanup(a.Quit)
	m.Frame = NewFrame(a, Params{
		Desk: AppDesk(registers), Settings: NewSettingsFile(filepath.Join(filepath.Dir(path), "settings.json")), Version: app.Version, Log: log,
		Worker: Worker{
			Go: func(f func()) { m.asked = append(m.asked, f) }, UI: func(f func()) { m.answers = append(m.answers, f) },
			Now: apptest.Now, Log: log, After: func(_ time.Duration, f func()) { m.held(f) },
		},
		Fonts: ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
	})
	m.window.Resize(fyne.NewSize(1366, 768))
	m.Start()
	m.settle()
	return m
}

func (m *measured) held(f func()) {
	from := time.Now()
	f()
	m.longest = max(m.longest, time.Since(from))
}

// settle works until nothing is asked any more.
func (m *measured) settle() {
	for len(m.asked)+len(m.answers) > 0 {
		work := m.asked
		m.asked = nil
		for _, f := range work {
			f()
		}
		due := m.answers
		m.answers = nil
		for _, f := range due {
			m.held(f)
		}
	}
}

func (m *measured) show(ids ...string) {
	for _, id := range ids {
		m.held(func() { m.Show(id) })
		m.settle()
	}
}

// saveContact saves an やり取り and lets the page on the screen become current.
func (m *measured) saveContact(b *testing.B) {
	contact := models.Contact{On: models.DateOf(apptest.Now()), Kind: models.PhoneCall, Initiator: "当院", CareManager: m.careManager(b)}
	_, err := m.registers.Own().Do(context.Background(), "登録", app.New(&contact))
	require.NoError(b, err)
	m.held(m.changed)
	m.settle()
}

func (m *measured) careManager(b *testing.B) string {
	frame, err := m.registers.Own().Judged(context.Background(), models.Part{})
	require.NoError(b, err)
	return frame.Facts.Book.CareManagers[0].Code
}

func goal(name string, goal, figure float64) {
	fmt.Printf("\nBENCH %s goal=%.3g figure=%.3g\n", name, goal, figure)
}

// cpu is what work costs this process, in seconds.
func cpu(work func()) float64 {
	used := func() float64 {
		var r syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			panic(err)
		}
		return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
	}
	runtime.GC()
	before := used()
	work()
	return used() - before
}

func yearsOf(b *testing.B, years int) string {
	b.Helper()
	path, err := apptest.Years(filepath.Join("..", "out", "bench"), years)
	require.NoError(b, err)
	return path
}

func BenchmarkGoalSavedContact(b *testing.B) {
	// seen is until the page on the screen is current, all until every page was
	// shown again: pages out of sight are read when they are.
	saved := func(m *measured) (seen, all float64) {
		pages := append(m.ScreenIDs(), "contacts")
		m.show(pages...)
		m.saveContact(b) // as when the program has been open for a while
		m.show(pages...)
		shown := cpu(func() { m.show(pages...) })
		seen = cpu(func() { m.saveContact(b) })
		return seen, seen + cpu(func() { m.show(pages...) }) - shown
	}
	for b.Loop() {
		ten := measure(b, yearsOf(b, 10))
		seen, all := saved(ten)
		fresh := apptest.Open(b, ten.registers.Own().Place()) // remembers nothing
		whole := cpu(func() {
			_, err := fresh.Judged(context.Background(), models.Part{Whole: true})
			require.NoError(b, err)
		})
		goal("saved-contact-by-judging-everything", 1.0/50, seen/whole)
		goal("saved-contact-on-every-page-by-judging-everything", 1.0/50, all/whole)
		ofOne, allOfOne := saved(measure(b, yearsOf(b, 1)))
		goal("saved-contact-ten-years-by-one", 2, seen/ofOne)
		goal("saved-contact-on-every-page-ten-years-by-one", 2, all/allOfOne)
	}
}

func BenchmarkGoalMemory(b *testing.B) {
	used := func(register string) float64 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		m := measure(b, register)
		m.show("today", "claims", "partners")
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(m)
		return float64(after.HeapAlloc) - float64(before.HeapAlloc)
	}
	for b.Loop() {
		used("") // reads fonts and tables, once for all
		goal("memory-ten-years-by-sample", 1.5, used(yearsOf(b, 10))/used(""))
	}
}

func BenchmarkGoalHold(b *testing.B) {
	for b.Loop() {
		m := measure(b, yearsOf(b, 10))
		for _, id := range m.ScreenIDs() {
			m.longest = 0
			m.show(id, id)
			fmt.Printf("%s held %v\n", id, m.longest)
			goal("held-ms-opening-"+id, 50, float64(m.longest.Microseconds())/1000)
		}
		m.longest = 0
		m.saveContact(b)
		goal("held-ms-saving", 50, float64(m.longest.Microseconds())/1000)
	}
}
