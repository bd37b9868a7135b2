// Command empty shows a window of the toolkit with nothing in it: what
// BenchmarkStart measures the program's window against.
package main

import "fyne.io/fyne/v2"
import "fyne.io/fyne/v2/app"

func main() {
	w := app.New().NewWindow("empty")
	w.Resize(fyne.NewSize(1360, 720))
	w.ShowAndRun()
}
