package claims

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page/pagetest"
	"renkei/views/verdict"
)

func (s *screen) confirmations() int { return len(s.Book().Confirmations) }

// readyNumbers are the 指導番号 of the month that can be confirmed.
func (s *screen) readyNumbers() []string { return numbersOf(s.rows, Row.Ready) }

func TestConfirmCloseChangeAndReopen(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.goTo(202610)
	ready := s.readyNumbers()
	require.Greater(t, len(ready), 1)

	s.Shell.Canvas().Focus(s.list)
	s.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	detail := pagetest.Texts(s.detail)
	assert.Contains(t, detail, "件を選んでいます")
	named := 0
	for _, r := range s.list.Rows() {
		if !r.Ready() && named < mostListed {
			assert.Contains(t, detail, r.Title())
			assert.Contains(t, detail, r.Why(), "what cannot be confirmed says why")
			named++
		}
	}
	assert.Positive(t, named)
	s.shortcut(fyne.KeyReturn)
	require.Empty(t, s.Shell.Errors)
	assert.Equal(t, len(ready), s.confirmations())
	assert.Zero(t, s.list.Marked())
	for _, r := range s.rows {
		if r.Confirmed != nil {
			assert.Equal(t, Confirmed, r.Check)
			assert.Equal(t, string(r.Verdict.Session.Claim), r.Record)
			assert.Equal(t, models.Month(202610), r.Verdict.Session.ClaimMonth)
		}
	}

	test.Tap(s.closing)
	require.Empty(t, s.Shell.Errors)
	assert.Equal(t, "2026年10月の締めをしました", s.Said())
	assert.Contains(t, pagetest.Texts(s.stateBar), "締め済\n2026-11-22 山田")
	assert.False(t, s.late.Visible())

	s.now = s.now.Add(time.Hour)
	row := s.rows[0]
	changed := row.Verdict.Session
	changed.NotedOn = changed.On.AddDays(1)
	_, err := s.App.Do(context.Background(), "要点の記載", app.Put(changed))
	require.NoError(t, err)
	s.Shell.Changed()
	require.True(t, s.late.Visible())
	assert.Equal(t, "締め後の変更 1件", s.late.Text)
	test.Tap(s.late)
	text := pagetest.Texts(s.detail)
	assert.Contains(t, text, "2026-11-22 11:30 山田")
	assert.Contains(t, text, row.Title())
	assert.Contains(t, text, "要点記載日: ")
	assert.Contains(t, text, "→ "+changed.NotedOn.String())

	assert.Equal(t, "締めを解く", s.closing.Text)
	test.Tap(s.closing)
	require.NotNil(t, s.reopening)
	s.Save()
	require.NotNil(t, s.reopening, "a reason has to be given")
	assert.True(t, s.Book().LastClosing(202610).Closed())
	for _, r := range "返戻のため" {
		s.Shell.Canvas().Focused().TypedRune(r)
	}
	assert.Equal(t, "締めを解く理由の入力", s.Unsaved())
	s.shortcut(fyne.KeyS)
	require.Empty(t, s.Shell.Errors)
	assert.Nil(t, s.reopening)
	last := s.Book().LastClosing(202610)
	assert.False(t, last.Closed())
	assert.Equal(t, "返戻のため", last.Reason)
	assert.Contains(t, pagetest.Texts(s.stateBar), "山田 が締めを解きました（返戻のため）")
	assert.Equal(t, "月を締める", s.closing.Text)
	s.Shell.Undo()
	assert.True(t, s.Book().LastClosing(202610).Closed(), "re-opening can be taken back")
}

func TestConfirmingByMarkedRows(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.resBox.Choose(filterReady)
	require.Greater(t, len(s.list.Rows()), 2)
	s.Shell.Canvas().Focus(s.list)
	s.Press(fyne.KeySpace, fyne.KeyDown)
	s.list.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	s.Press(fyne.KeyDown)
	s.list.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	marked := numbersOf(s.list.Selection(), Row.Ready)
	require.Len(t, marked, 2)
	assert.Equal(t, "確定（2件）", s.confirm.Text)
	test.Tap(s.confirm)
	require.Empty(t, s.Shell.Errors)
	for _, number := range marked {
		assert.NotNil(t, s.Book().ConfirmationOf(number))
	}
	assert.Equal(t, 2, s.confirmations())

	t.Run("taken back by 元に戻す and done again", func(t *testing.T) {
		s.Shell.Undo()
		assert.Zero(t, s.confirmations())
		s.Shell.Undo()
		assert.Equal(t, 2, s.confirmations())
	})
	t.Run("taken back by 確定の取消し", func(t *testing.T) {
		s.resBox.Choose("")
		require.True(t, s.list.SelectKey(marked[0]))
		require.True(t, s.takeBack.Visible())
		assert.Equal(t, "確定の取消し（1件）", s.takeBack.Text)
		assert.Contains(t, pagetest.Texts(s.detail), "確定済　指導料")
		test.Tap(s.takeBack)
		assert.Nil(t, s.Book().ConfirmationOf(marked[0]))
		assert.Empty(t, s.Book().Sessions[sessionAt(t, s.Book(), marked[0])].Claim)
		assert.Equal(t, 1, s.confirmations())
	})
}

func TestAnotherVerdictThanTheOneSeenIsShownNotConfirmed(t *testing.T) {
	s := open(t, true, pagetest.Small)
	require.True(t, s.list.SelectKey("G0384"))
	require.Contains(t, pagetest.Texts(s.detail), "500点")
	setting := models.Setting{Key: "meeting_min_count", Value: "90"}
	for _, stored := range s.Book().Settings {
		if stored.Key == setting.Key {
			setting.Version = stored.Version
		}
	}
	_, err := s.App.Do(context.Background(), "ほかの画面での変更", app.Put(setting))
	require.NoError(t, err)

	test.Tap(s.confirm)

	require.Len(t, s.Shell.Errors, 1)
	assert.Equal(t, models.Conflict, models.ErrorCode(s.Shell.Errors[0]))
	assert.Zero(t, s.confirmations())
	assert.Contains(t, pagetest.Texts(s.detail), "400点", "the page shows it as it is judged now")
}

func sessionAt(t *testing.T, book *models.Book, number string) int {
	t.Helper()
	for i := range book.Sessions {
		if book.Sessions[i].Number == number {
			return i
		}
	}
	require.Fail(t, "no session "+number)
	return -1
}

func TestWhatCannotBeConfirmedSaysWhy(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.Shell.Canvas().Focus(s.list)
	for _, r := range s.rows {
		if r.Ready() || r.Confirmed != nil {
			continue
		}
		require.True(t, s.list.SelectKey(r.Number))
		assert.True(t, s.confirm.Disabled())
		s.shortcut(fyne.KeyReturn)
		assert.Equal(t, r.Title()+" は確定できません。"+r.Why(), s.Said())
		assert.Contains(t, pagetest.Texts(s.detail), r.Why())
	}
	assert.Zero(t, s.confirmations())
}

func TestAClosedMonthStillWorks(t *testing.T) {
	s := open(t, true, pagetest.Small)
	test.Tap(s.closing)
	require.True(t, s.state.Closed())
	s.now = s.now.Add(time.Hour)
	number := s.readyNumbers()[0]
	require.True(t, s.list.SelectKey(number))
	s.Shell.Canvas().Focus(s.list)
	s.shortcut(fyne.KeyReturn)
	assert.NotNil(t, s.Book().ConfirmationOf(number))
	require.Len(t, s.state.Late, 1, "and what is done is listed")
	assert.Contains(t, pagetest.Texts(s.detail), "締め後の変更")
	s.Shell.SaveTo = t.TempDir() + "/a.xlsx"
	test.Tap(s.export)
	assert.FileExists(t, s.Shell.SaveTo)
}

func TestLeavingTheFormOfTheReason(t *testing.T) {
	s := open(t, true, pagetest.Small)
	test.Tap(s.closing)
	test.Tap(s.closing)
	require.NotNil(t, s.reopening)
	s.list.Select(2)
	require.NotNil(t, s.reopening, "another row leaves it open")
	s.Press(fyne.KeyEscape)
	assert.Nil(t, s.reopening)
	assert.Empty(t, s.Unsaved())
	assert.True(t, s.Book().LastClosing(s.month).Closed())
	assert.Same(t, s.list, s.Shell.Canvas().Focused())
}

func TestAConfirmedSessionJudgedOtherwiseLater(t *testing.T) {
	row := Row{Result: fee.Fee1, Points: 400, Verdict: &fee.Verdict{Result: fee.Fee1},
		Confirmed: &models.Confirmation{Claim: "2", Points: 500, By: "山田", At: "2026-11-05T01:00:00Z", RuleVersion: "2026-06"}}
	text, _, _ := confirmationWords(row)
	assert.Contains(t, text, "確定済　指導料2 500点　2026-11-05 山田（判定ルール 2026-06）")
	assert.Contains(t, text, "いまは指導料1です")
	assert.Empty(t, row.Why())
}

func TestStateOfAMonth(t *testing.T) {
	ready := Row{Result: fee.Fee2, Verdict: &fee.Verdict{Result: fee.Fee2}, Check: verdict.Ready}
	lacking := Row{Result: fee.Fee1, Action: true, Verdict: &fee.Verdict{Result: fee.Fee1, Warnings: []fee.Warning{{Code: "W2"}}}}
	refused := Row{Result: fee.NotBillable, Verdict: &fee.Verdict{Result: fee.NotBillable}}
	done := ready
	done.Confirmed = &models.Confirmation{}
	closed := &models.Closing{ClosedBy: "山田", ClosedAt: "2026-11-05T03:00:00Z"}
	for name, c := range map[string]struct {
		rows    []Row
		closing *models.Closing
		word    string
		text    string
	}{
		"some open":         {[]Row{ready, lacking, refused, done}, nil, "未確定 2件", "確定 1件 ・ 確定できる 1件 ・ 要対応 1件"},
		"all confirmed":     {[]Row{done, refused}, nil, "確定済", "確定 1件"},
		"closed":            {[]Row{done}, closed, "締め済", "2026-11-05 山田　確定 1件"},
		"closed, some open": {[]Row{done, lacking}, closed, "締め済", "2026-11-05 山田　確定 1件 ・ 未確定 1件 ・ 要対応 1件"},
		"nothing billable":  {[]Row{refused}, nil, "算定なし", "確定 0件"},
		"re-opened": {[]Row{done}, &models.Closing{ReopenedBy: "佐藤", ReopenedAt: "2026-11-08T03:00:00Z", Reason: "返戻"}, "確定済",
			"2026-11-08 佐藤 が締めを解きました（返戻）　確定 1件"},
	} {
		t.Run(name, func(t *testing.T) {
			s := StateOf(c.rows, c.closing, nil)
			assert.Equal(t, c.word, s.Tint().Word)
			assert.Equal(t, c.text, s.String())
		})
	}
}
