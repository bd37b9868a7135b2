package imports

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/app/ledger"
)

func row(sheet, key string, number int, outcome ledger.Outcome, fields ...ledger.Field) ledger.Row {
	return ledger.Row{RowKey: ledger.RowKey{Sheet: sheet, Key: key}, Number: number, Outcome: outcome, Fields: fields}
}

func taken(column, stored, book string) ledger.Field {
	return ledger.Field{Column: column, Stored: stored, Book: book, Taken: true}
}

func contested(column, stored, book string, takeBook bool) ledger.Field {
	return ledger.Field{Column: column, Stored: stored, Book: book, Conflict: true, Taken: takeBook}
}

func closedRow(r ledger.Row, why string) ledger.Row {
	r.Closed = why
	return r
}

func deletedRow(r ledger.Row) ledger.Row {
	r.Deleted = true
	return r
}

func TestWhatBecomesOfARowIsSaidAndCounted(t *testing.T) {
	for name, c := range map[string]struct {
		row   ledger.Row
		kinds []Kind
		what  string
	}{
		"a new one":                           {row("連携先", "P1", 2, ledger.New), []Kind{Added}, "新しく登録します"},
		"one value":                           {row("連携先", "P1", 2, ledger.Changed, taken("電話", "1", "2")), []Kind{Changed}, "電話：1 → 2"},
		"a blank filled":                      {row("連携先", "P1", 2, ledger.Changed, taken("電話", "", "2")), []Kind{Changed}, "電話：（空欄） → 2"},
		"two values":                          {row("連携先", "P1", 2, ledger.Changed, taken("電話", "1", "2"), taken("住所", "a", "b")), []Kind{Changed}, "電話・住所を変える"},
		"one emptied":                         {row("連携先", "P1", 2, ledger.Changed, taken("電話", "1", ""), taken("住所", "a", "b")), []Kind{Emptied, Changed}, "電話を空欄にする、住所を変える"},
		"both changed it, as in the register": {row("連携先", "P1", 2, ledger.Conflict, contested("電話", "1", "2", false)), []Kind{Conflict}, "電話は台帳のまま"},
		"both changed it, one value more": {
			row("連携先", "P1", 2, ledger.Changed, contested("電話", "1", "2", false), taken("住所", "a", "b")),
			[]Kind{Conflict, Changed}, "電話は台帳のまま、住所を変える",
		},
		"both changed it, the book decides":          {row("連携先", "P1", 2, ledger.Changed, contested("電話", "1", "2", true)), []Kind{Conflict, Changed}, "電話はブックの値にする"},
		"the book decides for a blank":               {row("連携先", "P1", 2, ledger.Changed, contested("電話", "1", "", true)), []Kind{Conflict, Emptied, Changed}, "電話を空欄にする"},
		"left blank in the book, as in the register": {row("連携先", "P1", 2, ledger.Conflict, contested("電話", "1", "", false)), []Kind{Conflict}, "電話は台帳のまま"},
		"deleted, and changed in the book":           {deletedRow(row("連携先", "P1", 2, ledger.Conflict)), []Kind{Conflict}, "台帳では削除されています。ブックにはありますが、削除したままにします"},
		"deleted, and the book decides":              {deletedRow(row("連携先", "P1", 2, ledger.New)), []Kind{Conflict, Added}, "台帳では削除されています。ブックの内容でもう一度登録します"},
		"closed":                                     {closedRow(row("共同指導", "G1", 2, ledger.Changed, taken("内容", "a", "")), "締めてあります"), []Kind{Closed}, "台帳のまま。締めてあります"},
		"a new one of a closed month":                {closedRow(row("共同指導", "G1", 2, ledger.New), "締めてあります"), []Kind{Closed}, "台帳のまま。締めてあります"},
		"newer in the register":                      {row("連携先", "P1", 2, ledger.Newer), []Kind{Newer}, "書き出したあとに台帳だけで変わりました。台帳のまま残します"},
		"deleted in the register":                    {row("連携先", "P1", 2, ledger.Gone), []Kind{Gone}, "書き出したあとに台帳で削除されました。削除したままにします"},
	} {
		t.Run(name, func(t *testing.T) {
			entries := Entries(&ledger.Plan{Rows: []ledger.Row{c.row}})
			assert.Equal(t, c.kinds, entries[0].Kinds)
			assert.Equal(t, c.what, entries[0].What)
		})
	}
}

// mixed is a plan of every kind, in the order of a book.
func mixed() *ledger.Plan {
	return &ledger.Plan{
		Rows: []ledger.Row{
			row("連携先", "P1", 2, ledger.New),
			row("連携先", "P2", 3, ledger.Changed, taken("電話", "1", "")),
			row("連携先", "P3", 4, ledger.Newer),
			row("入院", "A1", 2, ledger.Conflict, contested("氏名", "青", "赤", false), contested("カナ", "ア", "", false)),
			row("入院", "A2", 3, ledger.Changed, taken("カナ", "ア", "イ")),
			closedRow(row("共同指導", "G1", 2, ledger.Changed, taken("内容", "a", "b")), "締めてあります"),
			row("やり取り", "R1", 2, ledger.Gone),
		},
		Same:  map[string]int{"入院": 1200, "連携先": 5},
		Notes: []string{"列「メモ」は読み込みません"},
	}
}

func TestWhatAsksForADecisionComesFirst(t *testing.T) {
	entries := Entries(mixed())
	var keys []string
	for _, e := range entries {
		keys = append(keys, e.Key)
	}
	assert.Equal(t, []string{
		"入院/A1", "連携先/P2", "共同指導/G1", "入院/A2", "連携先/P1", "連携先/P3", "やり取り/R1", "note/0", "same/連携先", "same/入院",
	}, keys)

	want := [All + 1]int{Conflict: 1, Emptied: 1, Closed: 1, Changed: 2, Added: 1, Newer: 1, Gone: 1, Note: 1, Same: 1205, All: 1212}
	assert.Equal(t, want, Counts(entries))
	assert.Equal(t, []string{"連携先", "やり取り", "入院", "共同指導"}, Sheets(entries), "in the order of the book")
}

func TestTheLinesOfAKindAndASheet(t *testing.T) {
	entries := Entries(mixed())
	for name, c := range map[string]struct {
		kind  Kind
		sheet string
		want  []string
	}{
		"changed":              {Changed, "", []string{"連携先/P2", "入院/A2"}},
		"changed in one sheet": {Changed, "入院", []string{"入院/A2"}},
		"a sheet":              {All, "入院", []string{"入院/A1", "入院/A2", "same/入院"}},
		"none":                 {Gone, "入院", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var keys []string
			for _, e := range Filtered(entries, c.kind, c.sheet) {
				keys = append(keys, e.Key)
			}
			assert.Equal(t, c.want, keys)
		})
	}
	assert.Len(t, Filtered(entries, All, ""), 10)
}

func TestWhatIsLeftInTheRegisterIsListed(t *testing.T) {
	assert.Equal(t, []string{
		"連携先 4 行全体: 書き出したあとに台帳だけで変わりました。台帳のまま残します（P3）",
		"入院 2 氏名: 台帳の値「青」のままにしました。ブックの値は「赤」です（A1）",
		"入院 2 カナ: 台帳の値「ア」のままにしました。ブックの値は「（空欄）」です（A1）",
		"共同指導 2 行全体: 台帳のまま。締めてあります（G1）",
		"やり取り 2 行全体: 書き出したあとに台帳で削除されました。削除したままにします（R1）",
		"列「メモ」は読み込みません",
	}, Left(mixed()))
	decided := &ledger.Plan{Rows: []ledger.Row{
		row("入院", "A1", 2, ledger.Changed, contested("氏名", "青", "赤", true)),
		deletedRow(row("入院", "A2", 3, ledger.New)),
		row("入院", "A3", 4, ledger.New),
	}}
	assert.Empty(t, Left(decided))
}

func TestTheLinesOfAFileHoldBothValues(t *testing.T) {
	entries := Filtered(Entries(mixed()), Conflict, "")
	assert.Equal(t, []string{
		"入院 2 A1: 氏名・カナは台帳のまま（両方で変更）",
		"入院 2 氏名: 台帳「青」 ブック「赤」",
		"入院 2 カナ: 台帳「ア」 ブック「（空欄）」",
	}, Lines(entries))
}

func TestAPlanThatLeavesNothingToDecide(t *testing.T) {
	for name, c := range map[string]struct {
		rows []ledger.Row
		want bool
	}{
		"nothing":          {nil, false},
		"all newer, gone":  {[]ledger.Row{row("入院", "A1", 2, ledger.Newer), row("入院", "A2", 3, ledger.Gone)}, false},
		"a new one":        {[]ledger.Row{row("入院", "A1", 2, ledger.New)}, true},
		"only a conflict":  {[]ledger.Row{row("入院", "A1", 2, ledger.Conflict, contested("氏名", "青", "赤", false))}, true},
		"only closed ones": {[]ledger.Row{closedRow(row("共同指導", "G1", 2, ledger.New), "締めてあります")}, true},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, Find(&ledger.Plan{Rows: c.rows}).Decides())
		})
	}
}
