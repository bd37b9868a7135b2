package views

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/ledger"
	"renkei/views/ui"
)

// exported is the register of the walker as a folder of CSV files.
func exported(w *walker) string {
	w.t.Helper()
	folder := filepath.Join(w.t.TempDir(), "台帳") + string(filepath.Separator)
	require.NoError(w.t, w.registers.Own().ExportLedger(context.Background(), folder, nil))
	return folder
}

// cell writes a value into a file of a folder: in the row of a key, or a new
// one.
func cell(t *testing.T, folder, sheet, key, column, value string) {
	t.Helper()
	path := filepath.Join(folder, sheet+".csv")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	at := slices.Index(rows[0], column)
	require.GreaterOrEqual(t, at, 0)
	row := slices.IndexFunc(rows, func(r []string) bool { return r[0] == key })
	if row < 0 {
		row = len(rows)
		rows = append(rows, make([]string, len(rows[0])))
		rows[row][0] = key
	}
	rows[row][at] = value
	var text strings.Builder
	require.NoError(t, csv.NewWriter(&text).WriteAll(rows))
	require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o600))
}

// sheetOf writes a folder with one file.
func sheetOf(t *testing.T, sheet, text string) string {
	t.Helper()
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, sheet+".csv"), []byte(text), 0o600))
	return folder
}

// rowsIn counts the rows of all files of a folder below their headings.
func rowsIn(t *testing.T, folder string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	require.NoError(t, err)
	n := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
		require.NoError(t, err)
		n += len(rows) - 1
	}
	return n
}

// change makes changes in the person's own register, as another window does.
func change(w *walker, steps ...app.Step) {
	w.t.Helper()
	_, err := w.registers.Own().Do(context.Background(), "変更", steps...)
	require.NoError(w.t, err)
}

func withPhone(w *walker, code, phone string) app.Step {
	p := partner(w, code)
	p.Phone = phone
	return app.Put(p)
}

func partner(w *walker, code string) models.Partner {
	w.t.Helper()
	list := w.facts().Book.Partners
	i := slices.IndexFunc(list, func(p models.Partner) bool { return p.Code == code })
	require.GreaterOrEqual(w.t, i, 0, code)
	return list[i]
}

func contact(w *walker, number string) (models.Contact, bool) {
	list := w.facts().Book.Contacts
	if i := slices.IndexFunc(list, func(c models.Contact) bool { return c.Number == number }); i >= 0 {
		return list[i], true
	}
	return models.Contact{}, false
}

// bothChanged is a book that was exported, edited, and whose register was edited
// meanwhile: P003 and R00002 by both, P002 loses two values in the book, G0001
// is of a month that was closed, P004 and R00001 differ in the register alone.
func bothChanged(w *walker) (folder string) {
	w.t.Helper()
	folder = exported(w)
	cell(w.t, folder, "連携先", "P001", "電話", "09-9999-0001")
	cell(w.t, folder, "連携先", "P002", "電話", "")
	cell(w.t, folder, "連携先", "P002", "FAX", "")
	cell(w.t, folder, "連携先", "P003", "電話", "09-7777-0001")
	cell(w.t, folder, "連携先", "P900", "名称", "新しい居宅")
	cell(w.t, folder, "連携先", "P900", "種別", "居宅介護支援")
	cell(w.t, folder, "共同指導", "G0001", "内容", "書き直した内容")
	cell(w.t, folder, "やり取り", "R00002", "内容", "ブックの内容")
	first, _ := contact(w, "R00001")
	second, _ := contact(w, "R00002")
	change(w, withPhone(w, "P003", "09-8888-0001"), withPhone(w, "P004", "09-1111-0001"), app.Remove(first), app.Remove(second))
	_, err := w.registers.Own().CloseMonth(context.Background(), 202506)
	require.NoError(w.t, err)
	return folder
}

// chips are the buttons that count the rows by kind.
func chips(w *walker) (words []string) {
	for word, button := range findButtons(w.body) {
		kind, count, found := strings.Cut(word, " ")
		if found && button.Visible() && !strings.ContainsAny(kind, "✓←") && strings.Trim(count, "0123456789,") == "" {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return words
}

func TestAnImportIsShownAgreedToTakenAndTakenBack(t *testing.T) {
	w := sit(t)
	w.turnTo("claims")
	folder := bothChanged(w)
	before := w.facts().Book
	all := rowsIn(t, folder)

	w.books.Read(folder)

	assert.Equal(t, before, w.facts().Book, "only shown")
	assert.Equal(t, []string{
		"すべて " + ui.Thousands(all), "両方で変更 2", "削除済み 1", "台帳で変更 1", "変更 2",
		"変更なし " + ui.Thousands(all-8), "新規 1", "確定・締め 1", "空欄になる 1",
	}, chips(w), "a new one, and 7 that differ")
	assert.Contains(t, w.seen(), "この台帳から書き出したブックです")
	assert.Equal(t, "空欄になる値（2件）を空欄にする", w.at(), "the first decision has the keyboard")
	w.shortcut(ui.SaveShortcut)
	assert.Contains(t, w.notice.Text(), "上の2か所にチェック")
	assert.Equal(t, before, w.facts().Book, "not without consent")

	w.write(" ")
	w.press(fyne.KeyTab)
	require.Equal(t, "確定済み・締めた月の行（1件）は台帳のままにする", w.at())
	w.write(" ")
	w.tabTo("読み込む（3行）")
	w.press(fyne.KeyReturn)

	assert.Contains(t, w.notice.Text(), fmt.Sprintf("新しく1件、変更2件、変わらず%d件", all-8))
	assert.Contains(t, w.notice.Text(), "控え")
	assert.Equal(t, "算定", w.title.text.Text(), "back where the book was chosen")
	assert.Equal(t, "09-9999-0001", partner(w, "P001").Phone)
	assert.Empty(t, partner(w, "P002").Phone+partner(w, "P002").Fax)
	assert.Equal(t, "09-8888-0001", partner(w, "P003").Phone, "both changed it: as in the register")
	assert.Equal(t, "09-1111-0001", partner(w, "P004").Phone)
	assert.Equal(t, "新しい居宅", partner(w, "P900").Name)
	require.Equal(t, "G0001", w.facts().Book.Sessions[0].Number)
	assert.Equal(t, before.Sessions[0], w.facts().Book.Sessions[0], "its month is closed")
	_, back := contact(w, "R00002")
	assert.False(t, back, "deleted stays deleted")
	list, ok := w.window.Canvas().Focused().(*ui.List[ledger.Line])
	require.True(t, ok, "what was left is listed")
	places := make([]string, 0, 5)
	for _, row := range list.Rows() {
		places = append(places, row.Place)
	}
	assert.Equal(t, []string{"連携先 4 電話", "連携先 5 行全体", "やり取り 2 行全体", "やり取り 3 行全体", "共同指導 2 行全体"}, places)

	require.Len(t, w.notice.Buttons(), 1)
	w.tap("元に戻す")
	assert.Contains(t, w.notice.Text(), "消した記録1件、元に戻した記録2件、残した記録0件")
	after := w.facts().Book
	for i := range after.Partners {
		after.Partners[i].Version = before.Partners[i].Version // it never goes back
	}
	assert.Equal(t, before.Partners, after.Partners)
	assert.Equal(t, before.Contacts, after.Contacts)
	assert.NotContains(t, w.seen(), "台帳のまま残したところ", "the list is gone")
}

func TestEachRowThatBothChangedIsDecidedByItself(t *testing.T) {
	w := sit(t)
	w.books.Read(bothChanged(w))
	w.write(" ")
	w.press(fyne.KeyTab)
	w.write(" ")
	w.tabTo("読み込みで変わるところ")
	assert.Contains(t, w.at(), "P003", "what asks for a decision comes first")
	w.press(fyne.KeyReturn)
	require.Equal(t, "✓ 台帳のまま", w.at())
	w.press(fyne.KeyTab)
	require.Equal(t, "ブックの値にする", w.at())
	w.press(fyne.KeyReturn)
	assert.Equal(t, "✓ ブックの値にする", w.at())
	assert.Contains(t, w.seen(), "台帳のまま1行・ブックの値にする1行")
	w.press(fyne.KeyEscape)
	assert.Contains(t, w.at(), "読み込みで変わるところ", "back in the list")
	w.press(fyne.KeyReturn)
	assert.Equal(t, "✓ ブックの値にする", w.at(), "what was chosen has the keyboard")

	w.tap("すべてブックの値にする")
	assert.Contains(t, w.seen(), "台帳のまま0行・ブックの値にする2行")
	require.NotNil(t, findButtons(w.body)["読み込む（5行）"], "3, and both")
	w.tap("すべて台帳のまま")
	require.NotNil(t, findButtons(w.body)["読み込む（3行）"])
	w.tabTo("読み込みで変わるところ")
	w.press(fyne.KeyDown)
	require.Contains(t, w.at(), "R00002")
	w.tap("ブックの値にする")
	w.tap("読み込む（4行）")

	assert.Equal(t, "09-8888-0001", partner(w, "P003").Phone)
	again, ok := contact(w, "R00002")
	require.True(t, ok, "registered again")
	assert.Equal(t, "ブックの内容", again.Body)
}

func TestAChoiceThatCannotBeStoredIsRefusedAndTakenBack(t *testing.T) {
	w := sit(t)
	folder := exported(w)
	ward := w.facts().Book.Wards[0]
	cell(t, folder, "病棟", ward.Code, "加算1届出終了", "2024-06-01")
	ward.FiledFrom, ward.FiledTo = day("2025-01-01"), day("2026-01-01")
	change(w, app.Put(ward))

	w.books.Read(folder)
	w.tap("ブックの値にする")

	assert.Contains(t, w.notice.Text(), "ブックの値にできません。病棟 2")
	assert.Contains(t, w.seen(), "台帳のまま1行・ブックの値にする0行")
	assert.Nil(t, findButtons(w.body)["読み込む（1行）"])
}

func TestLeavingAnImportWritesNothing(t *testing.T) {
	w := sit(t)
	w.turnTo("claims")
	folder := bothChanged(w)
	before := w.facts().Book
	w.books.Read(folder)
	w.press(fyne.KeyEscape)
	assert.Equal(t, "算定", w.title.text.Text())

	w.books.Read(folder)
	w.tap("すべてブックの値にする")
	w.control(fyne.KeyPageUp)
	w.control(fyne.KeyPageDown)
	assert.Contains(t, w.seen(), "ブックの値にする2行", "looking elsewhere loses no choice")
	w.press(fyne.KeyEscape)
	require.NotNil(t, w.window.Canvas().Overlays().Top(), "choices are not lost by a key")
	w.press(fyne.KeyEscape)
	w.tap("やめる")
	w.window.Canvas().FocusPrevious()
	w.press(fyne.KeyReturn)
	assert.Equal(t, "算定", w.title.text.Text())
	assert.Equal(t, before, w.facts().Book)
	w.turnTo("ledger")
	assert.Contains(t, w.seen(), "読み込みの記録")
}

func TestAnImportIsShownAgainWhenTheRegisterChanged(t *testing.T) {
	for name, noticed := range map[string]bool{"in this window": true, "elsewhere": false} {
		t.Run(name, func(t *testing.T) {
			w := sit(t)
			w.books.Read(bothChanged(w))
			w.write(" ")
			w.press(fyne.KeyTab)
			w.write(" ")
			change(w, withPhone(w, "P001", "09-6666-0001"))
			if noticed {
				w.changed()
			} else {
				w.shortcut(ui.SaveShortcut)
			}
			assert.Contains(t, w.seen(), "確かめているあいだに登録が変わったため")
			assert.Contains(t, chips(w), "両方で変更 3")
			assert.Equal(t, "09-6666-0001", partner(w, "P001").Phone)
			w.shortcut(ui.SaveShortcut)
			assert.Contains(t, w.notice.Text(), "チェック", "what was agreed to is asked again")
		})
	}
}

func TestABookThatChangesNothingAsksNothing(t *testing.T) {
	w := sit(t)
	w.turnTo("claims")
	folder := exported(w)
	w.books.Read(folder)
	assert.Equal(t, "算定", w.title.text.Text())
	assert.Contains(t, w.notice.Text(), fmt.Sprintf("登録済みの内容と同じです（%d件）。何も変わっていません", rowsIn(t, folder)))
	assert.Empty(t, w.notice.Buttons())
}

func TestWhatTheReadingCameUponIsListedBeforeAndAfter(t *testing.T) {
	w := sit(t)
	w.books.Read(sheetOf(t, "連携先", "連携先コード,名称,種別,メモ欄\nP901,新しい居宅,居宅介護支援,x\n"))
	assert.Equal(t, []string{"すべて 1", "新規 1", "気づき 1"}, chips(w))
	assert.Contains(t, w.seen(), "書き出し元の分からないブックです")
	w.tap("気づき 1")
	assert.Contains(t, w.seen(), "シート「連携先」の列「メモ欄」")
	w.tap("一覧を保存")
	saved, err := os.ReadFile(filepath.Join(w.files.folder, w.files.asked[len(w.files.asked)-1]))
	require.NoError(t, err)
	assert.Contains(t, string(saved), "メモ欄")
	w.tap("読み込む（1行）")
	assert.Contains(t, w.seen(), "シート「連携先」の列「メモ欄」")
	w.goTo(w.here())
	assert.NotContains(t, w.seen(), "シート「連携先」の列「メモ欄」", "the page's entry of the navigation closes the list")
}

func TestWhatWasNewerInTheRegisterIsOnlyCounted(t *testing.T) {
	w := sit(t)
	w.turnTo("claims")
	folder := exported(w)
	cell(t, folder, "連携先", "P001", "電話", "09-9999-0001")
	change(w, withPhone(w, "P004", "09-1111-0001"))
	w.books.Read(folder)
	w.press(fyne.KeyReturn)
	assert.Contains(t, w.notice.Text(), "書き出しのあとに台帳だけで変わった1件は台帳のままです")
	assert.NotContains(t, w.seen(), "台帳のまま残したところ", "no list to close")
}

func TestABookGoesToThePersonsOwnRegisterFromTheSample(t *testing.T) {
	w := sit(t)
	w.books.LoadSample()
	require.True(t, w.registers.Trying())
	w.books.Read(sheetOf(t, "連携先", "連携先コード,名称,種別\nP901,新しい居宅,居宅介護支援\n"))
	assert.Contains(t, w.seen(), "見本の病院には入りません")
	assert.True(t, w.registers.Trying())
	w.press(fyne.KeyReturn)
	assert.False(t, w.registers.Trying(), "what was read is shown")
	assert.Equal(t, "新しい居宅", partner(w, "P901").Name)
	w.books.LoadSample()
	assert.False(t, slices.ContainsFunc(w.facts().Book.Partners, func(p models.Partner) bool { return p.Code == "P901" }))
}

func TestAnImportIsTakenBackFromItsRecord(t *testing.T) {
	w := sit(t)
	w.later(time.Minute)
	folder := sheetOf(t, "連携先", "連携先コード,電話\nP001,09-9999-0001\nP002,09-9999-0002\n")
	w.books.Read(folder)
	w.press(fyne.KeyReturn)
	was := partner(w, "P001")
	require.Equal(t, "09-9999-0001", was.Phone)
	change(w, withPhone(w, "P001", "09-5555-0001"))

	w.turnTo("ledger")
	assert.Contains(t, w.seen(), "『"+filepath.Base(folder)+"』　2行")
	w.tabTo("取り消す")
	w.press(fyne.KeyReturn)
	require.NotNil(t, w.window.Canvas().Overlays().Top(), "asked once")
	assert.Contains(t, w.seen(), "そのあとに直した記録")
	w.window.Canvas().FocusPrevious()
	w.press(fyne.KeyReturn)

	assert.Contains(t, w.notice.Text(), "消した記録0件、元に戻した記録1件、残した記録1件")
	assert.Contains(t, w.seen(), "連携先 P001: 読み込みのあとに変更されています")
	assert.Equal(t, "09-5555-0001", partner(w, "P001").Phone)
	assert.Equal(t, "09-0000-1020", partner(w, "P002").Phone)
	w.press(fyne.KeyEscape)
	assert.Contains(t, w.seen(), "取消し済み")
}
