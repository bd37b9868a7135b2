// Package charts draws figures: bars, lines, gauges and tiles, with their
// values written beside them, in patterns that a black-and-white printer keeps
// apart, and with their table one key (T) away.
package charts
