// Package coverage is the page 連携の状況, for managers. Every value on it opens
// the records behind it.
//
// A section is one build_*.go file and one line of sections in section.go. It only
// arranges figures: models/liaison computes them, also for the report
// 連携状況報告 in reports. charts draws them; board.go puts them on the page.
package coverage
