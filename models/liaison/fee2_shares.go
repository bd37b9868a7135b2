package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// Share is how the sessions of one group were judged.
type Share struct {
	Key  string // month, 病棟コード, 職員コード or 連携先コード; "" if unknown
	Name string
	// Numbers are the 指導番号 by result, in ascending order.
	Numbers map[fee.Result][]string
	Total   int
}

// Of counts the sessions with a result.
func (s Share) Of(r fee.Result) int { return len(s.Numbers[r]) }

// Rate returns 指導料2率, the share of sessions judged 指導料2, in tenths of a
// per cent, rounded half up. It returns false without sessions.
func (s Share) Rate() (tenths int, ok bool) { return RateOf(s.Of(fee.Fee2), s.Total) }

// RateOf returns part/whole in tenths of a per cent, rounded half up, or false
// when whole is 0.
func RateOf(part, whole int) (tenths int, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return (2000*part/whole + 1) / 2, true
}

// Grouping is what sessions are grouped by.
type Grouping int

// The groupings of the figures of 指導料2.
const (
	ByMonth Grouping = iota
	ByWard
	ByStaff // a session counts for each of its staff
	ByOffice
)

// Fee2Shares groups the sessions of the scope. Months are in order, every month
// begun; other groups are sorted by size, largest first.
func Fee2Shares(f *fee.Facts, sessions []*fee.Verdict, scope Scope, by Grouping) []Share {
	index := make(map[string]int)
	var shares []Share
	group := func(key, name string) *Share {
		i, ok := index[key]
		if !ok {
			i = len(shares)
			index[key] = i
			shares = append(shares, Share{Key: key, Name: name, Numbers: make(map[fee.Result][]string)})
		}
		return &shares[i]
	}
	if by == ByMonth {
		for _, m := range scope.Months() {
			if m >= models.RevisionDate.Month() {
				group(m.String(), m.String())
			}
		}
	}
	names := staffNames(f.Book)
	for _, v := range sessions {
		for _, of := range groupsOf(v, by, names) {
			s := group(of.key, of.name)
			s.Numbers[v.Result] = append(s.Numbers[v.Result], v.Session.Number)
			s.Total++
		}
	}
	if by != ByMonth {
		slices.SortStableFunc(shares, func(a, b Share) int { return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Key, b.Key)) })
	}
	return shares
}

type groupName struct{ key, name string }

// unknownGroup is the name of the group of sessions whose ward or office is
// unknown.
const unknownGroup = "（登録なし）"

func groupsOf(v *fee.Verdict, by Grouping, names map[string]string) []groupName {
	switch by {
	case ByMonth:
		m := v.Session.On.Month().String()
		return []groupName{{m, m}}
	case ByWard:
		if v.Ward != nil {
			return []groupName{{v.Ward.Code, v.Ward.Name}}
		}
	case ByOffice:
		if v.Office != nil {
			return []groupName{{v.Office.Code, v.Office.Name}}
		}
	case ByStaff:
		var groups []groupName
		codes := slices.Clone(v.Session.Staff)
		slices.Sort(codes)
		for _, code := range slices.Compact(codes) {
			groups = append(groups, groupName{code, cmp.Or(names[code], code)})
		}
		if len(groups) > 0 {
			return groups
		}
	}
	return []groupName{{"", unknownGroup}}
}

// staffNames returns the latest name of each 職員コード.
func staffNames(book *models.Book) map[string]string {
	names, since := make(map[string]string), make(map[string]models.Date)
	for i := range book.Staff {
		if row := &book.Staff[i]; row.From >= since[row.Code] {
			names[row.Code], since[row.Code] = row.Name, row.From
		}
	}
	return names
}
