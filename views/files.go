package views

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"renkei/models/files"
	"renkei/views/ui"
)

// FileKind is a kind of file a person chooses among.
type FileKind struct {
	Word      string // 「台帳ブック」
	Extension string // with the dot: 「.xlsx」
}

var (
	ledgerBooks = FileKind{"Excelの台帳ブック", ".xlsx"}
	excelBooks  = FileKind{"Excelブック", ".xlsx"}
	textFiles   = FileKind{"テキスト", ".txt"}
)

// FilePicker asks the person for a file. The methods block until the person
// has chosen and are called from a worker; an empty path means that the person
// chose none.
type FilePicker interface {
	OpenFile(ctx context.Context, title, folder string, kind FileKind) (path string, err error)
	OpenFolder(ctx context.Context, title, folder string) (path string, err error)
	// SaveFile asks before a file that is there is replaced.
	SaveFile(ctx context.Context, title, folder, name string, kind FileKind) (path string, err error)
}

// pick asks for a path in a worker and passes it on; the folder is remembered.
func (f *Frame) pick(ask func(ctx context.Context, folder string) (string, error), then func(path string)) {
	var path string
	folder := f.startFolder()
	f.p.Worker.Do(f.ctx, func(ctx context.Context) (err error) {
		path, err = ask(ctx, folder)
		return err
	}, func(err error) {
		switch {
		case canceled(err):
		case err != nil:
			f.showError("ファイルの選択", err)
		case path != "":
			f.settings.Folder = filepath.Dir(path)
			f.saveSettings()
			then(path)
		}
	})
}

// pickSave asks where to save and gives the name its extension.
func (f *Frame) pickSave(title, name string, kind FileKind, then func(path string)) {
	f.pick(func(ctx context.Context, folder string) (string, error) {
		path, err := f.p.Files.SaveFile(ctx, title, folder, name, kind)
		if path != "" && !strings.EqualFold(filepath.Ext(path), kind.Extension) {
			path += kind.Extension
		}
		return path, err
	}, then)
}

// startFolder is the folder of the last file, else the person's documents,
// else the home folder.
func (f *Frame) startFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	for _, folder := range []string{f.settings.Folder, filepath.Join(home, "Documents"), filepath.Join(home, "ドキュメント")} {
		if folder == "" {
			continue
		}
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
	}
	return home
}

// open opens a file or folder by the desktop, in the background.
func (f *Frame) open(path string) {
	f.p.Worker.Do(f.ctx, func(context.Context) error { return f.p.Open(path) }, func(err error) {
		if err != nil {
			f.p.Log.Warn("file cannot be opened", "error", err)
			f.say(ui.Attention, "『"+filepath.Base(path)+"』は書き出してありますが、開けませんでした。フォルダから開いてください（"+filepath.Dir(path)+"）")
		}
	})
}

// freePath returns the name in the folder, with 「(2)」, 「(3)」 … before its
// extension when it is taken.
func freePath(folder, name string) string {
	return files.Free(filepath.Join(folder, name), func(n int) string { return fmt.Sprintf("(%d)", n) })
}
