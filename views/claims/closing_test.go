package claims

import (
	"context"
	"fmt"
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
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

func (s *screen) confirmations() int { return len(s.Book().Confirmations) }

// readyNumbers are the 指導番号 of the month that can be confirmed.
func (s *screen) readyNumbers() []string { return numbersOf(s.All, Row.Ready) }

func TestConfirmCloseChangeAndReopen(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.goTo(202610)
	ready := s.readyNumbers()
	require.Greater(t, len(ready), 1)

	s.Shell.Canvas().Focus(s.List)
	s.List.TypedShortcut(&fyne.ShortcutSelectAll{})
	detail := pagetest.Texts(s.Detail)
	assert.Contains(t, detail, "件を選んでいます")
	named := 0
	for _, r := range s.List.Rows() {
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
	assert.Zero(t, s.List.Marked())
	for _, r := range s.All {
		if r.Confirmed != nil {
			assert.Equal(t, verdict.Done, r.Check)
			assert.Equal(t, string(r.Verdict.Session.Claim), r.Record)
			assert.Equal(t, models.Month(202610), r.Verdict.Session.ClaimMonth)
		}
	}

	test.Tap(s.closing)
	text := pagetest.Texts(s.Detail)
	assert.False(t, s.state.Closed(), "what stays behind is shown first")
	assert.Contains(t, text, fmt.Sprintf("2026年10月を締めると、未確定の %d件 %s が残ります", s.state.Open, words.Points(s.state.OpenPoints)))
	left := 0
	for _, r := range s.All {
		if r.Open() {
			left += r.Points
			assert.Contains(t, text, r.Title()+"　"+words.Points(r.Points))
		}
	}
	assert.Equal(t, left, s.state.OpenPoints)
	test.Tap(pagetest.Button(s.T, s.Detail, "未確定を残して締める"))
	require.Empty(t, s.Shell.Errors)
	assert.Equal(t, "2026年10月の締めをしました", s.Said())
	assert.Contains(t, pagetest.Texts(s.stateBar), "　2026-11-22 山田")
	assert.False(t, s.late.Visible())

	s.now = s.now.Add(time.Hour)
	row := s.All[0]
	changed := row.Verdict.Session
	changed.NotedOn = changed.On.AddDays(1)
	_, err := s.App.Do(context.Background(), "要点の記載", app.Put(changed))
	require.NoError(t, err)
	s.Shell.Changed()
	require.True(t, s.late.Visible())
	assert.Equal(t, "締め後の変更 1件", s.late.Text)
	test.Tap(s.late)
	text = pagetest.Texts(s.Detail)
	assert.Contains(t, text, "2026-11-22 11:30 山田")
	assert.Contains(t, text, row.Title())
	assert.Contains(t, text, "要点記載日: ")
	assert.Contains(t, text, "→ "+changed.NotedOn.String())

	assert.Equal(t, "締めを解く", s.closing.Text)
	test.Tap(s.closing)
	require.NotNil(t, s.Editor())
	s.Save()
	require.NotNil(t, s.Editor(), "a reason has to be given")
	assert.True(t, s.Book().LastClosing(202610).Closed())
	for _, r := range "返戻のため" {
		s.Shell.Canvas().Focused().TypedRune(r)
	}
	assert.Equal(t, "2026年10月の締めを解く", s.Unsaved())
	s.shortcut(fyne.KeyS)
	require.Empty(t, s.Shell.Errors)
	assert.Nil(t, s.Editor())
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
	require.Greater(t, len(s.List.Rows()), 2)
	s.Shell.Canvas().Focus(s.List)
	s.Press(fyne.KeySpace, fyne.KeyDown)
	s.List.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	s.Press(fyne.KeyDown)
	s.List.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	marked := numbersOf(s.List.Selection(), Row.Ready)
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
		require.True(t, s.List.SelectKey(marked[0]))
		require.True(t, s.takeBack.Visible())
		assert.Equal(t, "確定の取消し（1件）", s.takeBack.Text)
		assert.Contains(t, pagetest.Texts(s.Detail), "確定済　指導料")
		test.Tap(s.takeBack)
		assert.Nil(t, s.Book().ConfirmationOf(marked[0]))
		assert.Empty(t, s.Book().Sessions[sessionAt(t, s.Book(), marked[0])].Claim)
		assert.Equal(t, 1, s.confirmations())
	})
}

func TestAnotherVerdictThanTheOneSeenIsShownNotConfirmed(t *testing.T) {
	s := open(t, true, pagetest.Small)
	require.True(t, s.List.SelectKey("G0384"))
	require.Contains(t, pagetest.Texts(s.Detail), "500点")
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
	assert.Contains(t, pagetest.Texts(s.Detail), "400点", "the page shows it as it is judged now")
}

// closeAnyway closes the month with what is not confirmed.
func (s *screen) closeAnyway() {
	test.Tap(s.closing)
	if !s.state.Closed() {
		test.Tap(pagetest.Button(s.T, s.Detail, "未確定を残して締める"))
	}
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
	s.Shell.Canvas().Focus(s.List)
	for _, r := range s.All {
		if r.Ready() || r.Confirmed != nil {
			continue
		}
		require.True(t, s.List.SelectKey(r.Number))
		assert.True(t, s.confirm.Disabled())
		s.shortcut(fyne.KeyReturn)
		assert.Equal(t, r.Title()+" は確定できません。"+r.Why(), s.Said())
		assert.Contains(t, pagetest.Texts(s.Detail), r.Why())
	}
	assert.Zero(t, s.confirmations())
}

func TestAClosedMonthIsOpenedForAReasonBeforeAnythingIsConfirmed(t *testing.T) {
	s := open(t, true, pagetest.Small)
	ready := s.readyNumbers()
	require.Greater(t, len(ready), 1)
	require.True(t, s.List.SelectKey(ready[0]))
	s.Shell.Canvas().Focus(s.List)
	s.shortcut(fyne.KeyReturn)
	require.NotNil(t, s.Book().ConfirmationOf(ready[0]))
	require.True(t, s.takeBack.Visible())
	s.closeAnyway()
	require.True(t, s.state.Closed())

	assert.False(t, s.takeBack.Visible(), "a 確定 is not taken back by one click")
	require.True(t, s.List.SelectKey(ready[1]))
	assert.True(t, s.confirm.Disabled())
	s.shortcut(fyne.KeyReturn)
	assert.Nil(t, s.Book().ConfirmationOf(ready[1]))
	assert.Contains(t, s.Said(), "締めてあるため、確定できません。先に「締めを解く」で理由を入力してください")
	assert.Contains(t, pagetest.Texts(s.Detail), "未確定のまま締めてあります")
	s.Shell.SaveTo = t.TempDir() + "/a.xlsx"
	test.Tap(s.export)
	assert.FileExists(t, s.Shell.SaveTo)
}

func TestLeavingTheFormOfTheReason(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.closeAnyway()
	test.Tap(s.closing)
	require.NotNil(t, s.Editor())
	s.Type("返戻")
	s.List.Select(2)
	require.NotNil(t, s.Editor(), "another row leaves it open")
	assert.Contains(t, s.Said(), "の締めを解く」の途中です")
	pagetest.Field[*ui.TextField](t, pagetest.Form(t, s), "理由").SetText("")
	s.Press(fyne.KeyEscape)
	assert.Nil(t, s.Editor())
	assert.Empty(t, s.Unsaved())
	assert.True(t, s.Book().LastClosing(s.month).Closed())
	assert.Same(t, s.List, s.Shell.Canvas().Focused())
}

func TestAConfirmedSessionJudgedOtherwiseLater(t *testing.T) {
	confirmed := &models.Confirmation{Claim: "2", Points: 500, By: "山田", At: "2026-11-05T01:00:00Z", RuleVersion: "2026-06"}
	row := Row{Result: fee.Fee1, Points: 400, Verdict: &fee.Verdict{Result: fee.Fee1, Points: 400}, Confirmed: confirmed}
	text, _, _ := confirmationWords(row, false)
	assert.Contains(t, text, "確定済　指導料2 500点　2026-11-05 山田（判定ルール 2026-06）")
	assert.Contains(t, text, "いまは指導料1（500→400点）です。確定の取消しをして")
	text, _, _ = confirmationWords(row, true)
	assert.Contains(t, text, "理由を入力して締めを解いてください")
	assert.Empty(t, row.Why())
	assert.Equal(t, "500→400", pointsWords(row))
	assert.Equal(t, verdict.Differs, rowOf(row.Verdict, confirmed).Check)
	row.Verdict.Result, row.Verdict.Points = fee.Fee2, 500
	row.Points = 500
	assert.Equal(t, "500", pointsWords(row))
	assert.Equal(t, verdict.Done, rowOf(row.Verdict, confirmed).Check)
}

func TestStateOfAMonth(t *testing.T) {
	ready := Row{Result: fee.Fee2, Points: 500, Verdict: &fee.Verdict{Result: fee.Fee2, Points: 500}, Check: verdict.Ready}
	lacking := Row{Result: fee.Fee1, Points: 400, Action: true, Verdict: &fee.Verdict{Result: fee.Fee1, Warnings: []fee.Warning{{Code: "W2"}}}}
	refused := Row{Result: fee.NotBillable, Verdict: &fee.Verdict{Result: fee.NotBillable}}
	done := ready
	done.Confirmed = &models.Confirmation{Claim: models.ClaimFee2, Points: 500}
	lost := refused
	lost.Confirmed = done.Confirmed
	closed := &models.Closing{ClosedBy: "山田", ClosedAt: "2026-11-05T03:00:00Z"}
	for name, c := range map[string]struct {
		rows    []Row
		closing *models.Closing
		word    string
		text    string
	}{
		"some open":              {[]Row{ready, lacking, refused, done}, nil, "未確定 2件", "確定 1件 500点 ・ 未確定 2件 900点（確定できる 1件） ・ 要対応 1件"},
		"all confirmed":          {[]Row{done, refused}, nil, "確定済", "確定 1件 500点"},
		"closed":                 {[]Row{done}, closed, "締め済", "確定 1件 500点　2026-11-05 山田"},
		"closed, some open":      {[]Row{done, lacking}, closed, "締め済", "確定 1件 500点 ・ 未確定 1件 400点 ・ 要対応 1件　2026-11-05 山田"},
		"judged otherwise since": {[]Row{done, lost}, closed, "締め済", "確定 2件 1,000点（いまの判定 500点）　2026-11-05 山田"},
		"nothing billable":       {[]Row{refused}, nil, "算定なし", "確定 0件 0点"},
		"re-opened": {[]Row{done}, &models.Closing{ReopenedBy: "佐藤", ReopenedAt: "2026-11-08T03:00:00Z", Reason: "返戻"}, "確定済",
			"確定 1件 500点　2026-11-08 佐藤 が締めを解きました（返戻）"},
	} {
		t.Run(name, func(t *testing.T) {
			s := StateOf(c.rows, c.closing, nil)
			assert.Equal(t, c.word, s.Tint().Word)
			assert.Equal(t, c.text, s.String())
		})
	}
}

// What a change of the settings does to a closed month stands on the page with
// its cause and its points, and the rows add up with the head.
func TestAChangeOfSettingsInAClosedMonthIsShown(t *testing.T) {
	s := open(t, true, pagetest.Small)
	s.goTo(202610)
	s.Shell.Canvas().Focus(s.List)
	s.List.TypedShortcut(&fyne.ShortcutSelectAll{})
	s.shortcut(fyne.KeyReturn)
	was := Total(s.All).Sum
	s.closeAnyway()
	require.True(t, s.state.Closed())

	setting := models.Setting{Key: "meeting_min_count", Value: "2"}
	for _, old := range s.Book().Settings {
		if old.Key == setting.Key {
			setting.Version = old.Version
		}
	}
	_, err := s.App.Do(context.Background(), "判定基準", app.Put(setting))
	require.NoError(t, err)
	s.Shell.Changed()

	is := Total(s.All).Sum
	require.Less(t, is, was)
	assert.Equal(t, fmt.Sprintf("締め後の変更 %d件 −%s", s.state.Late[0].Count(), words.Points(was-is)), s.late.Text)
	assert.Equal(t, is, s.state.Judged+s.state.OpenPoints, "head and foot add up")
	assert.Less(t, s.state.Judged, s.state.ConfirmedPoints, "what was confirmed stays")
	test.Tap(s.late)
	text := pagetest.Texts(s.Detail)
	assert.Contains(t, text, fmt.Sprintf("%s → %s（−%s）", words.Points(was), words.Points(is), words.Points(was-is)))
	assert.Contains(t, text, fmt.Sprintf("判定基準 平時の会議の回数: 1 → 2　%d件 −%s", s.state.Late[0].Repriced(), words.Points(was-is)))
	differs := 0
	for _, r := range s.All {
		if !r.Differs() {
			continue
		}
		differs++
		assert.Equal(t, "500→0", pointsWords(r))
		require.True(t, s.List.SelectKey(r.Number))
		assert.Contains(t, pagetest.Texts(s.Detail), "500→0点（−500点）")
	}
	assert.Positive(t, differs)

	test.Tap(s.closing)
	for _, r := range "基準の見直し" {
		s.Shell.Canvas().Focused().TypedRune(r)
	}
	s.shortcut(fyne.KeyS)
	s.closeAnyway()
	require.True(t, s.state.Closed())
	assert.Contains(t, s.late.Text, "前の締めからの変更", "closing again empties no list")
}

func TestAClosingThatKeptNothingSaysSo(t *testing.T) {
	s := open(t, true, pagetest.Small)
	_, err := s.App.Do(context.Background(), "締め", app.Put(models.Closing{Month: 2026_11, Number: 1, ClosedBy: "山田", ClosedAt: s.now.UTC().Format(time.RFC3339)}))
	require.NoError(t, err)
	s.now = s.now.Add(time.Hour)
	changed := s.All[0].Verdict.Session
	changed.Body = "書き直し"
	_, err = s.App.Do(context.Background(), "内容", app.Put(changed))
	require.NoError(t, err)
	s.Shell.Changed()
	assert.Equal(t, "締め後の変更 1件", s.late.Text)
	test.Tap(s.late)
	text := pagetest.Texts(s.Detail)
	assert.Contains(t, text, "判定を残さない以前の版で締めた")
	assert.Contains(t, text, "→ 書き直し")
}

func TestEnterAloneClosesNoMonthWithWorkLeft(t *testing.T) {
	s := open(t, true, pagetest.Small)
	test.Tap(pagetest.Button(t, s.Shell.Window.Content(), "月を締める"))
	require.Contains(t, pagetest.Texts(s.Detail), "未確定を残して締める")
	s.Press(fyne.KeyReturn)
	assert.Empty(t, s.Book().Closings)
	test.Tap(pagetest.Button(t, s.Shell.Window.Content(), "月を締める"))
	s.Press(fyne.KeyEscape)
	assert.NotContains(t, pagetest.Texts(s.Detail), "未確定を残して締める", "Escape closes the question too")
	assert.Same(t, s.List, s.Focused())
}
