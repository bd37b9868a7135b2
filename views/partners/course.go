package partners

import (
	"context"

	"fyne.io/fyne/v2"

	"renkei/app"
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

	told string        // the row key of what the timeline holds
	read *app.Recorded // what that was made of
	as   *Index        // the list that was shown then
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
	type answer struct {
		read    *app.Recorded
		entries []ui.TimelineEntry
	}
	was := c.read
	page.Ask(p.Shell, &c.asked, row.Name+"の経過の表示", func(ctx context.Context) (answer, error) {
		now, err := p.desk.Recorded(ctx, coursePart(row), was)
		if err != nil || now == was {
			return answer{read: now}, err
		}
		return answer{now, courseOf(now.Facts, row)}, nil
	}, func(a answer) {
		c.as = index
		if a.read == c.read {
			return
		}
		c.told, c.read = row.Key, a.read
		c.line.Name = row.Name + "の経過"
		c.line.SetEntries(a.entries)
		c.show(row.Key)
		p.Detail.Refit()
	})
	return c.place
}
