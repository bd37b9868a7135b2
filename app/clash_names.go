package app

import (
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// name says in words what the books write as codes.
func (c *Clashes) name(f *fee.Facts) {
	for _, of := range c.Of {
		for _, fields := range [][]ClashField{of.Kept, of.Contested} {
			for i := range fields {
				field := &fields[i]
				if d, ok := fee.DefinitionOf(of.Key); ok && of.Sheet == "設定" {
					field.Name = d.Label
				}
				field.Mine, field.Theirs = named(f, field.Name, field.Mine), named(f, field.Name, field.Theirs)
			}
		}
	}
}

// named puts the names before the codes of a field, for what it refers to.
func named(f *fee.Facts, field, codes string) string {
	var names []string
	for _, code := range strings.FieldsFunc(codes, func(r rune) bool { return strings.ContainsRune(" ,;、；", r) }) {
		name := ""
		switch field {
		case "CMコード", "担当CMコード":
			if c := f.CareManager(code); c != nil {
				name = c.Name
			}
		case "連携先コード":
			if p := f.Partner(code); p != nil {
				name = p.Name
			}
		case "職員コード":
			name = staffName(f.Book, code)
		default:
			return codes
		}
		names = append(names, strings.TrimSpace(name+" "+code))
	}
	return strings.Join(names, "、")
}

func staffName(book *models.Book, code string) string {
	for i := range book.Staff {
		if book.Staff[i].Code == code {
			return book.Staff[i].Name
		}
	}
	return ""
}
