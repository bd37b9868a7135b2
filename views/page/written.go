package page

import (
	"path/filepath"

	"renkei/views/ui"
)

// Written tells where a file was written, opens it and offers to open it or
// its folder again.
func Written(s Shell, path string) {
	folder := filepath.Dir(path)
	s.Say(ui.Done, "『"+filepath.Base(path)+"』を書き出しました（"+folder+"）",
		ui.NewButton("開く", func() { s.OpenFile(path) }),
		ui.NewButton("フォルダを開く", func() { s.OpenFile(folder) }))
	s.OpenFile(path)
}
