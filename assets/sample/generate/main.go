// Command generate writes the sample hospital, 港みらい総合病院 (220 beds, all of
// it invented), as a ledger book: a folder with one CSV file a sheet. The same
// run always writes the same bytes.
//
//	go run ./assets/sample/generate
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	dir := flag.String("o", "assets/sample/ledger", "folder to write the sheets to")
	flag.Parse()
	if err := generate(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate writes every sheet into dir, creating it if missing.
func generate(dir string) error {
	h := newHospital()
	h.hireStaff()
	h.meetPartners()
	h.meetCareManagers()
	h.holdMeetings()
	h.admitPatients()
	h.holdSessions()
	if err := h.stageExamples(); err != nil {
		return err
	}
	h.billSessions()
	h.recordContacts()

	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, s := range h.sheets() {
		if err := s.write(dir); err != nil {
			return err
		}
	}
	return nil
}
