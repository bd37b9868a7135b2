package admissions

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/verdict"
)

// confirmed is the page after 医事課 confirmed a 指導料2 in October, the only
// session of an admission with one stay, and closed the month.
func confirmed(t *testing.T, size fyne.Size) (*place, models.JointGuidance) {
	t.Helper()
	p := open(t, size)
	for _, v := range p.judged(t).judged.Month(2026_10) {
		r := p.judged(t).find(v.Session.Key())
		if !v.Confirmable() || v.Result != fee.Fee2 || r == nil || len(r.chain) != 1 || len(r.stays) != 1 {
			continue
		}
		_, err := p.App.Confirm(context.Background(), 2026_10, []app.Seen{{Number: v.Session.Number, Result: v.Result, Points: v.Points}})
		require.NoError(t, err)
		_, err = p.App.CloseMonth(context.Background(), 2026_10)
		require.NoError(t, err)
		p.Changed(app.Feed{Many: true})
		return p, p.judged(t).verdict(v.Session.Number).Session
	}
	require.Fail(t, "the sample has no such session")
	return nil, models.JointGuidance{}
}

// answer answers the question that is asked: 「もどる」 has the keyboard.
func (p *place) answer(yes bool) {
	p.T.Helper()
	require.NotNil(p.T, p.Shell.Canvas().Overlays().Top(), "nothing is asked")
	if yes {
		p.Shell.Canvas().FocusPrevious()
	}
	p.Press(fyne.KeyReturn)
}

// Without the patient there is no guidance: 500 → 0 points.
func TestEditingAConfirmedSessionSaysSoEverywhere(t *testing.T) {
	for name, size := range map[string]fyne.Size{"large": pagetest.Large, "small": pagetest.Small} {
		t.Run(name, func(t *testing.T) { editConfirmed(t, size) })
	}
}

func editConfirmed(t *testing.T, size fyne.Size) {
	p, session := confirmed(t, size)
	p.Open(page.To("共同指導", session.Number))
	assert.Contains(t, pagetest.Texts(p.Detail), "1回目: 確定済み（500点、2026-10）")
	assert.NotContains(t, pagetest.Texts(p.Detail), "いまの判定は")

	p.Open(page.ToEdit("共同指導", session.Number, ""))
	assert.Equal(t, "確定済み（500点、2026-10）です。いまの入力では、判定は変わりません", p.live.view.Bound)
	assert.Equal(t, verdict.Done, p.live.view.Check, "what is confirmed is not to be confirmed again")
	p.Shell.Canvas().Focus(p.mark("患者参加").FocusTarget())
	p.Type("0")
	assert.Equal(t, "確定済み（500点、2026-10）です。変えると 500→0点", p.live.view.Bound)
	assert.Equal(t, verdict.Action, p.live.view.Check)
	assert.Contains(t, pagetest.Texts(p.live.live), p.live.view.Bound)

	p.CtrlS()
	assert.Contains(t, pagetest.Texts(p.Shell.Canvas().Overlays().Top()), session.Number+" "+session.On.String())
	p.answer(false)
	require.NotNil(t, p.Editor(), "what is typed stays")
	assert.Equal(t, 500, p.judged(t).verdict(session.Number).Points)
	p.CtrlS()
	p.answer(true)
	require.Empty(t, p.Shell.Errors)
	assert.Contains(t, p.Said(), "の変更をしました。確定済み・締め済みの判定が変わりました: "+session.Number)
	assert.Contains(t, p.Said(), "500→0点　確定済（2026-10）")
	assert.Nil(t, p.Editor())
	assert.Contains(t, pagetest.Texts(p.Detail), "1回目: 確定済み（500点、2026-10）。いまの判定は 算定不可 500→0点")
	p.Shell.Undo()
	assert.NotContains(t, pagetest.Texts(p.Detail), "いまの判定は")
}

func TestWhatWouldAlterAConfirmedSessionSaysSo(t *testing.T) {
	p, session := confirmed(t, pagetest.Small)
	p.Open(page.To("共同指導", session.Number))
	t.Run("the admission", func(t *testing.T) {
		p.editAdmission()
		assert.Contains(t, pagetest.Texts(p.form().Object()), "確定済み（500点、2026-10）")
		assert.Contains(t, pagetest.Texts(p.form().Object()), "どれも変わりません")
		p.Shell.Canvas().Focus(p.mark("本人の希望").FocusTarget())
		p.Type("0")
		assert.Contains(t, pagetest.Texts(p.form().Object()), "判定が変わる 1件（確定済 1件、締め済の2026-10を含む）、−500点")
		p.CtrlS()
		p.answer(true)
		assert.Contains(t, p.Said(), "500→0点")
		p.Shell.Undo()
	})
	t.Run("the stays", func(t *testing.T) {
		p.Open(page.To("共同指導", session.Number))
		p.editStays()
		assert.Contains(t, pagetest.Texts(p.form().Object()), "確定済み（500点、2026-10）")
		p.date("開始日1").SetDate(session.On.AddDays(1))
		p.form().Reloaded()
		assert.Contains(t, pagetest.Texts(p.form().Object()), "−500点", "the ward of the day is not known")
		p.leave()
	})
	t.Run("a new session of the closed month", func(t *testing.T) {
		p.newSessionOf(session.Key())
		p.Shell.Canvas().Focus(p.date("指導日").FocusTarget())
		p.TypeOver(session.On.String())
		assert.Equal(t, "締め済み（2026-10）の月の記録になります。±0点", p.live.view.Bound, "a second one of the day is not billed")
	})
}
