package models

import "strings"

// FileName joins the words that are not blank into a file name that every
// system accepts, without extension: 「月次算定一覧_2026-10_みなと病院」.
func FileName(words ...string) string {
	kept := words[:0:0]
	for _, w := range words {
		w = strings.TrimSpace(strings.Map(func(r rune) rune {
			if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
				return '_'
			}
			return r
		}, w))
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, "_")
}
