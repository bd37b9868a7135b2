package ui

import "renkei/models"

// ChoicesOf returns a choice for each value of a list, in its own words.
func ChoicesOf[T ~string](values []T) []Choice {
	choices := make([]Choice, len(values))
	for i, v := range values {
		choices[i] = Choice{Value: string(v), Label: string(v)}
	}
	return choices
}

// The fields of a form, with what is recorded in them.

// FilledText returns a text field with a text.
func FilledText(text, hint string) *TextField {
	f := NewTextField(hint)
	f.SetText(text)
	return f
}

// FilledMemo returns a memo field of so many lines with a text.
func FilledMemo(text, hint string, lines int) *MemoField {
	f := NewMemoField(hint, lines)
	f.SetText(text)
	return f
}

// FilledDate returns a date field with a date, 0 for none.
func FilledDate(date models.Date, today func() models.Date) *DateField {
	f := NewDateField(today)
	f.SetDate(date)
	return f
}

// FilledMark returns a field of a mark; yes and no are the words for ○ and ×.
func FilledMark(mark models.Mark, yes, no string) *MarkField {
	f := NewMarkField(yes, no)
	f.SetMark(mark)
	return f
}

// FilledChoice returns a field of the values of a list with one chosen.
func FilledChoice[T ~string](value T, values []T) *ChoiceField {
	f := NewChoiceField(ChoicesOf(values)...)
	f.SetChoice(string(value))
	return f
}
