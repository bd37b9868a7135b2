package store

import (
	"context"
	"database/sql"

	"renkei/models"
)

// movedIn tells where the register of a file was moved to, "" if it was not. An
// older schema knows no moving.
func movedIn(ctx context.Context, pool *sql.DB) (to string, err error) {
	there, err := hasColumn(ctx, pool, "moved")
	if err != nil || !there {
		return "", err
	}
	err = pool.QueryRowContext(ctx, "SELECT moved FROM register WHERE id = 1").Scan(&to)
	return to, err
}

// movedTo says that a register was moved, and how to go on.
func movedTo(place, to string) error {
	text := "この台帳（" + Shown(place) + "）は「" + to + "」に移しました。これからは移した先を開いてください。"
	if !IsServer(place) {
		text += "移した先をもう使えず、この台帳から始め直すときは、控えとして別の場所に戻せます" +
			"（renkei restore \"" + place + "\" --data 新しい台帳.db）"
	}
	return models.Errorf(models.Invalid, "%s", text)
}
