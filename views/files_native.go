package views

import (
	"context"
	"errors"
	"log/slog"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/ncruces/zenity"

	"renkei/models"
)

// nativeFiles asks by the desktop's own dialogs and, where there are none, by
// those inside the window.
type nativeFiles struct {
	inner FilePicker
	log   *slog.Logger
}

var _ FilePicker = (*nativeFiles)(nil)

func newNativeFiles(inner FilePicker, log *slog.Logger) *nativeFiles {
	return &nativeFiles{inner, log}
}

// OpenFile asks for a file to read.
func (n *nativeFiles) OpenFile(ctx context.Context, title, folder string, kind FileKind) (string, error) {
	return n.ask(func() (string, error) {
		return zenity.SelectFile(zenity.Context(ctx), zenity.Title(title), inFolder(folder, ""), filter(kind))
	}, func() (string, error) { return n.inner.OpenFile(ctx, title, folder, kind) })
}

// OpenFolder asks for a folder to read.
func (n *nativeFiles) OpenFolder(ctx context.Context, title, folder string) (string, error) {
	return n.ask(func() (string, error) {
		return zenity.SelectFile(zenity.Context(ctx), zenity.Title(title), inFolder(folder, ""), zenity.Directory())
	}, func() (string, error) { return n.inner.OpenFolder(ctx, title, folder) })
}

// SaveFile asks for a file to write.
func (n *nativeFiles) SaveFile(ctx context.Context, title, folder, name string, kind FileKind) (string, error) {
	return n.ask(func() (string, error) {
		return zenity.SelectFileSave(zenity.Context(ctx), zenity.Title(title), inFolder(folder, name), filter(kind), zenity.ConfirmOverwrite())
	}, func() (string, error) { return n.inner.SaveFile(ctx, title, folder, name, kind) })
}

func (n *nativeFiles) ask(native, inner func() (string, error)) (string, error) {
	if !zenity.IsAvailable() {
		return inner()
	}
	path, err := native()
	switch {
	case errors.Is(err, zenity.ErrCanceled), errors.Is(err, context.Canceled):
		return "", nil
	case err != nil:
		n.log.Warn("the desktop's file dialog failed, the inner one is used", "error", err)
		return inner()
	}
	return path, nil
}

// inFolder names the folder to begin in; a folder must end in a separator.
func inFolder(folder, name string) zenity.Option {
	return zenity.Filename(filepath.Clean(folder) + string(filepath.Separator) + name)
}

func filter(kind FileKind) zenity.Option {
	return zenity.FileFilters{
		{Name: kind.Word, Patterns: []string{"*" + kind.Extension}, CaseFold: true},
		{Name: "すべてのファイル", Patterns: []string{"*"}},
	}
}

// openWithDesktop opens a file or folder with the program the desktop has for
// it.
func openWithDesktop(path string) error {
	name, args := "xdg-open", []string{path}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		name = "open"
	}
	command := exec.Command(name, args...)
	if err := command.Start(); err != nil {
		return models.Wrap(err, models.Unavailable, "「%s」を開けません", filepath.Base(path))
	}
	go command.Wait() //nolint:errcheck // how the other program ends is not ours
	return nil
}
