//go:build linux

// Package desks_test lets many desks work in one register on a server at the same
// time: `./dev soak desks`. It prints what they saved and how long it took, and
// fails if anything was lost or done twice.
package desks_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/ledger"
	"renkei/app/store/storetest"
	"renkei/models"
	"renkei/models/booktest"
)

// Desks work as in a busy hour, ten times as fast: one saves every half a minute.
const (
	desks    = 30
	pause    = 30 * time.Second
	shared   = 20 // やり取り that all of them change
	years    = 10
	idlePart = 12 // months of やり取り that a desk shows
)

// The environment of a soak, and of the idle desk, which is a process of its own.
const (
	minutes   = "RENKEI_SOAK_MINUTES"
	idlePlace = "RENKEI_SOAK_IDLE"
)

func TestMain(m *testing.M) {
	if place := os.Getenv(idlePlace); place != "" {
		idle(place)
		return
	}
	os.Exit(m.Run())
}

func BenchmarkSoakDesks(b *testing.B) {
	for b.Loop() {
		soak(b)
	}
}

func soak(b *testing.B) {
	place := storetest.Database(b, "")
	fill(b, place)
	last, err := time.ParseDuration(os.Getenv(minutes) + "m")
	require.NoError(b, err, "%s is a number of minutes", minutes)
	storetest.Do(b, place, "ANALYZE") // as the server does by itself within minutes
	watcher := startIdle(b, place)
	all := &record{}
	var people []*desk
	for n := range desks { // they come in one after the other and read what they show
		d := &desk{all: all, name: fmt.Sprintf("机%02d", n), random: rand.New(rand.NewPCG(1, uint64(n)))} //nolint:gosec // the same every time
		d.app = open(b, place, d.name)
		_, err := follow(context.Background(), d.app, -1)
		require.NoError(b, err)
		people = append(people, d)
	}
	ctx, stop := context.WithTimeout(context.Background(), last)
	defer stop()
	var group sync.WaitGroup
	for _, d := range people {
		group.Go(func() { d.watch(ctx) })
		group.Go(func() { d.work(ctx) })
	}
	group.Wait()
	fmt.Printf("保存 %d件  競合してやり直し %d件  失敗 %d件\n", len(all.saves), all.conflicts, len(all.faults))
	fmt.Printf("保存        %s\n", percentiles(all.saves))
	fmt.Printf("保存→ほかの机で見える  %s\n", percentiles(all.seen))
	fmt.Printf("見ているだけの机  %s\n", watcher.end(b))
	fmt.Printf("この%d机のプロセス  最大 %dMB\n", desks, peak())
	for _, fault := range all.faults {
		fmt.Println("失敗:", fault)
	}
	all.check(b, open(b, place, "検査"))
}

func fill(b *testing.B, place string) {
	ctx := context.Background()
	books := b.TempDir() + "/ledger/"
	require.NoError(b, ledger.Write(ctx, books, booktest.Years(years, apptest.PerYear), nil))
	a := open(b, place, "準備")
	_, err := a.ImportLedger(ctx, books, ledger.Choice{}, nil)
	require.NoError(b, err)
	for n := range shared {
		_, err := a.Do(ctx, "準備", app.New(&models.Contact{Number: fmt.Sprintf("共有%02d", n), On: today(), Kind: models.PhoneCall, Partner: "LP0001"}))
		require.NoError(b, err)
	}
}

func today() models.Date { return models.DateOf(apptest.Now()) }

func open(t require.TestingT, place, actor string) *app.App {
	a, err := app.Open(context.Background(), app.Config{Data: place, Actor: actor, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return a
}

// record is what all desks did.
type record struct {
	mu          sync.Mutex
	saves, seen []time.Duration
	conflicts   int
	faults      []string
	added       []string            // the words of new やり取り
	changed     []string            // the words added to shared ones
	at          map[int64]time.Time // when a revision was saved
}

func (r *record) saved(revision int64, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.saves = append(r.saves, took)
	if r.at == nil {
		r.at = make(map[int64]time.Time)
	}
	r.at[revision] = time.Now()
}

// heard notes how long ago the revisions were saved that a desk has now read.
func (r *record) heard(from, to int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for revision := from + 1; revision <= to; revision++ {
		if at, known := r.at[revision]; known {
			r.seen = append(r.seen, time.Since(at))
		}
	}
}

func (r *record) note(change func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change()
}

// check looks for what was lost or done twice.
func (r *record) check(b *testing.B, a *app.App) {
	judged, err := a.Judged(context.Background(), models.Part{Contacts: models.Period{From: today(), To: today()}})
	require.NoError(b, err)
	bodies := make(map[string]int)
	var words []string
	for _, c := range judged.Facts.Book.Contacts {
		if strings.HasPrefix(c.Number, "共有") {
			words = append(words, strings.Fields(c.Body)...)
			continue
		}
		bodies[c.Body]++
	}
	lost, twice := 0, 0
	for _, word := range r.added {
		if bodies[word] == 0 {
			lost++
		}
		twice += max(0, bodies[word]-1)
	}
	slices.Sort(words)
	slices.Sort(r.changed)
	for _, word := range r.changed {
		if _, there := slices.BinarySearch(words, word); !there {
			lost++
		}
	}
	twice += len(words) - len(slices.Compact(words))
	fmt.Printf("失われた保存 %d件  二重の保存 %d件\n", lost, twice)
	require.Zero(b, lost)
	require.Zero(b, twice)
}

// desk is one person at work.
type desk struct {
	all    *record
	app    *app.App
	name   string
	random *rand.Rand
	done   int
}

// watch follows what the others write, as the window does, with the やり取り of a
// year in sight.
func (d *desk) watch(ctx context.Context) {
	var mu sync.Mutex
	revision := int64(-1)
	d.app.Watch(ctx, func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			d.all.note(func() { d.all.faults = append(d.all.faults, err.Error()) })
			return
		}
		if to, err := follow(ctx, d.app, revision); err == nil {
			if revision >= 0 {
				d.all.heard(revision, to)
			}
			revision = to
		}
	})
}

// follow reads what changed and what a page shows of it.
func follow(ctx context.Context, a *app.App, revision int64) (int64, error) {
	feed, err := a.Since(ctx, revision)
	if err != nil || feed.Empty() {
		return feed.To, err
	}
	_, err = a.Judged(ctx, models.Part{Contacts: models.Period{From: today().AddMonths(-idlePart), To: today()}})
	return feed.To, err
}

func (d *desk) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Duration(d.random.Int64N(int64(2 * pause)))):
		}
		d.done++
		word := fmt.Sprintf("%s-%d", d.name, d.done)
		var err error
		switch n := d.random.IntN(10); {
		case n < 6:
			err = d.add(word)
		case n < 9:
			err = d.change(word)
		default:
			_, err = d.app.Judged(ctx, models.Part{Month: today().Month()})
		}
		if err != nil && ctx.Err() == nil {
			d.all.note(func() { d.all.faults = append(d.all.faults, err.Error()) })
		}
	}
}

func (d *desk) add(word string) error {
	contact := models.Contact{On: today(), Kind: models.PhoneCall, Partner: "LP0001", Body: word}
	begun := time.Now()
	if _, err := d.app.Do(context.Background(), "登録", app.New(&contact)); err != nil {
		return err
	}
	d.all.saved(int64(contact.Version), time.Since(begun))
	d.all.note(func() { d.all.added = append(d.all.added, word) })
	return nil
}

// change adds a word to a やり取り that others change too, as often as somebody was
// faster.
func (d *desk) change(word string) error {
	number := fmt.Sprintf("共有%02d", d.random.IntN(shared))
	for {
		judged, err := d.app.Judged(context.Background(), models.Part{Contacts: models.Period{From: today(), To: today()}})
		if err != nil {
			return err
		}
		book := judged.Facts.Book
		at := slices.IndexFunc(book.Contacts, func(c models.Contact) bool { return c.Number == number })
		contact := book.Contacts[at]
		contact.Body += " " + word
		begun := time.Now()
		_, err = d.app.Do(context.Background(), "変更", app.Put(contact))
		if models.ErrorCode(err) == models.Conflict && err != nil {
			d.all.note(func() { d.all.conflicts++ })
			continue
		}
		if err != nil {
			return err
		}
		d.all.note(func() {
			d.all.saves = append(d.all.saves, time.Since(begun))
			d.all.changed = append(d.all.changed, word)
		})
		return nil
	}
}

// idle is a desk that only follows the others; it ends with its input.
func idle(place string) {
	ctx, stop := context.WithCancel(context.Background())
	var t noTest
	a := open(t, place, "見るだけ")
	go a.Watch(ctx, func(err error) {
		if err == nil {
			revision, _ = follow(ctx, a, revision)
		}
	})
	begun, cpu := time.Now(), used()
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	share := float64(used()-cpu) / float64(time.Since(begun))
	fmt.Printf("CPU 1コアの %.1f%%  最大 %dMB\n", 100*share, peak())
	stop()
}

var revision int64 = -1

type noTest struct{}

func (noTest) Errorf(format string, args ...any) { fmt.Printf(format, args...) }
func (noTest) FailNow()                          { os.Exit(1) }

type idleDesk struct {
	run *exec.Cmd
	in  interface{ Close() error }
	out *bufio.Reader
}

func startIdle(b *testing.B, place string) *idleDesk {
	run := exec.Command(os.Args[0])
	run.Env = append(os.Environ(), idlePlace+"="+place)
	in, err := run.StdinPipe()
	require.NoError(b, err)
	out, err := run.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, run.Start())
	return &idleDesk{run, in, bufio.NewReader(out)}
}

func (d *idleDesk) end(b *testing.B) string {
	require.NoError(b, d.in.Close())
	line, err := d.out.ReadString('\n')
	require.NoError(b, err)
	require.NoError(b, d.run.Wait())
	return strings.TrimSpace(line)
}

func used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// peak is the most memory of this process, in MB: getrusage would tell that of the
// process it was started from.
func peak() (mb int64) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	_, of, _ := strings.Cut(string(text), "VmHWM:")
	if _, err := fmt.Sscan(of, &mb); err != nil {
		panic(err)
	}
	return mb >> 10
}

func percentiles(of []time.Duration) string {
	if len(of) == 0 {
		return "なし"
	}
	slices.Sort(of)
	at := func(share float64) time.Duration {
		return of[min(len(of)-1, int(share*float64(len(of))))].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("p50 %v  p95 %v  p99 %v  最大 %v（%d件）", at(0.50), at(0.95), at(0.99), of[len(of)-1].Round(time.Millisecond), len(of))
}
