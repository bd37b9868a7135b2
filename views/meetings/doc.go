// Package meetings is the page 会議・勉強会: what was held, who was there, and
// whether it is evidence of the 平時の連携 that 指導料2 asks for (通知(3)イ).
package meetings
