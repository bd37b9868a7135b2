package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// committed is the folder of the sheets that are shipped.
const committed = "../ledger"

func TestGenerateWritesTheCommittedSheets(t *testing.T) {
	dir := t.TempDir()
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	fresh, shipped := fileNames(t, dir), fileNames(t, committed)
	if len(fresh) != 13 || len(shipped) != len(fresh) {
		t.Fatalf("%d sheets generated, %d committed, want 13 of both", len(fresh), len(shipped))
	}
	for _, name := range fresh {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(committed, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes; run go run ./assets/sample/generate", name)
		}
	}
}

func TestGenerateWritesTheSameBytesTwice(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	for _, dir := range []string{one, two} {
		if err := generate(dir); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range fileNames(t, one) {
		a, errA := os.ReadFile(filepath.Join(one, name))
		b, errB := os.ReadFile(filepath.Join(two, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs between two runs (%v, %v)", name, errA, errB)
		}
	}
}

func TestGenerateRefusesAFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := generate(filepath.Join(file, "ledger")); err == nil {
		t.Error("no error for a folder inside a file")
	}
}

func TestYearBeforeKeepsTheDayAndClampsTheLeapDay(t *testing.T) {
	for d, want := range map[day]string{
		on(2026, 11, 22): "2025-11-22",
		on(2024, 2, 29):  "2023-02-28",
	} {
		if got := d.yearBefore().String(); got != want {
			t.Errorf("a year before %s is %s, want %s", d, got, want)
		}
	}
}

func fileNames(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
