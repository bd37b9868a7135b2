// Package charts draws figures: bars, lines, gauges and tiles, with their
// values beside them, in patterns that differ on a black-and-white printer. T
// shows the table behind a chart.
//
// It knows no records: a page fills a Chart and gives it to a View. geometry.go
// places everything and needs no toolkit; draw.go, shapes.go and tiles.go draw.
// The charts of workbooks are in reports/chart.go.
package charts
