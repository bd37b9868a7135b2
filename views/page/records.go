package page

import "strings"

// sheets says on which page the records of a sheet are opened, and what stands
// there before their key.
var sheets = map[string]struct{ page, before string }{
	"連携先": {page: "partners"}, "介護支援専門員": {page: "partners"}, "会議": {page: "meetings"}, "やり取り": {page: "contacts"},
	"入院": {page: "admissions"}, "共同指導": {page: "sessions"}, "算定": {page: "claims"},
	"病棟": {"settings", "wards/"}, "職員": {"settings", "staff/"}, "規程": {"settings", "policies/"},
}

// PlaceOf returns the page of a record, by its sheet and its key there, and the
// key by which the page opens it; "" for a sheet that has no page. The key of a
// 病棟 and of a 職員 is that of a period: 「3E/2024-04-01」.
func PlaceOf(sheet, key string) (pageID, pageKey string) {
	at := sheets[sheet]
	return at.page, at.before + key
}

// Link names a record in one text, for Follow; "" for a sheet that has no page.
func Link(sheet, key string) string {
	pageID, pageKey := PlaceOf(sheet, key)
	if pageID == "" || key == "" {
		return ""
	}
	return pageID + "/" + pageKey
}

// Follow opens the record of a Link.
func Follow(s Shell, link string) {
	pageID, key, _ := strings.Cut(link, "/")
	s.GoTo(pageID, key)
}
