package ledger

import (
	"slices"
	"strings"

	"renkei/models"
)

// Since is a record that differs from its state at an earlier revision.
type Since struct {
	RowKey
	Name           string // 氏名, 名称 or similar, "" if the sheet has none
	Added, Removed bool
	Changes        []Change // none for a record that was added or removed
}

// Differences lists the records of a register that differ from an earlier
// state, by sheet and key. before holds the records changed or removed since,
// added those that did not exist. A change that was reverted is no difference.
func Differences(now, before, added *models.Book) []Since {
	var all []Since
	for _, s := range sheets {
		all = append(all, s.differences(now, before, added)...)
	}
	return all
}

func (s *sheet[E]) differences(now, before, added *models.Book) []Since {
	of := sides[E]{stored: s.byKey(now), before: s.byKey(before), added: s.byKey(added)}
	var list []Since
	for key, was := range of.before {
		d := Since{RowKey: RowKey{s.name, key}, Name: NameOf(was)}
		if is := of.stored[key]; is == nil {
			d.Removed = true
		} else if d.Changes = Changes(was, is); len(d.Changes) == 0 {
			continue
		}
		list = append(list, d)
	}
	for key, is := range of.added {
		if of.before[key] == nil && of.stored[key] != nil {
			list = append(list, Since{RowKey: RowKey{s.name, key}, Name: NameOf(is), Added: true})
		}
	}
	slices.SortFunc(list, func(a, b Since) int { return strings.Compare(a.Key, b.Key) })
	return list
}

// PutBack returns a register with the records of the keys as they were (see
// Differences) and all others as now. The given books are not changed.
func PutBack(now, before *models.Book, keys []RowKey) *models.Book {
	book := *now
	for _, s := range sheets {
		of := make(map[string]bool)
		for _, k := range keys {
			if k.Sheet == s.title() {
				of[k.Key] = true
			}
		}
		if len(of) > 0 {
			s.putBack(&book, before, of)
		}
	}
	return &book
}

func (s *sheet[E]) putBack(book, before *models.Book, keys map[string]bool) {
	picked := func(e E) bool { return keys[s.keyOf(&e)] }
	records := slices.DeleteFunc(slices.Clone(*s.records(book)), picked)
	for _, e := range *s.records(before) {
		if picked(e) {
			records = append(records, e)
		}
	}
	slices.SortFunc(records, func(a, b E) int { return strings.Compare(s.keyOf(&a), s.keyOf(&b)) })
	*s.records(book) = records
}
