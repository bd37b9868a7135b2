package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/liaison"
)

func TestABusyTownRarelySpokenToIsCold(t *testing.T) {
	for name, c := range map[string]struct {
		row  liaison.AreaRow
		want bool
	}{
		"three 入院 and two やり取り":           {liaison.AreaRow{Admissions: 3, Contacts: 2}, true},
		"three 入院 and nothing":            {liaison.AreaRow{Admissions: 3}, true},
		"as much as there is 入院":          {liaison.AreaRow{Admissions: 3, Contacts: 3}, false},
		"共同指導 counts as well":             {liaison.AreaRow{Admissions: 4, Contacts: 2, Sessions: 2}, false},
		"one less than 入院, 共同指導 and やり取り": {liaison.AreaRow{Admissions: 4, Contacts: 2, Sessions: 1}, true},
		"two 入院 are not many":             {liaison.AreaRow{Admissions: 2}, false},
		"nothing at all":                  {liaison.AreaRow{}, false},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, c.row.Cold()) })
	}
}

func TestTownsFollowTheirSmallestPostalCode(t *testing.T) {
	activity := func(code, address string) liaison.Activity {
		return liaison.Activity{Partner: &models.Partner{PostalCode: code, Address: address}, Area: models.AreaOf(address)}
	}
	list := []liaison.Activity{
		activity("", "山手市本町1"), activity("100-0005", ""), activity("231-0001", "横浜市中区1"), activity("〒２２０-0011", "横浜市西区2"),
		activity("2200003", "横浜市中区3"), activity("", "横浜市西区9"), activity("", "青葉市1"), activity("105-0001", "港区虎ノ門1"),
		activity("290-0001", "市原市1"), activity("280-0009", "佐倉市1"), activity("280-0001", "八街市1"),
	}
	var names []string
	for _, r := range liaison.ByPostalCode(liaison.Areas(list), list) {
		names = append(names, r.Area)
	}
	assert.Equal(t, []string{"港区", "横浜市中区", "横浜市西区", "八街市", "佐倉市", "市原市", "山手市", "青葉市", liaison.NoArea}, names,
		"by number however it is typed, then by name, without a 市区町村 last")
}
