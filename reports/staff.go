package reports

import (
	"cmp"

	"renkei/models"
)

func staffName(s models.Staff) string { return cmp.Or(s.Name, s.Code) }

// staffPost returns 職種 and role in 入退院支援: 「看護師・部門専従」,
// 「社会福祉士・病棟専任」. For others it is the 職種 alone.
func staffPost(s models.Staff) string {
	post := string(s.Job)
	if s.Department != "" {
		post += "・部門" + string(s.Department)
	}
	if s.WardDedicated.Is() {
		post += "・病棟専任"
	}
	return post
}

// postOrder sorts the department first, then 病棟専任, then others.
func postOrder(s models.Staff) int {
	switch {
	case s.Department != "":
		return 0
	case s.WardDedicated.Is():
		return 1
	}
	return 2
}
