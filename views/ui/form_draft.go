package ui

import "strings"

// edited is called after each change by the user.
func (f *Form) edited(r *formRow) {
	r.touched = true
	f.draft.Changed()
	call(f.OnEdited)
}

// Changed tells the form that the page changed a field for the user, as when a
// key puts in a phrase.
func (f *Form) Changed() { f.draft.Changed() }

// KeepDraft keeps the values now, if they differ from those last saved. A page
// calls it when the user leaves. The form shows an error too.
func (f *Form) KeepDraft() error { return f.draft.Keep() }

// dropDraft forgets the draft this form kept or restored.
func (f *Form) dropDraft() {
	f.draft.Drop()
	f.frame.restored.Hide()
}

// Restore puts a draft into the fields and says so, with a button that drops it.
// It reports whether there was a draft that differs. FocusFirst calls it.
func (f *Form) Restore() bool {
	kept, ok := f.draft.Load()
	if !ok {
		return false
	}
	values, overtaken := f.merged(kept)
	f.fill(values)
	if !f.Dirty() {
		f.dropDraft()
		return false
	}
	f.frame.tellRestored(overtaken)
	f.relayout()
	return true
}

// merged returns what of a draft belongs into the fields, and the labels of
// those whose record was changed after the user had changed them too.
func (f *Form) merged(kept Typed) (values map[string]string, overtaken []string) {
	if !f.o.Recorded || kept.Before == nil {
		return kept.Values, nil
	}
	values = make(map[string]string)
	for _, r := range f.rows {
		name := r.name()
		typed, before, now := kept.Values[name], kept.Before[name], f.clean[name]
		if typed == before {
			continue
		}
		values[name] = typed
		if now != before && now != typed {
			overtaken = append(overtaken, r.title())
		}
	}
	return values, overtaken
}

// overtakenWords says which fields were changed elsewhere meanwhile.
func overtakenWords(labels []string) string {
	if len(labels) == 0 {
		return ""
	}
	return "書きかけたあとで、「" + strings.Join(labels, "」「") + "」の登録が変わっています。保存すると、書きかけの内容に置きかわります。"
}
