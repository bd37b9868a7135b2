package partners

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// colleague is the window of 佐藤 on the same register.
func (b *bench) colleague() *app.App {
	b.T.Helper()
	return apptest.Open(b.T, b.App.Place(), apptest.By("佐藤"), apptest.At(pagetest.Now))
}

// savedBy saves an office in a window.
func savedBy(t *testing.T, a *app.App, office models.Partner) {
	t.Helper()
	_, err := a.Do(context.Background(), "変更", app.Put(office))
	require.NoError(t, err)
}

func (b *bench) office(code string) models.Partner { return *b.Judged().Facts.Partner(code) }

// editing opens the form of an office.
func (b *bench) editing(code string) (models.Partner, func(field, text string)) {
	was := b.office(code)
	b.editOffice(was)
	return was, func(field, text string) {
		pagetest.Field[*ui.TextField](b.T, pagetest.Form(b.T, b), field).SetText(text)
	}
}

func TestWhatAColleagueChangedElsewhereInTheRecordStays(t *testing.T) {
	b := openSample(t)
	was, put := b.editing("P001")
	theirs := was
	theirs.Phone = "000-0000-0001"
	savedBy(t, b.colleague(), theirs)

	put("住所", "打ち直したくない住所")
	b.Save()

	require.Empty(t, b.Shell.Errors)
	assert.Nil(t, b.Shell.Canvas().Overlays().Top(), "nothing is asked")
	assert.Nil(t, b.Editor())
	assert.Contains(t, b.Said(), was.Name+"の変更をしました。佐藤さんが変えた「電話」はそのままです")
	now := b.office("P001")
	assert.Equal(t, "000-0000-0001", now.Phone)
	assert.Equal(t, "打ち直したくない住所", now.Address)

	b.Shell.Undo()
	theirs.Version = b.office("P001").Version
	assert.Equal(t, theirs, b.office("P001"), "元に戻す leaves the colleague's change")
}

func TestWhereBothChangedTheSameOneIsChosen(t *testing.T) {
	for _, c := range []struct {
		name          string
		keys          []fyne.KeyName
		phone, number string
	}{
		{"mine, theirs", []fyne.KeyName{fyne.KeyLeft, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, fyne.KeyReturn}, "222-0000-0002", "111-0000-0009"},
		{"theirs, mine", []fyne.KeyName{fyne.KeyRight, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyReturn, fyne.KeyReturn}, "111-0000-0001", "222-0000-0009"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := openSample(t)
			was, put := b.editing("P001")
			theirs := was
			theirs.Phone, theirs.Fax, theirs.Note = "111-0000-0001", "111-0000-0009", "あちらのメモ"
			savedBy(t, b.colleague(), theirs)
			put("電話", "222-0000-0002")
			put("FAX", "222-0000-0009")
			put("住所", "こちらの住所")

			b.Save()
			require.Empty(t, b.Shell.Errors)
			asked := pagetest.Texts(b.Shell.Canvas().Overlays().Top())
			for _, words := range []string{"佐藤さんも、同じところを変更していました", "連携先 P001 " + was.Name,
				"電話\n自分\n222-0000-0002\n佐藤さん 10:30\n111-0000-0001", "佐藤さんが変えた「備考」はそのままです"} {
				assert.Contains(t, asked, words)
			}
			b.Press(c.keys...)

			require.Empty(t, b.Shell.Errors)
			assert.Nil(t, b.Editor())
			now := b.office("P001")
			assert.Equal(t, []string{c.phone, c.number, "あちらのメモ", "こちらの住所"}, []string{now.Phone, now.Fax, now.Note, now.Address})
		})
	}
}

func TestEscapeFromTheChoiceGoesBackToTheTyping(t *testing.T) {
	b := openSample(t)
	was, put := b.editing("P001")
	theirs := was
	theirs.Phone = "111-0000-0001"
	savedBy(t, b.colleague(), theirs)
	put("電話", "222-0000-0002")
	b.Save()
	b.Press(fyne.KeyRight, fyne.KeyEscape)

	require.NotNil(t, b.Editor())
	assert.Equal(t, "222-0000-0002", pagetest.Field[*ui.TextField](t, pagetest.Form(t, b), "電話").Text())
	assert.Equal(t, "111-0000-0001", b.office("P001").Phone, "nothing was saved")

	b.Save()
	b.Press(fyne.KeyLeft, fyne.KeyReturn, fyne.KeyReturn)
	assert.Equal(t, "222-0000-0002", b.office("P001").Phone, "it can be saved again")
}

func TestAThirdChangeDuringTheChoiceIsMergedToo(t *testing.T) {
	b := openSample(t)
	sato := b.colleague()
	was, put := b.editing("P001")
	theirs := was
	theirs.Phone = "111-0000-0001"
	savedBy(t, sato, theirs)
	put("電話", "222-0000-0002")
	b.Save()
	third := b.office("P001")
	third.Fax = "333-0000-0003"
	savedBy(t, sato, third)
	b.Press(fyne.KeyLeft, fyne.KeyReturn, fyne.KeyReturn)

	require.Empty(t, b.Shell.Errors)
	assert.Nil(t, b.Editor())
	now := b.office("P001")
	assert.Equal(t, []string{"222-0000-0002", "333-0000-0003"}, []string{now.Phone, now.Fax})
}
