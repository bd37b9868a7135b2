package settings

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// setting returns the row of 設定 with that key, nil when there is none.
func (s *screen) setting(key string) *models.Setting {
	for _, row := range s.Judged().Facts.Book.Settings {
		if row.Key == key {
			return &row
		}
	}
	return nil
}

func TestTheSectionSaysWhatTheRulesWereReadFrom(t *testing.T) {
	s := open(t, pagetest.Large)
	s.Open(page.ToSection(ID, "params", ""))
	text := pagetest.Texts(s.Page.right)
	assert.Contains(t, text, "判定ルール 2026-06（介護支援等連携指導料 令和8年6月版）: 告示・通知・施設基準は2026-07-18まで、疑義解釈はその10（2026-07-17）までを読んで作りました")
	assert.Contains(t, text, "出ていて、まだ読んでいないもの: 疑義解釈 その11（2026-07-30）")
	assert.NotContains(t, text, "使えない設定の行")
}

func TestARowThatCannotBeUsedIsShownAndRemoved(t *testing.T) {
	s := open(t, pagetest.Large)
	_, err := s.App.Do(context.Background(), "試し", app.Put(models.Setting{Key: "meeting_min", Value: "9"}))
	require.NoError(t, err)
	s.Changed(app.Feed{Many: true})
	s.Open(page.ToSection(ID, "params", ""))
	assert.Contains(t, pagetest.Texts(s.Page.right), "使えない設定の行があります: キー『meeting_min』は使えません。説明シートのキーから選んでください。この行は使わずに判定しています")
	test.Tap(pagetest.Button(t, s.Page.right, "設定の行「meeting_min」を消す"))
	s.saved()
	assert.Nil(t, s.setting("meeting_min"))
	assert.NotContains(t, pagetest.Texts(s.Page.right), "使えない設定の行")
	s.Shell.Undo()
	assert.NotNil(t, s.setting("meeting_min"))
}

func TestWhatTheNewDefaultChangesIsListedUntilDecided(t *testing.T) {
	for name, size := range map[string]fyne.Size{"large": pagetest.Large, "small": pagetest.Small} {
		t.Run(name, func(t *testing.T) { listedUntilDecided(t, open(t, size)) })
	}
}

func listedUntilDecided(t *testing.T, s *screen) {
	_, err := s.App.Do(context.Background(), "消す", app.Remove(*s.setting(policyKey)))
	require.NoError(t, err)
	s.Changed(app.Feed{Many: true})
	s.Open(page.ToSection(ID, "params", ""))
	test.Tap(pagetest.Button(t, s.Page.right, "変わった共同指導を見て決める"))
	assert.Equal(t, "入院日までに決める", s.Shell.Canvas().Focused().(*ui.Button).Text)
	text := pagetest.Texts(s.Page.right)
	assert.Contains(t, text, "判定の変わった共同指導が5件あります")
	assert.Contains(t, text, "G0260  2026-08-03")
	assert.Contains(t, text, "算定不可 → 指導料2（+500点）")
	assert.Contains(t, text, "G0277  2026-08-12")
	assert.Contains(t, text, "指導料2 → 算定不可（−500点）")
	test.Tap(pagetest.Button(t, s.Page.right, "指導日までに決める"))
	s.saved()
	assert.Equal(t, fee.Session, s.setting(policyKey).Value)
	assert.NotContains(t, pagetest.Texts(s.Page.right), "判定の変わった共同指導")
}
