package settings

import (
	"context"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// confirmed is the screen after 医事課 confirmed every session of October that can
// be, and closed the month; their numbers and points.
func confirmed(t *testing.T, size fyne.Size) (s *screen, numbers []string, points int) {
	t.Helper()
	s = open(t, size)
	var seen []app.Seen
	for _, v := range s.Judged().Month(2026_10) {
		if v.Confirmable() && v.Result == fee.Fee2 {
			seen = append(seen, app.Seen{Number: v.Session.Number, Result: v.Result, Points: v.Points})
			numbers = append(numbers, v.Session.Number)
			points += v.Points
		}
	}
	require.NotEmpty(t, numbers)
	_, err := s.App.Confirm(context.Background(), 2026_10, seen)
	require.NoError(t, err)
	_, err = s.App.CloseMonth(context.Background(), 2026_10)
	require.NoError(t, err)
	s.Changed(app.Feed{Many: true})
	return s, numbers, points
}

func TestWhatIsConfirmedIsNotChangedByASettingWithoutAQuestion(t *testing.T) {
	for name, size := range map[string]fyne.Size{"large": pagetest.Large, "small": pagetest.Small} {
		t.Run(name, func(t *testing.T) { askedBeforeSaving(t, size) })
	}
}

// Every 指導料2 asks for meetings; ninety-nine of them nobody has had.
func askedBeforeSaving(t *testing.T, size fyne.Size) {
	s, numbers, points := confirmed(t, size)
	s.Open(page.ToSection(ID, "params", "meeting_min_count"))
	s.TypeOver("99")
	assert.Contains(t, pagetest.Texts(s.form().Object()), "確定済 "+strconv.Itoa(len(numbers))+"件、締め済の2026-10を含む")
	all, bound, lost := 0, 0, 0
	for _, r := range s.changing() {
		if r.Bound != "" && r.Before != r.After {
			all++
		}
		if r.Bound == "確定済" && r.Change != 0 {
			bound++
			lost -= r.Change
			assert.Equal(t, "500→0点", r.Points, r.Number)
		}
	}
	assert.Equal(t, [2]int{len(numbers), points}, [2]int{bound, lost})

	s.CtrlS()
	asked := pagetest.Texts(s.Shell.Canvas().Overlays().Top())
	assert.Contains(t, asked, "保存してよいですか")
	assert.Contains(t, asked, numbers[0])
	assert.Contains(t, asked, "500→0点　確定済（2026-10）")
	s.answer(false)
	assert.Equal(t, 1, s.Judged().Facts.Params.MeetingMinCount, "nothing is saved")
	require.NotNil(t, s.form(), "what is typed stays")
	s.CtrlS()
	s.answer(true)
	assert.Equal(t, 99, s.Judged().Facts.Params.MeetingMinCount)
	assert.Contains(t, s.Said(), "をしました。確定済み・締め済みの判定が変わりました: "+numbers[0])
	assert.Contains(t, s.Said(), "ほか"+strconv.Itoa(all-1)+"件")
	s.Shell.Undo()
	assert.Equal(t, 1, s.Judged().Facts.Params.MeetingMinCount)
}

func TestAnEditionOfThePolicyIsKeptWhileConfirmedClaimsRestOnIt(t *testing.T) {
	s, _, _ := confirmed(t, pagetest.Large)
	s.Open(page.ToSection(ID, "policies", ""))
	p := s.table("policies").(*policies)
	edition := p.List.Rows()[len(p.List.Rows())-1].Edition
	resting, err := s.App.RestingOn(context.Background(), edition)
	require.NoError(t, err)
	require.NotEmpty(t, resting)
	require.True(t, p.List.SelectKey(edition))
	test.Tap(p.buttons[2])
	assert.Nil(t, s.Shell.Canvas().Overlays().Top())
	assert.Contains(t, s.Said(), "消せません。この版で確定した指導料2が"+strconv.Itoa(len(resting))+"件あります（"+resting[0].Session.Number)
	p.withSelected(p.edit)()
	s.TypeOver("改訂版")
	s.CtrlS()
	require.NotNil(t, p.Editor())
	assert.Contains(t, pagetest.Texts(s.form().Object()), "名前は変えられません。この版で確定した指導料2が")
	left, err := s.App.RestingOn(context.Background(), edition)
	require.NoError(t, err)
	assert.Len(t, left, len(resting))
}

func TestAWrongEditionOfThePolicyIsRenamedAndTakenOut(t *testing.T) {
	s := open(t, pagetest.Small)
	s.Open(page.ToSection(ID, "policies", ""))
	p := s.table("policies").(*policies)
	editions := func() []string {
		var names []string
		for _, row := range s.Book().Policies {
			names = append(names, row.Edition)
		}
		return names
	}
	require.Equal(t, []string{"第1版", "第2版"}, editions())
	require.True(t, p.List.SelectKey("第2版"))
	was := s.Book().Policies[1]
	p.withSelected(p.edit)()
	s.TypeOver("第1版")
	s.CtrlS()
	assert.Contains(t, pagetest.Texts(s.form().Object()), "『第1版』は登録されています")
	s.TypeOver("令和8年版")
	s.CtrlS()
	s.saved()
	require.Equal(t, []string{"令和8年版", "第1版"}, editions())
	now := s.Book().Policies[0]
	was.Edition, was.Version = now.Edition, now.Version
	assert.Equal(t, was, now, "the rest of it stays")

	row, ok := p.List.Selected()
	require.True(t, ok)
	require.Equal(t, "令和8年版", row.Edition)
	test.Tap(p.buttons[2])
	assert.Contains(t, pagetest.Texts(s.Shell.Canvas().Overlays().Top()), "判定が変わる ")
	s.answer(false)
	require.Len(t, editions(), 2)
	test.Tap(p.buttons[2])
	s.answer(true)
	s.saved()
	assert.Equal(t, []string{"第1版"}, editions())
	s.Shell.Undo()
	assert.Len(t, editions(), 2)
}

func TestFactsOfTheHospitalThatCannotBe(t *testing.T) {
	s := open(t, pagetest.Large)
	s.Open(page.ToSection(ID, "hospital", ""))
	h := s.table("hospital").(*hospital)
	before := s.Judged().Facts.Params
	h.Find()
	s.tabTo(h.Field(codeKey))
	s.TypeOver("13101")
	s.tabTo(h.Field(digitsKey))
	s.TypeOver("7")
	s.tabTo(h.Field("code_fee1"))
	s.TypeOver("12")
	s.CtrlS()
	text := pagetest.Texts(h.Form.Form.Object())
	assert.Contains(t, text, "3か所を直してください", "all of them at once")
	assert.Contains(t, text, "7桁の数字か、10桁の数字")
	assert.Contains(t, text, "は8桁です。7桁にすると")
	assert.Equal(t, before, s.Judged().Facts.Params)
	s.tabTo(h.Field("code_fee1"))
	s.TypeOver("113099910")
	h.Find()
	s.tabTo(h.Field(codeKey))
	s.TypeOver("１３１０１１２３４５")
	s.tabTo(h.Field(digitsKey))
	s.TypeOver("10")
	s.CtrlS()
	s.saved()
	params := s.Judged().Facts.Params
	assert.Equal(t, "1310112345", params.HospitalCode)
	assert.Equal(t, 10, params.PatientIDDigits)
}
