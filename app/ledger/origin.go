package ledger

import (
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// The origin of an exported book is stored in the properties of the workbook,
// which spreadsheet programs keep, or in a file beside the CSV files.
const (
	propertyRegister = "renkei.register"
	propertyLineage  = "renkei.lineage"
	propertyRevision = "renkei.revision"
	originFile       = "書き出し元.txt"
)

func originValues(o models.Origin) [3][2]string {
	return [3][2]string{
		{propertyRegister, o.Register}, {propertyLineage, o.Lineage}, {propertyRevision, strconv.FormatInt(o.Revision, 10)},
	}
}

// originOf combines the stored values. If one is missing or damaged the origin
// is unknown, and the book is read as one made by hand.
func originOf(values map[string]string) models.Origin {
	revision, err := strconv.ParseInt(values[propertyRevision], 10, 64)
	if err != nil || revision < 0 {
		return models.Origin{}
	}
	return models.Origin{Register: values[propertyRegister], Lineage: values[propertyLineage], Revision: revision}
}

func setOrigin(f *excelize.File, o models.Origin) error {
	if !o.Known() {
		return nil
	}
	for _, v := range originValues(o) {
		if err := f.SetCustomProps(excelize.CustomProperty{Name: v[0], Value: v[1]}); err != nil {
			return err
		}
	}
	return nil
}

// origin reads the properties. Unreadable properties mean no origin; the sheets
// are still read.
func (b *workbook) origin() models.Origin {
	top, err := b.parts.relations("")
	if err != nil {
		return models.Origin{}
	}
	values := make(map[string]string)
	err = b.parts.eachElement(targetOf(top, "custom-properties"), func(x *xmlReader) error {
		if !x.at("Properties", "property") || !strings.HasPrefix(x.attribute("name"), "renkei.") {
			return nil
		}
		name := x.attribute("name")
		text, err := x.textOf(func([]string) bool { return true })
		values[name] = strings.TrimSpace(text)
		return err
	})
	if err != nil {
		return models.Origin{}
	}
	return originOf(values)
}

func writeOrigin(w io.Writer, o models.Origin) error {
	for _, v := range originValues(o) {
		if _, err := fmt.Fprintf(w, "%s=%s\r\n", v[0], v[1]); err != nil {
			return err
		}
	}
	return nil
}

func folderOrigin(files fs.FS) models.Origin {
	data, err := fs.ReadFile(files, originFile)
	if err != nil {
		return models.Origin{}
	}
	values := make(map[string]string)
	for line := range strings.Lines(string(data)) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), "="); found {
			values[name] = value
		}
	}
	return originOf(values)
}
