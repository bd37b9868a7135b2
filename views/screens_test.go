package views

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/app/ledger"
	"renkei/views/page"
)

// A page that the table of targets does not name would be reached by no link.
func TestEveryPageOfRecordsIsWhereItsTargetsLead(t *testing.T) {
	w := sit(t)
	sheets := 0
	for _, screen := range w.screens {
		if records, ok := screen.(interface{ OpensSheet() string }); ok {
			sheets++
			assert.Equal(t, screen.ID(), page.To(records.OpensSheet(), "").Page, records.OpensSheet())
		}
	}
	assert.Positive(t, sheets)
	for _, sheet := range ledger.SheetNames() {
		if to := page.To(sheet, ""); !to.IsZero() {
			assert.True(t, slices.Contains(w.ScreenIDs(), to.Page), "%s leads to %s", sheet, to.Page)
		}
	}
}
