package store

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"

	"gorm.io/gorm"

	"renkei/models/booktest"
)

var update = flag.Bool("update", false, "write the files the tests compare with")

// childTask and childPath tell the test binary to act as another process that
// will be killed.
const (
	childTask = "STORE_TEST_CHILD"
	childPath = "STORE_TEST_PATH"
)

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		fmt.Fprintln(os.Stderr, runChild(task, os.Getenv(childPath)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// runChild changes the register and then waits inside the transaction to be
// killed. It returns only on failure.
func runChild(task, path string) error {
	ctx := context.Background()
	if task == "migrating" {
		db, err := connect(path, readWrite, testLog)
		if err != nil {
			return err
		}
		list, err := migrations(sqliteSteps)
		if err != nil {
			return err
		}
		s := storeAt(path, testOptions)
		return db.Transaction(func(tx *gorm.DB) error {
			if err := s.apply(tx, list[0], "1.0.0"); err != nil {
				return err
			}
			return waitForKill()
		})
	}
	s, err := Open(ctx, path, testOptions)
	if err != nil {
		return err
	}
	return s.Write(ctx, "山田", func(tx *Tx) error {
		// Large enough to spill from the cache into the write-ahead log.
		if _, err := tx.Upsert(booktest.Large(1000), nil); err != nil {
			return err
		}
		return waitForKill()
	})
}

func waitForKill() error {
	fmt.Println("ready")
	select {}
}
