package models_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// sheetsOfBook are the slices of a Book that have a sheet in the ledger book,
// each with the tests of its records.
var sheetsOfBook = map[string]struct{ described, problems func(*testing.T) }{
	"Settings":     {describedOnce[models.Setting], nil}, // checked by the parameters of models/fee
	"Policies":     {describedOnce[models.Policy], problemsNameFields[models.Policy]},
	"Wards":        {describedOnce[models.Ward], problemsNameFields[models.Ward]},
	"Staff":        {describedOnce[models.Staff], problemsNameFields[models.Staff]},
	"Partners":     {describedOnce[models.Partner], problemsNameFields[models.Partner]},
	"CareManagers": {describedOnce[models.CareManager], problemsNameFields[models.CareManager]},
	"Affiliations": {describedOnce[models.Affiliation], problemsNameFields[models.Affiliation]},
	"Meetings":     {describedOnce[models.Meeting], problemsNameFields[models.Meeting]},
	"Attendances":  {describedOnce[models.Attendance], problemsNameFields[models.Attendance]},
	"Contacts":     {describedOnce[models.Contact], problemsNameFields[models.Contact]},
	"Admissions":   {describedOnce[models.Admission], problemsNameFields[models.Admission]},
	"WardStays":    {describedOnce[models.WardStay], problemsNameFields[models.WardStay]},
	"Sessions":     {describedOnce[models.JointGuidance], problemsNameFields[models.JointGuidance]},
}

func TestEveryFieldOfARecordIsDescribedOnce(t *testing.T) {
	notSheets := map[string]bool{"Confirmations": true, "Closings": true, "ClosedVerdicts": true}
	book := reflect.TypeFor[models.Book]()
	for i := range book.NumField() {
		if f := book.Field(i); f.Type.Kind() == reflect.Slice && !notSheets[f.Name] {
			require.Contains(t, sheetsOfBook, f.Name)
			t.Run(f.Name, sheetsOfBook[f.Name].described)
		}
	}
}

func describedOnce[R any](t *testing.T) {
	var record R
	v := reflect.ValueOf(&record).Elem()
	for i := range v.NumField() {
		name, at := v.Type().Field(i).Name, v.Field(i).Addr().Interface()
		found, ok := models.Describe(&record, at)
		if name == "Version" {
			assert.False(t, ok, "the version is no field of the ledger book")
			continue
		}
		assert.True(t, ok, "%s is described", name)
		var list []models.Field
		for _, f := range models.FieldsOf[R]() {
			if f.At(&record) == at {
				list = append(list, f.Field)
			}
		}
		assert.Equal(t, []models.Field{found}, list, "%s is described once", name)
	}
	names := map[string]bool{}
	for _, f := range models.FieldsOf[R]() {
		assert.False(t, names[f.Name], "%s stands twice", f.Name)
		names[f.Name] = true
		assert.NotEmpty(t, f.Help, f.Name)
		wellFormed(t, f.Field, f.At(&record))
	}
	assert.Len(t, names, v.NumField()-1, "all but the version")
}

// wellFormed checks that a field's kind is that of what At points to.
func wellFormed(t *testing.T, f models.Field, at any) {
	t.Helper()
	want := map[models.FieldKind]any{models.TextField: new(string), models.CodeField: new(string), models.ClockField: new(string),
		models.ListField: new([]string), models.NumberField: new(int), models.MarkField: new(models.Mark),
		models.DateField: new(models.Date), models.MonthField: new(models.Month)}[f.Kind]
	if f.Kind == models.ChoiceField {
		assert.Equal(t, reflect.String, reflect.TypeOf(at).Elem().Kind(), f.Name)
		assert.Equal(t, f.Name == "キー", len(f.Values) == 0, "%s: models/fee has the keys of 設定", f.Name)
		return
	}
	assert.IsType(t, want, at, f.Name)
}

func TestDescribeKnowsFieldsOfTheRecordOnly(t *testing.T) {
	var a, other models.Admission
	f, ok := models.Describe(&a, &a.CareStatus)
	assert.True(t, ok)
	assert.Equal(t, models.Field{Name: "認定状況", Help: "要介護認定の状況", Kind: models.ChoiceField, Need: models.Optional,
		Values: []string{"認定済", "申請中", "未申請", "区分変更申請中", "対象外"}}, f)

	_, ok = models.Describe(&a, &other.Name)
	assert.False(t, ok, "a field of another record")
	_, ok = models.Describe(&a, a.Name)
	assert.False(t, ok, "a value")
	var c models.Closing
	_, ok = models.Describe(&c, &c.Reason)
	assert.False(t, ok, "a record without a sheet")
}

// A problem of which the field is misspelt would point nowhere: in a form, in
// an import and in the 説明 sheet.
func TestEveryProblemNamesAFieldOfItsRecord(t *testing.T) {
	for name, sheet := range sheetsOfBook {
		if sheet.problems != nil {
			t.Run(name, sheet.problems)
		}
	}
}

func problemsNameFields[R interface{ Validate() models.Problems }](t *testing.T) {
	names, needed := map[string]bool{}, []string{}
	for _, f := range models.FieldsOf[R]() {
		names[f.Name] = true
		if f.Need != models.Optional && f.Kind != models.NumberField { // a blank number is 0
			needed = append(needed, f.Name)
		}
	}
	var missing []string
	var empty R
	for _, p := range empty.Validate() {
		missing = append(missing, p.Field)
	}
	assert.ElementsMatch(t, needed, missing, "what is needed is what may not be blank")

	for _, record := range badRecords[R]() {
		problems := record.Validate()
		if dated, ok := any(record).(models.Dated); ok {
			problems = append(problems, dated.Implausible(plausibleToday)...)
		}
		for _, p := range problems {
			assert.Contains(t, names, p.Field, p.Message)
		}
	}
}

// badRecords returns records with everything wrong that a field can have: days
// before any record and far ahead, each before or after the one above it (the
// end of a period before its start); values outside the lists, and each value
// in them.
func badRecords[R any]() []R {
	var records []R
	for _, first := range []models.Date{day("1879-06-30"), plausibleToday.AddDays(-100), day("2099-06-30")} {
		for _, step := range []int{-1, 1} {
			for value := range len(models.PartnerKinds) + 1 { // the longest list, and none of it
				var record R
				for i, f := range models.FieldsOf[R]() {
					spoil(f.Field, f.At(&record), first.AddDays(i*step), value)
				}
				records = append(records, record)
			}
		}
	}
	return records
}

func spoil(f models.Field, at any, on models.Date, value int) {
	switch at := at.(type) {
	case *models.Date:
		*at = on
	case *models.Month:
		*at = on.Month()
	case *int:
		*at = -1
	}
	switch {
	case f.Kind == models.ClockField:
		*at.(*string) = "25:00"
	case f.Kind == models.ChoiceField && value < len(f.Values):
		reflect.ValueOf(at).Elem().SetString(f.Values[value])
	case f.Kind == models.ChoiceField:
		reflect.ValueOf(at).Elem().SetString("？")
	}
}
