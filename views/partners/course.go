package partners

import (
	"context"

	"fyne.io/fyne/v2"

	"renkei/views/page"
	"renkei/views/ui"
)

// course is the last part of the detail: what was recorded with an office or a
// person, read when the row is chosen. Its one timeline keeps its width, so its
// lines are measured once.
type course struct {
	asked page.Latest
	line  *ui.Timeline
	place *ui.Flow

	told string // the row key of what the timeline holds
	as   *Index // as of which it was read
}

func (c *course) build(s page.Shell) {
	c.line = ui.NewTimeline()
	c.line.OnShortcut = s.Shortcut
	c.line.OnOpened = func(link any) { s.GoTo(link.(page.Target)) }
}

// leave stops the reading of a course that is no longer in sight.
func (c *course) leave() { c.asked.Stop() }

// show puts the timeline into its place, or says that it is being read.
func (c *course) show(key string) {
	if c.told != key {
		c.place.Set(title("経過"), ui.NewParagraph(ui.Loading, ui.Quiet))
		return
	}
	c.place.Set(title("経過（会議・やり取り・共同指導 "+ui.Thousands(c.line.Len())+"件）"), c.line)
}

// tellCourse returns the course of an office or a person. It is read beside the
// window unless it is known; until then that of the same row stays.
func (p *Page) tellCourse(row Row) fyne.CanvasObject {
	c, index := &p.course, p.index
	c.leave()
	c.place = ui.NewFlow(ui.GapGroup-ui.GapCell, 0)
	c.show(row.Key)
	if c.told == row.Key && c.as == index {
		return c.place
	}
	page.Ask(p.Shell, &c.asked, row.Name+"の経過の表示", func(ctx context.Context) ([]ui.TimelineEntry, error) {
		judged, err := p.Desk.Judged(ctx, coursePart(row))
		if err != nil {
			return nil, err
		}
		return courseOf(judged.Facts, row), nil
	}, func(entries []ui.TimelineEntry) {
		c.told, c.as = row.Key, index
		c.line.Name = row.Name + "の経過"
		c.line.SetEntries(entries)
		c.show(row.Key)
		p.Detail.Refit()
	})
	return c.place
}
