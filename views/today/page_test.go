package today_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/today"
	"renkei/views/ui"
)

func TestRowsShowFewUntilTheGroupIsOpened(t *testing.T) {
	var work []liaison.Work
	for i := range 8 {
		work = append(work, liaison.Work{Kind: liaison.WorkPapers, Text: "診療録への要点の記載", Sheet: "共同指導",
			Key: string(rune('A' + i)), Due: 2026_11_20})
	}
	work = append(work, liaison.Work{Kind: liaison.WorkMenkai, Text: "今年度の面会 あと1回", Detail: "さくら居宅", Sheet: "連携先", Key: "P001", Due: 2027_03_31})

	folded := today.Rows(work, 2026_11_22, nil)
	open := today.Rows(work, 2026_11_22, map[liaison.WorkKind]bool{liaison.WorkPapers: true})

	require.Len(t, folded, 1+5+1+1+1)
	assert.Equal(t, "診療録の要点・ケアプラン写し　8件", folded[0].Text)
	assert.True(t, folded[1].Late)
	assert.Contains(t, folded[1].Due, "期限を2日過ぎています")
	assert.Equal(t, "ほか 3件を表示", folded[6].Text)
	assert.Equal(t, page.To("連携先", "P001"), folded[8].To)
	require.Len(t, open, 1+8+1+1+1)
	assert.Equal(t, "少なく表示", open[9].Text)
	for i := 1; i < len(open); i++ {
		assert.Less(t, open[i-1].ID, open[i].ID, "the order of the page is that of the IDs")
	}
	assert.Contains(t, today.Quiet(work), "月の締め")
	assert.NotContains(t, today.Quiet(work), "診療録")
}

func TestADeadlineIsLateFromTheDayAfterIt(t *testing.T) {
	for _, c := range []struct {
		name string
		due  models.Date
		late bool
		said string
	}{
		{"yesterday", 2026_11_21, true, "11/21 土 まで  期限を1日過ぎています"},
		{"today", 2026_11_22, false, "11/22 日 まで  きょうが期限"},
		{"tomorrow", 2026_11_23, false, "11/23 月 まで  あと1日"},
		{"no day", 0, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			row := today.Rows([]liaison.Work{{Kind: liaison.WorkDeadline, Due: c.due}}, 2026_11_22, nil)[1]
			assert.Equal(t, c.late, row.Late)
			assert.Equal(t, c.said, row.Due)
		})
	}
}

func TestAGroupOfFiveIsShownWhole(t *testing.T) {
	work := make([]liaison.Work, 5)
	for i := range work {
		work[i].Kind = liaison.WorkMenkai
	}
	assert.Len(t, today.Rows(work, 2026_11_22, nil), 1+5)
	assert.Len(t, today.Rows(append(work, work[0]), 2026_11_22, nil), 1+5+1)
}

func TestEachLineLeadsToWhereItIsDone(t *testing.T) {
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	shell := b.Shell
	b.Show(today.New(shell, b.App), fyne.NewSize(1100, 600))

	list, ok := shell.Window.Canvas().Focused().(*ui.List[today.Row])
	require.True(t, ok, "the list has the keyboard")
	require.NotEmpty(t, list.Rows())
	led := make(map[string]bool)
	for range list.Rows() {
		if row, _ := list.Selected(); !row.Heading && !row.More {
			list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			require.NotEmpty(t, shell.Went)
			assert.Equal(t, row.To, shell.Went[len(shell.Went)-1])
			led[row.To.Sheet] = true
		}
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	assert.True(t, led["共同指導"] && led["入院"] && led["連携先"], "%v", led)
	assert.Empty(t, shell.Errors)

	t.Run("a group opens and folds with Enter", func(t *testing.T) {
		before := len(list.Rows())
		for i, row := range list.Rows() {
			if row.More {
				list.Select(i)
				break
			}
		}
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		assert.Greater(t, len(list.Rows()), before)
	})
}

// troubled is a register whose copies fail.
type troubled struct {
	today.Desk
	trouble string
}

func (d *troubled) CopyTrouble(context.Context) string { return d.trouble }

func TestTroubleWithTheCopiesIsTheFirstLine(t *testing.T) {
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	desk := &troubled{b.App, "控えをとれませんでした"}
	p := today.New(b.Shell, desk)
	b.Show(p, fyne.NewSize(1100, 600))
	list := b.Focused().(*ui.List[today.Row])
	first := list.Rows()[0]
	assert.Equal(t, "控えを確かめてください", first.Text)
	assert.Equal(t, "控えをとれませんでした", first.Detail)
	rows := len(list.Rows())

	list.Select(0)
	b.Press(fyne.KeyReturn)
	assert.Equal(t, []page.Target{page.ToSection("settings", "storage", "")}, b.Shell.Went)

	desk.trouble = ""
	p.Changed(app.Feed{Many: true})
	assert.Len(t, list.Rows(), rows-1)
	assert.NotEqual(t, first.Text, list.Rows()[0].Text)
}
