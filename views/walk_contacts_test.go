package views

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/partners"
)

// newContact begins a contact from wherever the person is.
func (w *walker) beginContact() {
	w.t.Helper()
	w.chord(fyne.KeyModifierControl|fyne.KeyModifierShift, fyne.KeyN)
	require.Equal(w.t, "相手", w.at(), "who it was with is asked first")
}

// pick types what finds somebody and takes the first found.
func (w *walker) pick(query string) {
	w.t.Helper()
	w.write(query)
	w.press(fyne.KeyReturn)
}

func TestAContactWithThreePeopleAtOnce(t *testing.T) {
	w := sit(t)
	w.turnTo("contacts")
	before := len(w.facts().Book.Contacts)

	w.control(fyne.KeyN)
	w.pick("murakami tomoko")
	w.pick("いしい ゆうこ")
	w.pick("久保 麻衣")
	w.fill("種別", "電話")
	w.fill("目的", "勉強会の案内")
	w.fill("内容", "12月の勉強会の日程をお伝えした。")
	w.control(fyne.KeyS)

	made := w.facts().Book.Contacts[before:]
	require.Len(t, made, 3)
	var names []string
	for _, c := range made {
		names = append(names, w.facts().CareManager(c.CareManager).Name)
		assert.Equal(t, models.PhoneCall, c.Kind)
		assert.Equal(t, w.today(), c.On)
		assert.Equal(t, "10:00", c.Time)
		assert.Equal(t, "12月の勉強会の日程をお伝えした。", c.Body)
		assert.Equal(t, w.facts().OfficeOf(c.CareManager, c.On).Code, c.Partner, "with the office of that day")
	}
	assert.Equal(t, []string{"村上 智子", "石井 優子", "久保 麻衣"}, names)
	assert.Contains(t, w.notice.Text(), "やり取り3件の登録")
	w.tap("元に戻す")
	assert.Len(t, w.facts().Book.Contacts, before)
}

// mostKeys is how many keys a contact may take besides its text.
const mostKeys = 12

func TestAContactTakesTenSecondsFromAnywhere(t *testing.T) {
	w := sit(t)
	for _, id := range w.ScreenIDs() {
		t.Run(id, func(t *testing.T) {
			w.t = t
			w.Show(id)
			before := len(w.facts().Book.Contacts)
			w.keys = 0
			w.beginContact()
			w.pick("murakami tomoko")
			w.fill("目的", "退院前の連絡")
			w.fill("内容", "退院の日が決まったことをお伝えした。")
			w.control(fyne.KeyS)
			t.Logf("%d keys", w.keys)
			assert.LessOrEqual(t, w.keys, mostKeys)
			made := w.facts().Book.Contacts[before:]
			require.Len(t, made, 1)
			assert.Equal(t, "村上 智子", w.facts().CareManager(made[0].CareManager).Name)
			assert.Equal(t, models.PhoneCall, made[0].Kind)
			assert.Equal(t, w.today(), made[0].On)
			assert.Equal(t, "退院前の連絡", made[0].Purpose)
		})
	}
}

func TestAContactFromThePersonShown(t *testing.T) {
	w := sit(t)
	w.turnTo("partners")
	w.control(fyne.KeyF)
	w.pick("murakami tomoko") // the list narrows to her and her office
	w.page().(*partners.Page).Open(page.To("介護支援専門員", "C061"))
	before := len(w.facts().Book.Contacts)
	w.tap("やり取りを記録")
	w.fill("目的", "ケアプランの確認")
	w.control(fyne.KeyS)
	made := w.facts().Book.Contacts[before:]
	require.Len(t, made, 1)
	assert.Equal(t, "村上 智子", w.facts().CareManager(made[0].CareManager).Name)
}
