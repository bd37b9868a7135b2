package views

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/viewtest"
)

func TestWhatAnotherProcessWritesIsShown(t *testing.T) {
	w := sit(t)
	other, err := app.Open(context.Background(), walkConfig(filepath.Join(w.data, "renkei.db"), func() time.Time { return *w.clock }))
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	w.turnTo("contacts")
	require.Contains(t, w.seen(), "登録 1,348件")

	_, err = other.Do(context.Background(), "登録", app.New(&models.Contact{On: w.today(), Kind: models.PhoneCall, Partner: w.facts().Book.Partners[0].Code}))
	require.NoError(t, err)
	w.look()
	assert.Contains(t, w.seen(), "登録 1,349件")
}

func TestAPageOutOfSightCatchesUpWhenItIsShown(t *testing.T) {
	w := sit(t)
	other, err := app.Open(context.Background(), walkConfig(filepath.Join(w.data, "renkei.db"), func() time.Time { return *w.clock }))
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	add := func(step app.Step) {
		_, err := other.Do(context.Background(), "登録", step)
		require.NoError(t, err)
		w.look()
	}
	w.turnTo("partners")
	w.turnTo("contacts")

	partner := models.Partner{Name: "ケアプラン新橋", Kind: models.CareOffice}
	add(app.New(&partner))
	partners := slices.IndexFunc(w.screens, func(s page.Page) bool { return s.ID() == "partners" })
	assert.Len(t, w.missed[partners], 1, "連携先 is not read while nobody looks at it")
	shell{w.Frame}.GoTo(page.To("連携先", partner.Code))
	assert.Contains(t, w.seen(), "ケアプラン新橋", "a link finds what was just recorded")
	assert.Empty(t, w.missed[partners])

	for n := range mostMissed + 5 {
		add(app.New(&models.Contact{On: w.today(), Kind: models.PhoneCall, Partner: partner.Code, Body: fmt.Sprint("用件", n)}))
	}
	w.turnTo("contacts")
	assert.Contains(t, w.seen(), "登録 1,373件", "also after many changes")
	assert.NotContains(t, w.missed, w.current)
}

// A reading that failed is made up for: when the page is shown again, when the
// register can be reached again, and by Ctrl+R.
func TestWhatCouldNotBeReadIsReadLater(t *testing.T) {
	for outcome, again := range map[string]func(b *bench){
		"the page is shown again": func(b *bench) { b.Show("contacts") },
		"the line is back":        func(b *bench) { b.heard(models.Errorf(models.Unavailable, "切れています")); b.heard(nil) },
		"Ctrl+R":                  func(b *bench) { b.reread() },
	} {
		t.Run(outcome, func(t *testing.T) {
			b := open(t, viewtest.NewDesk())
			b.desk.Err["Judged"] = models.Errorf(models.Unavailable, "つながりません")
			b.Show("contacts")
			press(b, fyne.KeyEscape)
			require.NotContains(t, (&walker{t: t, Frame: b.Frame}).seen(), "やり取りはまだありません", "it was not read")
			again(b)
			assert.Contains(t, (&walker{t: t, Frame: b.Frame}).seen(), "やり取りはまだありません")
		})
	}
}
