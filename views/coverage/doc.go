// Package coverage is the page 連携の状況: what managers steer by. Each section
// is worked out beside the window from the figures of models/liaison, the same
// that the report 連携状況報告 prints, and every value leads to its rows.
package coverage
