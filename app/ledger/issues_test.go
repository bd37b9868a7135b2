package ledger

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const (
	admissionHead = "患者ID,入院日,氏名,退院日,サービス導入適当,認定状況\n"
	wardHead      = "病棟コード,有効開始,病棟名,病床数,区分,B005-1-2\n"
	sessionHead   = "指導番号,指導日,方法,算定区分,算定月\n"
	contactHead   = "連絡番号,日付,時刻,種別\n"
)

func TestBadInputIsRefusedInWords(t *testing.T) {
	tests := []struct {
		name, sheet, text string
		want              []string
	}{
		{"unreadable date", "入院", admissionHead + "1,2026/13/01,甲\n",
			[]string{"入院 2 入院日: 日付『2026/13/01』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください"}},
		{"day outside its era", "入院", admissionHead + "1,平成31年5月1日,甲\n",
			[]string{"入院 2 入院日: 日付『平成31年5月1日』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください"}},
		{"day number of Excel in a CSV", "入院", admissionHead + "1,46348,甲\n",
			[]string{"入院 2 入院日: 日付『46348』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください"}},
		{"end before start", "入院", admissionHead + "1,2026-10-02,甲,2026-10-01\n",
			[]string{"入院 2 退院日: 『2026-10-01』が入院日『2026-10-02』より前です。日付を直してください"}},
		{"invalid mark", "入院", admissionHead + "1,2026-10-02,甲,,△\n",
			[]string{"入院 2 サービス導入適当: 『△』は ○ か × で入力してください（空欄は未確認）"}},
		{"value outside the list", "入院", admissionHead + "1,2026-10-02,甲,,,たぶん\n",
			[]string{"入院 2 認定状況: 『たぶん』は使えません。認定済・申請中・未申請・区分変更申請中・対象外 から選んでください"}},
		{"blank key", "入院", admissionHead + ",2026-10-02,甲\n2,,乙\n",
			[]string{"入院 2 患者ID: 空欄です。入力してください", "入院 3 入院日: 空欄です。日付を入力してください"}},
		{"blank required column", "入院", admissionHead + "1,2026-10-02,　\n",
			[]string{"入院 2 氏名: 空欄です。入力してください"}},
		{"repeated key", "入院", admissionHead + "1,2026-10-02,甲\n2,2026-10-02,乙\n1,R8.10.2,丙\n",
			[]string{"入院 4 患者ID・入院日: 『1・2026-10-02』は 2行目と同じです。どちらかを直すか消してください"}},
		{"repeated single key", "共同指導", sessionHead + "G1\nG1\nG1\n",
			[]string{"共同指導 3 指導番号: 『G1』は 2行目と同じです。どちらかを直すか消してください",
				"共同指導 4 指導番号: 『G1』は 2行目と同じです。どちらかを直すか消してください"}},
		{"repeated attendance", "会議出席", "会議コード,区分,コード,氏名\nM1,その他,,甲\nM1,その他,,乙\nM1,その他,,甲\nM1,CM,C1,\nM1,職員,C1,\nM1,CM,C1,\n",
			[]string{"会議出席 4 会議コード・区分・氏名: 『M1・その他・甲』は 2行目と同じです。どちらかを直すか消してください",
				"会議出席 7 会議コード・区分・コード: 『M1・CM・C1』は 5行目と同じです。どちらかを直すか消してください"}},
		{"attendance without code or name", "会議出席", "会議コード,区分,コード,氏名\nM1,その他,,\nM1,CM,,甲\n",
			[]string{"会議出席 2 氏名: 空欄です。入力してください", "会議出席 3 コード: 空欄です。入力してください"}},
		{"unreadable number", "病棟", wardHead + "W1,2026-04-01,1病棟,約40,イ,可\n",
			[]string{"病棟 2 病床数: 『約40』を数として読み取れません。数字だけを入力してください"}},
		{"number out of range", "病棟", wardHead + "W1,2026-04-01,1病棟,-1,イ,可\n",
			[]string{"病棟 2 病床数: 0〜9999 の数で入力してください"}},
		{"blank number of beds", "病棟", wardHead + "W1,2026-04-01,1病棟,,イ,可\n",
			[]string{"病棟 2 病床数: 空欄です。入力してください"}},
		{"invalid time", "やり取り", contactHead + "K1,2026-04-01,25:00,面会\nK2,2026-04-01,朝,面会\n",
			[]string{"やり取り 2 時刻: 『25:00』を読み取れません。09:30 のように入力してください",
				"やり取り 3 時刻: 『朝』を読み取れません。09:30 のように入力してください"}},
		{"unreadable month", "共同指導", sessionHead + "G1,2026-07-01,対面,1,7月\n",
			[]string{"共同指導 2 算定月: 月『7月』を読み取れません。2026-10 のように入力してください"}},
		{"old fee on a new day", "共同指導", sessionHead + "G1,2026-06-01,,旧\nG2,2026-05-31,,旧\n",
			[]string{"共同指導 2 算定区分: 指導日が令和8年6月1日以降のため「旧」は使えません。1・2・なしから選んでください"}},
		{"new fee on an old day", "共同指導", sessionHead + "G1,2026-05-31,,１\nG2,2026-05-31,,2\nG3,2026-06-01,,2\n",
			[]string{"共同指導 2 算定区分: 指導日が令和8年5月以前のため「1」は使えません。旧・なしから選んでください",
				"共同指導 3 算定区分: 指導日が令和8年5月以前のため「2」は使えません。旧・なしから選んでください"}},
		{"unknown parameter", "設定", "キー,値\nmeeting_max,1\n",
			[]string{"設定 2 キー: 『meeting_max』は使えません。説明シートのキーから選んでください"}},
		{"parameter out of its range", "設定", "キー,値\nmeeting_min_count,0\nday_count,third\ncode_fee1,123\nrequire_cm_attendance,maybe\n",
			[]string{"設定 2 値: meeting_min_count『0』は 1〜99 の数で入力してください",
				"設定 3 値: day_count『third』は admission_is_day1・next_day から選んでください",
				"設定 4 値: code_fee1『123』は9桁の数字で入力してください",
				"設定 5 値: require_cm_attendance『maybe』は true か false で入力してください"}},
		{"two policies of one day", "規程", "版,施行日\n第1版,2026-06-01\n第2版,R8.6.1\n",
			[]string{"規程 3 施行日: 『2026-06-01』は「第1版」と同じ施行日です。版ごとに違う日にしてください"}},
		{"a key column is missing", "入院", "患者ID,カナ\n1,ア\n2,イ\n",
			[]string{"入院 1 入院日: この列がありません。見出しに「入院日」の列を加えてください"}},
		{"no header", "入院", "1,2026-10-02,甲\n2,2026-10-03,乙\n",
			[]string{"入院 1 見出し: 列の名前の行が見つかりません。1行目に「患者ID」などの列名を書いてください"}},
		{"a column that stands twice", "設定", "キー,値,値\nhospital_name,甲,乙\n",
			[]string{"設定 1 値: 同じ名前の列が2つあります。どちらかを消してください"}},
		{"error value of a formula", "入院", admissionHead + "#N/A,2026-10-02,#REF!\n",
			[]string{"入院 2 患者ID: 『#N/A』は式のエラーです。値に直してください", "入院 2 氏名: 『#REF!』は式のエラーです。値に直してください"}},
		{"text too long for a cell", "設定", "キー,値\nhospital_name," + strings.Repeat("あ", 32768) + "\n",
			[]string{"設定 2 値: 長すぎます。32,767文字までにしてください"}},
		{"quote out of place", "設定", "キー,値\nhospital_name,甲\nhospital_code,\"1\"2\n",
			[]string{"設定 3 行全体: 引用符（\"）の付け方が正しくないため、この行から後を読み取れません。Excel で開いて CSV で保存し直してください"}},
		{"an empty file", "設定", "",
			[]string{"設定 1 見出し: 「設定.csv」は空のファイルです。保存し直すか、フォルダから除いてください"}},
		{"bytes of no known encoding", "設定", "キー,値\nhospital_name,\xFF\xFE\xFD\n",
			[]string{"設定 1 文字コード: 「設定.csv」の文字を読み取れません。UTF-8 か Shift_JIS で保存し直してください"}},
		{"every problem of a row, once a cell", "入院", admissionHead + ",2026-02-30,,2026/1/32,?,?\n",
			[]string{"入院 2 患者ID: 空欄です。入力してください",
				"入院 2 入院日: 日付『2026-02-30』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください",
				"入院 2 氏名: 空欄です。入力してください",
				"入院 2 退院日: 日付『2026/1/32』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください",
				"入院 2 サービス導入適当: 『?』は ○ か × で入力してください（空欄は未確認）",
				"入院 2 認定状況: 『?』は使えません。認定済・申請中・未申請・区分変更申請中・対象外 から選んでください"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, issueTexts(readTexts(t, map[string]string{tt.sheet: tt.text}).Issues))
		})
	}
}

func TestIssuesOfEverySheetAreListed(t *testing.T) {
	r := readTexts(t, map[string]string{
		"入院": admissionHead + "1,いつか,甲\n", "病棟": wardHead + "W1,2026-04-01,1病棟,,イ,可\n", "設定": "キー,値\nx,1\n"})
	assert.Equal(t, []string{
		"設定 2 キー: 『x』は使えません。説明シートのキーから選んでください",
		"病棟 2 病床数: 空欄です。入力してください",
		"入院 2 入院日: 日付『いつか』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください",
	}, issueTexts(r.Issues))
}

func TestRecordedFactsAreTakenAsTheyAre(t *testing.T) {
	r := readTexts(t, map[string]string{
		"所属履歴": "CMコード,連携先コード,開始日,終了日\nC1,P1,2026-01-01,2026-12-31\nC1,P2,2026-06-01,\n",
		"病棟履歴": "患者ID,入院日,開始日,病棟コード,終了日\n1,2026-01-01,2026-01-01,W1,2026-01-31\n1,2026-01-01,2026-01-10,W2,\n",
		"共同指導": "指導番号,患者ID,入院日,指導日\nG1,1,2026-01-01,2025-12-01\nG2,,,\n",
		"連携先":  "連携先コード,名称,種別,協議日,連携終了日\nP1,甲,病院,2026-05-01,2026-04-01\n",
	})
	assert.Empty(t, issueTexts(r.Issues))
	assert.Len(t, r.Book.Affiliations, 2)
	assert.Len(t, r.Book.WardStays, 2)
	assert.Len(t, r.Book.Sessions, 2)
}

func TestUnknownReferencesAreRefusedExceptInSessions(t *testing.T) {
	incoming := readTexts(t, map[string]string{
		"規程":   "版,施行日\n第2版,2026-06-01\n第3版,2026-08-01\n第9版,2026-09-01\n",
		"所属履歴": "CMコード,連携先コード,開始日\nC1,P1,2026-01-01\nC9,P9,2026-01-01\n",
		"会議":   "会議コード,開催日,名称,種別\nM1,2026-01-01,会,勉強会\n",
		"会議出席": "会議コード,区分,コード,氏名\nM1,CM,C1,\nM1,職員,S1,\nM1,その他,,甲\nM9,その他,,甲\nM1,CM,S1,\nM1,職員,C1,\n",
		"やり取り": "連絡番号,日付,種別,CMコード,連携先コード,職員コード,患者ID\nK1,2026-01-01,面会,,,,99\n\nK2,2026-01-01,面会,C9,P9,S1;S8、S9,\n",
		"入院":   "患者ID,入院日,氏名,担当CMコード\n1,2026-01-01,甲,\n2,2026-01-01,乙,C9\n",
		"病棟履歴": "患者ID,入院日,開始日,病棟コード\n1,2026-01-01,2026-01-01,W1\n1,2026-01-02,2026-01-02,W9\n",
		"共同指導": "指導番号,患者ID,入院日,CMコード,職員コード\nG1,99,2020-01-01,C9,S9\n",
	})
	existing := readTexts(t, map[string]string{
		"規程":      "版,施行日\n第1版,2026-06-01\n第3版,2026-09-01\n",
		"病棟":      wardHead + "W1,2026-04-01,1病棟,40,イ,可\n",
		"職員":      "職員コード,所属開始,氏名,職種\nS1,2026-01-01,甲,医師\n",
		"連携先":     "連携先コード,名称,種別\nP1,甲,病院\n",
		"介護支援専門員": "CMコード,氏名,資格\nC1,甲,その他\n",
	})
	assert.Empty(t, issueTexts(incoming.Issues))
	assert.Empty(t, issueTexts(existing.Issues))
	assert.Equal(t, []string{
		"規程 2 施行日: 『2026-06-01』は「第1版」と同じ施行日です。版ごとに違う日にしてください",
		"所属履歴 3 CMコード: 『C9』は介護支援専門員シートにありません。コードを直すか、介護支援専門員に加えてください",
		"所属履歴 3 連携先コード: 『P9』は連携先シートにありません。コードを直すか、連携先に加えてください",
		"会議出席 5 会議コード: 『M9』は会議シートにありません。コードを直すか、会議に加えてください",
		"会議出席 6 コード: 『S1』は介護支援専門員シートにありません。コードを直すか、介護支援専門員に加えてください",
		"会議出席 7 コード: 『C1』は職員シートにありません。コードを直すか、職員に加えてください",
		"やり取り 4 CMコード: 『C9』は介護支援専門員シートにありません。コードを直すか、介護支援専門員に加えてください",
		"やり取り 4 連携先コード: 『P9』は連携先シートにありません。コードを直すか、連携先に加えてください",
		"やり取り 4 職員コード: 『S8』は職員シートにありません。コードを直すか、職員に加えてください",
		"やり取り 4 職員コード: 『S9』は職員シートにありません。コードを直すか、職員に加えてください",
		"入院 3 担当CMコード: 『C9』は介護支援専門員シートにありません。コードを直すか、介護支援専門員に加えてください",
		"病棟履歴 3 入院日: 患者ID『1』の入院日『2026-01-02』は入院シートにありません。どちらかを直すか、入院に加えてください",
		"病棟履歴 3 病棟コード: 『W9』は病棟シートにありません。コードを直すか、病棟に加えてください",
	}, issueTexts(CheckReferences(incoming, existing.Book)))
}

func TestReferencesToWhatCouldNotBeReadAreReportedOnce(t *testing.T) {
	const (
		stays = "患者ID,入院日,開始日,病棟コード\n1,2026-01-01,2026-01-01,W1\n2,2026-01-02,2026-01-02,W1\n3,2026-01-03,2026-01-03,W1\n"
		wards = wardHead + "W1,2026-04-01,1病棟,40,イ,可\n"
	)
	tests := []struct {
		outcome string
		sheets  map[string]string
		want    []string
	}{
		{"an admission with an unreadable day may be meant by stays of the patient", map[string]string{
			"病棟": wards, "病棟履歴": stays, "入院": admissionHead + "1,いつか,甲\n2,2026-01-02,乙\n"},
			[]string{"入院 2 入院日: 日付『いつか』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください",
				"病棟履歴 4 入院日: 患者ID『3』の入院日『2026-01-03』は入院シートにありません。どちらかを直すか、入院に加えてください"}},
		{"an admission without its patient may be meant by stays of the day", map[string]string{
			"病棟": wards, "病棟履歴": stays, "入院": admissionHead + ",2026-01-01,甲\n2,2026-01-02,乙\n"},
			[]string{"入院 2 患者ID: 空欄です。入力してください",
				"病棟履歴 4 入院日: 患者ID『3』の入院日『2026-01-03』は入院シートにありません。どちらかを直すか、入院に加えてください"}},
		{"a sheet without its code column", map[string]string{
			"病棟": strings.Replace(wards, "病棟コード", "コード番号", 1), "病棟履歴": stays,
			"入院": admissionHead + "1,2026-01-01,甲\n2,2026-01-02,乙\n3,2026-01-03,丙\n"},
			[]string{"病棟 1 病棟コード: この列がありません。見出しに「病棟コード」の列を加えてください"}},
		{"a sheet without a header", map[string]string{"病棟": wards, "病棟履歴": stays, "入院": "1,2026-01-01,甲\n"},
			[]string{"入院 1 見出し: 列の名前の行が見つかりません。1行目に「患者ID」などの列名を書いてください"}},
		{"a truncated sheet", map[string]string{"病棟": wards, "病棟履歴": stays, "入院": "患者ID,入院日,氏名\n1,2026-01-01,甲\n2,2026-01-02,\"乙\n"},
			[]string{"入院 3 行全体: 引用符（\"）の付け方が正しくないため、この行から後を読み取れません。Excel で開いて CSV で保存し直してください"}},
		{"a sheet in an unknown encoding", map[string]string{"病棟": wards, "病棟履歴": stays, "入院": "患者ID,\xFF\xFE\xFD\n"},
			[]string{"入院 1 文字コード: 「入院.csv」の文字を読み取れません。UTF-8 か Shift_JIS で保存し直してください"}},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			r := readTexts(t, tt.sheets)
			assert.Equal(t, tt.want, issueTexts(append(r.Issues, CheckReferences(r, nil)...)))
		})
	}
}
