package ui_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/views/ui"
)

func TestChoicesOfAreInTheOrderOfTheList(t *testing.T) {
	assert.Equal(t, []ui.Choice{{Value: "女", Label: "女"}, {Value: "男", Label: "男"}}, ui.ChoicesOf([]string{"女", "男"}))
	assert.Empty(t, ui.ChoicesOf([]models.Job{}))
}
