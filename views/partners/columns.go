package partners

import (
	"cmp"
	"image/color"
	"slices"

	"renkei/models"
	"renkei/views/ui"
)

// The columns of the list by their IDs.
const (
	columnName   = "name"
	columnKind   = "kind"
	columnLast   = "last"
	columnMenkai = "menkai"
	columnPeace  = "peace"
)

// columns are those of the list. They keep the order of Arrange; sorting by cells
// would part the people from their offices.
func columns() []ui.Column[Row] {
	placed := func(a, b Row) bool { return a.seq < b.seq }
	return []ui.Column[Row]{
		{
			ID: columnName, Title: "名称・氏名", Width: 184, Grow: 4, Less: placed, Color: rowColor,
			Text: func(r Row) string { return r.Label },
		},
		{
			ID: columnKind, Title: "種別・資格", Width: 80, Grow: 1.6, Less: placed, Color: quietly,
			Text:  func(r Row) string { return r.Kind },
			Short: func(r Row) string { return shortKind(r.Kind) },
		},
		{
			ID: columnLast, Title: "最終連絡", Width: 92, Less: placed, Color: rowColor,
			Text: func(r Row) string { return r.LastContact.String() },
		},
		{
			ID: columnMenkai, Title: "1年の面会", Width: 84, Less: placed, Color: menkaiColor,
			Text: func(r Row) string { return r.menkaiWords() },
		},
		{
			ID: columnPeace, Title: "平時の連携", Width: 104, Less: placed, Color: peaceColor,
			Text: func(r Row) string { return r.peaceWords() },
		},
	}
}

func quietly(Row) color.Color { return ui.QuietInk }

func menkaiColor(r Row) color.Color {
	if r.Menkai >= 3 {
		return ui.Good
	}
	return ui.Warn
}

func peaceColor(r Row) color.Color {
	switch {
	case !r.Person:
		return ui.QuietInk
	case r.Ready:
		return ui.Good
	}
	return ui.Warn
}

// Arrange puts rows into the order of a column: offices by it, the people of
// each by it, and people who work nowhere at the end.
func Arrange(rows []Row, columnID string, descending bool) []Row {
	compare := comparisons[columnID]
	if compare == nil {
		compare = comparisons[columnName]
	}
	ordered := func(a, b *Row) int {
		c := compare(a, b)
		if descending {
			c = -c
		}
		return cmp.Or(c, byName(a, b))
	}
	heads := make(map[string]*Row)
	for i := range rows {
		if !rows[i].Person {
			heads[rows[i].Group] = &rows[i]
		}
	}
	arranged := slices.Clone(rows)
	slices.SortStableFunc(arranged, func(a, b Row) int {
		headA, headB := heads[a.Group], heads[b.Group]
		switch {
		case headA == nil && headB == nil: // a list of people alone
			return ordered(&a, &b)
		case a.Group != b.Group:
			return cmp.Or(last(a.Group), -last(b.Group), ordered(headA, headB), cmp.Compare(a.Group, b.Group))
		case a.Person != b.Person:
			if a.Person {
				return 1
			}
			return -1
		}
		return ordered(&a, &b)
	})
	for i := range arranged {
		arranged[i].seq = i
		if descending {
			arranged[i].seq = -i
		}
	}
	return arranged
}

// last puts the people who work nowhere behind all others.
func last(group string) int {
	if group == homeless {
		return 1
	}
	return 0
}

var comparisons = map[string]func(a, b *Row) int{
	columnName:   byName,
	columnKind:   func(a, b *Row) int { return cmp.Compare(kindRank(a), kindRank(b)) },
	columnLast:   func(a, b *Row) int { return cmp.Compare(a.LastContact, b.LastContact) },
	columnMenkai: func(a, b *Row) int { return cmp.Compare(a.Menkai, b.Menkai) },
	columnPeace: func(a, b *Row) int {
		return cmp.Or(cmp.Compare(peaceRank(a), peaceRank(b)), cmp.Compare(a.ReadyUntil, b.ReadyUntil))
	},
}

func byName(a, b *Row) int {
	return cmp.Or(cmp.Compare(nameOrder(a), nameOrder(b)), cmp.Compare(a.Code, b.Code))
}

// nameOrder is the reading, folded as the sort order of kana asks.
func nameOrder(r *Row) string {
	if r.order == "" {
		return models.SearchKey(cmp.Or(r.Kana, r.Name))
	}
	return r.order
}

// kindRank is the place in the list of 種別 or 資格.
func kindRank(r *Row) int {
	if r.Person {
		return slices.Index(models.Qualifications, models.Qualification(r.Kind))
	}
	return slices.Index(models.PartnerKinds, models.PartnerKind(r.Kind))
}

func peaceRank(r *Row) int {
	switch {
	case !r.Person:
		return r.ReadyPeople
	case !r.Ready:
		return 0
	case r.ReadyUntil == 0:
		return 2
	}
	return 1
}
