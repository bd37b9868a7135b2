package ui

// ChoicesOf returns a choice for each value of a list, in its own words.
func ChoicesOf[T ~string](values []T) []Choice {
	choices := make([]Choice, len(values))
	for i, v := range values {
		choices[i] = Choice{Value: string(v), Label: string(v)}
	}
	return choices
}
