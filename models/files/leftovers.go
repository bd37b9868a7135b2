package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// started is when this process began. An older file with our number belongs to
// a former process with the same number.
var started = time.Now()

// reused is the age after which a left-over is removed even if a process has
// its number. No copy or export takes a day, so the number was reused.
const reused = 24 * time.Hour

const tempName = "renkei-"

// TempDir makes a folder for short-lived files. Its name holds the process
// number, so that a later start can remove it if this process is killed.
func TempDir() (string, error) {
	return os.MkdirTemp("", tempName+strconv.Itoa(os.Getpid())+"-")
}

// InTempDir runs work with a temporary folder and removes the folder
// afterwards.
func InTempDir(work func(folder string) error) error {
	folder, err := TempDir()
	if err != nil {
		return err
	}
	return errors.Join(work(folder), os.RemoveAll(folder))
}

var (
	anyPart    = regexp.MustCompile(`^.+\.(\d+)\.part$`)
	ownPart    = regexp.MustCompile(`^.+\.(?:db|json|xlsx|csv|png|txt)(?:\.\d+)?\.(\d+)\.part$`)
	tempFolder = regexp.MustCompile(`^` + tempName + `(\d+)-\d+$`)
)

// companions are the suffixes of the files SQLite keeps beside an unfinished
// copy. Those of a register have other names and are never touched.
var companions = []string{"-journal", "-wal", "-shm"}

// ClearParts removes unfinished files (*.<pid>.part and their journals) of
// processes that have ended, from a folder that only the program uses. It
// returns the files removed.
func ClearParts(folder string, now time.Time) ([]string, error) {
	return clearParts(folder, anyPart, now)
}

// ClearOwnParts does the same in a folder the user may also use: it removes
// only parts of the file types the program writes.
func ClearOwnParts(folder string, now time.Time) ([]string, error) {
	return clearParts(folder, ownPart, now)
}

func clearParts(folder string, name *regexp.Regexp, now time.Time) (gone []string, err error) {
	entries, err := list(folder)
	var errs []error
	for _, e := range entries {
		base := e.Name()
		for _, c := range companions {
			base = strings.TrimSuffix(base, c)
		}
		m := name.FindStringSubmatch(base)
		if m == nil || !e.Type().IsRegular() || !left(e, m[1], now) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
			continue
		}
		gone = append(gone, path)
	}
	return gone, errors.Join(append(errs, err)...)
}

// ClearTemp removes the program's temporary folders whose process has ended.
func ClearTemp(now time.Time) (gone []string, err error) {
	entries, err := list(os.TempDir())
	errs := []error{err}
	for _, e := range entries {
		m := tempFolder.FindStringSubmatch(e.Name())
		if m == nil || !e.IsDir() || !left(e, m[1], now) {
			continue
		}
		path := filepath.Join(os.TempDir(), e.Name())
		if err := os.RemoveAll(path); err != nil {
			errs = append(errs, err)
			continue
		}
		gone = append(gone, path)
	}
	return gone, errors.Join(errs...)
}

// list reads a folder. A missing folder is empty.
func list(folder string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}

// left reports whether no process works on the file or folder any more.
func left(e fs.DirEntry, number string, now time.Time) bool {
	pid, err := strconv.Atoi(number)
	if err != nil || pid <= 0 {
		return false // not a process number, so not one of our names
	}
	info, err := e.Info()
	if err != nil {
		return false // removed meanwhile
	}
	changed := info.ModTime()
	switch {
	case pid == os.Getpid():
		return changed.Before(started)
	case !alive(pid):
		return true
	}
	return now.Sub(changed) > reused
}
