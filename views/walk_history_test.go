package views

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/views/page"
)

func (w *walker) back()    { w.t.Helper(); w.chord(fyne.KeyModifierAlt, fyne.KeyLeft) }
func (w *walker) forward() { w.t.Helper(); w.chord(fyne.KeyModifierAlt, fyne.KeyRight) }

func TestBackAndForwardFindTheSameRecord(t *testing.T) {
	w := sit(t)
	book := w.facts().Book
	person, admission := book.CareManagers[7], book.Admissions[20]
	way := []page.Target{
		page.To("介護支援専門員", person.Code),
		page.To("入院", admission.Key().String()),
		page.To("やり取り", book.Contacts[900].Number),
		page.To("会議", book.Meetings[3].Code),
		page.To("算定", w.judged().Verdicts[40].Session.Number),
	}
	for _, to := range way {
		shell{w.Frame}.GoTo(to)
		require.Equal(t, to.Page, w.page().ID())
	}
	been := w.here()
	shown := []string{person.Name, admission.Name}
	for i := len(way) - 2; i >= 0; i-- {
		w.back()
		assert.Equal(t, way[i].Page, w.page().ID())
		if i < len(shown) {
			assert.Contains(t, w.seen(), shown[i], "the same record is shown again")
		}
	}
	for range len(way) - 1 {
		w.forward()
	}
	assert.Equal(t, been, w.here())
}

// typing is every form a person can be in the middle of: how it is opened, the
// field to type into, and what is typed.
var typing = map[string]struct {
	open  func(*walker)
	field string
	text  string
}{
	"a care manager": {func(w *walker) {
		w.turnTo("partners")
		w.control(fyne.KeyN)
		w.tabTo("人（")
		w.press(fyne.KeyReturn)
	}, "氏名", "紫陽 花子"},
	"a contact":    {(*walker).beginContact, "内容", "退院の日が決まった。"},
	"a meeting":    {func(w *walker) { w.turnTo("meetings"); w.control(fyne.KeyN) }, "名称", "第57回 地域連携勉強会"},
	"an admission": {func(w *walker) { w.turnTo("admissions"); w.tap("入院を登録") }, "氏名", "紫陽 太郎"},
	"a session": {func(w *walker) {
		shell{w.Frame}.GoTo(page.ToNew("共同指導", w.facts().Book.Admissions[20].Key().String()))
	}, "内容", "退院先は自宅の方向で一致した。"},
}

func TestLeavingUnsavedTypingAsksFirst(t *testing.T) {
	for name, form := range typing {
		t.Run(name, func(t *testing.T) {
			w := sit(t)
			form.open(w)
			w.fill(form.field, form.text)
			here := w.page().ID()

			w.back()
			require.NotNil(t, w.window.Canvas().Overlays().Top(), "leaving asks")
			assert.Contains(t, w.seen(), "保存していない")
			w.press(fyne.KeyEscape)
			assert.Nil(t, w.window.Canvas().Overlays().Top())
			assert.Equal(t, here, w.page().ID(), "staying stays")
			assert.Contains(t, w.fieldText(form.field), form.text)

			w.back()
			w.tabTo("このまま移る")
			w.press(fyne.KeyReturn)
			assert.NotEqual(t, here, w.page().ID())
		})
	}
}

func TestTypingOutlivesACrash(t *testing.T) {
	for name, form := range typing {
		t.Run(name, func(t *testing.T) {
			w := sit(t)
			form.open(w)
			w.fill(form.field, form.text)

			again := sitAgain(t, w.data) // nothing was closed
			form.open(again)
			assert.Contains(t, again.fieldText(form.field), form.text)
			assert.Contains(t, again.seen(), "書きかけた内容を戻しました")
		})
	}
}

func TestClosingInTheMiddleOfAWordLosesNothing(t *testing.T) {
	w := sit(t)
	w.p.Worker.After = func(time.Duration, func()) {} // no pause comes any more
	w.beginContact()
	w.fill("内容", "退院の日が決")
	w.close()
	w.tabTo("このまま移る")
	w.press(fyne.KeyReturn)

	again := sitAgain(t, w.data)
	again.beginContact()
	assert.Equal(t, "退院の日が決", again.fieldText("内容"))
}

// fieldText is what stands in a field of the page.
func (w *walker) fieldText(name string) string {
	w.t.Helper()
	text := ""
	walkShown(w.window.Content(), func(o fyne.CanvasObject) {
		labelled, ok := o.(interface{ AccessibilityLabel() string })
		valued, field := o.(interface{ Value() string })
		if ok && field && labelled.AccessibilityLabel() == name {
			text = valued.Value()
		}
	})
	return text
}
