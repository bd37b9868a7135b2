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

// forms says where the records of a sheet are entered, and what stands there
// before their key.
var forms = map[string]struct{ page, before string }{
	"連携先": {"partners", "edit:P:"}, "介護支援専門員": {"partners", "edit:C:"}, "所属履歴": {"partners", "job:"},
	"入院": {"admissions", "admission:"}, "病棟履歴": {"admissions", "stays:"}, "共同指導": {"admissions", "edit:"},
	"病棟": {"settings", "wards/"}, "職員": {"settings", "staff/"}, "規程": {"settings", "policies/"}, "会議": {"meetings", ""},
}

// FormLink names the form in which a field of a record is entered, for Follow;
// without a key it is the page or the section alone, "" for a sheet without one.
func FormLink(sheet, key, field string) string {
	at, ok := forms[sheet]
	if !ok {
		return ""
	}
	link := at.page + "/" + at.before + key
	if field != "" && key != "" {
		link += fieldMark + field
	}
	return link
}

// fieldMark stands before the field in a key.
const fieldMark = "#"

// CutField divides a key that Open gets into the record and the field that is to
// have the cursor, "" for none.
func CutField(key string) (record, field string) {
	record, field, _ = strings.Cut(key, fieldMark)
	return record, field
}

// Follow opens the record of a Link.
func Follow(s Shell, link string) {
	pageID, key, _ := strings.Cut(link, "/")
	s.GoTo(pageID, key)
}
