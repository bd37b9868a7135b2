package views

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// typeContact begins a contact and types into it.
func (w *walker) typeContact(body string) {
	w.t.Helper()
	w.beginContact()
	w.fill("内容", body)
}

// leaveTo goes to a page, leaving what is typed.
func (w *walker) leaveTo(id string) {
	w.t.Helper()
	shell{w.Frame}.GoTo(page.ToPage(id))
	if w.window.Canvas().Overlays().Top() != nil {
		w.tabTo("このまま移る")
		w.press(fyne.KeyReturn)
	}
	require.Equal(w.t, id, w.page().ID())
}

// The sample hospital beside the person's own register, as it is after the
// first look at it.
func sitWithSample(t *testing.T) *walker {
	t.Helper()
	w := sit(t)
	apptest.WriteSample(t, filepath.Join(w.data, "見本の病院.db"))
	return w
}

func TestTypingStaysInItsRegister(t *testing.T) {
	w := sitWithSample(t)
	w.typeContact("本物の電話の途中")
	w.leaveTo("ledger")
	own := w.status.Facts()
	assert.NotContains(t, w.seen(), "見本の病院（架空）")
	w.tap("見本の病院で試す")
	assert.Contains(t, w.seen(), "見本の病院（架空）", "nobody takes it for one's own")
	assert.Contains(t, w.status.Facts(), app.SampleFile)

	w.beginContact()
	assert.Empty(t, w.fieldText("内容"), "neither the form that was open nor its draft")
	assert.NotContains(t, w.seen(), "書きかけた内容を戻しました")
	w.fill("内容", "見本の電話の途中")
	w.leaveTo("ledger")
	w.tap("見本を終えて自分の台帳に戻る")
	assert.Equal(t, own, w.status.Facts())

	w.beginContact()
	assert.Equal(t, "本物の電話の途中", w.fieldText("内容"))
	w.leaveTo("ledger")
	w.tap("見本の病院で試す")
	w.beginContact()
	assert.Equal(t, "見本の電話の途中", w.fieldText("内容"))

	again := sitAgain(t, w.data) // a crash while the sample was shown
	again.beginContact()
	assert.Equal(t, "本物の電話の途中", again.fieldText("内容"), "a start shows one's own")
}

func TestAnotherRegisterIsShownFromItsBeginning(t *testing.T) {
	w := sitWithSample(t)
	number := w.facts().Book.Contacts[900].Number
	shell{w.Frame}.GoTo(page.To("やり取り", number))
	shell{w.Frame}.GoTo(page.ToPage("ledger"))
	w.tap("見本の病院で試す")
	assert.Equal(t, "ledger", w.page().ID())
	w.back()
	assert.Equal(t, "ledger", w.page().ID(), "there is no way back into the other register")
}

func TestLeavingSaysWhenTypingCannotBeKept(t *testing.T) {
	w := sit(t)
	require.NoError(t, os.RemoveAll(filepath.Join(w.data, "drafts")))
	require.NoError(t, os.WriteFile(filepath.Join(w.data, "drafts"), nil, 0o600))
	w.typeContact("退院の日が決まった。")
	assert.Contains(t, w.seen(), "書きかけを残せていません")
	w.back()
	assert.Contains(t, w.seen(), "下書きに残せないため、移ると消えます")
	assert.NotContains(t, w.seen(), "下書きに残り")
	w.press(fyne.KeyEscape)
	assert.Equal(t, "退院の日が決まった。", w.fieldText("内容"))
}

func TestAnImportLeadsOutOfTheSampleWhenItIsTaken(t *testing.T) {
	w := sitWithSample(t)
	w.leaveTo("ledger")
	w.tap("見本の病院で試す")
	w.typeContact("見本の電話の途中")
	w.leaveTo("ledger")
	w.books.Read(filepath.Join(w.data, "ない.xlsx"))
	require.True(t, w.registers.Trying(), "nothing was taken")
	for w.window.Canvas().Overlays().Top() != nil {
		w.window.Canvas().Overlays().Remove(w.window.Canvas().Overlays().Top())
	}
	w.books.Read(sheetOf(t, "連携先", "連携先コード,名称,種別\nP901,新しい居宅,居宅介護支援\n"))
	w.tap("読み込む（1行）")
	require.False(t, w.registers.Trying(), "an import is for one's own register")
	w.beginContact()
	assert.Empty(t, w.fieldText("内容"), "the form of the sample would be saved into one's own")
}

func TestWhatIsChosenInTheSampleIsNotChosenInOnesOwn(t *testing.T) {
	w := sitWithSample(t)
	own := shell{w.Frame}
	own.Keep("partners.intervals", `{"P001":60}`)
	own.GoTo(page.ToPage("ledger"))
	w.tap("見本の病院で試す")
	sample := shell{w.Frame}
	assert.Equal(t, `{"P001":60}`, sample.Remember("partners.intervals"), "it begins as one's own is arranged")
	sample.Keep("partners.intervals", `{"P001":7}`)
	assert.Equal(t, `{"P001":7}`, sample.Remember("partners.intervals"))
	w.tap("見本を終えて自分の台帳に戻る")
	assert.Equal(t, `{"P001":60}`, shell{w.Frame}.Remember("partners.intervals"))
}

func TestNoKeyWorksBehindAQuestion(t *testing.T) {
	w := sit(t)
	w.typeContact("退院の日が決まった。")
	w.control(fyne.KeyPageDown)
	question := w.window.Canvas().Overlays().Top()
	require.NotNil(t, question)
	before := len(w.facts().Book.Contacts)
	for _, key := range []fyne.KeyName{fyne.KeyS, fyne.KeyN, fyne.KeyPageDown} {
		w.control(key)
		assert.Same(t, question, w.window.Canvas().Overlays().Top(), key)
	}
	assert.Len(t, w.facts().Book.Contacts, before, "nothing is saved behind it")
}

func TestNothingIsPromisedOfTypingInARegisterThatWasMoved(t *testing.T) {
	w := sit(t)
	w.typeContact("電話の途中")
	shell{w.Frame}.ShowError("やり取りの保存", &app.Moved{Place: "/data/renkei.db", To: "/new/renkei.db"})
	w.window.Canvas().Overlays().Remove(w.window.Canvas().Overlays().Top())
	w.leave(func() {})
	asked := pagetest.Texts(w.window.Canvas().Overlays().Top())
	assert.Contains(t, asked, "移した先にも入りません")
	assert.NotContains(t, asked, "同じ画面を開くと続けられます")
}
