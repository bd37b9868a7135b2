package partners

import (
	"fmt"
	"strings"

	"renkei/models"
)

// leftWords returns 「あと3日」, or by how many days the date has passed.
func leftWords(by, today models.Date) string {
	switch left := today.DaysUntil(by); {
	case left < 0:
		return fmt.Sprintf("%d日過ぎています", -left)
	case left == 0:
		return "きょうまで"
	default:
		return fmt.Sprintf("あと%d日", left)
	}
}

// GroupedPhone returns a telephone number in groups for reading aloud. A number
// with hyphens stays as it is, for who wrote it knew the area code.
func GroupedPhone(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		return r
	}, strings.TrimSpace(number))
	if strings.Trim(digits, "0123456789") != "" || !strings.HasPrefix(digits, "0") {
		return number
	}
	group := func(a, b int) string { return digits[:a] + "-" + digits[a:a+b] + "-" + digits[a+b:] }
	switch {
	case len(digits) == 11:
		return group(3, 4)
	case len(digits) != 10:
		return number
	case strings.HasPrefix(digits, "0120"):
		return group(4, 3)
	case digits[1] == '3' || digits[1] == '6':
		return group(2, 4)
	}
	return group(3, 3)
}

// shortKinds are the everyday words for a long 種別 or 資格.
var shortKinds = map[string]string{
	string(models.CareOffice):         "居宅",
	string(models.CommunityCenter):    "地域包括",
	string(models.PreventiveOffice):   "予防支援",
	string(models.PlanningConsult):    "計画相談",
	string(models.ChildConsult):       "障害児",
	string(models.NursingHome):        "特養",
	string(models.HealthFacility):     "老健",
	string(models.GroupHome):          "GH",
	string(models.SmallMultifunction): "小多機",
	string(models.NursingSmallMulti):  "看多機",
	string(models.QualifiedCM):        "ケアマネ",
	string(models.ChiefCM):            "主任CM",
	string(models.ConsultSpecialist):  "相談支援",
}

func shortKind(kind string) string {
	if short, ok := shortKinds[kind]; ok {
		return short
	}
	return kind
}
