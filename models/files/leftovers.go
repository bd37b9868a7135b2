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

// started is when this process began: what bears its number and is older was
// left by another that had the number before.
var started = time.Now()

// reused is the age from which left-overs are nobody's even though a process
// has their number: no copy and no export takes a day, so the number was given
// out anew.
const reused = 24 * time.Hour

const tempName = "renkei-"

// TempDir makes a folder for files that are needed for a moment. It is named
// after the process, so that a later start can tell what a killed one left.
func TempDir() (string, error) {
	return os.MkdirTemp("", tempName+strconv.Itoa(os.Getpid())+"-")
}

// InTempDir does work with a folder of TempDir and removes it.
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

// companions are the files SQLite keeps beside a part it writes. Those of a
// register end otherwise and are never touched.
var companions = []string{"-journal", "-wal", "-shm"}

// ClearParts removes the unfinished files (*.<pid>.part, with the journal of
// each) that processes no longer alive left in a folder that is the program's alone.
// It returns what was removed.
func ClearParts(folder string, now time.Time) ([]string, error) {
	return clearParts(folder, anyPart, now)
}

// ClearOwnParts does the same in a folder where a person may keep files of all
// kinds: only parts of the kinds of file the program writes are its own.
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

// ClearTemp removes the temporary folders of the program whose process is no
// longer alive.
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

// list reads a folder; one that is not there is empty.
func list(folder string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}

// left reports whether nobody works on a file or folder of the process with
// the number any more.
func left(e fs.DirEntry, number string, now time.Time) bool {
	pid, err := strconv.Atoi(number)
	if err != nil || pid <= 0 {
		return false // no number of a process: not a name of ours
	}
	info, err := e.Info()
	if err != nil {
		return false // gone meanwhile
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
