package ui

// RegisterState is how a person arranged a register, to be kept as JSON.
type RegisterState struct {
	// Widths holds the widths the person gave, in pixels at the standard text
	// size, by column ID.
	Widths map[string]float32 `json:"widths,omitempty"`
	// Shown holds the columns taken in or out of sight against their default.
	Shown map[string]bool `json:"shown,omitempty"`
	// Sort is the ID of the column the rows are sorted by, Down the direction.
	Sort string `json:"sort,omitempty"`
	Down bool   `json:"down,omitempty"`
}

// State returns how the register is arranged.
func (r *Register[T]) State() RegisterState {
	id, down := r.Order()
	return RegisterState{Sort: id, Down: down}
}

// Restore arranges the register as it was; columns it does not know are left
// out.
func (r *Register[T]) Restore(s RegisterState) { r.Sort(s.Sort, s.Down) }

// Selection returns the selected rows in the order shown: those marked, or the
// current one when none is.
func (r *Register[T]) Selection() []T {
	if row, ok := r.Selected(); ok {
		return []T{row}
	}
	return nil
}
