package partners

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// slow is the page over a shell that reads when the test says so.
func slow(t *testing.T) (*bench, *heldShell) {
	t.Helper()
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	shell := &heldShell{Shell: b.Shell}
	p := New(shell, b.App)
	b.Show(p, pagetest.Small)
	shell.release()
	return &bench{p, b}, shell
}

func heading(entries []ui.TimelineEntry) string {
	return fmt.Sprintf("経過（会議・やり取り・共同指導 %s件）", ui.Thousands(len(entries)))
}

func TestTheCourseFollowsTheChoice(t *testing.T) {
	b, shell := slow(t)
	facts := b.Judged().Facts
	first, second := OfficeTimeline(facts, "P001"), PersonTimeline(facts, "C009")
	require.NotEqual(t, heading(first), heading(second))

	require.True(t, b.ShowKey("P:P001"))
	assert.Contains(t, b.shows(), "みなとさくら居宅介護支援事業所", "what the list knows is there at once")
	assert.Contains(t, b.shows(), ui.Loading)
	assert.NotContains(t, b.shows(), "件）")
	require.True(t, b.ShowKey("C:C009"))
	require.Len(t, shell.held, 2)
	newer := shell.held[1]
	shell.held = shell.held[:1]
	newer()
	assert.Contains(t, b.shows(), heading(second))
	shell.release()
	assert.Contains(t, b.shows(), heading(second), "the answer of the older choice comes too late")
	assert.Equal(t, len(second), b.course.line.Len())

	require.True(t, b.ShowKey("P:P001"))
	shell.release()
	assert.Contains(t, b.shows(), heading(first))
	b.apply()
	assert.Empty(t, shell.held, "a filter reads nothing again")
}

func TestTheCourseFollowsTheRegister(t *testing.T) {
	b, shell := slow(t)
	require.True(t, b.ShowKey("P:P001"))
	shell.release()
	before := OfficeTimeline(b.Judged().Facts, "P001")
	contact := models.Contact{On: today, Kind: models.FaceToFace, CareManager: "C001", Staff: []string{b.Book().Staff[0].Code}, Purpose: "新しい相談"}
	_, err := b.App.Do(t.Context(), "登録", app.New(&contact))
	require.NoError(t, err)
	feed, err := b.App.Since(t.Context(), b.Judged().Revision-1)
	require.NoError(t, err)
	b.Changed(feed)
	next := shell.held[0]
	shell.held = nil
	next() // the list
	assert.Contains(t, b.shows(), heading(before), "until the course is read again the old one stays")
	row, _ := b.Row("P:P001")
	assert.Equal(t, today, row.LastContact)
	shell.release()
	after := OfficeTimeline(b.Judged().Facts, "P001")
	assert.Len(t, after, len(before)+1)
	assert.Contains(t, b.shows(), heading(after))
	assert.Equal(t, len(after), b.course.line.Len())
}
