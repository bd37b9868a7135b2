// Package reportstest reads written reports, for tests of packages that must
// not import excelize.
package reportstest

import (
	"errors"

	"github.com/xuri/excelize/v2"
)

// Read returns the cells of a workbook as shown, by sheet name. password is ""
// for none. The error is excelize's.
func Read(path, password string) (sheets map[string][][]string, err error) {
	file, err := excelize.OpenFile(path, excelize.Options{Password: password})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sheets = make(map[string][][]string)
	for _, name := range file.GetSheetList() {
		if sheets[name], err = file.GetRows(name); err != nil {
			return nil, err
		}
	}
	return sheets, nil
}
