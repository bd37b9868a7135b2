package reports

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestWorkbooksOnTheJudgementSayWhatWasRead: every such workbook says up to
// which texts the rules were read and which known ones were not, in 定義 if it
// has one.
func TestWorkbooksOnTheJudgementSayWhatWasRead(t *testing.T) {
	for name, sheet := range map[string]string{
		"monthly": "定義", "kasan1": "定義", "hokatsuki": "定義", "evidence": "定義", "handover": "定義", "coverage": "定義",
		"form40-9": "算式の根拠", "relations": "台帳",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Join(textsOf(t, writtenKind(t, name, sampleRequest(t)), sheet), "\n")
			assert.Contains(t, text, "告示・通知・施設基準は2026-07-18まで、疑義解釈はその10（2026-07-17）までを読んで作りました")
			assert.Contains(t, text, "出ていて、まだ読んでいないもの: 疑義解釈 その11（2026-07-30）、疑義解釈 その12（2026-09-02）、疑義解釈 その13（2026-09-26まで）、訂正（2026-06-19・2026-07-30）")
		})
	}
}
