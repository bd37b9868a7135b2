package settings

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/store"
	"renkei/views/connect"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

// placed is a desk whose own register is at a place.
type placed struct {
	*app.App
	at string
}

func (d placed) Place() string { return d.at }

// placeScreen is the section 台帳の置き場所 in a window.
type placeScreen struct {
	*Page
	*pagetest.Bench
	opened []app.Beginning
	found  app.Found
}

const aServer = "postgres://nurse@db.local:5433/renkei?sslmode=require"

func openPlace(t *testing.T, at string, places connect.Places) *placeScreen {
	t.Helper()
	s := &placeScreen{Bench: pagetest.NewBench(t, pagetest.SampleApp(t))}
	places.Usual = cmp.Or(places.Usual, "/home/ward/renkei.db")
	places.Look = func(context.Context, string) (app.Found, error) { return s.found, nil }
	s.Page = New(s.Shell, placed{s.App, at}, TextSize{}, Places{Places: places, Open: func(how app.Beginning) { s.opened = append(s.opened, how) }})
	s.Show(s, pagetest.Large)
	s.Open(page.ToSection(ID, "place", ""))
	s.current.section.Find()
	return s
}

func (s *placeScreen) said() string { return pagetest.Texts(s.right) }

func (s *placeScreen) answer(yes bool) {
	s.T.Helper()
	require.NotNil(s.T, s.Shell.Canvas().Overlays().Top(), "nothing is asked")
	if yes {
		s.Shell.Canvas().FocusPrevious()
	}
	s.Press(fyne.KeyReturn)
}

func TestWhereTheRegisterIsIsSaid(t *testing.T) {
	for outcome, c := range map[string]struct {
		at         string
		given      bool
		says, hide []string
	}{
		"a file": {"/home/ward/renkei.db", false, []string{"このパソコンのファイル", "/home/ward/renkei.db", "サーバーの台帳につなぐ"}, []string{"このパソコンの台帳に戻す", "--data"}},
		"a server": {aServer, false, []string{"db.local（ポート 5433）", "renkei", "nurse", "証明書は確かめていません", "別のサーバーにつなぐ", "このパソコンの台帳に戻す"},
			[]string{"サーバーの台帳につなぐ", "postgres://"}},
		"a server of this PC": {"postgres://nurse:secret@localhost/renkei", false, []string{"localhost（ポート 5432）", "暗号化していません"}, []string{"secret"}},
		"one given by --data": {aServer, true, []string{"db.local", "--data をつけずに"}, []string{"別のサーバーにつなぐ", "このパソコンの台帳に戻す"}},
	} {
		t.Run(outcome, func(t *testing.T) {
			s := openPlace(t, c.at, connect.Places{Given: c.given})
			for _, text := range c.says {
				assert.Contains(t, s.said(), text)
			}
			for _, text := range c.hide {
				assert.NotContains(t, s.said(), text)
			}
		})
	}
}

func TestAnotherServerIsOpenedAfterItWasTried(t *testing.T) {
	s := openPlace(t, aServer, connect.Places{})
	s.Press(fyne.KeyReturn) // 別のサーバーにつなぐ
	s.Press(fyne.KeyEscape)
	assert.NotContains(t, s.said(), "つないで確かめる", "Escape leaves the form")
	s.Press(fyne.KeyReturn)
	s.TypeOver("other")
	s.CtrlS()
	assert.Empty(t, s.opened)
	s.Press(fyne.KeyReturn) // この台帳に切り替える
	assert.Equal(t, []app.Beginning{{Place: "postgres://nurse@other:5433/renkei?sslmode=require", KeepPassword: true}}, s.opened)
}

func TestTheFileOfThisPCIsOpenedAfterAQuestion(t *testing.T) {
	there := filepath.Join(t.TempDir(), "renkei.db")
	require.NoError(t, os.WriteFile(there, nil, 0o600))
	gone := filepath.Join(t.TempDir(), "renkei.db")
	for outcome, c := range map[string]struct{ path, title, says string }{
		"the one that is there": {there, "このパソコンの台帳に戻しますか", "「" + there + "」を開きます。"},
		"a new one":             {gone, "新しい空の台帳を始めますか", "新しい空の台帳「" + gone + "」を始めます。"},
	} {
		t.Run(outcome, func(t *testing.T) {
			s := openPlace(t, aServer, connect.Places{Usual: c.path})
			own := pagetest.Button(t, s.right, "このパソコンの台帳に戻す")
			s.Shell.Canvas().Focus(own)
			s.Press(fyne.KeyReturn)
			asked := pagetest.Texts(s.Shell.Canvas().Overlays().Top())
			assert.Contains(t, asked, c.title)
			assert.Contains(t, asked, c.says)
			assert.Contains(t, asked, "サーバーにそのまま残り", "where the department's is")
			s.answer(false)
			assert.Empty(t, s.opened)
			s.Press(fyne.KeyReturn)
			s.answer(true)
			assert.Equal(t, []app.Beginning{{Place: c.path}}, s.opened)
		})
	}
}

func TestTheServerOfBeforeIsFilledIn(t *testing.T) {
	s := openPlace(t, "/home/ward/renkei.db", connect.Places{Server: aServer})
	s.Press(fyne.KeyReturn) // サーバーの台帳につなぐ
	s.CtrlS()
	s.Press(fyne.KeyReturn) // いまの台帳をここへ移す
	s.answer(true)
	assert.Equal(t, []app.Beginning{{Place: aServer, KeepPassword: true, MoveFrom: "/home/ward/renkei.db"}}, s.opened)
}

func TestTheRegisterIsMovedOnlyIntoAnEmptyOne(t *testing.T) {
	some := app.Found{Content: store.Content{Sheets: []store.SheetCount{{Sheet: "入院", Records: 1}}}}
	for outcome, c := range map[string]struct {
		at      string
		found   app.Found
		offered bool
	}{
		"from a file into an empty one": {"/home/ward/renkei.db", app.Found{}, true},
		"records are there":             {"/home/ward/renkei.db", some, false},
		"from a server":                 {aServer, app.Found{}, false},
	} {
		t.Run(outcome, func(t *testing.T) {
			s := openPlace(t, c.at, connect.Places{})
			s.found = c.found
			s.Press(fyne.KeyReturn)
			s.TypeOver("new")
			for range 3 {
				s.Press(fyne.KeyTab)
			}
			s.TypeOver("nurse")
			s.CtrlS()
			if !c.offered {
				assert.NotContains(t, s.said(), "いまの台帳をここへ移す")
				return
			}
			move := pagetest.Button(t, s.right, "いまの台帳をここへ移す")
			assert.Same(t, move, s.Shell.Canvas().Focused())
			s.Press(fyne.KeyReturn)
			s.answer(false)
			assert.Empty(t, s.opened)
			s.Shell.Canvas().Focus(move)
			s.Press(fyne.KeyReturn)
			s.answer(true)
			assert.Equal(t, []app.Beginning{{Place: "postgres://nurse@new:5432/renkei", KeepPassword: true, MoveFrom: c.at}}, s.opened)
		})
	}
}

func TestTheCopiesOfASharedRegisterAreOnThisPC(t *testing.T) {
	for at, want := range map[string]bool{"/home/ward/renkei.db": false, aServer: true} {
		s := openPlace(t, at, connect.Places{})
		s.Open(page.ToSection(ID, "storage", ""))
		assert.Equal(t, want, strings.Contains(s.said(), "データはサーバーにあり"), at)
		assert.Equal(t, !want, strings.Contains(s.said(), "データのフォルダを開く"), at)
	}
}
