package app_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/models"
)

// drawn changes each field of a record by chance, to one of few values, so that two
// often meet.
func drawn[T any](t *rapid.T, of T, name string, change func(field int) bool) T {
	row := of
	for i, f := range models.FieldsOf[T]() {
		if !change(i) {
			continue
		}
		n := rapid.IntRange(0, 2).Draw(t, name)
		switch at := f.At(&row).(type) {
		case *[]string:
			*at = []string{"S001", "S002", "S003"}[:n]
		default:
			v := reflect.ValueOf(at).Elem()
			if v.Kind() == reflect.String {
				v.SetString([]string{"", "甲", "乙"}[n])
			} else {
				v.SetInt(int64(n))
			}
		}
	}
	return row
}

func mergeLaws[T app.Record](t *testing.T) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		always := func(int) bool { return true }
		var blank T
		base := drawn(t, blank, "base", always)
		mine, theirs := drawn(t, base, "mine", always), drawn(t, base, "theirs", always)

		assert.Equal(t, mine, app.Merge(base, mine, base).Row, "nobody else changed anything")
		assert.Equal(t, theirs, app.Merge(base, base, theirs).Row, "I changed nothing")
		same := app.Merge(base, mine, mine)
		assert.Equal(t, mine, same.Row)
		assert.Empty(t, same.Contested, "both made the same of it")

		// The fields go to one side each.
		sides := rapid.SliceOfN(rapid.Bool(), len(models.FieldsOf[T]()), -1).Draw(t, "sides")
		left := drawn(t, base, "left", func(i int) bool { return sides[i] })
		right := drawn(t, base, "right", func(i int) bool { return !sides[i] })
		there, back := app.Merge(base, left, right), app.Merge(base, right, left)
		assert.Equal(t, there.Row, back.Row, "it does not matter who saves first")
		assert.Empty(t, there.Contested)

		merged := app.Merge(base, mine, theirs)
		for _, f := range models.FieldsOf[T]() {
			both := !f.Same(&base, &mine) && !f.Same(&base, &theirs) && !f.Same(&mine, &theirs)
			assert.Equal(t, both, has(merged.Contested, f), f.Name)
			switch {
			case !f.Same(&base, &mine):
				assert.True(t, f.Same(&merged.Row, &mine), f.Name)
			default:
				assert.True(t, f.Same(&merged.Row, &theirs), f.Name)
				assert.Equal(t, !f.Same(&base, &theirs), has(merged.Kept, f), f.Name)
			}
		}
	})
}

func has[T any](fields []models.FieldAt[T], f models.FieldAt[T]) bool {
	for _, of := range fields {
		if of.Name == f.Name {
			return true
		}
	}
	return false
}

func TestMergeKeepsWhatEachSideChanged(t *testing.T) {
	t.Run("入院", mergeLaws[models.Admission])
	t.Run("やり取り", mergeLaws[models.Contact])
	t.Run("共同指導", mergeLaws[models.JointGuidance])
	t.Run("連携先", mergeLaws[models.Partner])
	t.Run("会議出席", mergeLaws[models.Attendance])
}

func TestMergeTakesTheVersionOfTheStoredRecord(t *testing.T) {
	base := models.Partner{Code: "P001", Name: "元の名前", Version: 3}
	mine, theirs := base, base
	mine.Phone, theirs.Fax, theirs.Version = "1", "2", 7

	assert.Equal(t, models.Partner{Code: "P001", Name: "元の名前", Phone: "1", Fax: "2", Version: 7}, app.Merge(base, mine, theirs).Row)
}

func TestOfTwoNewRecordsABlankChoiceIsAskedAbout(t *testing.T) {
	mine := models.Staff{Code: "J1", From: 20261201, Name: "甲", Department: models.FullTime}
	theirs := models.Staff{Code: "J1", From: 20261201, Name: "乙", Kana: "オツ", To: 20261231}
	for name, m := range map[string]app.Merged[models.Staff]{"mine is filled": app.MergeNew(mine, theirs), "theirs is filled": app.MergeNew(theirs, mine)} {
		var contested, kept []string
		for _, f := range m.Contested {
			contested = append(contested, f.Name)
		}
		for _, f := range m.Kept {
			kept = append(kept, f.Name)
		}
		assert.ElementsMatch(t, []string{"氏名", "部門所属"}, contested, name)
		assert.Equal(t, "オツ", m.Row.Kana, name)
		assert.EqualValues(t, 20261231, m.Row.To, name)
		assert.Equal(t, name == "mine is filled", len(kept) == 2, "%s %s", name, kept)
	}
	assert.Equal(t, models.FullTime, app.MergeNew(mine, theirs).Row.Department, "until the user has chosen")
	assert.Empty(t, app.MergeNew(theirs, mine).Row.Department)
}
