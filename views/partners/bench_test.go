package partners

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

const today = pagetest.Today

func sampleIndex(t testing.TB, a *app.App) *Index {
	t.Helper()
	judged, err := a.Judged(context.Background(), models.Part{Whole: true})
	require.NoError(t, err)
	return NewIndex(judged.Facts, judged.Rules, today, nil)
}

// bench is the page in a window on a real register.
type bench struct {
	*Page
	*pagetest.Bench
}

func open(t testing.TB, a *app.App, size fyne.Size) *bench {
	t.Helper()
	b := pagetest.NewBench(t, a)
	p := New(b.Shell, a)
	b.Show(p, size)
	return &bench{p, b}
}

func openSample(t testing.TB) *bench {
	t.Helper()
	return open(t, pagetest.SampleApp(t), pagetest.Small)
}

// right is what stands at the right: the form, or the detail.
func (b *bench) right() fyne.CanvasObject {
	if b.Editor() != nil {
		return b.Editor().Object()
	}
	return b.Detail
}

// shows returns every word at the right.
func (b *bench) shows() string { return pagetest.Texts(b.right()) }

// button finds a button at the right by its word.
func (b *bench) button(word string) *ui.Button {
	b.T.Helper()
	return pagetest.Button(b.T, b.right(), word)
}
