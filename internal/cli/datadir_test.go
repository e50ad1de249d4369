package cli

import (
	"path/filepath"
	"testing"
)

// TestUserData is each system's folder for data of programs.
func TestUserData(t *testing.T) {
	xdg, err := filepath.Abs("xdg") // absolute on this system
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, system string
		env          map[string]string
		want         string
	}{
		{"set", "linux", map[string]string{"XDG_DATA_HOME": xdg, "HOME": "/somewhere"}, xdg},
		{"relative is as unset", "linux", map[string]string{"XDG_DATA_HOME": "xdg", "HOME": "/somewhere"}, filepath.Join("/somewhere", ".local", "share")},
		{"macOS", "darwin", map[string]string{"HOME": "/somewhere"}, filepath.Join("/somewhere", "Library", "Application Support")},
		{"Windows", "windows", map[string]string{"LOCALAPPDATA": `C:\a`}, `C:\a`},
		{"no home", "linux", nil, ""},
	} {
		if got := userData(row.system, func(name string) string { return row.env[name] }); got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
