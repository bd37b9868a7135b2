package ledger

import (
	"slices"
	"strings"

	"renkei/models"
)

// Since is a record that differs from what it was at an earlier revision.
type Since struct {
	RowKey
	Name           string // 氏名, 名称 or the like, "" when the sheet has none
	Added, Removed bool
	Changes        []Change // none for one that was added or removed
}

// Differences lists, in the order of the sheets and by key, the records of a
// register that differ from what they were: before holds those changed or
// removed since, added those that were not there. What was changed and changed
// back does not differ.
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
		d := Since{RowKey: RowKey{s.name, key}, Name: s.nameOf(was)}
		if is := of.stored[key]; is == nil {
			d.Removed = true
		} else if d.Changes = Changes(was, is); len(d.Changes) == 0 {
			continue
		}
		list = append(list, d)
	}
	for key, is := range of.added {
		if of.before[key] == nil && of.stored[key] != nil {
			list = append(list, Since{RowKey: RowKey{s.name, key}, Name: s.nameOf(is), Added: true})
		}
	}
	slices.SortFunc(list, func(a, b Since) int { return strings.Compare(a.Key, b.Key) })
	return list
}

// PutBack returns a register in which the records of the keys are as they were
// (see Differences), all others as now. The books given are left as they are.
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
