package page

import (
	"encoding/json"

	"renkei/models"
)

// Recall returns what Keep kept under a key. It returns otherwise when nothing
// was kept, or when the text cannot be read (edited by hand, or kept by another
// version).
func Recall[T any](s Shell, key string, otherwise T) T {
	text := s.Remember(key)
	if text == "" {
		return otherwise
	}
	var value T
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return otherwise
	}
	return value
}

// Keep remembers a choice under a key, as JSON, until it is changed. It shows an
// error when the value cannot be written as JSON, which is a fault of the program.
func Keep(s Shell, key string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		s.ShowError("選んだ内容の記憶", models.Wrap(err, models.Internal, "選んだ内容を記憶できません"))
		return
	}
	s.Keep(key, string(text))
}
