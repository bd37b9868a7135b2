package ledger

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldName folds the name of a sheet or column. Width, case and spaces are
// ignored, and the marks * and † of the rules for key and required columns.
func foldName(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
	return strings.Trim(s, "*†※")
}

var reRemark = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>|《[^《》]*》`)

// foldHeading folds a heading like foldName and drops a remark in brackets:
// 患者ID（8桁） is 患者ID.
func foldHeading(s string) string {
	return strings.Trim(reRemark.ReplaceAllString(foldName(s), ""), "*†※")
}

// findSheets finds the sheets of the ledger among the names in a file. It
// reports names that are unknown, that come twice, or that only contain the
// name of a missing sheet. what (シート or ファイル) and ending are for the messages.
func (r *Reading) findSheets(names []string, what, ending string) {
	var others []string
	for i, name := range names {
		s := sheetNamed(name)
		first, taken := r.found[s]
		switch {
		case foldName(name) == sheetExplanation:
		case s == "":
			others = append(others, name)
		case taken:
			r.unread[s] = true
			r.issue(s, 1, what+"名", "「%s%s」と「%s%s」は同じシートです。どちらかを消してください", names[first], ending, name, ending)
		default:
			r.found[s] = i
		}
	}
	for _, name := range others {
		s := sheetWithin(name)
		if _, there := r.found[s]; s == "" || there {
			r.note("%s「%s%s」は台帳ブックにない名前のため、読み込みません", what, name, ending)
			continue
		}
		r.unread[s] = true
		r.Issues = append(r.Issues, Issue{Reason: what + "「" + name + ending + "」は「" + s + ending + "」ではありませんか。名前を直してください"})
	}
}

// sheetNamed returns the sheet with that name, or "".
func sheetNamed(name string) string {
	folded := foldName(name)
	for _, s := range sheets {
		if foldName(s.title()) == folded {
			return s.title()
		}
	}
	return ""
}

// sheetWithin returns the sheet with the longest name contained in a name, or
// "": 会議出席 for 会議出席一覧.
func sheetWithin(name string) string {
	folded, longest := foldName(name), ""
	for _, s := range sheets {
		if title := s.title(); len(title) > len(longest) && strings.Contains(folded, foldName(title)) {
			longest = title
		}
	}
	return longest
}

// columnNamed returns the column with that name, or -1.
func (s *sheet[E]) columnNamed(name string) int { return s.columnBy(foldName(name)) }

func (s *sheet[E]) columnBy(folded string) int {
	if folded == "" {
		return -1
	}
	for i, c := range s.columns {
		if foldName(c.Name) == folded {
			return i
		}
	}
	return -1
}

// headingOf returns the column a heading names, with or without a remark.
func (s *sheet[E]) headingOf(text string) int {
	if i := s.columnNamed(text); i >= 0 {
		return i
	}
	return s.columnBy(foldHeading(text))
}

// columnBegun returns the column with the longest name that a heading begins
// with, or -1: 電話 for 電話番号.
func (s *sheet[E]) columnBegun(text string) int {
	folded, best, longest := foldHeading(text), -1, 0
	for i, c := range s.columns {
		if name := foldName(c.Name); len(name) > longest && strings.HasPrefix(folded, name) {
			best, longest = i, len(name)
		}
	}
	return best
}

// layout places the columns by the header. A heading with a remark is its
// column if no other heading is. Unknown headings are noted. A heading that
// comes twice, one whose formula has no result, and one that only begins with
// the name of a missing column are issues.
func (s *sheet[E]) layout(header bufferedRow, out *Reading) *layout {
	l := &layout{headerRow: header.row, at: make([]int, len(s.columns)), unknown: make([]bool, len(header.cells))}
	for i := range l.at {
		l.at[i] = -1
	}
	for place, c := range header.cells {
		if i := s.columnNamed(c.text); i >= 0 && l.at[i] < 0 {
			l.at[i] = place
		}
	}
	exact := make([]bool, len(s.columns))
	for i, place := range l.at {
		exact[i] = place >= 0
	}
	var others []int
	for place, c := range header.cells {
		i := s.headingOf(c.text)
		switch {
		case c.form == formNoResult:
			out.issue(s.name, header.row, "見出し", "%s", noResultReason(s.name, header.row, place))
			l.unknown[place], l.asked = true, ^uint64(0) // it may be any of the missing columns
		case clean(c.text) == "" || i >= 0 && l.at[i] == place:
		case i >= 0 && !exact[i] && l.at[i] < 0:
			l.at[i] = place
		case i >= 0 && exact[i] == (s.columnNamed(c.text) >= 0):
			out.issue(s.name, header.row, s.columns[i].Name, "同じ名前の列が2つあります。どちらかを消してください")
		default:
			others = append(others, place)
		}
	}
	for i, place := range l.at {
		if place < 0 {
			l.missing |= 1 << i
		}
	}
	out.header[s.name], out.absent[s.name] = l.headerRow, l.missing
	for _, place := range others {
		s.other(l, place, clean(header.cells[place].text), out)
	}
	return l
}

// other decides what happens to a heading that names no column.
func (s *sheet[E]) other(l *layout, place int, name string, out *Reading) {
	l.unknown[place] = true
	i := s.columnBegun(name)
	if i < 0 || l.at[i] >= 0 {
		out.note("シート「%s」の列「%s」は台帳ブックにない列のため、読み込みません", s.name, name)
		return
	}
	l.asked |= 1 << i
	out.issue(s.name, l.headerRow, "見出し", "列「%s」は「%s」ではありませんか。名前を直してください", name, s.columns[i].Name)
	if i == 0 { // the column that others refer to
		out.unread[s.name] = true
	}
}
