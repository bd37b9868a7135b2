package views

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestANewPartnerAndItsCareManagerAreRegistered(t *testing.T) {
	w := sit(t)
	w.turnTo("partners")

	w.control(fyne.KeyN) // what is to be registered
	w.tabTo("事業所・施設・医療機関")
	w.press(fyne.KeyReturn)
	w.write("ケアプランあじさい")
	w.fill("カナ", "ケアプランアジサイ")
	w.fill("種別", "居宅介護")
	w.press(fyne.KeyDown, fyne.KeyReturn)
	w.fill("電話", "045-111-2222")
	w.fill("協議日", "R8.11.10")
	w.control(fyne.KeyS)
	require.Contains(t, w.notice.Text(), "ケアプランあじさいの登録", "what was saved is told, with 元に戻す")
	book := w.facts().Book
	office := book.Partners[len(book.Partners)-1]
	assert.Equal(t, "ケアプランあじさい", office.Name)
	assert.Equal(t, models.CareOffice, office.Kind)
	assert.Equal(t, day("2026-11-10"), office.ConsultedOn)
	assert.Contains(t, w.seen(), "045-111-2222", "the new office is shown")

	w.control(fyne.KeyN)
	w.tabTo("人（")
	w.press(fyne.KeyReturn)
	w.write("紫陽 花子")
	w.fill("カナ", "シヨウ ハナコ")
	w.fill("資格", "主任介護")
	w.press(fyne.KeyReturn)
	w.tabTo("ケアプラン作成可")
	w.write("1")
	w.tabTo("選択済み ケアプランあじさい") // the office shown is chosen already
	w.fill("連絡先共有日", "t")
	w.control(fyne.KeyS)
	book = w.facts().Book
	person := book.CareManagers[len(book.CareManagers)-1]
	assert.Equal(t, "紫陽 花子", person.Name)
	assert.Equal(t, models.ChiefCM, person.Qualification)
	assert.Equal(t, models.Yes, person.CanPlan)
	assert.Equal(t, w.today(), person.SharedOn)
	require.NotNil(t, w.facts().OfficeOf(person.Code, w.today()))
	assert.Equal(t, office.Code, w.facts().OfficeOf(person.Code, w.today()).Code)

	before := len(book.CareManagers)
	w.tap("元に戻す")
	assert.Len(t, w.facts().Book.CareManagers, before-1, "one step back takes the person and the 所属 away")
	assert.Nil(t, w.facts().OfficeOf(person.Code, w.today()))
}

func TestAFormWithoutANameSaysSoAndLosesNothing(t *testing.T) {
	w := sit(t)
	w.turnTo("partners")
	w.control(fyne.KeyN)
	w.tabTo("人（")
	w.press(fyne.KeyReturn)
	w.fill("カナ", "シヨウ ハナコ")
	before := len(w.facts().Book.CareManagers)
	w.control(fyne.KeyS)
	assert.Len(t, w.facts().Book.CareManagers, before)
	assert.Equal(t, "氏名", w.at(), "the first field at fault has the keyboard")
	assert.Contains(t, w.seen(), "空欄です")
	w.write("紫陽 花子")
	w.fill("資格", "主任介護")
	w.press(fyne.KeyReturn)
	w.control(fyne.KeyS)
	book := w.facts().Book
	require.Len(t, book.CareManagers, before+1)
	assert.Equal(t, "シヨウ ハナコ", book.CareManagers[before].Kana)
}
