package words

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"renkei/app"
)

func same(field string) string { return field }

func TestWordsOfAClash(t *testing.T) {
	sato := app.Author{Name: "佐藤", At: time.Date(2026, 11, 22, 9, 5, 0, 0, time.Local)}
	suzuki := app.Author{Name: "鈴木", At: time.Date(2026, 11, 20, 14, 32, 0, 0, time.Local)}
	of := func(kind app.ClashKind, kept, contested []app.ClashField) *app.Clashes {
		return &app.Clashes{Of: []*app.Clash{{Kind: kind, Sheet: "連携先", Key: "P001", Name: "あおば居宅", Last: sato, Kept: kept, Contested: contested}}}
	}
	phone, fax := app.ClashField{Name: "電話", Mine: "1", Theirs: "2", By: sato}, app.ClashField{Name: "FAX", Mine: "", Theirs: "4", By: suzuki}
	for _, c := range []struct {
		name  string
		of    *app.Clashes
		title string
		lines []string
	}{
		{"both changed the same", of(app.ChangedToo, []app.ClashField{fax}, []app.ClashField{phone}),
			"佐藤さんも、同じところを変更していました", []string{"鈴木さんが変えた「FAX」はそのままです。"}},
		{"both registered it", of(app.AddedToo, nil, []app.ClashField{phone}), "佐藤さんも、同じ連携先を登録していました", nil},
		{"it was deleted", of(app.GoneMeanwhile, nil, nil), "佐藤さんが、この連携先を削除していました",
			[]string{"連携先 P001 あおば居宅 は、佐藤さんが 09:05 に削除しました。登録し直すと、入力した内容でもう一度登録します。"}},
		{"it was changed before it is deleted", of(app.RemovedAnyway, []app.ClashField{fax}, nil), "佐藤さんが、この連携先を変更していました",
			[]string{"連携先 P001 あおば居宅 は、開いているあいだに変更されています。\n・FAX: （空欄） → 4（鈴木さん 11/20 14:32）"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.title, ClashTitle(c.of))
			assert.Equal(t, c.lines, ClashLines(c.of, 2026_11_22, same))
		})
	}
	gone, removed := of(app.GoneMeanwhile, nil, nil), of(app.RemovedAnyway, nil, nil)
	assert.Equal(t, "登録し直す", ClashAnyway(gone))
	assert.Equal(t, "削除する", ClashAnyway(removed))
	assert.Equal(t, "保存する", ClashAnyway(&app.Clashes{Of: append(gone.Of, removed.Of...)}))
	assert.Equal(t, "佐藤さんが変えた「電話」、鈴木さんが変えた「FAX」はそのままです", Kept(of(app.ChangedToo, []app.ClashField{phone, fax}, nil), same))
	assert.Empty(t, Kept(of(app.RemovedToo, []app.ClashField{phone}, nil), same))
}

func TestWordsOfWhoElseHasARecordOpen(t *testing.T) {
	assert.Empty(t, AlsoOpen(nil))
	assert.Equal(t, "いま 佐藤さん（受付PC）、鈴木さんもこの記録を開いています", AlsoOpen([]app.Presence{{Actor: "佐藤", Machine: "受付PC"}, {Actor: "鈴木"}}))
}
