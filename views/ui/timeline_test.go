package ui

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"renkei/models"
)

func TestTimeline(t *testing.T) {
	themed(t)
	line := NewTimeline()
	line.Name = "経過"
	var opened any
	line.OnOpened = func(link any) { opened = link }
	var top, bottom float32
	line.OnMoved = func(a, b float32) { top, bottom = a, b }
	w := test.NewTempWindow(t, line)
	w.Resize(fyne.NewSize(600, 500))
	assert.True(t, line.empty.Visible(), "an empty one says so")
	day := models.MustDate
	line.SetEntries([]TimelineEntry{
		{On: day("2026-10-01"), Title: "旧", Link: "old"},
		{On: day("2026-11-22"), Time: "09:30", Kind: "電話", Title: "相談", Detail: longText, Link: "call"},
		{On: day("2026-11-22"), Time: "14:00", Kind: "面会", Title: "さくら居宅", Tint: Tint{"面会", Good}, Link: "visit"},
		{Title: "日付のない記録"},
	})
	assert.False(t, line.empty.Visible())
	links := make([]any, len(line.lines))
	for i, l := range line.lines {
		links[i] = l.entry.Link
	}
	assert.Equal(t, []any{"visit", "call", "old", nil}, links, "the newest first, without a date last")
	assert.True(t, line.lines[1].sameDay)
	assert.False(t, line.lines[2].sameMonth)
	assert.Greater(t, line.HeightFor(360), line.HeightFor(900))
	for i := 1; i < len(line.lines); i++ {
		before := line.lines[i-1]
		assert.GreaterOrEqual(t, line.lines[i].top, before.top+before.height, "entries do not overlap")
	}
	w.Canvas().Focus(line)
	press := func(names ...fyne.KeyName) {
		for _, name := range names {
			line.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	press(fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, "call", opened)
	assert.Equal(t, line.lines[1].top, top)
	assert.Greater(t, bottom, top)
	assert.Contains(t, line.AccessibilityLabel(), "経過 4件 11月22日（日） 09:30 電話 相談")
	press(fyne.KeyEnd, fyne.KeyReturn)
	assert.Equal(t, "call", opened, "what has no link opens nothing")
	line.Tapped(&fyne.PointEvent{Position: fyne.NewPos(200, line.lines[2].top+5)})
	assert.Equal(t, "old", opened)
	line.SetEntries([]TimelineEntry{{On: day("2026-12-01"), Link: "new"}, {On: day("2026-10-01"), Link: "old"}})
	assert.Equal(t, 1, line.current, "the current entry stays current")
}

func TestLongTimelineShowsThePastOnDemand(t *testing.T) {
	themed(t)
	line := NewTimeline()
	test.NewTempWindow(t, line).Resize(fyne.NewSize(600, 500))
	entries := make([]TimelineEntry, 150)
	for i := range entries {
		entries[i] = TimelineEntry{On: models.MustDate("2026-01-01").AddDays(i), Link: fmt.Sprint(i)}
	}
	line.SetEntries(entries)
	assert.Len(t, line.lines, timelineStep)
	assert.Contains(t, line.more.Text, "90件")
	test.Tap(line.more)
	assert.Len(t, line.lines, 2*timelineStep)
	line.current = len(line.lines) - 1
	line.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	assert.Len(t, line.lines, 150, "the arrows go on into the past")
	assert.Equal(t, 2*timelineStep, line.current)
	assert.False(t, line.more.Visible())
	assert.Equal(t, 150, line.Len())
}

func TestNoticeOffersToTakeBack(t *testing.T) {
	themed(t)
	var c clock
	n := NewNotice()
	n.After = func(d time.Duration, f func()) {
		assert.Equal(t, UndoTime, d)
		c.after(d, f)
	}
	hidden, undone := 0, 0
	n.OnChanged = func() {
		if !n.Visible() {
			hidden++
		}
	}
	test.NewTempWindow(t, n)
	n.ShowUndo("記録しました", func() { undone++ })
	test.Tap(n.Buttons()[0])
	assert.Equal(t, 1, undone)
	assert.False(t, n.Visible())
	c.pass()
	assert.Equal(t, 1, hidden, "it goes away once")
	n.ShowUndo("記録しました", func() { undone++ })
	n.Say(Attention, "ほかの知らせ")
	c.pass()
	assert.True(t, n.Visible(), "the end of the old one does not hide the new")
	n.ShowUndo("もう一つ", func() { undone++ })
	c.pass()
	assert.False(t, n.Visible(), "after a while it is offered no longer")
	assert.Equal(t, 1, undone)
}
