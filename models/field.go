package models

import (
	"reflect"
	"slices"
)

// Need says how much a field is needed.
type Need int

// The needs, with the sign the ledger book explains them by.
const (
	Optional  Need = iota
	Required       // †: may not be blank
	Key            // *: part of the record's key, may not be blank
	KeyOfSome      // * in some records only; Validate knows in which
)

// FieldKind is the form of what a field holds, and so the type of what
// FieldAt.At points to.
type FieldKind int

// The kinds of fields.
const (
	TextField   FieldKind = iota // *string
	CodeField                    // *string: text whose leading zeros and width matter
	ChoiceField                  // a pointer to a string type: one of a fixed list, others are refused by Validate
	ListField                    // *[]string: codes
	ClockField                   // *string: HH:MM
	NumberField                  // *int
	MarkField                    // *Mark
	DateField                    // *Date
	MonthField                   // *Month
)

// Field describes one field of a record. Its Name is the one word for it: the
// column of the ledger book, the Field of a Problem, the label in a form.
type Field struct {
	Name   string
	Help   string // what it means, as the 説明 sheet says it
	Kind   FieldKind
	Need   Need
	Values []string // the fixed list of a choice or a mark; models/fee has that of the keys of 設定
	Memo   bool     // a text of several lines, to which a second person may add
}

// FieldAt is a field and where it stands in a record of type R: At returns a
// pointer to it.
type FieldAt[R any] struct {
	Field
	At func(*R) any
}

// Same reports whether two records hold the same in a field. No list is an empty
// one.
func (f FieldAt[R]) Same(a, b *R) bool {
	if list, ok := f.At(a).(*[]string); ok {
		return slices.Equal(*list, *f.At(b).(*[]string))
	}
	return f.value(a).Equal(f.value(b))
}

// Copy takes the field of another record, which is shared with neither.
func (f FieldAt[R]) Copy(to, from *R) {
	if list, ok := f.At(from).(*[]string); ok {
		*f.At(to).(*[]string) = slices.Clone(*list)
		return
	}
	f.value(to).Set(f.value(from))
}

func (f FieldAt[R]) value(record *R) reflect.Value { return reflect.ValueOf(f.At(record)).Elem() }

// described holds the fields of every record of the ledger book. The list of a
// record stands below its type; a new field is one line there.
var described = []any{
	settingFields, policyFields, wardFields, staffFields, partnerFields, careManagerFields, affiliationFields,
	meetingFields, attendanceFields, contactFields, admissionFields, wardStayFields, jointGuidanceFields,
}

// FieldsOf returns the fields of a record type in the order of the ledger book,
// nil for a type that has no sheet there. They are shared: do not change them.
func FieldsOf[R any]() []FieldAt[R] {
	for _, list := range described {
		if fields, ok := list.([]FieldAt[R]); ok {
			return fields
		}
	}
	return nil
}

// Describe returns the description of the field of a record that a pointer
// points to, as in Describe(&a, &a.Name); false when it points to none.
func Describe[R any](record *R, at any) (Field, bool) {
	for _, f := range FieldsOf[R]() {
		if f.At(record) == at {
			return f.Field, true
		}
	}
	return Field{}, false
}

func fieldAt[R, V any](kind FieldKind, name string, need Need, help string, values []string, at func(*R) *V) FieldAt[R] {
	return FieldAt[R]{Field{Name: name, Help: help, Kind: kind, Need: need, Values: values}, func(record *R) any { return at(record) }}
}

func text[R any](name string, need Need, help string, at func(*R) *string) FieldAt[R] {
	return fieldAt(TextField, name, need, help, nil, at)
}

func memo[R any](name string, need Need, help string, at func(*R) *string) FieldAt[R] {
	f := text(name, need, help, at)
	f.Memo = true
	return f
}

func code[R any](name string, need Need, help string, at func(*R) *string) FieldAt[R] {
	return fieldAt(CodeField, name, need, help, nil, at)
}

func choice[R any, V ~string](name string, need Need, help string, list []V, at func(*R) *V) FieldAt[R] {
	return fieldAt(ChoiceField, name, need, help, words(list), at)
}

func codes[R any](name string, need Need, help string, at func(*R) *[]string) FieldAt[R] {
	return fieldAt(ListField, name, need, help, nil, at)
}

func clock[R any](name string, need Need, help string, at func(*R) *string) FieldAt[R] {
	return fieldAt(ClockField, name, need, help, nil, at)
}

func number[R any](name string, need Need, help string, at func(*R) *int) FieldAt[R] {
	return fieldAt(NumberField, name, need, help, nil, at)
}

func mark[R any](name string, need Need, help string, at func(*R) *Mark) FieldAt[R] {
	return fieldAt(MarkField, name, need, help, []string{Yes.String(), No.String()}, at)
}

func date[R any](name string, need Need, help string, at func(*R) *Date) FieldAt[R] {
	return fieldAt(DateField, name, need, help, nil, at)
}

func month[R any](name string, need Need, help string, at func(*R) *Month) FieldAt[R] {
	return fieldAt(MonthField, name, need, help, nil, at)
}

// words returns the values of a fixed list as text.
func words[V ~string](list []V) []string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return words
}
