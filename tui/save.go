package tui

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"perceptarium/sim/script"
)

// savedName ends the name of a scenario that was saved from the screen.
var savedName = regexp.MustCompile(`-taken(-\d+)?$`)

const savesMax = 1000 // of one scenario in one directory

// save writes the logbook of the present act as a scenario. It never writes
// over a file: NAME-taken, NAME-taken-2 ...
func (s *stage) save() {
	s.rest()
	var text bytes.Buffer
	if err := s.player.Save(&text); err != nil {
		s.say("not saved: "+err.Error(), inkBad)
		return
	}
	base := savedName.ReplaceAllString(s.player.Scenario().Name, "") + "-taken"
	name, err := writeNew(s.saveDir, base, text.Bytes())
	if err != nil {
		s.say("not saved: "+err.Error(), inkBad)
		return
	}
	s.saved, s.warned = s.entries(), false
	s.say("saved: perceptarium replay "+name, inkHand)
}

// writeNew writes data to a file that was not there before.
func writeNew(dir, base string, data []byte) (string, error) {
	for n := 1; n <= savesMax; n++ {
		name := base
		if n > 1 {
			name += "-" + strconv.Itoa(n)
		}
		path := filepath.Join(dir, name+script.Ending)
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.Write(data)
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			os.Remove(path)
			return "", err
		}
		return path, nil
	}
	return "", errors.New("there are " + strconv.Itoa(savesMax) + " of " + base + " already")
}
