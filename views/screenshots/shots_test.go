package screenshots_test

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"renkei/assets"
	"renkei/views/screenshots"
	"renkei/views/ui"
	"renkei/views/viewtest"
)

func TestWrite(t *testing.T) {
	files, err := screenshots.Write(os.Getenv("SHOTS"), screenshots.Params{
		Desk: viewtest.NewDesk(), Version: "0.1.0", Now: time.Date(2026, 10, 22, 10, 0, 0, 0, time.Local),
		Fonts: ui.Fonts{
			Regular: fyne.NewStaticResource("r.ttf", assets.FontRegular),
			Bold:    fyne.NewStaticResource("b.ttf", assets.FontBold),
		},
	})
	require.NoError(t, err)
	t.Log(files)
}
