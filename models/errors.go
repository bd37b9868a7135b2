package models

import (
	"errors"
	"fmt"
)

// Code classifies an error for the program. The message is for the user.
type Code string

// The error codes.
const (
	Invalid     Code = "invalid"      // the input cannot be accepted
	NotFound    Code = "not_found"    // the record asked for does not exist
	Conflict    Code = "conflict"     // somebody else changed the record meanwhile
	Unavailable Code = "unavailable"  // a file, folder or database cannot be used now
	Newer       Code = "newer_format" // written by a newer version of the program
	Canceled    Code = "canceled"     // the user cancelled the work
	Internal    Code = "internal"     // a bug in the program
)

// Error carries a code, a Japanese sentence for the user (what happened, where,
// what to do), and the cause for the log.
type Error struct {
	Code    Code
	Message string
	Cause   error
}

// Error returns the sentence with its cause, for the log.
func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Message + ": " + e.Cause.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error without a cause.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an Error with a cause.
func Wrap(cause error, code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Cause: cause}
}

// ErrorCode returns the code of an error, Internal if it has none.
func ErrorCode(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// ErrorMessage returns the sentence for the user. An error without one is
// called a fault of the program; the log has the details.
func ErrorMessage(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "思わぬ問題が起きました。もう一度行い、続くときはログを添えてお知らせください"
}

// Problem is one fault of a record: the field by its Japanese name (the column
// of the ledger book) and what to do about it.
type Problem struct {
	Field   string
	Message string
}

// String returns 「項目: 理由」.
func (p Problem) String() string { return p.Field + ": " + p.Message }

// Problems collects the problems of one record.
type Problems []Problem

func (ps *Problems) add(field, format string, args ...any) {
	*ps = append(*ps, Problem{field, fmt.Sprintf(format, args...)})
}
