package reports

import (
	"cmp"
	"slices"
	"strings"

	"renkei/models"
)

// place is what a report is narrowed to, as words: 病棟名 and 市区町村. "" means all.
type place struct{ ward, area string }

// narrowing returns what the request is narrowed to. It refuses what is not
// registered.
func (r *Request) narrowing() (place, error) {
	names := r.Facts.Book.WardNames()
	name, known := names[r.Ward]
	if r.Ward != "" && !known {
		return place{}, models.Errorf(models.NotFound, "病棟コード『%s』の登録がありません。%s", r.Ward, offered(wardWords(names), "病棟"))
	}
	if areas := r.Facts.Book.Areas(); r.Area != "" && !slices.Contains(areas, r.Area) {
		return place{}, models.Errorf(models.NotFound, "市区町村『%s』に連携先の登録がありません。%s", r.Area, offered(areas, "連携先の住所"))
	}
	if r.Ward != "" {
		name = cmp.Or(name, r.Ward)
	}
	return place{name, r.Area}, nil
}

// wardWords returns the 病棟コード with their names, sorted.
func wardWords(names map[string]string) []string {
	var list []string
	for code, name := range names {
		list = append(list, code+" "+name)
	}
	slices.Sort(list)
	return list
}

// offered lists the valid values in one line at most.
func offered(list []string, what string) string {
	const most = 12
	switch {
	case len(list) == 0:
		return what + "を登録してから指定してください"
	case len(list) > most:
		return "次のどれかを指定してください: " + strings.Join(list[:most], "、") + " ほか"
	}
	return "次のどれかを指定してください: " + strings.Join(list, "、")
}

// reach is how far ward and area narrow the figures of a sheet.
type reach int

const (
	reachNone reach = iota // not at all: the whole hospital
	reachArea
	reachAll // ward and area
)

// narrowed says by what the figures of a sheet are narrowed and by what not.
func (p place) narrowed(to reach) string {
	var by, not []string
	if p.ward != "" && to == reachAll {
		by = append(by, p.ward)
	} else if p.ward != "" {
		not = append(not, p.ward)
	}
	if p.area != "" && to >= reachArea {
		by = append(by, p.area)
	} else if p.area != "" {
		not = append(not, p.area)
	}
	words := "病棟・地域の絞り込み: " + cmp.Or(strings.Join(by, "・"), "なし")
	if len(not) > 0 {
		words += "（" + strings.Join(not, "・") + "では絞れません）"
	}
	return words
}

// all reports whether the report is not narrowed.
func (p place) all() bool { return p == place{} }
