package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/models"
	"renkei/models/fee"
)

// Whatever is changed in the settings of a closed month, the list says by how
// many points, and names the record.
func TestAChangeOfSettingsIsNamedAfterTheClosing(t *testing.T) {
	ctx := context.Background()
	ward := func(t *testing.T, a *app.App) app.Step {
		for _, v := range judged(t, a).Month(2026_10) {
			if v.Result == fee.Fee2 {
				w := *v.Ward
				w.FiledFrom = 2026_11_01
				return app.Put(w)
			}
		}
		require.Fail(t, "no 指導料2")
		return app.Step{}
	}
	policy := func(t *testing.T, a *app.App) app.Step {
		policies := judged(t, a).Facts.Book.Policies
		p := policies[len(policies)-1]
		p.AnnouncedOn, p.AnnouncedHow = 0, ""
		return app.Put(p)
	}
	setting := func(t *testing.T, a *app.App) app.Step {
		return app.Put(models.Setting{Key: "meeting_min_count", Value: "2", Version: versionOf(book(t, a), "meeting_min_count")})
	}
	for name, c := range map[string]struct {
		change func(*testing.T, *app.App) app.Step
		sheet  string
		words  string
	}{
		"a ward filed from the next month": {ward, "病棟", "加算1届出開始: "},
		"a 規程 not made known":              {policy, "規程", "周知日: "},
		"two meetings asked for":           {setting, "設定", "1 → 2"},
	} {
		t.Run(name, func(t *testing.T) {
			a := closedSample(t)
			was := judged(t, a).Month(2026_10)
			_, err := a.Do(ctx, "変更", c.change(t, a))
			require.NoError(t, err)
			is := judged(t, a).Month(2026_10)
			changed := 0
			for i := range is {
				if was[i].Points != is[i].Points {
					changed++
				}
			}
			require.Positive(t, changed)

			after := onlyClosing(t, a, 2026_10)

			assert.Equal(t, sumOf(was), after.Before)
			assert.Equal(t, sumOf(is), after.After)
			found := 0
			for _, l := range after.Changes {
				if l.Before() == l.After() {
					continue
				}
				found++
				require.Len(t, l.Causes, 1, l.Session)
				assert.Equal(t, c.sheet, l.Causes[0].Sheet)
				assert.Contains(t, strings.Join(l.Causes[0].Lines, "、"), c.words)
				assert.Equal(t, "医事 花子", l.Causes[0].Actor)
				assert.False(t, l.Together)
			}
			assert.Equal(t, changed, found)

			t.Run("and nothing when it is changed back", func(t *testing.T) {
				book := judged(t, a).Facts.Book
				back := ledgerBefore(t, a, c.sheet, book)
				_, err := a.Do(ctx, "元どおり", back)
				require.NoError(t, err)
				assert.Empty(t, onlyClosing(t, a, 2026_10).Changes)
			})
		})
	}
}

// ledgerBefore puts a changed record back as the sample has it.
func ledgerBefore(t *testing.T, a *app.App, sheet string, now *models.Book) app.Step {
	t.Helper()
	sample, err := app.SampleLedger(context.Background(), nil)
	require.NoError(t, err)
	switch sheet {
	case "病棟":
		for i, w := range now.Wards {
			if j := slices.IndexFunc(sample.Book.Wards, func(o models.Ward) bool { return o.Code == w.Code && o.ValidFrom == w.ValidFrom }); sample.Book.Wards[j].FiledFrom != w.FiledFrom {
				now.Wards[i].FiledFrom = sample.Book.Wards[j].FiledFrom
				return app.Put(now.Wards[i])
			}
		}
	case "規程":
		for i, p := range now.Policies {
			if j := slices.IndexFunc(sample.Book.Policies, func(o models.Policy) bool { return o.Edition == p.Edition }); sample.Book.Policies[j].AnnouncedOn != p.AnnouncedOn {
				back := sample.Book.Policies[j]
				back.Version = now.Policies[i].Version
				return app.Put(back)
			}
		}
	case "設定":
		for _, s := range now.Settings {
			if s.Key == "meeting_min_count" {
				s.Value = "1"
				return app.Put(s)
			}
		}
	}
	require.Fail(t, "nothing to put back")
	return app.Step{}
}

func TestTwoChangesThatOnlyTogetherChangeAVerdict(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	of := firstFee2(t, a)
	ward := *of.Ward
	ward.FiledFrom = 2026_11_01
	_, err := a.Do(ctx, "病棟", app.Put(ward))
	require.NoError(t, err)
	policies := judged(t, a).Facts.Book.Policies
	policy := policies[len(policies)-1]
	policy.AnnouncedOn, policy.AnnouncedHow = 0, ""
	_, err = a.Do(ctx, "規程", app.Put(policy))
	require.NoError(t, err)

	l := lateOf(t, onlyClosing(t, a, 2026_10), of.Session.Number)

	assert.True(t, l.Together, "putting back one of them is not enough")
	var sheets []string
	for _, c := range l.Causes {
		sheets = append(sheets, c.Sheet)
	}
	assert.Equal(t, []string{"規程", "病棟"}, sheets)
	assert.Equal(t, "いくつかの変更が重なっています", l.CauseLines()[0])
}

// What cost the points is the cause; what only took a paper away stands beside it.
func TestTheCauseOfTheClaimIsToldApartFromThatOfAPaper(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	of := firstFee2(t, a)
	ward, session := *of.Ward, of.Session
	ward.FiledFrom, session.NotedOn = 2026_11_01, 0
	_, err := a.Do(ctx, "変更", app.Put(ward), app.Put(session))
	require.NoError(t, err)

	l := lateOf(t, onlyClosing(t, a, 2026_10), session.Number)

	require.Len(t, l.Causes, 1)
	assert.Equal(t, "病棟", l.Causes[0].Sheet)
	assert.False(t, l.Together)
	require.Len(t, l.Edits, 1)
	assert.Contains(t, l.Edits[0].String(), "要点記載日: ")
}

// Another session of the admission takes the place of one that was closed.
func TestAnotherSessionOfTheAdmissionIsNamedAsTheCause(t *testing.T) {
	ctx := context.Background()
	a := closedSample(t)
	var of fee.Verdict
	for _, v := range judged(t, a).Month(2026_10) {
		if v.Result == fee.Fee2 && v.T2 == 500 && !v.Session.Claim.Recorded() {
			of = v
		}
	}
	require.NotEmpty(t, of.Session.Number, "a session alone in its admission that nobody confirmed")
	first, second := of.Session, of.Session
	first.Number, first.Claim, first.ClaimMonth = "G8881", models.ClaimFee1, 2026_10
	second.Number, second.On = "G8882", of.Session.On
	_, err := a.Do(ctx, "登録", app.New(&first), app.New(&second))
	require.NoError(t, err)

	l := lateOf(t, onlyClosing(t, a, 2026_10), of.Session.Number)

	assert.NotEqual(t, l.Before(), l.After())
	require.Len(t, l.Causes, 1)
	assert.Equal(t, []string{"共同指導", "G8881"}, []string{l.Causes[0].Sheet, l.Causes[0].Key}, "the one recorded as claimed, not the other")
}

// What an import changes beside the sessions is shown as any change is.
func TestAnImportAfterTheClosingIsListed(t *testing.T) {
	a := closedSample(t)
	of := firstFee2(t, a)
	take(t, a, folder(t, map[string]string{"病棟": "病棟コード,有効開始,加算1届出開始\n" + of.Ward.Code + "," + of.Ward.ValidFrom.String() + ",2026-11-01\n"}), ledger.Choice{TakeBook: true})
	l := lateOf(t, onlyClosing(t, a, 2026_10), of.Session.Number)
	assert.NotEqual(t, l.Before(), l.After())
	require.Len(t, l.Causes, 1)
	assert.Equal(t, "病棟", l.Causes[0].Sheet)
	_, _, err := a.UndoImport(context.Background(), 0, nil)
	require.NoError(t, err)
	assert.Empty(t, onlyClosing(t, a, 2026_10).Changes, "taken back, it is no difference")
}
