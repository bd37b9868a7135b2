// Package files writes the files a person asks for so that a reader finds the
// old one or the whole new one, never a part, and clears away what a killed
// program left of such work.
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
// names, so nobody else on the machine reads it.
const Private fs.FileMode = 0o600

// PartOf is the name under which this process writes a file until it is whole.
func PartOf(path string) string { return fmt.Sprintf("%s.%d.part", path, os.Getpid()) }

// Write writes a file beside its place, waits until it is on the disk and puts
// it in its place. On an error the file that was there is untouched and
// nothing is left behind; the error is the system's, unwrapped.
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

// syncFolder has the names in a folder reach the disk. The file is whole and in
// its place already, and not every system and share can be asked: Windows does
// it by itself.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// createPart makes the file to write into. Two goroutines may write to one
// place, so a name that is taken is not waited for.
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

// WriteText writes a text for the desktop's editors: UTF-8 with a byte order
// mark.
func WriteText(path, text string) error {
	return Write(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "\ufeff"+text)
		return err
	})
}

// Free returns the path, or the first numbered one that nothing has as its
// name yet; number words the n-th (2, 3, …): 「(2)」, 「-2」.
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
