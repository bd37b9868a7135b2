package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// sheet is one sheet of the ledger book.
type sheet struct {
	name    string
	columns []string
	keys    int // the rows are sorted by this many first columns
	rows    [][]string
}

// write writes the sheet as シート名.csv, UTF-8 with BOM for Excel, sorted by key.
func (s sheet) write(dir string) error {
	slices.SortStableFunc(s.rows, func(a, b []string) int { return slices.CompareFunc(a[:s.keys], b[:s.keys], cmp.Compare[string]) })
	var text bytes.Buffer
	text.WriteString("\ufeff")
	w := csv.NewWriter(&text)
	if err := w.Write(s.columns); err != nil {
		return fmt.Errorf("sheet %s: %w", s.name, err)
	}
	for _, row := range s.rows {
		if len(row) != len(s.columns) {
			return fmt.Errorf("sheet %s: %d cells in a row of %d columns: %v", s.name, len(row), len(s.columns), row)
		}
		if err := w.Write(row); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("sheet %s: %w", s.name, err)
	}
	return os.WriteFile(filepath.Join(dir, s.name+".csv"), text.Bytes(), 0o644)
}

// mark returns ○ for true, blank for false.
func mark(yes bool) string {
	if yes {
		return "○"
	}
	return ""
}
