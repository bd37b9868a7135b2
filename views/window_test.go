package views

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/assets"
	"renkei/models"
	"renkei/views/claims"
	"renkei/views/ledger"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/viewtest"
)

// bench is a window on a desk made by hand, where everything happens at once.
type bench struct {
	*Frame
	desk     *viewtest.Desk
	files    *fakeFiles
	opened   []string
	settings *SettingsFile
}

func open(t *testing.T, desk *viewtest.Desk) *bench {
	t.Helper()
	return openWith(t, desk, NewSettingsFile(filepath.Join(t.TempDir(), "settings.json")), syncWorker())
}

func openWith(t *testing.T, desk *viewtest.Desk, settings *SettingsFile, worker Worker) *bench {
	t.Helper()
	b := &bench{desk: desk, files: &fakeFiles{folder: t.TempDir()}, settings: settings}
	b.Frame = NewFrame(test.NewTempApp(t), Params{
		Desk: func() Desk { return desk }, Settings: settings, Version: "0.1.0", Log: slog.New(slog.DiscardHandler),
		Fonts:  ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
		Worker: worker, Files: b.files,
		Open: func(path string) error { b.opened = append(b.opened, path); return nil },
	})
	b.window.Resize(fyne.NewSize(1366, 768))
	b.Start()
	return b
}

// list is the list of the page 算定.
func (b *bench) list(t *testing.T) *ui.List[claims.Row] {
	t.Helper()
	var list *ui.List[claims.Row]
	walk(b.body, func(o fyne.CanvasObject) {
		if l, ok := o.(*ui.List[claims.Row]); ok {
			list = l
		}
	})
	require.NotNil(t, list, "the page 算定 is shown")
	return list
}

// export is the primary button of the page 算定.
func (b *bench) export() *ui.Button { return findButtons(b.title.line)["Excelに書き出す"] }

func (b *bench) openMonth(month models.Month) {
	b.page().(*claims.Page).Open(page.To("算定", month.String()))
}

// fakeFiles answers what a person would choose.
type fakeFiles struct {
	folder string
	open   string
	none   bool
	asked  []string
	err    error
}

func (f *fakeFiles) OpenFile(_ context.Context, title, _ string, _ FileKind) (string, error) {
	f.asked = append(f.asked, title)
	return f.open, f.err
}

func (f *fakeFiles) OpenFolder(_ context.Context, title, _ string) (string, error) {
	f.asked = append(f.asked, title)
	return f.open, f.err
}

func (f *fakeFiles) SaveFile(_ context.Context, _, _, name string, _ FileKind) (string, error) {
	f.asked = append(f.asked, name)
	if f.none {
		return "", f.err
	}
	return filepath.Join(f.folder, name), f.err
}

func press(b *bench, keys ...fyne.KeyName) {
	for _, k := range keys {
		b.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestTheWindowOpensOnTheNewestMonth(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	assert.Equal(t, "算定", b.title.text.Text())
	assert.Same(t, b.list(t), b.window.Canvas().Focused(), "the keyboard begins in the list")
	assert.Len(t, b.list(t).Rows(), 17)
	assert.Contains(t, b.status.Facts(), "利用者 看護師 渡邉")
	assert.Contains(t, b.status.Facts(), "控え 11/22 07:30")
}

func TestExportingAMonth(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	shown := ""
	b.desk.During = func(string) { shown = b.status.Work(); assert.True(t, b.export().Disabled()) }
	test.Tap(b.export())
	path := filepath.Join(b.files.folder, "月次算定一覧_2026-11_みどり野総合病院.xlsx")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "2026-11", string(data))
	assert.Equal(t, []string{path}, b.opened, "the file is opened when it is done")
	assert.Contains(t, shown, "2026年11月の一覧の書き出し…")
	assert.Contains(t, b.notice.Text(), "書き出しました")
	assert.Empty(t, b.status.Work())
	assert.False(t, b.export().Disabled())
	require.Len(t, b.notice.Buttons(), 2)
	test.Tap(b.notice.Buttons()[1])
	assert.Equal(t, b.files.folder, b.opened[1])
	assert.Equal(t, b.files.folder, b.Frame.settings.Folder, "the folder is remembered")
}

func TestStoppingAnExport(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	b.desk.During = func(string) { test.Tap(b.status.StopButton()) }
	test.Tap(b.export())
	assert.Empty(t, b.desk.Calls)
	assert.Empty(t, b.opened)
	assert.Contains(t, b.notice.Text(), "中止しました")
	assert.Nil(t, b.window.Canvas().Overlays().Top(), "stopping is no error")
	entries, err := os.ReadDir(b.files.folder)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

func TestChoosingNoFileDoesNothing(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	b.files.none = true
	test.Tap(b.export())
	b.books.ChooseBook()
	b.books.ChooseFolder()
	assert.Empty(t, b.desk.Calls)
	assert.False(t, b.notice.Visible())
}

func TestImporting(t *testing.T) {
	b := open(t, viewtest.NewEmptyDesk())
	assert.True(t, findButtons(b.body)["台帳を読み込む"].Visible(), "an empty register says what to do")
	assert.True(t, b.export().Disabled())
	b.files.open = "/data/台帳.xlsx"
	b.books.ChooseBook()
	assert.Equal(t, []string{"OpenLedger /data/台帳.xlsx"}, b.desk.Calls, "only read")
	assert.Equal(t, "台帳", b.title.text.Text())
	assert.Equal(t, "読み込む（1行）", b.window.Canvas().Focused().(*ui.Button).Text)
	press(b, fyne.KeyReturn)
	assert.Equal(t, []string{"OpenLedger /data/台帳.xlsx", "TakeImport"}, b.desk.Calls)
	assert.Contains(t, b.notice.Text(), "台帳を読み込みました")
	assert.Equal(t, "算定", b.title.text.Text(), "back where the book was chosen")
	assert.Len(t, b.list(t).Rows(), 17, "what was read is shown at once")
	b.books.Dropped([]fyne.URI{storage.NewFileURI("/data/csv")})
	assert.Equal(t, "OpenLedger /data/csv", b.desk.Calls[2], "a dropped folder is read")
	b.books.Dropped([]fyne.URI{storage.NewFileURI("/data/写真.png")})
	assert.Len(t, b.desk.Calls, 3)
	assert.Contains(t, b.notice.Text(), "台帳ではありません")
}

func TestTryingTheSample(t *testing.T) {
	b := open(t, viewtest.NewEmptyDesk())
	b.books.LoadSample()
	assert.Equal(t, []string{"TrySample"}, b.desk.Calls)
	assert.Len(t, b.list(t).Rows(), 17)
	assert.Contains(t, b.notice.Text(), "架空")
}

func TestTheLedgerPageLeadsOutOfTheSampleAndToAnEmptyBook(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	b.Show("ledger")
	leave := findButtons(b.body)["見本を終えて自分の台帳に戻る"]
	assert.True(t, leave.Disabled(), "there is nothing to leave")
	b.desk.Sampling = true
	b.Show("ledger")
	assert.False(t, leave.Disabled())
	test.Tap(leave)
	assert.False(t, b.desk.Trying())
	assert.True(t, leave.Disabled())

	test.Tap(findButtons(b.body)["記入用の空の台帳を書き出す"])
	assert.Contains(t, b.files.asked, "空の台帳.xlsx")
	assert.FileExists(t, filepath.Join(b.files.folder, "空の台帳.xlsx"))
}

func TestARefusedLedgerListsEveryIssue(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	lines := make([]string, 2500)
	for i := range lines {
		lines[i] = fmt.Sprintf("入院 %d 入院日: 日付『2026/13/01』を読み取れません", i+2)
	}
	b.desk.Err["OpenLedger"] = &viewtest.Rejected{Lines: lines}
	b.books.Read("/data/台帳.xlsx")
	list, ok := b.window.Canvas().Focused().(*ui.List[ledger.Line])
	require.True(t, ok, "the list of issues has the keyboard")
	assert.Len(t, list.Rows(), 2500)
	buttons := findButtons(b.body.Objects[0])
	test.Tap(buttons["すべてコピー"])
	assert.Equal(t, strings.Join(lines, "\r\n")+"\r\n", fyne.CurrentApp().Clipboard().Content())
	test.Tap(buttons["テキストに保存"])
	saved, err := os.ReadFile(filepath.Join(b.files.folder, "台帳の誤り.txt"))
	require.NoError(t, err)
	assert.Equal(t, "\ufeff"+strings.Join(lines, "\r\n")+"\r\n", string(saved))
	test.Tap(buttons["閉じる"])
	assert.Same(t, b.list(t), b.window.Canvas().Focused(), "closing leads back to the page")
}

// walk visits an object and all under it.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	if w, ok := o.(fyne.Widget); ok {
		for _, child := range test.WidgetRenderer(w).Objects() {
			walk(child, visit)
		}
	} else if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			walk(child, visit)
		}
	}
}

// findButtons returns the buttons under an object by their words.
func findButtons(o fyne.CanvasObject) map[string]*ui.Button {
	found := map[string]*ui.Button{}
	walk(o, func(o fyne.CanvasObject) {
		if b, ok := o.(*ui.Button); ok {
			found[b.Text] = b
		}
	})
	return found
}

func TestErrorsAreToldInWords(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	for name, err := range map[string]error{
		"with a sentence":    models.Wrap(errors.New("EACCES"), models.Unavailable, "『a.xlsx』はExcelで開かれています。閉じてからもう一度行ってください"),
		"without a sentence": errors.New("index out of range"),
	} {
		t.Run(name, func(t *testing.T) {
			b.desk.Err["WriteMonthly"] = err
			test.Tap(b.export())
			require.NotNil(t, b.window.Canvas().Overlays().Top())
			press(b, fyne.KeyEscape)
			assert.Nil(t, b.window.Canvas().Overlays().Top())
			assert.Empty(t, b.opened)
		})
	}
	t.Run("a fault of the program does not end it", func(t *testing.T) {
		b.desk.Panic = "ClaimMonth"
		b.openMonth(202610)
		require.NotNil(t, b.window.Canvas().Overlays().Top())
		press(b, fyne.KeyEscape)
		assert.Len(t, b.list(t).Rows(), 17, "the month shown stays")
		b.openMonth(202610)
		assert.Len(t, b.list(t).Rows(), 38)
	})
}

func TestAnAnswerThatComesTooLateIsDropped(t *testing.T) {
	worker := syncWorker()
	var waiting []func()
	held := false
	worker.Go = func(f func()) {
		if held {
			waiting = append(waiting, f)
			return
		}
		f()
	}
	b := openWith(t, viewtest.NewDesk(), NewSettingsFile(filepath.Join(t.TempDir(), "s.json")), worker)
	held = true
	b.openMonth(202609)
	b.openMonth(202610)
	require.Len(t, waiting, 2)
	held = false
	waiting[1]()
	waiting[0]()
	assert.Len(t, b.list(t).Rows(), 38, "the month asked for last is shown")
}

func TestOnlyOneWorkRunsAtATime(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	b.desk.During = func(string) {
		b.desk.During = nil
		b.books.Read("/data/second.xlsx")
	}
	b.books.Read("/data/first.xlsx")
	assert.Equal(t, []string{"OpenLedger /data/first.xlsx"}, b.desk.Calls)
}

func TestClosingWhileWorkRunsAsksFirst(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	closed := false
	b.window.SetOnClosed(func() { closed = true })
	b.desk.During = func(string) {
		b.close()
		require.NotNil(t, b.window.Canvas().Overlays().Top())
		assert.False(t, closed)
		b.window.Canvas().FocusPrevious()
		press(b, fyne.KeyReturn)
	}
	b.books.Read("/data/a.xlsx")
	assert.True(t, closed, "the work is stopped, then the window closes")
	assert.Empty(t, b.desk.Calls)
}

func TestClosingRemembersTheSize(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	b.window.Resize(fyne.NewSize(1500, 900))
	b.close()
	s, err := b.settings.Load()
	require.NoError(t, err)
	assert.Equal(t, float32(1500), s.Width)
	assert.Equal(t, float32(900), s.Height)
}

func TestPages(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	assert.Equal(t, "claims", b.page().ID(), "the first start shows how to begin")
	assert.Equal(t, "today", b.ScreenIDs()[0])
	b.Show("ledger")
	assert.Equal(t, "台帳", b.title.text.Text())
	buttons := findButtons(b.body)
	test.Tap(buttons["台帳を書き出す"])
	assert.Equal(t, "台帳_みどり野総合病院_2026-10-22.xlsx", b.files.asked[0])
	assert.FileExists(t, filepath.Join(b.files.folder, b.files.asked[0]))
	again := openWith(t, viewtest.NewDesk(), b.settings, syncWorker())
	assert.Equal(t, "台帳", again.title.text.Text(), "the page is remembered")
}

func TestSearchingEverywhere(t *testing.T) {
	everywhere := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}
	b := open(t, viewtest.NewDesk())
	b.Show("claims")
	b.page().Find()
	field, ok := b.window.Canvas().Focused().(*ui.SearchBox)
	require.True(t, ok)
	assert.Equal(t, "claims", b.page().ID(), "a page with a search of its own keeps Ctrl+F")

	field.TypedShortcut(everywhere)
	assert.Equal(t, "search", b.page().ID(), "from a field, too")
	box := b.window.Canvas().Focused()
	assert.IsType(t, &ui.SearchBox{}, box)
	b.shortcut(everywhere)
	assert.Equal(t, box, b.window.Canvas().Focused())
	b.back()
	assert.Equal(t, "claims", b.page().ID())

	for _, page := range []string{"today", "reports", "ledger"} {
		b.Show(page)
		b.page().Find()
		assert.Equal(t, "search", b.page().ID(), "from %s", page)
	}
}

func TestFreePath(t *testing.T) {
	folder := t.TempDir()
	assert.Equal(t, filepath.Join(folder, "一覧.xlsx"), freePath(folder, "一覧.xlsx"))
	for _, name := range []string{"一覧.xlsx", "一覧(2).xlsx"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), nil, 0o600))
	}
	assert.Equal(t, filepath.Join(folder, "一覧(3).xlsx"), freePath(folder, "一覧.xlsx"))
}

func TestStatusWords(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	assert.Equal(t, "台帳 …/renkei/renkei.db  ・  控え まだありません", status{Status: app.Status{Place: "/x/renkei/renkei.db"}}.words(now))
	assert.Contains(t, status{copied: now.AddDate(-1, 0, 0)}.words(now), "控え 2025-11-22")
}

func TestTheInnerFileDialogsShowAndCancel(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	// The dialogs wait for the person: here the answer is that the window ends.
	for name, ask := range map[string]func(context.Context, FilePicker) (string, error){
		"a file": func(ctx context.Context, f FilePicker) (string, error) {
			return f.OpenFile(ctx, "読む", t.TempDir(), FileKind{"Excelの台帳ブック", ".xlsx"})
		},
		"a folder": func(ctx context.Context, f FilePicker) (string, error) {
			return f.OpenFolder(ctx, "読む", t.TempDir())
		},
		"a place": func(ctx context.Context, f FilePicker) (string, error) {
			return f.SaveFile(ctx, "書く", t.TempDir(), "a.xlsx", FileKind{"Excelブック", ".xlsx"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			shown := false
			path, err := ask(ctx, newInnerFiles(b.window, func(f func()) {
				f()
				shown = b.window.Canvas().Overlays().Top() != nil
				cancel()
			}))
			assert.True(t, shown)
			assert.Empty(t, path)
			assert.ErrorIs(t, err, context.Canceled)
		})
	}
}

func TestTheToolkitSpeaksJapanese(t *testing.T) {
	require.NoError(t, speakJapanese())
	assert.Equal(t, "貼り付け", lang.L("Paste"))
	assert.Equal(t, "上のフォルダ", lang.X("file.parent", "Parent"))
}

func TestTheSizeOfTheTextReachesEveryPage(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	least := b.list(t).MinSize().Width
	b.setTextSize(20)
	assert.Greater(t, b.list(t).MinSize().Width, least)
	assert.EqualValues(t, 20, b.Frame.settings.TextSize)
	again := openWith(t, viewtest.NewDesk(), b.settings, syncWorker())
	assert.EqualValues(t, 20, again.Frame.settings.TextSize, "the size is remembered")
}
