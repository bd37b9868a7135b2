package settings

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/views/page"
	"renkei/views/page/pagetest"
)

func TestTheButtonsOfAListGoWithIt(t *testing.T) {
	for name, c := range map[string]struct {
		size  fyne.Size
		stays bool
	}{"wide": {pagetest.Large, true}, "narrow": {pagetest.Small, false}} {
		t.Run(name, func(t *testing.T) {
			s := open(t, c.size)
			require.Contains(t, pagetest.Texts(s.Page.right), "新しい病棟")
			s.New()
			require.NotNil(t, s.form())
			if c.stays {
				assert.Contains(t, pagetest.Texts(s.Page.right), "新しい病棟")
			} else {
				assert.NotContains(t, pagetest.Texts(s.Page.right), "新しい病棟")
			}
			s.Press(fyne.KeyEscape)
			require.Nil(t, s.form())
			assert.Contains(t, pagetest.Texts(s.Page.right), "新しい病棟")
		})
	}
}

func TestNothingIsTakenOutWhileItIsTypedInto(t *testing.T) {
	s := open(t, pagetest.Large)
	editions := len(s.Book().Policies)
	s.Open(page.To("規程", "第1版"))
	remove := pagetest.Button(t, s.Page.right, "消す")
	s.Type("あ")
	test.Tap(remove)
	assert.Nil(t, s.Shell.Canvas().Overlays().Top())
	assert.Equal(t, "「規程 第1版を直す」の途中です。保存する（Ctrl+S）か、やめてから選んでください", s.Said())
	assert.NotEmpty(t, s.Unsaved())

	s.form().FocusFirst()
	s.Press(fyne.KeyBackspace)
	require.Empty(t, s.Unsaved())
	test.Tap(remove)
	require.NotNil(t, s.Shell.Canvas().Overlays().Top(), "a form without typing gives way")
	assert.Nil(t, s.form())
	s.answer(false)
	assert.Len(t, s.Book().Policies, editions)
}
