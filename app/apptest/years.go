package apptest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/models/booktest"
)

// PerYear is the number of admissions a year in the registers of Years.
const PerYear = 6000

// Years returns the path of the register of so many years with PerYear
// admissions each (see booktest.Years). It is made once in a folder and kept
// there: copy it before writing. Remove the folder when the schema or the
// generator has changed.
func Years(folder string, years int) (path string, err error) {
	path = filepath.Join(folder, fmt.Sprintf("%dx%d.db", years, PerYear))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	temp, err := os.MkdirTemp(folder, "new")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temp)
	ctx, books, made := context.Background(), filepath.Join(temp, "ledger")+string(filepath.Separator), filepath.Join(temp, app.UsualName)
	if err := ledger.Write(ctx, books, booktest.Years(years, PerYear), nil); err != nil {
		return "", err
	}
	a, err := app.Open(ctx, Config(made))
	if err != nil {
		return "", err
	}
	_, err = a.ImportLedger(ctx, books, ledger.Choice{}, nil)
	if closing := a.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return "", err
	}
	return path, os.Rename(made, path)
}
