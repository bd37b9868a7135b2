package liaison

import (
	"cmp"
	"fmt"
	"strings"

	"renkei/models/fee"
)

// Words for figures, shared by the window and the reports.

// Hundredths formats a figure in hundredths: 22.05 for 2205.
func Hundredths(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// Words says when the yearly minimum will be met or missed.
func (o Outlook) Words() string {
	switch {
	case o.Fulfilled && o.On == 0:
		return fmt.Sprintf("%s まで充足が続く見込み", o.Until)
	case o.Fulfilled:
		return fmt.Sprintf("%s に下回る見込み（%d回、基準 %s）", o.On, o.Count, Hundredths(o.Threshold))
	case o.On == 0:
		return fmt.Sprintf("%s までには充足しない見込み", o.Until)
	}
	return fmt.Sprintf("%s に充足する見込み（%d回、基準 %s）", o.On, o.Count, Hundredths(o.Threshold))
}

// Words says how many institutions there are and how many are missing: for 25,
// and of each kind required.
func (s Partners25) Words() string {
	words := fmt.Sprintf("%dか所", s.Met)
	lacks := func(n int, what string) {
		if n > 0 {
			words += fmt.Sprintf("　%sあと%dか所", what, n)
		}
	}
	lacks(s.Short, "")
	if s.Asked.Medical {
		lacks(MinMedical-s.Medical, "医療機関が")
	}
	if s.Asked.Care {
		lacks(MinCare-s.Care, "介護・障害が")
	}
	if s.Fulfilled() {
		words += "　要件に達しています"
	}
	return words
}

// By says when the missing 面会 must begin: 「2027-03-30」, or that it is too
// late. It returns "" when none is missing.
func (p PartnerStanding) By() string {
	if p.Late {
		return "間に合いません"
	}
	return p.StartBy.String()
}

// Missing returns the first thing 平時の連携 lacks. It returns "" without an
// office, because nothing was looked up.
func (u Unready) Missing() string {
	return cmp.Or(u.Peacetime.Missing()...)
}

// Words describes the action in a few words, with the first care managers of a
// 会議.
func (a Action) Words(f *fee.Facts) string {
	switch a.Kind {
	case ActMeeting:
		first := personName(f, a.People[0])
		if more := len(a.People) - 1; more > 0 {
			return fmt.Sprintf("会議: %sほか%d名", first, more)
		}
		return "会議: " + first
	case ActShare:
		return "連絡先の共有: " + a.Name
	case ActPolicy:
		return "規程の3項目と周知"
	case ActFiling:
		return "加算1の届出: " + a.Name
	case ActAttend:
		return "部門の担当者の同席"
	}
	return "取り決め: " + a.Name
}

// Detail describes the action with all its care managers and the day.
func (a Action) Detail(f *fee.Facts) string {
	words := a.Words(f)
	if len(a.People) > 0 {
		words = string(a.Kind) + ": " + a.Names(f)
	}
	if a.On != 0 {
		words += "　" + a.On.String() + "までに"
	}
	return words
}

// Names returns the care managers of the action, "" if it has none.
func (a Action) Names(f *fee.Facts) string {
	names := make([]string, len(a.People))
	for i, code := range a.People {
		names[i] = personName(f, code)
	}
	return strings.Join(names, "・")
}

func personName(f *fee.Facts, code string) string {
	if cm := f.CareManager(code); cm != nil {
		return cmp.Or(cm.Name, code)
	}
	return code
}
