package models

// Holiday returns the name of a Japanese public holiday, or false when the date
// is not one.
func Holiday(d Date) (name string, ok bool) { return "", false }
