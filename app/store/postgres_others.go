package store

import (
	"strings"
	"time"

	"gorm.io/gorm"

	"renkei/models"
)

// Connections that were closed just now are still listed for a moment.
const (
	partingPatience = 2 * time.Second
	partingEvery    = 50 * time.Millisecond
)

// refuseOthers asks on reader, because a transaction sees one list to its end.
func (e *postgres) refuseOthers(reader, writer *gorm.DB) error {
	var ours int
	if err := writer.Raw("SELECT pg_backend_pid()").Row().Scan(&ours); err != nil {
		return err
	}
	for until := time.Now().Add(partingPatience); ; time.Sleep(partingEvery) {
		err := refuseConnected(reader, ours, nil)
		if models.ErrorCode(err) != models.Unavailable || time.Now().After(until) {
			return err
		}
	}
}

// refuseConnected refuses, with Unavailable, while other programs are connected with
// the database, or others of the users. Not counted are db and the connection ours.
func refuseConnected(db *gorm.DB, ours int, users []string) error {
	var from []string
	err := db.Raw(`SELECT DISTINCT coalesce(host(client_addr), 'サーバー') FROM pg_stat_activity
		WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), ?) AND (usename IN ? OR application_name LIKE 'renkei%') ORDER BY 1`, ours, users).
		Scan(&from).Error
	if err == nil && len(from) > 0 {
		err = models.Errorf(models.Unavailable, "連携台帳を開いているパソコンがあります（%s）。すべて閉じてから、もう一度行ってください", strings.Join(from, "、"))
	}
	return err
}
