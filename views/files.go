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

// FileKind is a kind of file the user chooses among.
type FileKind struct {
	Word      string // 「台帳ブック」
	Extension string // with the dot: 「.xlsx」
}

// FilePicker asks the user for a file. The methods block until the user
// has chosen and are called from a worker; an empty path means that the user
// chose none.
type FilePicker interface {
	OpenFile(ctx context.Context, title, folder string, kind FileKind) (path string, err error)
	OpenFolder(ctx context.Context, title, folder string) (path string, err error)
	// SaveFile asks before a file that is there is replaced.
	SaveFile(ctx context.Context, title, folder, name string, kind FileKind) (path string, err error)
}

// ChooseSave gives the path the extension of the name.
func (s shell) ChooseSave(title, name string, chosen func(path string)) {
	extension := filepath.Ext(name)
	kind := FileKind{"ファイル", extension}
	switch extension {
	case ".xlsx":
		kind.Word = "Excelブック"
	case ".txt":
		kind.Word = "テキスト"
	}
	s.choose(func(ctx context.Context, folder string) (string, error) {
		path, err := s.f.p.Files.SaveFile(ctx, title, folder, name, kind)
		if path != "" && !strings.EqualFold(filepath.Ext(path), extension) {
			path += extension
		}
		return path, err
	}, chosen)
}

func (s shell) ChooseFile(title, kind, extension string, chosen func(path string)) {
	s.choose(func(ctx context.Context, folder string) (string, error) {
		return s.f.p.Files.OpenFile(ctx, title, folder, FileKind{kind, extension})
	}, chosen)
}

func (s shell) ChooseFolder(title string, chosen func(path string)) {
	s.choose(func(ctx context.Context, folder string) (string, error) {
		return s.f.p.Files.OpenFolder(ctx, title, folder)
	}, chosen)
}

// choose asks for a path in a worker and passes it on; the folder is remembered.
func (s shell) choose(ask func(ctx context.Context, folder string) (string, error), chosen func(path string)) {
	var path string
	folder := startFolder(s.f.settings.Folder)
	s.Do(func(ctx context.Context) (err error) {
		path, err = ask(ctx, folder)
		return err
	}, func(err error) {
		switch {
		case canceled(err):
		case err != nil:
			s.ShowError("ファイルの選択", err)
		case path != "":
			s.f.remember(func(s *Settings) { s.Folder = filepath.Dir(path) })
			chosen(path)
		}
	})
}

// startFolder is the folder of the last file, else the user's documents, else
// the home folder.
func startFolder(last string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	for _, folder := range []string{last, filepath.Join(home, "Documents"), filepath.Join(home, "ドキュメント")} {
		if folder == "" {
			continue
		}
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
	}
	return home
}

// OpenFile opens a file or folder by the desktop, in the background.
func (s shell) OpenFile(path string) {
	s.Do(func(context.Context) error { return s.f.p.Open(path) }, func(err error) {
		if err != nil {
			s.f.p.Log.Warn("file cannot be opened", "error", err)
			s.Say(ui.Attention, "『"+filepath.Base(path)+"』は書き出してありますが、開けませんでした。フォルダから開いてください（"+filepath.Dir(path)+"）")
		}
	})
}

// freePath returns the name in the folder, with 「(2)」, 「(3)」 … before its
// extension when it is taken.
func freePath(folder, name string) string {
	return files.Free(filepath.Join(folder, name), func(n int) string { return fmt.Sprintf("(%d)", n) })
}
