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

func TestSessionsAreJudgedBothFees(t *testing.T) {
	data, err := os.ReadFile("../../assets/rules/2026-06.json")
	require.NoError(t, err)
	rules, err := fee.ParseRules(data)
	require.NoError(t, err)
	for _, n := range []int{3, 60, 600, 1000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			results := map[fee.Result]int{}
			for _, v := range booktest.Judge(t, fee.NewFacts(booktest.Large(n), fee.DefaultParams()), rules) {
				results[v.Result]++
			}
			assert.Equal(t, 2*n, results[fee.Fee1]+results[fee.Fee2], "%v", results)
			assert.Greater(t, results[fee.Fee1], 2*n*3/10)
			assert.Greater(t, results[fee.Fee2], 2*n*6/10)
		})
	}
}
