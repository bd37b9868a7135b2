package models_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

var people = []models.FindEntry{
	{Key: "山田太", Title: "山田 太郎", Kana: "ヤマダ タロウ", Detail: "1942-03-04 男", ID: "0000012345", Texts: []string{"03-1234-5678"}},
	{Key: "髙橋", Title: "髙橋 健一", Kana: "タカハシ ケンイチ", Detail: "さくら居宅介護支援事業所", ID: "00000777", Texts: []string{"1370000012"}},
	{Key: "大野", Title: "大野 慎也", Kana: "オオノ シンヤ", Detail: "北町地域包括支援センター"},
	{Key: "小野", Title: "小野 梅", Kana: "オノ ウメ", Detail: "北町地域包括支援センター"},
	{Key: "本山", Title: "本山 大", Kana: "モトヤマ ダイ", Detail: "山田医院"},
	{Key: "さくら", Title: "さくら居宅介護支援事業所", Kana: "サクラキョタク", ID: "", Texts: []string{"1370000012", "０４２－３３３－４４４４"}},
}

func keysOf(entries []models.FindEntry) []string {
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.Key
	}
	return keys
}

func TestFinderPutsWhatIsFoundAlikeInItsOrder(t *testing.T) {
	finder := models.NewFinder([]models.FindEntry{
		{Key: "old", Title: "2026-04-01 電話", Order: "2"}, {Key: "new", Title: "2026-11-20 電話", Order: "1"},
	})
	assert.Equal(t, []string{"new", "old"}, keysOf(finder.Find("電話", 9)))
	assert.Equal(t, []string{"new"}, keysOf(finder.Find("電話", 1)), "the first of its order within the limit")
}

func TestFinder(t *testing.T) {
	finder := models.NewFinder(people)
	assert.Equal(t, len(people), finder.Len())
	for _, tt := range []struct {
		query string
		want  []string
	}{
		{"yamada", []string{"山田太", "本山"}}, // ヤマダ, then モトヤマ ダイ
		{"ﾔﾏﾀﾞ", []string{"山田太", "本山"}},
		{"やまだ た", []string{"山田太"}},
		{"山田", []string{"山田太", "本山"}}, // the name, then the detail
		{"高橋", []string{"髙橋"}},
		{"takah", []string{"髙橋"}},
		{"kenichi", []string{"髙橋"}},
		{"shinya", []string{"大野"}},
		{"ono", []string{"大野", "小野"}},
		{"oono", []string{"大野", "小野"}},
		{"ume", []string{"小野"}},
		{"12345", []string{"山田太"}},
		{"0000012345", []string{"山田太"}},
		{"００１２３", []string{"山田太"}},
		{"777", []string{"髙橋"}},
		{"0312345678", []string{"山田太"}},
		{"03-1234", []string{"山田太"}},
		{"042-333", []string{"さくら"}},
		{"1370000012", []string{"さくら", "髙橋"}},
		{"sakura", []string{"さくら", "髙橋"}},
		{"ono kitamachi", nil},
		{"小野 包括", []string{"小野"}},
		{"健一 さくら", []string{"髙橋"}},
		{"存在しない", nil},
		{"", nil},
		{" 　-", nil},
	} {
		t.Run(tt.query, func(t *testing.T) {
			got := keysOf(finder.Find(tt.query, 10))
			if len(tt.want) == 0 {
				assert.Empty(t, got)
				return
			}
			assert.Equal(t, tt.want, got)
		})
	}
	t.Run("no more than the limit", func(t *testing.T) {
		assert.Len(t, finder.Find("o", 1), 1)
		assert.Empty(t, finder.Find("o", 0))
	})
}

func TestFinderFindsEveryEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "entries")
		entries := make([]models.FindEntry, n)
		romaji := make([]string, n)
		for i := range entries {
			family, familyRomaji := spelled(t)
			given, givenRomaji := spelled(t)
			romaji[i] = familyRomaji + givenRomaji
			entries[i] = models.FindEntry{
				Key: fmt.Sprint(i), Title: "氏名", Kana: family + " " + given,
				ID:    fmt.Sprintf("%010d", rapid.IntRange(1, 99_999_999).Draw(t, "id")),
				Texts: []string{fmt.Sprintf("0%d-%04d-%04d", i+1, rapid.IntRange(0, 9999).Draw(t, "a"), rapid.IntRange(0, 9999).Draw(t, "b"))},
			}
		}
		finder := models.NewFinder(entries)
		finds := func(i int, query string) {
			require.True(t, slices.Contains(keysOf(finder.Find(query, n)), entries[i].Key), "%s by %s", entries[i].Kana, query)
		}
		i := rapid.IntRange(0, n-1).Draw(t, "wanted")
		kana := []rune(entries[i].Kana)
		finds(i, string(kana[:rapid.IntRange(1, len(kana)).Draw(t, "typed")]))
		finds(i, romaji[i][:rapid.IntRange(1, len(romaji[i])).Draw(t, "typed")])
		finds(i, strings.TrimLeft(entries[i].ID, "0"))
		finds(i, entries[i].ID)
		finds(i, strings.ReplaceAll(entries[i].Texts[0], "-", ""))
		finds(i, entries[i].Texts[0])
	})
}

func TestAFinderWithOtherEntriesIsOneOfThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entry := rapid.Custom(func(t *rapid.T) models.FindEntry {
			return models.FindEntry{
				Key: rapid.StringMatching("[a-z]{3}").Draw(t, "key"), Title: typed.Draw(t, "title"), Kana: typed.Draw(t, "kana"),
				ID: rapid.StringMatching("0[1-4]").Draw(t, "id"), Detail: typed.Draw(t, "detail"), Texts: []string{typed.Draw(t, "text")},
			}
		})
		before, now := rapid.SliceOfN(entry, 0, 8).Draw(t, "before"), rapid.SliceOfN(entry, 0, 4).Draw(t, "now")
		ids := rapid.SliceOfDistinct(rapid.StringMatching("0[1-4]"), rapid.ID[string]).Draw(t, "replaced")
		now = slices.DeleteFunc(now, func(e models.FindEntry) bool { return !slices.Contains(ids, e.ID) })
		kept := slices.DeleteFunc(slices.Clone(before), func(e models.FindEntry) bool { return slices.Contains(ids, e.ID) })
		assert.Equal(t, models.NewFinder(append(kept, now...)), models.NewFinder(before).With(ids, now))
	})
}

func TestChangedInpatientsAreThoseToReplace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string) models.Inpatients {
			all := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) models.Inpatient {
				return models.Inpatient{
					PatientID: rapid.StringMatching("[1-5]").Draw(t, "id"), Name: rapid.StringMatching("[ab]").Draw(t, "name"),
					AdmittedOn: models.Date(20260401 + rapid.IntRange(0, 2).Draw(t, "day")),
				}
			}), 0, 8, func(p models.Inpatient) string { return p.Key().String() }).Draw(t, what)
			return models.Inpatients{}.With(nil, all)
		}
		old, now := draw("old"), draw("now")
		changed := now.Changed(old)
		assert.Equal(t, now, old.With(changed, now.Of(changed)))
		assert.True(t, slices.IsSorted(changed))
		for _, id := range changed {
			assert.NotEqual(t, old.Of([]string{id}), now.Of([]string{id}), "only those that differ")
		}
	})
}

func manyEntries(n int) []models.FindEntry {
	families := []string{"サトウ", "スズキ", "タカハシ", "ヤマダ", "オオノ", "イトウ", "ワタナベ", "コバヤシ"}
	givens := []string{"ケンイチ", "ハナコ", "タロウ", "シンヤ", "ヨウコ", "ジュンイチ"}
	entries := make([]models.FindEntry, n)
	for i := range entries {
		entries[i] = models.FindEntry{
			Key: fmt.Sprint(i), Title: fmt.Sprintf("患者 %d", i),
			Kana: families[i%len(families)] + " " + givens[i/7%len(givens)], Detail: "1940-05-06 みなみ居宅介護支援事業所",
			ID: fmt.Sprintf("%010d", i), Texts: []string{fmt.Sprintf("03-%04d-%04d", i%10000, i/6%10000)},
		}
	}
	return entries
}

func BenchmarkNewFinder60000(b *testing.B) {
	entries := manyEntries(60_000)
	for b.Loop() {
		models.NewFinder(entries)
	}
}

func BenchmarkFinderWith60000(b *testing.B) {
	finder := models.NewFinder(manyEntries(60_000))
	for b.Loop() {
		finder.With([]string{"0000000777"}, manyEntries(1))
	}
}

func BenchmarkFinder60000(b *testing.B) {
	finder := models.NewFinder(manyEntries(60_000))
	for _, query := range []string{"yamada", "ワタナベ", "zyunniti", "59999", "0312345678", "どこにもない", "nai nai"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				finder.Find(query, 9)
			}
		})
	}
}
