package charts

import (
	"image"
	"image/png"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"renkei/models"
	"renkei/views/ui"
)

// ImageWidth is how wide an exported chart is, in pixels.
const ImageWidth = 1000

// Image draws a chart by itself, as wide as given in pixels at the standard
// text size. It is called on the window's goroutine.
func Image(c Chart, table bool, w float32) image.Image {
	v := NewView(c)
	v.table = table
	off := software.NewCanvas()
	off.SetPadded(false)
	off.SetContent(v)
	off.Resize(fyne.NewSize(ui.Scaled(w), v.HeightFor(ui.Scaled(w))))
	return off.Capture()
}

// WritePNG writes an image to a file.
func WritePNG(path string, img image.Image) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return models.Wrap(err, models.Unavailable, "画像を書き出せません。保存先のフォルダと空きを確かめてください")
	}
	defer func() {
		if closed := file.Close(); err == nil && closed != nil {
			err = models.Wrap(closed, models.Unavailable, "画像を書き終えられません。保存先の空きを確かめてください")
		}
	}()
	if err := png.Encode(file, img); err != nil {
		return models.Wrap(err, models.Unavailable, "画像を書き終えられません。保存先の空きを確かめてください")
	}
	return nil
}
