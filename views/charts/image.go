package charts

import (
	"image"
	"image/png"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"renkei/models"
	"renkei/models/files"
	"renkei/views/ui"
)

// ImageWidth is the width of an exported chart in pixels.
const ImageWidth = 1000

// Image draws a chart alone, w pixels wide at the standard text size. Call it
// on the UI goroutine.
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
func WritePNG(path string, img image.Image) error {
	if err := files.Write(path, func(w io.Writer) error { return png.Encode(w, img) }); err != nil {
		return models.Wrap(err, models.Unavailable, "画像を書き出せません（%s）。保存先のフォルダと空きを確かめてください", path)
	}
	return nil
}
