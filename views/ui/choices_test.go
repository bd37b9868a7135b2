package ui_test

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/views/ui"
)

func TestFilledFieldsHoldWhatIsRecorded(t *testing.T) {
	test.NewTempApp(t)
	today := func() models.Date { return 2026_11_22 }
	for name, c := range map[string]struct {
		filled, empty ui.Field
		value         string
	}{
		"a text":   {ui.FilledText("佐藤 実", "氏名"), ui.FilledText("", "氏名"), "佐藤 実"},
		"a memo":   {ui.FilledMemo("一行\n二行", "", 2), ui.FilledMemo("", "", 2), "一行\n二行"},
		"a date":   {ui.FilledDate(2026_10_02, today), ui.FilledDate(0, today), "2026-10-02"},
		"a mark":   {ui.FilledMark(models.Yes, "ある", "ない"), ui.FilledMark(models.Unknown, "ある", "ない"), models.Yes.String()},
		"a choice": {ui.FilledChoice(models.Nurse, models.Jobs), ui.FilledChoice("", models.Jobs), string(models.Nurse)},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.value, c.filled.Value())
			assert.Empty(t, c.filled.Fault())
			assert.False(t, c.filled.Blank())
			assert.True(t, c.empty.Blank(), "nothing recorded is blank")
		})
	}
}

func TestChoicesOfAreInTheOrderOfTheList(t *testing.T) {
	assert.Equal(t, []ui.Choice{{Value: "女", Label: "女"}, {Value: "男", Label: "男"}}, ui.ChoicesOf([]string{"女", "男"}))
	assert.Empty(t, ui.ChoicesOf([]models.Job{}))
}
