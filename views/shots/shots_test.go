package shots_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/assets"
	"renkei/views"
	"renkei/views/shots"
	"renkei/views/ui"
	"renkei/views/viewtest"
)

func TestEveryPageIsDrawnAtEverySize(t *testing.T) {
	folder := t.TempDir()
	files, err := shots.Write(folder, shots.Params{
		Desk: func() views.Desk { return viewtest.NewDesk() }, Version: "0.1.0", Now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		Fonts: ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
	})
	require.NoError(t, err)
	require.NotEmpty(t, files)
	require.Zero(t, len(files)%len(shots.Sizes), "every page at every size")
	for i, file := range files {
		f, err := os.Open(file)
		require.NoError(t, err)
		img, err := png.Decode(f)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		size := shots.Sizes[i*len(shots.Sizes)/len(files)]
		assert.Equal(t, image.Rect(0, 0, int(size.Width), int(size.Height)), img.Bounds(), filepath.Base(file))
		assert.Greater(t, colors(img), 20, "%s is not blank", filepath.Base(file))
	}
}

func TestAnImportIsDrawnAtEverySize(t *testing.T) {
	files, err := shots.Import(t.TempDir(), shots.Params{
		Desk: func() views.Desk { return viewtest.NewDesk() }, Version: "0.1.0", Now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		Fonts: ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
	}, "/data/台帳.xlsx")
	require.NoError(t, err)
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = filepath.Base(file)
		assert.FileExists(t, file)
	}
	assert.Equal(t, []string{"ledger-import-1366.png", "ledger-import-1920.png"}, names)
}

// colors counts the different colours of a picture.
func colors(img image.Image) int {
	seen := map[[3]uint32]bool{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 3 {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 3 {
			r, g, b, _ := img.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	return len(seen)
}
