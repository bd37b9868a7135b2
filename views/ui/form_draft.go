package ui

import "strings"

// edited is called after each change by the person.
func (f *Form) edited(r *formRow) {
	r.touched = true
	f.draft.Changed()
	call(f.OnEdited)
}

// Changed is to be called after the page changed a field for the person: put in
// a phrase by its key.
func (f *Form) Changed() { f.draft.Changed() }

// KeepDraft keeps the values now, if they differ from those last saved: for a
// page that is left. An error is shown on the form too.
func (f *Form) KeepDraft() error { return f.draft.Keep() }

// dropDraft forgets the draft this form kept or restored.
func (f *Form) dropDraft() {
	f.draft.Drop()
	f.frame.restored.Hide()
}

// Restore puts a draft into the fields and says so, with a button to do without
// it. It reports whether there was one that differs. FocusFirst does it too,
// once.
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
// those whose record was changed after the person had changed them too.
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
