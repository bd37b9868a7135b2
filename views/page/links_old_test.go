package page_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/views/page"
	"renkei/views/page/pagetest"
)

func TestALinkLeadsToTheRecordOfItsSheet(t *testing.T) {
	for name, c := range map[string]struct{ sheet, key, want string }{
		"an office":                {"連携先", "P001", "partners/P001"},
		"a person":                 {"介護支援専門員", "C001", "partners/C001"},
		"a meeting":                {"会議", "K001", "meetings/K001"},
		"a contact":                {"やり取り", "R00001", "contacts/R00001"},
		"an admission":             {"入院", "00035140/2026-11-01", "admissions/00035140/2026-11-01"},
		"a session":                {"共同指導", "G0001", "sessions/G0001"},
		"a month":                  {"算定", "2026-10", "claims/2026-10"},
		"a period of a ward":       {"病棟", "3E/2024-04-01", "settings/wards/3E/2024-04-01"},
		"a period of one of staff": {"職員", "N1/2020-04-01", "settings/staff/N1/2020-04-01"},
		"an edition":               {"規程", "第2版", "settings/policies/第2版"},
	} {
		t.Run(name, func(t *testing.T) {
			shell := &pagetest.Shell{}
			page.Follow(shell, page.Link(c.sheet, c.key))
			assert.Equal(t, []string{c.want}, shell.Went)
		})
	}
	for want, c := range map[string][3]string{
		"partners/edit:P:P001#取り決め日":                   {"連携先", "P001", "取り決め日"},
		"partners/edit:C:C001#資格":                      {"介護支援専門員", "C001", "資格"},
		"partners/job:C001/P001/2024-04-01#終了日":        {"所属履歴", "C001/P001/2024-04-01", "終了日"},
		"admissions/admission:00035140/2026-11-01#同意日": {"入院", "00035140/2026-11-01", "同意日"},
		"admissions/stays:00035140/2026-11-01":         {"病棟履歴", "00035140/2026-11-01", ""},
		"admissions/edit:G0001#医師の指示":                  {"共同指導", "G0001", "医師の指示"},
		"settings/staff/N1/2020-04-01#所属終了":            {"職員", "N1/2020-04-01", "所属終了"},
		"meetings/": {"会議", "", ""},
		"":          {"出席", "K001", "氏名"},
	} {
		assert.Equal(t, want, page.FormLink(c[0], c[1], c[2]))
	}
	record, field := page.CutField("edit:G0001#医師の指示")
	assert.Equal(t, []string{"edit:G0001", "医師の指示"}, []string{record, field})
	assert.Empty(t, page.Link("出席", "K001"), "a sheet without a page of its own")
	assert.Empty(t, page.Link("会議", ""), "no record")
}
