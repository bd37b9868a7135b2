package models

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatCanBeTheCodeOfAHospital(t *testing.T) {
	for name, c := range map[string]struct{ text, code, problem string }{
		"blank":                              {" ", "", ""},
		"seven digits":                       {"0112345", "0112345", ""},
		"ten digits of 医科":                   {"1310112345", "1310112345", ""},
		"ten digits of 歯科":                   {"0130112345", "0130112345", ""},
		"the last 都道府県":                      {"4710112345", "4710112345", ""},
		"wide digits":                        {"０１１２３４５", "0112345", ""},
		"a 都道府県 after the last":              {"4810112345", "4810112345", "『48』は都道府県番号"},
		"no 都道府県":                            {"0010112345", "0010112345", "『00』は都道府県番号"},
		"調剤":                                 {"1340112345", "1340112345", "3桁目『4』"},
		"eight digits":                       {"01123456", "01123456", "7桁の数字か、10桁の数字"},
		"eleven digits":                      {"13101123456", "13101123456", "7桁の数字か、10桁の数字"},
		"letters":                            {"13A0112345", "13A0112345", "7桁の数字か、10桁の数字"},
		"seven digits with a hyphen between": {"01-1234", "01-1234", "7桁の数字か、10桁の数字"},
	} {
		t.Run(name, func(t *testing.T) {
			code, problem := HospitalCode(c.text)
			assert.Equal(t, c.code, code)
			if c.problem == "" {
				assert.Empty(t, problem)
				return
			}
			assert.Contains(t, problem, c.problem)
		})
	}
}
