package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wall says what the packages under a folder may import: folders of this module
// and modules of others. The standard library is always allowed.
type wall struct {
	folder  string
	own     []string
	foreign []string
}

// walls come from the design. The longest folder that contains a file applies.
var walls = []wall{
	{"models", []string{"models"}, []string{"golang.org/x/text"}},
	{"models/files", nil, nil},
	{"app", []string{"models", "app/store", "app/ledger", "app/passwords", "assets"}, []string{"github.com/gofrs/flock"}},
	{"app/passwords", []string{"models"}, []string{"github.com/zalando/go-keyring"}},
	{"app/store", []string{"models", "app/store"}, []string{"gorm.io", "github.com/mattn/go-sqlite3", "github.com/jackc/pgx/v5", "golang.org/x/sys"}},
	{"app/ledger", []string{"models", "app/ledger"}, []string{"github.com/xuri/excelize/v2", "golang.org/x/text"}},
	{"app/cli", []string{"models", "app", "reports"}, []string{"github.com/spf13/pflag", "github.com/mattn/go-runewidth", "golang.org/x/sys"}},
	{"app/reporting", []string{"models", "app", "reports"}, nil},
	{"reports", []string{"models", "reports"}, []string{"github.com/xuri/excelize/v2", "golang.org/x/text"}},
	{"views", []string{"models", "app", "reports", "views", "assets"}, []string{"fyne.io/fyne/v2", "github.com/ncruces/zenity", "golang.org/x/text"}},
	{"assets", nil, nil},
}

// Any test may import forTests. Tests outside views and models may also import
// workbooks.
var (
	forTests  = []string{"github.com/stretchr/testify", "pgregory.net/rapid"}
	workbooks = "github.com/xuri/excelize/v2"
)

func TestNoImportCrossesAWall(t *testing.T) {
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	checked := 0
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && name != "." {
			return filepath.SkipDir
		}
		w, walled := wallOf(filepath.ToSlash(name))
		if entry.IsDir() || !walled || !strings.HasSuffix(name, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			checked++
			assert.True(t, w.allows(target, forTest(name)), "%s must not import %s", name, target)
		}
		return nil
	})
	require.NoError(t, err)
	assert.Greater(t, checked, 100, "the walk found the module's files")
}

// forTest reports test code: a test file, or a package for tests (pagetest,
// viewtest, booktest).
func forTest(file string) bool {
	return strings.HasSuffix(file, "_test.go") || strings.HasSuffix(filepath.Dir(file), "test")
}

func wallOf(file string) (wall, bool) {
	var found wall
	for _, w := range walls {
		if under(file, w.folder) && len(w.folder) > len(found.folder) {
			found = w
		}
	}
	return found, found.folder != ""
}

func (w wall) allows(target string, test bool) bool {
	if own, ok := strings.CutPrefix(target, "renkei/"); ok {
		return test && w.folder == "app" || anyUnder(own, w.own) && !(w.folder == "views" && under(own, "app/cli"))
	}
	if first, _, _ := strings.Cut(target, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	if under(target, "fyne.io/fyne/v2/app") {
		return false // main.go only
	}
	if test && under(target, workbooks) {
		return w.folder != "views" && w.folder != "models"
	}
	return anyUnder(target, w.foreign) || test && anyUnder(target, forTests)
}

func anyUnder(path string, folders []string) bool {
	for _, folder := range folders {
		if under(path, folder) {
			return true
		}
	}
	return false
}

func under(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}
