package model

import (
	"embed"
	"strings"
)

//go:embed nets/*.net
var files embed.FS

// Names are the named nets, in order.
func Names() []string {
	entries, err := files.ReadDir("nets")
	if err != nil {
		panic("model: the nets are not embedded")
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".net"))
	}
	return names
}

// Text is the text of a named net; nil where there is none of that name.
func Text(name string) []byte {
	text, err := files.ReadFile("nets/" + name + ".net")
	if err != nil {
		return nil
	}
	return text
}
