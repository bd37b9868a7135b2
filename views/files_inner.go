package views

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// innerFiles asks by the toolkit's own dialogs inside the window, for desktops
// that have none.
type innerFiles struct {
	window fyne.Window
	ui     func(func())
}

var _ FilePicker = (*innerFiles)(nil)

func newInnerFiles(window fyne.Window, ui func(func())) *innerFiles {
	return &innerFiles{window, ui}
}

type picked struct {
	path string
	err  error
}

// wait shows a dialog on the window's goroutine and waits for its answer.
func (n *innerFiles) wait(ctx context.Context, show func(answer func(picked))) (string, error) {
	answers := make(chan picked, 1)
	n.ui(func() {
		show(func(p picked) {
			select {
			case answers <- p:
			default: // the toolkit answered twice
			}
		})
	})
	select {
	case p := <-answers:
		return p.path, p.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// OpenFile asks for a file to read.
func (n *innerFiles) OpenFile(ctx context.Context, title, folder string, kind FileKind) (string, error) {
	return n.wait(ctx, func(answer func(picked)) {
		d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			if err != nil || r == nil {
				answer(picked{err: err})
				return
			}
			path := r.URI().Path()
			answer(picked{path, r.Close()})
		}, n.window)
		d.SetFilter(storage.NewExtensionFileFilter([]string{kind.Extension}))
		showInner(d, title, "読み込む", folder)
	})
}

// OpenFolder asks for a folder to read.
func (n *innerFiles) OpenFolder(ctx context.Context, title, folder string) (string, error) {
	return n.folder(ctx, title, "読み込む", folder)
}

// SaveFile asks for the folder to write into. The toolkit's save dialog opens
// the file at once, which would empty an existing one. So the name stays as
// proposed, and a taken name gets a number.
func (n *innerFiles) SaveFile(ctx context.Context, title, folder, name string, _ FileKind) (string, error) {
	chosen, err := n.folder(ctx, title+"（フォルダを選んでください）", "ここに書き出す", folder)
	if err != nil || chosen == "" {
		return "", err
	}
	return freePath(chosen, name), nil
}

func (n *innerFiles) folder(ctx context.Context, title, confirm, folder string) (string, error) {
	return n.wait(ctx, func(answer func(picked)) {
		d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
			if err != nil || l == nil {
				answer(picked{err: err})
				return
			}
			answer(picked{path: l.Path()})
		}, n.window)
		showInner(d, title, confirm, folder)
	})
}

// showInner shows a dialog at a folder, or at the home folder when that cannot be
// listed.
func showInner(d *dialog.FileDialog, title, confirm, folder string) {
	d.SetTitleText(title)
	d.SetConfirmText(confirm)
	d.SetDismissText("やめる")
	if l, err := storage.ListerForURI(storage.NewFileURI(filepath.Clean(folder))); err == nil {
		d.SetLocation(l)
	}
	d.Show()
	d.Resize(fyne.NewSize(760, 520)) // the dialog has no parts before it is shown
}
