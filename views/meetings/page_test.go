package meetings

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// screen is the page in a window over a register with the sample hospital.
type screen struct {
	*Page
	*pagetest.Bench
}

func open(t *testing.T, size fyne.Size) *screen {
	t.Helper()
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	s := &screen{New(b.Shell, b.App), b}
	b.Show(s, size)
	return s
}

// panel is the attendance that is open, nil when none is.
func (s *screen) panel() *attendancePanel {
	a, _ := s.Editor().(*attendancePanel)
	return a
}

// The fields of the form that is open.
func (s *screen) text(name string) *ui.TextField {
	return pagetest.Field[*ui.TextField](s.T, pagetest.Form(s.T, s), name)
}
func (s *screen) choice(name string) *ui.ChoiceField {
	return pagetest.Field[*ui.ChoiceField](s.T, pagetest.Form(s.T, s), name)
}
func (s *screen) mark(name string) *ui.MarkField {
	return pagetest.Field[*ui.MarkField](s.T, pagetest.Form(s.T, s), name)
}
func (s *screen) date(name string) *ui.DateField {
	return pagetest.Field[*ui.DateField](s.T, pagetest.Form(s.T, s), name)
}

// there returns who was at a meeting, by key.
func (s *screen) there(code string) map[string]bool {
	keys := map[string]bool{}
	for _, a := range s.Judged().Facts.Book.Attendances {
		if a.Meeting == code {
			keys[keyOf(a)] = true
		}
	}
	return keys
}

func TestStudySessionByKeyboard(t *testing.T) {
	s := open(t, pagetest.Small)
	managers := len(s.Judged().Facts.Book.CareManagers)

	s.New()
	live := LiveOf(s.facts, models.Meeting{HeldOn: s.Shell.On}, nil, nil)
	assert.Contains(t, pagetest.Texts(pagetest.Form(t, s).Object()), live.Line, "what it is worth is said from the first")
	s.text("名称").SetText("第57回 地域連携勉強会")
	s.choice("種別").SetChoice(string(models.StudySession))
	s.mark("会議として算入").SetMark(models.Yes)
	s.text("算入理由").SetText("多職種の事例検討・出席簿あり")
	s.mark("連絡先共有").SetMark(models.Yes)
	s.CtrlS()
	require.Empty(t, s.Shell.Errors)
	require.NotNil(t, s.panel(), "the attendance of a meeting held follows")
	require.Equal(t, s.panel().list.entry, s.Shell.Canvas().Focused())
	code := s.panel().row.Code
	assert.Equal(t, "K072", code)
	assert.Empty(t, s.there(code), "nobody is ticked beforehand")

	s.Type("hase") // 長谷川 麻衣
	s.Type(" ")
	assert.Empty(t, s.panel().list.entry.Text, "ready for the next name")
	s.Type("ishikawa") // 石川 早苗 is a care manager, and one of the department
	s.Press(fyne.KeyDown)
	s.Type(" ")
	s.Press(fyne.KeyUp)
	s.Type(" ") // somebody offered, by the arrows alone
	assert.Len(t, s.panel().list.attendees(), 3)

	t.Run("somebody else, by name and affiliation", func(t *testing.T) {
		s.Type("森太郎")
		s.Type(" ")
		require.NotNil(t, s.panel().walkIn)
		assert.Equal(t, "森太郎", s.panel().walkIn.form.Field("氏名").Value())
		s.Press(fyne.KeyTab)
		s.Press(fyne.KeyTab)
		require.Equal(t, s.panel().walkIn.form.Field("所属").FocusTarget(), s.Shell.Canvas().Focused())
		s.Type("みなと市社会福祉協議会")
		s.CtrlS()
		require.Nil(t, s.panel().walkIn)
		require.Equal(t, s.panel().list.entry, s.Shell.Canvas().Focused())
	})
	t.Run("a care manager nobody knows yet, with the office", func(t *testing.T) {
		s.Type("新田めぐみ")
		s.Type(" ")
		require.NotNil(t, s.panel().walkIn)
		s.Type("ニッタメグミ")
		s.Press(fyne.KeyTab)
		s.Type("siokaze")
		s.Press(fyne.KeyReturn)
		s.CtrlS()
		require.Nil(t, s.panel().walkIn)
	})
	assert.Len(t, s.panel().list.attendees(), 5)
	before := LiveOf(s.facts, s.panel().row.Meeting, attendances(code, s.panel().list.attendees()), s.panel().newcomers)
	assert.True(t, before.Department)
	assert.Contains(t, before.Evidence, "新田めぐみ")
	assert.Equal(t, "出席の入力", s.Unsaved())
	s.CtrlS()

	require.Empty(t, s.Shell.Errors)
	assert.Nil(t, s.panel())
	there := s.there(code)
	assert.Len(t, there, 5)
	assert.True(t, there["CM:C006"] && there["職員:N003"] && there["その他:森太郎"] && there["CM:C072"], there)
	cm := s.Judged().Facts.CareManager("C072")
	require.NotNil(t, cm)
	assert.Equal(t, "新田めぐみ", cm.Name)
	assert.Contains(t, cm.Note, "仮登録")
	assert.Equal(t, "ケアプランセンターしおかぜ", s.Judged().Facts.OfficeOf("C072", s.Shell.On).Name)
	row, ok := s.List.Selected()
	require.True(t, ok)
	assert.Equal(t, 5, row.Managers+row.Staff+row.Others)
	assert.Equal(t, 1, row.Others)
	assert.True(t, row.Department && row.Counted)

	t.Run("one 元に戻す takes the attendance and the newcomer back, the meeting stays", func(t *testing.T) {
		s.Shell.Undo()
		require.Empty(t, s.Shell.Errors)
		assert.Empty(t, s.there(code))
		assert.Len(t, s.Judged().Facts.Book.CareManagers, managers)
		_, known := s.Row(code)
		assert.True(t, known)
		s.Shell.Undo()
		assert.Len(t, s.there(code), 5)
	})
}

func TestAttendanceIsChangedInOneEdit(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.To("会議", "K071"))
	s.Shell.Canvas().Focus(s.List)
	s.Press(fyne.KeyReturn)
	require.NotNil(t, s.panel())
	before := s.there("K071")
	first := s.panel().list.attendees()[0]
	for i, a := range s.panel().list.shown {
		if a.Key() == first.Key() {
			s.panel().list.mark(i)
		}
	}
	s.Type(" ") // away
	s.Type("ooshima")
	s.Press(fyne.KeyEscape) // no, another
	assert.Empty(t, s.panel().list.entry.Text)
	require.NotNil(t, s.panel())
	s.CtrlS()
	require.Empty(t, s.Shell.Errors)
	after := s.there("K071")
	assert.Len(t, after, len(before)-1)
	assert.False(t, after[first.Key()])
	s.Shell.Undo()
	assert.Equal(t, before, s.there("K071"))
}

func TestNothingChangedSavesNothing(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.To("会議", "K071"))
	row, _ := s.List.Selected()
	revision := s.Judged().Revision
	s.takeAttendance(row)
	s.CtrlS()
	assert.Nil(t, s.panel())
	assert.Equal(t, revision, s.Judged().Revision)
}

func TestEditAndDelete(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.To("会議", "K071"))
	row, ok := s.List.Selected()
	require.True(t, ok)
	s.editFacts(row)
	s.text("名称").SetText("名前を変えた会")
	s.CtrlS()
	require.Empty(t, s.Shell.Errors)
	changed, _ := s.Row("K071")
	assert.Equal(t, "名前を変えた会", changed.Name)
	assert.Equal(t, row.CountsBecause, changed.CountsBecause, "the rest stays")
	s.Shell.Undo()
	back, _ := s.Row("K071")
	assert.Equal(t, row.Name, back.Name)

	before := s.there("K071")
	s.remove(back)
	require.Empty(t, s.Shell.Errors)
	_, known := s.Row("K071")
	assert.False(t, known)
	assert.Empty(t, s.there("K071"))
	s.Shell.Undo()
	require.Empty(t, s.Shell.Errors)
	assert.Equal(t, before, s.there("K071"))
}

func TestBlankMeetingIsNotSaved(t *testing.T) {
	s := open(t, pagetest.Small)
	meetings := len(s.All)
	s.New()
	s.CtrlS()
	assert.Len(t, s.Judged().Facts.Book.Meetings, meetings)
	pagetest.Form(t, s)
	assert.Len(t, pagetest.Form(t, s).Faults(), 2, "種別 and 名称")

	s.text("名称").SetText("第58回 地域連携勉強会")
	s.choice("種別").SetChoice(string(models.StudySession))
	s.date("開催日").SetValue("2062/10/2")
	s.CtrlS()
	assert.Len(t, s.Judged().Facts.Book.Meetings, meetings)
	assert.Contains(t, pagetest.Texts(pagetest.Form(t, s).Object()), "『2062-10-02』は今日（2026-11-22）から1年より先の日付です")
}

func TestPlannedMeetingHasNoAttendanceYet(t *testing.T) {
	s := open(t, pagetest.Small)
	s.New()
	s.date("開催日").SetDate(models.MustDate("2026-12-14"))
	s.text("名称").SetText("第58回 地域連携勉強会")
	s.choice("種別").SetChoice(string(models.StudySession))
	s.CtrlS()
	require.Empty(t, s.Shell.Errors)
	assert.Nil(t, s.panel())
	row, _ := s.List.Selected()
	assert.Equal(t, "第58回 地域連携勉強会", row.Name)
}

func TestTicksOfTwoPeopleAreMerged(t *testing.T) {
	s := open(t, pagetest.Small)
	sato := apptest.Open(t, s.App.Place(), apptest.By("佐藤"), apptest.At(pagetest.Now))
	s.Open(page.To("会議", "K071"))
	row, _ := s.List.Selected()
	s.takeAttendance(row)
	both, mine := row.Attendances[0], row.Attendances[1]
	theirs := models.Attendance{Meeting: "K071", Kind: models.AttendeeOther, Name: "飛び入りの人"}
	_, err := sato.Do(context.Background(), "出席の変更", app.Remove(both), app.Put(theirs))
	require.NoError(t, err)

	delete(s.panel().list.ticked, keyOf(both))
	delete(s.panel().list.ticked, keyOf(mine))
	s.Save()

	require.Empty(t, s.Shell.Errors)
	assert.Nil(t, s.Shell.Canvas().Overlays().Top(), "there is nothing to ask")
	there := s.there("K071")
	assert.False(t, there[keyOf(both)])
	assert.False(t, there[keyOf(mine)])
	assert.True(t, there[keyOf(theirs)])
}

func TestTicksAreNotLost(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.To("会議", "K071"))
	row, _ := s.List.Selected()
	s.takeAttendance(row)
	s.Type("hase ")
	ticked := len(s.panel().list.attendees())
	t.Run("choosing a row keeps them", func(t *testing.T) {
		s.List.Select(3)
		require.NotNil(t, s.panel())
		assert.Contains(t, s.Said(), "途中です")
	})
	t.Run("a change by somebody else does not touch them", func(t *testing.T) {
		s.Changed(app.Feed{Many: true})
		require.NotNil(t, s.panel())
		assert.Len(t, s.panel().list.attendees(), ticked)
	})
	t.Run("Escape asks", func(t *testing.T) {
		s.Shell.Canvas().Focus(s.panel().list.entry)
		s.Press(fyne.KeyEscape)
		require.NotNil(t, s.Shell.Canvas().Overlays().Top())
		s.Press(fyne.KeyEscape)
		require.NotNil(t, s.panel())
	})
	t.Run("after a crash they come back", func(t *testing.T) {
		s.Close()
		s.takeAttendance(row)
		assert.Len(t, s.panel().list.attendees(), ticked)
		assert.Contains(t, s.Said(), "書きかけ")
	})
}

func TestSomebodyHalfTypedIsNotLost(t *testing.T) {
	s := open(t, pagetest.Small)
	row, ok := s.Row("K071")
	require.True(t, ok)
	s.takeAttendance(row)
	s.panel().addUnknown("")
	s.Type("森太郎")
	require.NoError(t, s.KeepTyping())
	s.Close()
	s.takeAttendance(row)
	s.panel().addUnknown("")
	assert.Equal(t, "森太郎", s.panel().walkIn.form.Field("氏名").Value())
	s.CtrlS()
	require.Nil(t, s.panel().walkIn)
	s.panel().addUnknown("")
	assert.Empty(t, s.panel().walkIn.form.Field("氏名").Value(), "who is on the sheet is typed no more")
	s.panel().walkIn.form.Escape()
	s.CtrlS()
	require.Empty(t, s.Shell.Errors)
	assert.Empty(t, s.Shell.Drafted)
}

func TestTicksThatCannotBeKeptAreSaid(t *testing.T) {
	s := open(t, pagetest.Small)
	row, ok := s.Row("K071")
	require.True(t, ok)
	s.takeAttendance(row)
	s.panel().draft.Draft = fullDisk{}
	s.Press(fyne.KeyDown)
	s.Type(" ")
	assert.Contains(t, pagetest.Texts(s.panel().object), "書きかけを残せていません。ディスクがいっぱいです")
	assert.NotContains(t, pagetest.Texts(s.panel().object), "書きかけを残しました")
	require.Error(t, s.KeepTyping())
}

// fullDisk is a draft that cannot be kept.
type fullDisk struct{}

func (fullDisk) Load() (ui.Typed, error) { return ui.Typed{}, nil }
func (fullDisk) Save(ui.Typed) error {
	return models.Errorf(models.Unavailable, "ディスクがいっぱいです")
}
func (fullDisk) Clear() error { return nil }

func TestTickListWithTheInputMethodOn(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.To("会議", "K071"))
	row, _ := s.List.Selected()
	s.takeAttendance(row)
	list := s.panel().list
	before := len(list.ticked)
	s.Type("長谷川")
	s.Press(fyne.KeyReturn)
	assert.Equal(t, "長谷川", list.entry.Text, "Enter, which may confirm a conversion, changes nothing")
	assert.Len(t, list.ticked, before)
	s.Type("　")
	assert.Empty(t, list.entry.Text, "a wide space ticks as well")
	assert.NotEqual(t, before, len(list.ticked))
}

func TestEveryFieldOfAMeetingCanBeEntered(t *testing.T) {
	s := open(t, pagetest.Small)
	s.New()
	pagetest.EntersAll[models.Meeting](t, pagetest.Form(t, s), "会議コード")
}

func TestTheSheetOfAnAttendanceTellsThatTheMeetingIsOpen(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Shell.Others = []app.Presence{{Actor: "佐藤", Machine: "受付PC"}}
	s.Open(page.To("会議", "K071"))
	row, _ := s.List.Selected()
	s.takeAttendance(row)
	assert.Equal(t, []app.RecordRef{{Sheet: "会議", Key: "K071"}}, s.Shell.Open)
	assert.Contains(t, pagetest.Texts(s.panel().Object()), "いま 佐藤さん（受付PC）もこの記録を開いています")
	s.Leave()
	assert.Empty(t, s.Shell.Open)
}
