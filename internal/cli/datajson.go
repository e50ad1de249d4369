package cli

import "perceptarium/internal/dataset"

// dataJSON is data --json; docs/json.md is its schema.
type dataJSON struct {
	Folder string     `json:"folder"`
	Files  []fileJSON `json:"files"`
	Own    []ownJSON  `json:"own"`
	Sets   []setJSON  `json:"sets"`
}

type fileJSON struct {
	Set    string `json:"set"`
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	From   string `json:"from"`
	State  string `json:"state"`
	Path   string `json:"path,omitempty"`
	Error  string `json:"error,omitempty"`
}

type ownJSON struct {
	Path    string `json:"path"`
	Rows    int    `json:"rows,omitempty"`
	Columns int    `json:"columns,omitempty"`
	Error   string `json:"error,omitempty"`
}

type setJSON struct {
	Name     string        `json:"name"`
	Text     string        `json:"text"`
	Settings []settingJSON `json:"settings"`
}

type settingJSON struct {
	Name    string `json:"name"`
	Default string `json:"default"`
	Want    string `json:"want"`
	Text    string `json:"text"`
}

func dataJSONOf(dir string, list []fileState, own []ownState) dataJSON {
	v := dataJSON{Folder: dir, Own: []ownJSON{}}
	for i := range list {
		f := &list[i]
		row := fileJSON{Set: f.Set, File: f.Name, Bytes: f.Bytes, SHA256: f.SHA256, From: f.From, State: f.state(), Path: f.path}
		if f.err != nil {
			row.Error = f.err.Error()
		}
		v.Files = append(v.Files, row)
	}
	for _, o := range own {
		row := ownJSON{Path: o.path}
		if o.err == nil {
			row.Rows, row.Columns = o.table.Rows(), o.table.Cols
		} else {
			row.Error = o.err.Error()
		}
		v.Own = append(v.Own, row)
	}
	for _, r := range dataset.Recipes() {
		v.Sets = append(v.Sets, setJSONOf(r))
	}
	return v
}

func setJSONOf(r dataset.Recipe) setJSON {
	v := setJSON{Name: r.Name, Text: r.Doc, Settings: []settingJSON{}}
	for _, p := range r.Params {
		v.Settings = append(v.Settings, settingJSON{p.Name, p.Default, p.Want(), p.Doc})
	}
	return v
}
