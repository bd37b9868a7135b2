//go:build linux && !nogui

package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// large is a register of ten years; without it BenchmarkStart measures the
// sample hospital alone.
var large = flag.String("large", "", "register of ten years for BenchmarkStart, which works on a copy")

// The goals of a start: the window on the sample hospital against the toolkit's
// empty window, and on a register of ten years against the sample hospital.
const (
	goalSample = 1.3
	goalLarge  = 1.2
)

// BenchmarkStart starts the built program in a display of its own and measures,
// from outside, the time from the start of the process until navigation and
// title are on the screen, and the same of an empty window of the toolkit. The
// programs run in turn; the ratios are of the medians. It needs Xvfb.
func BenchmarkStart(b *testing.B) {
	folder := b.TempDir()
	program, empty := filepath.Join(folder, "renkei"), filepath.Join(folder, "empty")
	const tags = "migrated_fynedo,no_emoji,no_animations,x11"
	for binary, source := range map[string]string{program: ".", empty: "./testdata/empty"} {
		out, err := exec.Command("go", "build", "-buildvcs=false", "-tags", tags, "-o", binary, source).CombinedOutput()
		require.NoError(b, err, "%s", out)
	}
	sample := filepath.Join(folder, "sample", "renkei.db")
	out, err := exec.Command(program, "sample", "--data", sample).CombinedOutput()
	require.NoError(b, err, "%s", out)
	display := openScreen(b)
	starts := []*start{
		{name: "empty", command: []string{empty}, drawn: (*screen).covered},
		{name: "sample", command: []string{program, "--data", sample}, drawn: (*screen).written},
	}
	if *large != "" {
		path := filepath.Join(folder, "large", "renkei.db")
		require.NoError(b, os.MkdirAll(filepath.Dir(path), 0o700))
		copyFile(b, *large, path)
		starts = append(starts, &start{name: "large", command: []string{program, "--data", path}, drawn: (*screen).written})
	}
	for _, s := range starts {
		display.time(b, s) // the first start fills the caches and makes the day's copy
	}
	for b.Loop() {
		for _, s := range starts {
			s.times = append(s.times, display.time(b, s))
		}
	}
	ratio := func(of, to int, name string, goal float64) {
		figure := float64(starts[of].median()) / float64(starts[to].median())
		b.ReportMetric(figure, name)

		fmt.Printf("BENCH %s goal=%g figure=%.2f\n", name, goal, figure)
	}
	ratio(1, 0, "start-sample-to-empty-window", goalSample)
	if len(starts) > 2 {
		ratio(2, 1, "start-ten-years-to-sample", goalLarge)
	}
}

// start is a program whose starts are measured.
type start struct {
	name    string
	command []string
	drawn   func(*screen) bool
	times   []time.Duration
}

func (s *start) median() time.Duration { return slices.Sorted(slices.Values(s.times))[len(s.times)/2] }

func copyFile(b *testing.B, from, to string) {
	b.Helper()
	source, err := os.Open(from)
	require.NoError(b, err)
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o600)
	require.NoError(b, err)
	_, err = io.Copy(target, source)
	require.NoError(b, err)
	require.NoError(b, target.Close())
}

// screen is a display without a monitor that keeps its picture in a file.
type screen struct {
	display, home string
	picture       []byte // the file
	first, line   int    // the place of the first pixel, and bytes in a line
}

func openScreen(b *testing.B) *screen {
	b.Helper()
	folder := b.TempDir()
	number, told, err := os.Pipe()
	require.NoError(b, err)
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-fbdir", folder)
	server.ExtraFiles = []*os.File{told}
	require.NoError(b, server.Start())
	b.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	require.NoError(b, told.Close())
	display, err := bufio.NewReader(number).ReadString('\n')
	require.NoError(b, err)
	file, err := os.Open(filepath.Join(folder, "Xvfb_screen0"))
	require.NoError(b, err)
	defer file.Close()
	info, err := file.Stat()
	require.NoError(b, err)
	picture, err := syscall.Mmap(int(file.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	require.NoError(b, err)
	word := func(n int) int { return int(binary.BigEndian.Uint32(picture[4*n:])) }
	const header, bytesPerLine, colors = 0, 12, 19
	return &screen{":" + strings.TrimSpace(display), folder, picture, word(header) + 12*word(colors), word(bytesPerLine)}
}

// patience is how long a start may take.
const patience = 2 * time.Minute

// time starts a program, waits until it is drawn, and ends it.
func (s *screen) time(b *testing.B, of *start) time.Duration {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, of.command[0], of.command[1:]...)
	command.Env = append(os.Environ(), "DISPLAY="+s.display, "HOME="+s.home, "XDG_CONFIG_HOME="+s.home, "DBUS_SESSION_BUS_ADDRESS=none:")
	for s.covered() {
		time.Sleep(10 * time.Millisecond) // the window of the one before
	}
	from := time.Now()
	require.NoError(b, command.Start())
	for !of.drawn(s) {
		require.NoError(b, ctx.Err(), "%s: nothing is drawn", of.name)
		time.Sleep(time.Millisecond)
	}
	took := time.Since(from)
	time.Sleep(time.Second) // what begins beside the window must not disturb the next start
	require.NoError(b, command.Process.Signal(syscall.SIGKILL))
	_ = command.Wait() // killed
	return took
}

// at is the pixel at a place of the screen, black being all zeros. The picture is
// a file of the format XWD with 32 bits a pixel.
func (s *screen) at(x, y int) [4]byte { return [4]byte(s.picture[s.first+y*s.line+4*x:]) }

// covered reports whether a window covers the black screen.
func (s *screen) covered() bool {
	return s.at(900, 400) != [4]byte{} && s.at(100, 600) != [4]byte{}
}

// written reports whether something stands in the navigation and in the line of
// the title.
func (s *screen) written() bool {
	return s.covered() && s.ink(20, 60, 140, 500) > 50 && s.ink(190, 10, 500, 50) > 10
}

// ink counts pixels of a part that differ from its corner. It looks at few, so as
// not to take the time it measures.
func (s *screen) ink(left, top, right, bottom int) int {
	ground, n := s.at(left, top), 0
	for y := top; y < bottom; y += 5 {
		for x := left; x < right; x += 2 {
			if s.at(x, y) != ground {
				n++
			}
		}
	}
	return n
}
