package models_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

func TestWardsGoByTheirLatestName(t *testing.T) {
	b := &models.Book{Wards: []models.Ward{
		{Code: "3E", ValidFrom: 2026_06_01, Name: "3東病棟"},
		{Code: "3E", ValidFrom: 2024_04_01, Name: "3階東"},
		{Code: "4W", Name: "4西病棟"},
	}}
	assert.Equal(t, map[string]string{"3E": "3東病棟", "4W": "4西病棟"}, b.WardNames())
}

func TestAreasAreThoseOfThePartnersEachOnce(t *testing.T) {
	b := &models.Book{Partners: []models.Partner{
		{Address: "みらい県みなと市汐入3丁目"}, {Address: "みらい県あさひ町1丁目"}, {Address: "みなと市桟橋通"}, {},
	}}
	assert.Equal(t, []string{"あさひ町", "みなと市"}, b.Areas())
	assert.Empty(t, new(models.Book).Areas())
}
