// Package settings is the page 設定: wards and their 届出, staff, 規程, the
// parameters of the judgement, the hospital, the size of the text and the copies
// of the register. page.go holds the sections, each in a file of its own. A
// section of records is a recordSection (section.go); one whose things have a row
// for each period is a periodSection (periods.go). The parameters themselves are
// described in models/fee.
package settings
