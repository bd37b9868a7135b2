package views

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestAStudySessionAndWhoWasThere(t *testing.T) {
	w := sit(t)
	w.turnTo("meetings")

	w.control(fyne.KeyN) // held today, unless another date is typed
	w.fill("種別", "勉強会")
	w.fill("名称", "第57回 地域連携勉強会")
	w.tabTo("会議として算入")
	w.write("1")
	w.fill("算入理由", "多職種の事例検討・出席簿あり")
	w.tabTo("連絡先共有")
	w.write("1")
	w.control(fyne.KeyS)
	book := w.facts().Book
	meeting := book.Meetings[len(book.Meetings)-1]
	require.Equal(t, "第57回 地域連携勉強会", meeting.Name)
	assert.Equal(t, models.StudySession, meeting.Kind)
	assert.Equal(t, w.today(), meeting.HeldOn)
	assert.Equal(t, models.Yes, meeting.Counts)
	assert.Equal(t, models.Yes, meeting.ContactsShared)

	require.Equal(t, "出席した人をさがす", w.at(), "the attendance comes next")
	w.write("murakamitomoko ") // Space ticks
	w.write("いしいゆうこ ")
	w.write("ishiiyuuko ") // and takes the tick away
	w.write("watanabe")
	w.press(fyne.KeyDown)
	w.write(" ")
	w.write("新顔太郎 ") // nobody of that name
	require.Equal(t, "フリガナ", w.at(), "who is not known is asked for")
	w.write("シンガオ タロウ")
	w.tabTo("ケアマネの事業所")
	w.pick("shiokaze")
	w.control(fyne.KeyS)
	require.Equal(t, "出席した人をさがす", w.at(), "back in the list")
	w.control(fyne.KeyS)

	there := attendeesOf(w.facts().Book, meeting.Code)
	assert.ElementsMatch(t, []string{"村上 智子", "渡邉 智子", "新顔太郎"}, there)
	book = w.facts().Book
	newcomer := book.CareManagers[len(book.CareManagers)-1]
	assert.Equal(t, "新顔太郎", newcomer.Name)
	assert.Contains(t, newcomer.Note, "仮登録", "provisional, to be completed later")
	assert.Contains(t, w.facts().OfficeOf(newcomer.Code, w.today()).Name, "しおかぜ")

	w.tap("元に戻す")
	assert.Empty(t, attendeesOf(w.facts().Book, meeting.Code), "one step back takes the attendance away")
	assert.Nil(t, w.facts().CareManager(newcomer.Code))
}

// attendeesOf are the names of those who were at a meeting.
func attendeesOf(book *models.Book, meeting string) []string {
	var names []string
	for _, a := range book.Attendances {
		if a.Meeting == meeting {
			names = append(names, a.Name)
		}
	}
	return names
}
