package booktest_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models/booktest"
	"renkei/models/fee"
)

func TestEverySessionOfTheYearsIsBilled(t *testing.T) {
	data, err := os.ReadFile("../../assets/rules/2026-06.json")
	require.NoError(t, err)
	rules, err := fee.ParseRules(data)
	require.NoError(t, err)
	for _, n := range []int{60, 600} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			book := booktest.Years(2, n)
			results := map[fee.Result]int{}
			for _, v := range booktest.Judge(t, fee.NewFacts(book, fee.DefaultParams()), rules) {
				results[v.Result]++
			}
			assert.Equal(t, len(book.Sessions), results[fee.Fee1]+results[fee.Fee2]+results[fee.FeeLegacy], "%v", results)
			for _, result := range []fee.Result{fee.Fee1, fee.Fee2, fee.FeeLegacy} {
				assert.Positive(t, results[result], result)
			}
		})
	}
}

func TestTheLastYearAndTheMastersAreTheSameWhateverTheYears(t *testing.T) {
	one, three := booktest.Years(1, 60), booktest.Years(3, 60)
	assert.Equal(t, one.Partners, three.Partners)
	assert.Equal(t, one.CareManagers, three.CareManagers)
	assert.Equal(t, one.Staff, three.Staff)
	assert.Len(t, three.Admissions, 180)
	assert.Equal(t, one.Admissions, three.Admissions[120:])
	assert.Equal(t, one.Contacts, three.Contacts[len(three.Contacts)-len(one.Contacts):])
	assert.Equal(t, one.Sessions, three.Sessions[len(three.Sessions)-len(one.Sessions):])
	assert.Equal(t, one.Meetings, three.Meetings[len(three.Meetings)-len(one.Meetings):])
}
