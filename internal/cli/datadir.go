package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"perceptarium/scenarios"
)

// dataVariable names the folder of data where --data does not.
const dataVariable = "PERCEPTARIUM_DATA"

// dataFlag lets a verb take --data.
func (a *app) dataFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.dataDir, "data", "", "look for the files of data sets in DIR; without it in "+dataVariable+", else in the folder for data of programs")
}

// withData gives the house the folder of data. A folder that was named must be
// there.
func (a *app) withData() error {
	dir, named := dataFolder(a.dataDir)
	if dir == "" {
		return nil
	}
	info, err := os.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		a.house = scenarios.WithData(os.DirFS(dir))
	case named:
		return fmt.Errorf("%s: no such folder of data", dir)
	}
	return nil
}

// dataFolder is where files of data sets lie: as the flag says, else as
// PERCEPTARIUM_DATA says, else perceptarium in the user's folder for data.
// named is false for the last, which may be missing.
func dataFolder(flag string) (dir string, named bool) {
	if flag != "" {
		return flag, true
	}
	if dir := os.Getenv(dataVariable); dir != "" {
		return dir, true
	}
	base := userData(runtime.GOOS, os.Getenv)
	if base == "" {
		return "", false
	}
	return filepath.Join(base, "perceptarium"), false
}

// userData is the user's folder for data of programs, as each system has it:
// XDG_DATA_HOME where that is set, else ~/.local/share, on macOS
// ~/Library/Application Support, on Windows LOCALAPPDATA.
func userData(system string, env func(string) string) string {
	if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	home := env("HOME")
	switch {
	case system == "windows":
		return env("LOCALAPPDATA")
	case home == "":
		return ""
	case system == "darwin":
		return filepath.Join(home, "Library", "Application Support")
	}
	return filepath.Join(home, ".local", "share")
}
