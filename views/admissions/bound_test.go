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
	for _, v := range p.snap.judged.Month(2026_10) {
		r := p.snap.find(v.Session.Key())
		if !v.Confirmable() || v.Result != fee.Fee2 || r == nil || len(r.chain) != 1 || len(r.stays) != 1 {
			continue
		}
		_, err := p.App.Confirm(context.Background(), 2026_10, []app.Seen{{Number: v.Session.Number, Result: v.Result, Points: v.Points}})
		require.NoError(t, err)
		_, err = p.App.CloseMonth(context.Background(), 2026_10)
		require.NoError(t, err)
		p.Changed()
		return p, p.snap.verdict(v.Session.Number).Session
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
	assert.Contains(t, pagetest.Texts(p.record), "1回目: 確定済み（500点、2026-10）")
	assert.NotContains(t, pagetest.Texts(p.record), "いまの判定は")

	p.Open(page.ToEdit("共同指導", session.Number, ""))
	form := p.form.(*sessionForm)
	assert.Equal(t, "確定済み（500点、2026-10）です。いまの入力では、判定は変わりません", form.view.Bound)
	assert.Equal(t, verdict.Done, form.view.Check, "what is confirmed is not to be confirmed again")
	p.Shell.Canvas().Focus(form.joined.FocusTarget())
	p.Type("0")
	assert.Equal(t, "確定済み（500点、2026-10）です。変えると 500→0点", form.view.Bound)
	assert.Equal(t, verdict.Action, form.view.Check)
	assert.Contains(t, pagetest.Texts(form.live), form.view.Bound)

	p.CtrlS()
	assert.Contains(t, pagetest.Texts(p.Shell.Canvas().Overlays().Top()), session.Number+" "+session.On.String())
	p.answer(false)
	require.NotNil(t, p.form, "what is typed stays")
	assert.Equal(t, 500, p.judged(t).verdict(session.Number).Points)
	p.CtrlS()
	p.answer(true)
	require.Empty(t, p.Shell.Errors)
	assert.Contains(t, p.Said(), "の登録をしました。確定済み・締め済みの判定が変わりました: "+session.Number)
	assert.Contains(t, p.Said(), "500→0点　確定済（2026-10）")
	assert.Nil(t, p.form)
	assert.Contains(t, pagetest.Texts(p.record), "1回目: 確定済み（500点、2026-10）。いまの判定は 算定不可 500→0点")
	p.Shell.Undo()
	assert.NotContains(t, pagetest.Texts(p.record), "いまの判定は")
}

func TestWhatWouldAlterAConfirmedSessionSaysSo(t *testing.T) {
	p, session := confirmed(t, pagetest.Small)
	p.Open(page.To("共同指導", session.Number))
	t.Run("the admission", func(t *testing.T) {
		p.editAdmission()
		form := p.form.(*admissionForm)
		assert.Contains(t, pagetest.Texts(form.object()), "確定済み（500点、2026-10）")
		assert.Contains(t, form.effect.Words(), "どれも変わりません")
		p.Shell.Canvas().Focus(form.wishes.FocusTarget())
		p.Type("0")
		assert.Contains(t, form.effect.Words(), "判定が変わる 1件（確定済 1件、締め済の2026-10を含む）、−500点")
		p.CtrlS()
		p.answer(true)
		assert.Contains(t, p.Said(), "500→0点")
		p.Shell.Undo()
	})
	t.Run("the stays", func(t *testing.T) {
		p.Open(page.To("共同指導", session.Number))
		p.editStays()
		form := p.form.(*staysForm)
		assert.Contains(t, pagetest.Texts(form.object()), "確定済み（500点、2026-10）")
		form.rows[0].from.SetDate(session.On.AddDays(1))
		form.effect.Look()
		assert.Contains(t, form.effect.Words(), "−500点", "the ward of the day is not known")
		p.cancelForm()
	})
	t.Run("a new session of the closed month", func(t *testing.T) {
		p.newSessionOf(session.Key())
		form := p.form.(*sessionForm)
		p.Shell.Canvas().Focus(form.on.FocusTarget())
		p.TypeOver(session.On.String())
		assert.Equal(t, "締め済み（2026-10）の月の記録になります。±0点", form.view.Bound, "a second one of the day is not billed")
	})
}
