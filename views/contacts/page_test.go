package contacts

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
)

// screen is the page in a window over a register with the sample hospital.
type screen struct {
	*Page
	*pagetest.Bench
	keys int // keys pressed besides the text
}

func open(t *testing.T, size fyne.Size) *screen {
	t.Helper()
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	s := &screen{Page: New(b.Shell, b.App, people.NewDirectory(b.App)), Bench: b}
	s.Now = pagetest.Now
	b.Show(s, size)
	return s
}

func (s *screen) contact(number string) *models.Contact {
	for i, c := range s.Book().Contacts {
		if c.Number == number {
			return &s.Book().Contacts[i]
		}
	}
	return nil
}

// The fields of the form that is open.
func (s *screen) text(name string) *ui.TextField {
	return pagetest.Field[*ui.TextField](s.T, pagetest.Form(s.T, s), name)
}
func (s *screen) body() *ui.MemoField {
	return pagetest.Field[*ui.MemoField](s.T, pagetest.Form(s.T, s), "内容")
}
func (s *screen) choice(name string) *ui.ChoiceField {
	return pagetest.Field[*ui.ChoiceField](s.T, pagetest.Form(s.T, s), name)
}
func (s *screen) picks(name string) *ui.MultiPicker {
	return pagetest.Field[*ui.MultiPicker](s.T, pagetest.Form(s.T, s), name)
}

// typed types letters that count as keys; what the person has to say does not.
func (s *screen) typed(letters string) {
	s.T.Helper()
	s.Type(letters)
	s.keys += len(letters)
}

func (s *screen) key(name fyne.KeyName) {
	s.T.Helper()
	s.keys++
	s.Press(name)
}

func (s *screen) shortcut(name fyne.KeyName, mod fyne.KeyModifier) {
	s.T.Helper()
	s.keys++
	s.Shortcut(name, mod)
}

func (s *screen) save() { s.shortcut(fyne.KeyS, fyne.KeyModifierControl) }

func TestTenSecondContact(t *testing.T) {
	s := open(t, pagetest.Small)
	before := len(s.Book().Contacts)

	s.keys = 2 // to the page, and Ctrl+N
	s.New()
	s.typed("hase")       // 長谷川 麻衣
	s.key(fyne.KeyReturn) // choose
	for s.Shell.Canvas().Focused() != s.text("目的").FocusTarget() {
		s.key(fyne.KeyTab)
		require.Less(t, s.keys, 20, "Tab comes to 目的")
	}
	s.Type("退院前の連絡")
	s.key(fyne.KeyTab)
	require.Equal(t, s.body().FocusTarget(), s.Shell.Canvas().Focused())
	s.Type("退院予定日をお伝えした。")
	s.save()

	require.Empty(t, s.Shell.Errors)
	assert.LessOrEqual(t, s.keys, 12)
	t.Logf("%d keys besides the text", s.keys)
	book := s.Book()
	require.Len(t, book.Contacts, before+1)
	c := s.contact("R01349")
	require.NotNil(t, c)
	assert.Equal(t, "C006", c.CareManager)
	assert.Equal(t, "退院前の連絡", c.Purpose)
	assert.Equal(t, "退院予定日をお伝えした。", c.Body)
	assert.Equal(t, "10:30", c.Time)
	assert.Equal(t, models.MustDate("2026-11-22"), c.On)
	assert.Equal(t, models.PhoneCall, c.Kind)

	t.Run("with a phrase it is shorter still", func(t *testing.T) {
		s.keys = 2
		s.New()
		s.typed("hase")
		s.key(fyne.KeyReturn)
		s.shortcut(fyne.Key1, fyne.KeyModifierAlt)
		s.save()
		assert.LessOrEqual(t, s.keys, 9)
		c := s.contact("R01350")
		require.NotNil(t, c)
		assert.Equal(t, firstPhrases[0].Purpose, c.Purpose)
		assert.Equal(t, firstPhrases[0].Text, c.Body)
	})
}

func TestThreePeopleAtOnce(t *testing.T) {
	s := open(t, pagetest.Small)
	before := len(s.Book().Contacts)
	s.New()
	for _, name := range []string{"hase", "miura", "oono"} {
		s.typed(name)
		s.key(fyne.KeyReturn)
	}
	require.Len(t, s.picks("相手").Picks(), 3)
	s.choice("種別").SetChoice(string(models.VideoCall))
	s.body().SetText("合同で退院調整をした。")
	s.save()

	require.Empty(t, s.Shell.Errors)
	require.Len(t, s.Book().Contacts, before+3)
	managers := map[string]bool{}
	for _, number := range []string{"R01349", "R01350", "R01351"} {
		c := s.contact(number)
		require.NotNil(t, c, number)
		managers[c.CareManager] = true
		assert.NotEmpty(t, c.Partner)
		assert.Equal(t, "合同で退院調整をした。", c.Body)
	}
	assert.Len(t, managers, 3)
	assert.Equal(t, "やり取り3件の登録をしました", s.Shell.Said[len(s.Shell.Said)-1])
	row, ok := s.List.Selected()
	require.True(t, ok)
	assert.Equal(t, "R01349", row.Number)

	s.Shell.Undo()
	assert.Len(t, s.Book().Contacts, before, "one 元に戻す takes all three back")
	s.Shell.Undo()
	assert.Len(t, s.Book().Contacts, before+3, "and once more brings them again")
}

func TestTheNextEntryBeginsAsTheLastEnded(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.ToNew("やり取り", "C006"))
	require.Equal(t, "長谷川 麻衣", s.picks("相手").Picks()[0].Title)
	require.Equal(t, s.choice("種別").FocusTarget(), s.Shell.Canvas().Focused(), "the person is there: the keyboard is in the next field")
	assert.Contains(t, pagetest.Texts(pagetest.Form(t, s).Object()), "電話は日頃の連携の補強資料です", "what it serves is said from the first")
	s.choice("種別").SetChoice(string(models.FaceToFace))
	s.choice("発信").SetChoice("先方")
	s.picks("職員コード").SetPicks([]ui.Pick{people.StaffPick(s.facts, "N003", today)})
	s.save()
	require.NotNil(t, s.contact("R01349"))

	s.Open(page.ToNew("やり取り", "P001"))
	assert.Equal(t, "みなとさくら居宅介護支援事業所", s.picks("相手").Picks()[0].Title)
	assert.Equal(t, string(models.FaceToFace), s.choice("種別").Choice())
	assert.Equal(t, "先方", s.choice("発信").Choice())
	assert.Equal(t, "石川 早苗", s.picks("職員コード").Picks()[0].Title)
	assert.Empty(t, s.Unsaved(), "what is filled in beforehand is no loss")
	assert.Equal(t, page.ToNew("やり取り", "P001"), s.Place(), "戻る finds the same entry")
}

func TestNothingIsSavedWithoutAPerson(t *testing.T) {
	s := open(t, pagetest.Small)
	before := len(s.Book().Contacts)
	s.New()
	s.body().SetText("だれと？")
	s.save()
	assert.Len(t, s.Book().Contacts, before)
	assert.NotEmpty(t, pagetest.Form(t, s).Faults())
	assert.Equal(t, s.picks("相手").FocusTarget(), s.Shell.Canvas().Focused())
	assert.Equal(t, "やり取りを記録する", s.Unsaved())

	t.Run("a name that is typed but not chosen is said", func(t *testing.T) {
		s.Type("hase")
		s.save()
		assert.Len(t, s.Book().Contacts, before)
		assert.Contains(t, pagetest.Form(t, s).Faults()[0].Message, "hase")
	})
	t.Run("a day no contact has is said", func(t *testing.T) {
		s.key(fyne.KeyReturn)
		pagetest.Field[*ui.DateField](s.T, pagetest.Form(s.T, s), "日付").SetValue("2062/10/2")
		s.save()
		assert.Len(t, s.Book().Contacts, before)
		assert.Contains(t, pagetest.Texts(pagetest.Form(t, s).Object()), "1年より先の日付です")
		pagetest.Field[*ui.DateField](s.T, pagetest.Form(s.T, s), "日付").SetDate(today)
	})
	t.Run("a time that is none is said", func(t *testing.T) {
		pagetest.Field[*ui.TimeField](s.T, pagetest.Form(s.T, s), "時刻").SetText("29:99")
		s.save()
		assert.Len(t, s.Book().Contacts, before)
		require.NotEmpty(t, pagetest.Form(t, s).Faults())
	})
}

func TestEditAndDelete(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.To("やり取り", "R01348"))
	row, ok := s.List.Selected()
	require.True(t, ok)
	require.Equal(t, "R01348", row.Number)

	s.Shell.Canvas().Focus(s.List)
	s.key(fyne.KeyReturn)
	require.NotNil(t, s.Editor())
	s.body().SetText("書き直した。")
	s.Shell.Canvas().Focus(s.body().FocusTarget())
	s.save()
	require.Empty(t, s.Shell.Errors)
	assert.Equal(t, "書き直した。", s.contact("R01348").Body)
	assert.Equal(t, row.CareManager, s.contact("R01348").CareManager, "the rest stays")
	assert.Equal(t, row.Contact.Staff, s.contact("R01348").Staff)
	assert.Equal(t, row.PatientID, s.contact("R01348").PatientID)
	s.Shell.Undo()
	assert.Equal(t, row.Body, s.contact("R01348").Body)

	t.Run("deleted and brought back", func(t *testing.T) {
		row, ok := s.List.Selected()
		require.True(t, ok)
		s.remove(row)
		assert.Nil(t, s.contact("R01348"))
		_, known := s.Row("R01348")
		assert.False(t, known)
		s.Shell.Undo()
		assert.Equal(t, row.Body, s.contact("R01348").Body)
		_, known = s.Row("R01348")
		assert.True(t, known)
	})
}

func TestTheOfficeFollowsTheCareManager(t *testing.T) {
	s := open(t, pagetest.Small)
	row, ok := s.Row("R01348")
	require.True(t, ok)
	require.NotEqual(t, "C006", row.CareManager)
	s.edit(row)
	s.Shell.Canvas().Focus(pagetest.Field[*ui.Picker](t, pagetest.Form(t, s), "CMコード").FocusTarget())
	s.Type("hase") // 長谷川 麻衣
	s.key(fyne.KeyReturn)
	office := s.facts.OfficeOf("C006", row.On)
	require.NotNil(t, office)
	put, _ := pagetest.Field[*ui.Picker](t, pagetest.Form(t, s), "連携先コード").Picked()
	assert.Equal(t, office.Name, put.Title)
	s.Save()
	require.Empty(t, s.Shell.Errors)
	assert.Equal(t, [2]string{"C006", office.Code}, [2]string{s.contact("R01348").CareManager, s.contact("R01348").Partner})
}

func TestWhatWasDeletedMeanwhileIsRegisteredAgain(t *testing.T) {
	s := open(t, pagetest.Small)
	sato := apptest.Open(t, s.App.Place(), apptest.By("佐藤"), apptest.At(pagetest.Now))
	s.Open(page.To("やり取り", "R01348"))
	row, _ := s.List.Selected()
	s.edit(row)
	s.body().SetText("わたしの版")
	_, err := sato.Do(context.Background(), "削除", app.Remove(row.Contact))
	require.NoError(t, err)

	s.Save()
	require.Empty(t, s.Shell.Errors)
	asked := pagetest.Texts(s.Shell.Canvas().Overlays().Top())
	assert.Contains(t, asked, "佐藤さんが、このやり取りを削除していました")
	assert.Contains(t, asked, "佐藤さんが 10:30 に削除しました")
	s.Press(fyne.KeyEscape) // やめる
	assert.Nil(t, s.contact("R01348"))
	assert.Equal(t, "わたしの版", s.body().Text(), "the typing is kept")

	s.Save()
	test.Tap(pagetest.Button(t, s.Shell.Canvas().Overlays().Top(), "登録し直す"))
	require.Empty(t, s.Shell.Errors)
	require.NotNil(t, s.contact("R01348"))
	assert.Equal(t, "わたしの版", s.contact("R01348").Body)
	assert.Nil(t, s.Editor())
}

func TestDeletingWhatWasChangedMeanwhileIsAsked(t *testing.T) {
	s := open(t, pagetest.Small)
	sato := apptest.Open(t, s.App.Place(), apptest.By("佐藤"), apptest.At(pagetest.Now))
	s.Open(page.To("やり取り", "R01348"))
	row, _ := s.List.Selected()
	theirs := row.Contact
	theirs.Body = "あちらの版"
	_, err := sato.Do(context.Background(), "変更", app.Put(theirs))
	require.NoError(t, err)

	s.remove(row)
	asked := pagetest.Texts(s.Shell.Canvas().Overlays().Top())
	assert.Contains(t, asked, "佐藤さんが、このやり取りを変更していました")
	assert.Contains(t, asked, "→ あちらの版（佐藤さん 10:30）")
	require.NotNil(t, s.contact("R01348"))
	test.Tap(pagetest.Button(t, s.Shell.Canvas().Overlays().Top(), "削除する"))
	require.Empty(t, s.Shell.Errors)
	assert.Nil(t, s.contact("R01348"))
}

func TestTypingIsNotLost(t *testing.T) {
	s := open(t, pagetest.Small)
	s.New()
	s.Shell.Canvas().Focus(s.body().FocusTarget())
	s.Type("途中")
	t.Run("choosing a row keeps the form", func(t *testing.T) {
		s.List.Select(3)
		require.NotNil(t, s.Editor())
		assert.Contains(t, s.Shell.Said[len(s.Shell.Said)-1], "途中です")
	})
	t.Run("Ctrl+N does not begin again", func(t *testing.T) {
		s.New()
		assert.Equal(t, "途中", s.body().Text())
	})
	t.Run("a change by somebody else does not touch it", func(t *testing.T) {
		s.Changed(app.Feed{Many: true})
		require.NotNil(t, s.Editor())
		assert.Equal(t, "途中", s.body().Text())
	})
	t.Run("after a crash it comes back", func(t *testing.T) {
		s.Close()
		s.New()
		assert.Equal(t, "途中", s.body().Text())
	})
}

func TestPhrasesAreKept(t *testing.T) {
	s := open(t, pagetest.Small)
	s.New()
	s.text("目的").SetText("目的X")
	s.body().SetText("文X")
	s.phrases = s.phrases[:2]
	entry := pagetest.Form(t, s)
	pagetest.Button(t, entry.Object(), "いまの内容を加える").OnTapped()
	require.Len(t, s.phrases, 3)
	assert.Equal(t, Phrase{"目的X", "文X"}, s.phrases[2])
	pagetest.Button(t, entry.Object(), "直す").OnTapped()
	require.NotEqual(t, page.Editor(entry), s.Editor())
	assert.Equal(t, "やり取りを記録する", s.Unsaved(), "the entry is not saved yet")
	s.Shell.Canvas().Focused().(interface{ SetText(string) }).SetText("いち｜一\n二")
	assert.Equal(t, "定型文の変更", s.Unsaved())
	s.Save()
	assert.Equal(t, []Phrase{{"いち", "一"}, {"", "二"}}, s.phrases)
	require.Same(t, entry, s.Editor(), "the entry comes back")
	assert.Contains(t, pagetest.Texts(entry.Object()), "1 いち")
	assert.Equal(t, "文X", s.body().Text())
	assert.Equal(t, s.phrases, recallPhrases(s.Shell))
}

func TestCopyForTheChart(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.To("やり取り", "R01348"))
	row, _ := s.List.Selected()
	s.copyChart(row)
	text := fyne.CurrentApp().Clipboard().Content()
	assert.True(t, strings.HasPrefix(text, "2026-11-20 16:03 電話 当院→ "), text)
	assert.Contains(t, text, row.Body)
}

func TestFiltersOnThePage(t *testing.T) {
	s := open(t, pagetest.Small)
	all := len(s.List.Rows())
	s.kindBox.Choose(kindMenkai)
	few := len(s.List.Rows())
	assert.Less(t, few, all)
	assert.Contains(t, s.Shell.Kept["contacts.filter"], kindMenkai, "the choice is remembered")
	row, _ := s.List.Selected()
	s.narrowTo(row.office)
	assert.Less(t, len(s.List.Rows()), few)
	assert.True(t, s.person.Visible())
	t.Run("a contact outside the filter is found all the same", func(t *testing.T) {
		s.Open(page.To("やり取り", "R00002"))
		row, _ := s.List.Selected()
		assert.Equal(t, "R00002", row.Number)
		assert.False(t, s.person.Visible())
	})
	t.Run("one that is gone is said", func(t *testing.T) {
		s.Open(page.To("やり取り", "R99999"))
		assert.Contains(t, s.Shell.Said[len(s.Shell.Said)-1], "R99999")
	})
}

func TestTwoDesksOnOneRegisterGiveTwoNumbers(t *testing.T) {
	s := open(t, pagetest.Small)
	ctx := context.Background()
	place, err := s.App.Storage(ctx)
	require.NoError(t, err)
	other, err := app.Open(ctx, app.Config{Data: place.Path, Actor: "隣の席", Now: pagetest.Now, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	beside := New(s.Shell, other, people.NewDirectory(s.App))
	beside.Now = pagetest.Now
	beside.Build()
	s.Shell.Pages = append(s.Shell.Pages, beside)
	beside.Shown()
	before := len(s.Book().Contacts)

	// Both forms are open before either is saved.
	s.Open(page.ToNew("やり取り", "C001"))
	beside.Open(page.ToNew("やり取り", "C002"))
	s.body().SetText("こちらの電話")
	pagetest.Field[*ui.MemoField](t, pagetest.Form(t, beside), "内容").SetText("隣の電話")
	s.Page.Save()
	beside.Save()

	require.Empty(t, s.Shell.Errors, "nobody is told to type again")
	made := s.Book().Contacts[before:]
	require.Len(t, made, 2)
	assert.Equal(t, "こちらの電話", made[0].Body)
	assert.Equal(t, "隣の電話", made[1].Body)
	assert.NotEqual(t, made[0].Number, made[1].Number)
	assert.Contains(t, s.Shell.Said, "やり取り "+made[0].Number+" の登録をしました", "the number given is said")
	assert.Contains(t, s.Shell.Said, "やり取り "+made[1].Number+" の登録をしました")
	row, ok := beside.List.Selected()
	require.True(t, ok)
	assert.Equal(t, made[1].Number, row.Number, "and its row is shown")
}

func TestEveryFieldOfAContactCanBeEntered(t *testing.T) {
	s := open(t, pagetest.Small)
	row, ok := s.Selected()
	require.True(t, ok)
	s.edit(row)
	pagetest.EntersAll[models.Contact](t, pagetest.Form(t, s), "連絡番号")
}
