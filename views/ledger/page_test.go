package ledger_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views"
	"renkei/views/ledger"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// screen is the page over the sample hospital, and the hands at its keyboard.
type screen struct {
	*ledger.Page
	*pagetest.Bench
	registers *app.Registers
}

func open(t *testing.T) *screen {
	t.Helper()
	ctx := context.Background()
	config := app.Config{Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: pagetest.Actor, Now: pagetest.Now}
	registers, err := app.OpenRegisters(ctx, config, app.Beginning{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, registers.Close()) })
	_, err = registers.Own().LoadSample(ctx, nil)
	require.NoError(t, err)
	s := &screen{Bench: pagetest.NewBench(t, registers.Own()), registers: registers}
	s.Page = ledger.New(s.Shell, views.AppDesk(registers)())
	s.Bench.Show(s.Page, pagetest.Small)
	return s
}

// seen is every word of the page and of what covers it.
func (s *screen) seen() string {
	text := pagetest.Texts(s.Shell.Window.Content())
	if s.Shell.Covered != nil {
		text += "\n" + pagetest.Texts(s.Shell.Covered)
	}
	return text
}

// tap presses a button in sight by its words.
func (s *screen) tap(word string) {
	s.T.Helper()
	on := s.Shell.Window.Content()
	if s.Shell.Covered != nil {
		on = s.Shell.Covered
	}
	test.Tap(pagetest.Button(s.T, on, word))
}

// book is a folder with one sheet.
func (s *screen) book(sheet, text string) string {
	s.T.Helper()
	folder := s.T.TempDir()
	require.NoError(s.T, os.WriteFile(filepath.Join(folder, sheet+".csv"), []byte(text), 0o600))
	return folder
}

func (s *screen) phone(code string) string {
	s.T.Helper()
	list := s.Book().Partners
	return list[slices.IndexFunc(list, func(p models.Partner) bool { return p.Code == code })].Phone
}

func TestABookIsAskedForPreviewedAndTaken(t *testing.T) {
	s := open(t)
	before := s.phone("P001")
	s.Shell.ReadOf = s.book("連携先", "連携先コード,電話\nP001,09-9999-0001\n")
	s.tap("CSVのフォルダを選ぶ")
	assert.Equal(t, []page.Target{page.ToPage(ledger.ID)}, s.Shell.Went)
	assert.Contains(t, s.seen(), "読み込み先は台帳")
	s.tap("やめる")
	assert.Equal(t, []page.Target{page.ToPage(ledger.ID), page.ToPage("back")}, s.Shell.Went)
	assert.Contains(t, s.seen(), "はじめての台帳")
	assert.Equal(t, before, s.phone("P001"))

	s.tap("CSVのフォルダを選ぶ")
	s.Page.Save()
	assert.Equal(t, "09-9999-0001", s.phone("P001"))
	assert.Contains(t, s.Said(), "台帳を読み込みました")
	assert.Contains(t, s.seen(), "読み込みの記録")
	assert.Empty(t, s.Shell.Errors)
}

func TestWhatIsDroppedOnTheWindowIsReadWhenItIsALedger(t *testing.T) {
	s := open(t)
	folder := storage.NewFileURI(s.book("連携先", "連携先コード,電話\nP001,09-9999-0001\n"))
	s.Dropped([]fyne.URI{storage.NewFileURI("/x/写真.png")})
	assert.Contains(t, s.Said(), "『写真.png』は台帳ではありません")
	s.Dropped([]fyne.URI{folder, folder})
	assert.Contains(t, s.Said(), "1つだけ")
	assert.Empty(t, s.Shell.Went)
	s.Dropped([]fyne.URI{folder})
	assert.Equal(t, []page.Target{page.ToPage(ledger.ID)}, s.Shell.Went)
}

func TestARefusedBookIsListedUntilTheListIsClosed(t *testing.T) {
	s := open(t)
	s.Read(s.book("連携先", "連携先コード,種別\nP001,ない種別\n"))
	require.Len(t, s.Shell.Errors, 1)
	var issues ledger.Issues
	require.ErrorAs(t, s.Shell.Errors[0], &issues)

	ledger.ShowIssues(s.Shell, issues)
	require.NotNil(t, s.Shell.Covered)
	assert.Contains(t, s.seen(), "1件も登録していません")
	s.Shell.SaveTo = filepath.Join(t.TempDir(), "誤り.txt")
	s.tap("テキストに保存")
	saved, err := os.ReadFile(s.Shell.SaveTo)
	require.NoError(t, err)
	assert.Contains(t, string(saved), issues.IssueLines()[0])
	s.tap("閉じる")
	assert.Nil(t, s.Shell.Covered)
}

func TestTheRegisterAndTheEmptyBookAreWrittenAndOpened(t *testing.T) {
	s := open(t)
	s.Shell.SaveTo = filepath.Join(t.TempDir(), "out.xlsx")
	s.tap("台帳を書き出す")
	assert.FileExists(t, s.Shell.SaveTo)
	s.tap("記入用の空の台帳を書き出す")
	assert.Equal(t, []string{s.Shell.SaveTo, s.Shell.SaveTo}, s.Shell.Opened)
	assert.Empty(t, s.Shell.Errors)
}

func TestTheSampleIsTriedAndLeft(t *testing.T) {
	s := open(t)
	leave := pagetest.Button(t, s.Shell.Window.Content(), "見本を終えて自分の台帳に戻る")
	assert.True(t, leave.Disabled())
	s.tap("見本の病院で試す")
	assert.True(t, s.registers.Trying())
	assert.False(t, leave.Disabled())
	s.Read(s.book("連携先", "連携先コード,電話\nP001,09-9999-0001\n"))
	assert.Contains(t, s.seen(), "見本の病院には入りません")
	s.tap("やめる")
	test.Tap(leave)
	assert.False(t, s.registers.Trying())
	assert.True(t, leave.Disabled())
}
