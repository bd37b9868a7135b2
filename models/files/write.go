// Package files writes files atomically: a reader finds the old file or the
// whole new one, never a part. It also removes what a killed program left
// behind. It imports only the standard library; every file the program writes
// for the user goes through it.
package files

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Private are the permissions of every file written: it may hold patients'
// names, so only its owner may read it.
const Private fs.FileMode = 0o600

// PartOf returns the name this process writes a file under until it is
// complete.
func PartOf(path string) string { return fmt.Sprintf("%s.%d.part", path, os.Getpid()) }

// Write writes a file beside its place, flushes it to disk and moves it into
// place. On an error it leaves the old file untouched and removes its own. The
// error is the system's, unwrapped.
func Write(path string, write func(io.Writer) error) error {
	part, err := createPart(path)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(part, 1<<16)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = part.Sync()
	}
	if closed := part.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder flushes the names in a folder to disk. Errors are ignored: the
// file is already in place, Windows flushes by itself, and some shares refuse.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// createPart creates the file to write into. Two goroutines may write to one
// place, so it picks another name when one is taken.
func createPart(path string) (*os.File, error) {
	for n := 1; ; n++ {
		name := PartOf(path)
		if n > 1 {
			name = PartOf(fmt.Sprintf("%s.%d", path, n))
		}
		file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, Private)
		if errors.Is(err, fs.ErrExist) && n < 1000 {
			continue
		}
		return file, err
	}
}

// WriteText writes text as UTF-8 with a byte order mark, which Windows editors
// expect.
func WriteText(path, text string) error {
	return Write(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "\ufeff"+text)
		return err
	})
}

// Free returns path, or the first numbered variant that does not exist. number
// formats the n-th (2, 3, …): 「(2)」, 「-2」.
func Free(path string, number func(n int) string) string {
	extension := filepath.Ext(path)
	stem := strings.TrimSuffix(path, extension)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) || err != nil && n > 999 {
			return path
		}
		path = stem + number(n) + extension
	}
}
