package ui

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

const keptWords = "書きかけを残しました"

// words is what the foot of the form says.
func (s *session) words() string { return s.form.frame.status.Text() }

// warned is what is said over the fields, "" when it is not seen.
func (s *session) warned() string {
	if !s.form.frame.unkept.Visible() {
		return ""
	}
	return s.form.frame.warning.Text()
}

func TestADraftIsKeptWhileTypingGoesOn(t *testing.T) {
	themed(t)
	draft := &memoryDraft{}
	s := newSession(t, draft)
	s.form.FocusFirst()
	typeKeys(s.w, "12")
	assert.Zero(t, draft.saves, "not at each key")
	require.Len(t, s.waiting, 1, "the first change sets the time for all")
	s.waiting[0]()
	assert.Equal(t, 1, draft.saves, "without a pause")
	assert.Equal(t, "00000012", draft.values["患者ID"])
	assert.Contains(t, draft.values, "担当者", "by the name of the field")
	assert.Empty(t, draft.before["患者ID"], "with what stood there before")
	typeKeys(s.w, "3")
	require.Len(t, s.waiting, 2, "the next change sets the next time")
	s.waiting[1]()
	assert.Equal(t, "00000123", draft.values["患者ID"])
	s.waiting[1]()
	assert.Equal(t, 2, draft.saves, "nothing new, nothing to keep")
}

func TestItSaysKeptOnlyWhileAllThatIsTypedIs(t *testing.T) {
	themed(t)
	s := newSession(t, &memoryDraft{})
	s.form.FocusFirst()
	typeKeys(s.w, "12")
	assert.Empty(t, s.words(), "nothing is kept yet")
	s.waiting[0]()
	assert.Equal(t, keptWords, s.words())
	typeKeys(s.w, "3")
	assert.Empty(t, s.words(), "the 3 is not kept")
	s.waiting[1]()
	assert.Equal(t, keptWords, s.words())
	s.form.Changed()
	assert.Empty(t, s.words(), "nor is what the page put in")
}

func TestWhatIsSavedNeedsNoDraft(t *testing.T) {
	themed(t)
	draft := &memoryDraft{}
	s := newSession(t, draft)
	s.form.FocusFirst()
	typeKeys(s.w, "12")
	require.NoError(t, s.form.KeepDraft())
	typeKeys(s.w, "3")
	s.form.Clean()
	assert.Nil(t, draft.values)
	assert.Empty(t, s.words())
	for _, late := range s.waiting {
		late()
	}
	assert.Nil(t, draft.values, "nor does one come late")
}

func TestADraftThatCannotBeKeptIsSaidUntilItIs(t *testing.T) {
	themed(t)
	draft := &memoryDraft{err: models.Errorf(models.Unavailable, "フォルダに書き込めません")}
	s := newSession(t, draft)
	s.form.frame.unkept.Hide()
	s.form.FocusFirst()
	assert.Contains(t, s.warned(), "前の書きかけを読めませんでした。フォルダに書き込めません", "one that cannot be read is said too")
	typeKeys(s.w, "4")
	s.waiting[0]()
	assert.Contains(t, s.warned(), "書きかけを残せていません。フォルダに書き込めません")
	assert.Empty(t, s.words())
	require.Error(t, s.form.KeepDraft(), "and to a page that is left")
	draft.err = nil
	typeKeys(s.w, "5")
	s.waiting[1]()
	assert.Empty(t, s.warned())
	assert.Equal(t, keptWords, s.words())

	var stuck error
	s.form.draft.Stuck = func(err error) { stuck = err }
	draft.err = errors.New("locked")
	s.form.Clean()
	assert.Equal(t, draft.err, stuck, "a draft that outlives its saving is said")
	draft.err = nil
	s.form.Clean()
	assert.Nil(t, draft.values, "and forgotten when it can be")
}

func TestLeavingAFieldKeepsADraftAtOnce(t *testing.T) {
	themed(t)
	draft := &memoryDraft{}
	s := newSession(t, draft)
	s.form.FocusFirst()
	s.w.Canvas().FocusNext()
	assert.Zero(t, draft.saves, "nothing was typed")
	s.w.Canvas().FocusPrevious()
	typeKeys(s.w, "12")
	s.w.Canvas().FocusNext()
	assert.Equal(t, 1, draft.saves)
	assert.Equal(t, "00000012", draft.values["患者ID"])
	s.w.Canvas().FocusNext()
	assert.Equal(t, 1, draft.saves, "once for the changes there are")
	s.form.Clean()
	s.w.Canvas().Unfocus()
	assert.Nil(t, draft.values, "what is saved needs no draft")
}

func TestFormRestoresADraft(t *testing.T) {
	themed(t)
	draft := &memoryDraft{values: map[string]string{"患者ID": "00000012", "指導日": "13/1", "患者参加": "○", "備考": "途中", "むかしの項目": "x"}}
	s := newSession(t, draft)
	s.who.SetText("渡邉")
	s.form.Clean()
	require.NotNil(t, draft.values, "filling the form in takes no draft away")
	filled := 0
	s.form.OnFilled = func() { filled++ }
	s.form.FocusFirst()
	assert.Equal(t, 1, filled, "the page is told")
	assert.Equal(t, "00000012", s.id.Text())
	assert.Equal(t, "13/1", s.on.Value(), "what cannot be read comes back too")
	assert.Equal(t, models.Yes, s.part.Mark())
	assert.Equal(t, "途中", s.note.Text())
	assert.Equal(t, "渡邉", s.who.Text(), "what the draft does not name stays")
	assert.True(t, s.form.frame.restored.Visible(), "the person is told")
	assert.True(t, s.form.Dirty())
	assert.False(t, s.form.Restore(), "only once")
	s.form.Revert()
	assert.True(t, s.id.Blank(), "it can be done without")
	assert.Equal(t, "渡邉", s.who.Text())
	assert.Nil(t, draft.values)
	assert.False(t, s.form.frame.restored.Visible())
}

// meanwhile is a draft of a record: the person changed 備考 from 電話 to 面会
// and left 担当 as it was, 渡邉.
func meanwhile() *memoryDraft {
	return &memoryDraft{
		values: map[string]string{"備考": "面会", "担当者": "渡邉"},
		before: map[string]string{"備考": "電話", "担当者": "渡邉"},
	}
}

func TestADraftOfARecordThatWasChangedMeanwhile(t *testing.T) {
	cases := map[string]struct {
		recorded    bool
		note, who   string // as recorded now
		wantNote    string
		wantWho     string
		wantWarning string // the fields named
		wantKept    bool
	}{
		"an unchanged record gets what was typed":                {true, "電話", "渡邉", "面会", "渡邉", "", true},
		"what others changed and the person did not stays":       {true, "電話", "青木", "面会", "青木", "", true},
		"what both changed is the person's, and is said":         {true, "訪問", "渡邉", "面会", "渡邉", "「備考」", true},
		"what both changed to the same is nobody's business":     {true, "面会", "青木", "面会", "青木", "", false},
		"a new record comes back as it was, its beginnings, too": {false, "電話", "青木", "面会", "渡邉", "", true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			themed(t)
			draft := meanwhile()
			s := newSession(t, draft)
			s.form.o.Recorded = c.recorded
			s.note.SetText(c.note)
			s.who.SetText(c.who)
			s.form.Clean()
			assert.Equal(t, c.wantKept, s.form.Restore())
			assert.Equal(t, c.wantNote, s.note.Text())
			assert.Equal(t, c.wantWho, s.who.Text())
			assert.Equal(t, c.wantKept, draft.values != nil)
			if c.wantWarning == "" {
				assert.False(t, s.form.frame.overtaken.Visible())
				return
			}
			require.True(t, s.form.frame.overtaken.Visible())
			assert.Contains(t, s.form.frame.overtaken.Text(), c.wantWarning+"の登録が変わっています")
		})
	}
}

func TestTheWarningsOverTheFieldsHaveRoom(t *testing.T) {
	themed(t)
	draft := meanwhile()
	s := newSession(t, draft)
	s.form.o.Recorded = true
	s.note.SetText("訪問")
	s.form.Clean()
	require.True(t, s.form.Restore())
	s.form.frame.warn("書きかけを残せていません。")
	s.w.Resize(fyne.NewSize(640, 500))
	f := s.form.frame
	assert.LessOrEqual(t, f.unkept.Position().Y+f.unkept.Size().Height, f.restored.Position().Y)
	assert.LessOrEqual(t, f.restored.Position().Y+f.restored.Size().Height, s.form.scroll.Position().Y+0.5)
}
