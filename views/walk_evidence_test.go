package views

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// evidenceOf is the 会議 a session billed as 指導料2 rests on.
func (w *walker) evidenceOf() (session string, meeting fee.Evidence) {
	w.t.Helper()
	for _, v := range w.judged().Verdicts {
		if v.Result != fee.Fee2 {
			continue
		}
		for _, c := range v.Conditions {
			if c.ID == "11d" && len(c.Evidence) > 0 {
				return v.Session.Number, c.Evidence[0]
			}
		}
	}
	require.Fail(w.t, "no 指導料2 in the sample")
	return "", fee.Evidence{}
}

// follow clicks a piece of evidence.
func (w *walker) follow(e fee.Evidence) {
	w.t.Helper()
	link := pagetest.Links(w.window.Content())[e.Text]
	require.NotNil(w.t, link, w.seen())
	link.Tapped(&fyne.PointEvent{})
}

func TestFromTheVerdictToItsEvidenceAndBack(t *testing.T) {
	for _, start := range []string{"算定", "共同指導"} {
		t.Run(start, func(t *testing.T) {
			w := sit(t)
			session, meeting := w.evidenceOf()
			shell{w.Frame}.GoTo(page.To(start, session))
			was := w.here()
			require.Equal(t, session, was.Key)
			w.tabTo("条件・根拠")
			w.follow(meeting)
			assert.Equal(t, page.To("会議", meeting.Key), w.here())
			w.back()
			assert.Equal(t, was, w.here())
		})
	}
}

func TestEvidenceBesideAFormLosesNoTyping(t *testing.T) {
	w := sit(t)
	session, meeting := w.evidenceOf()
	shell{w.Frame}.GoTo(page.ToEdit("共同指導", session, ""))
	was := w.here()
	const typed = "退院先は自宅の方向で一致した。"
	w.fill("内容", typed)
	before := w.fieldText("内容")
	require.Contains(t, before, typed)

	w.follow(meeting)
	assert.Contains(t, w.seen(), "保存していない", "leaving asks")
	w.press(fyne.KeyEscape)
	assert.Equal(t, was, w.here())
	assert.Equal(t, before, w.fieldText("内容"), "staying stays")

	w.follow(meeting)
	w.tabTo("このまま移る")
	w.press(fyne.KeyReturn)
	assert.Equal(t, page.To("会議", meeting.Key), w.here())
	w.back()
	assert.Equal(t, was, w.here())
	assert.Equal(t, before, w.fieldText("内容"), "what was typed is there again")
}
