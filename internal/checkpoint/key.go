package checkpoint

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"perceptarium/sim/script"
)

// keyBytes of a SHA-256 make a key.
const keyBytes = 16

// Key names all that the present act's course depends on, as long as no hand
// changes anything: the program, the scenario in its form, the law, the seeds,
// the act, where the scripts of the acts before stand, and the sheet of its
// machine, in which the digest of its data stands. What has the same key goes
// through the same states.
func Key(p *script.Player, program string) string {
	sum := sha256.New()
	add := func(b []byte) {
		sum.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(b))))
		sum.Write(b)
	}
	sc := p.Scenario()
	add(fmt.Appendf(nil, "%s\n%s\n%s\n%s\nlaw %d\nact %d\nseeds %v", program, Format, sc.Name, sc.Digest, p.Law(), p.Act(), p.Seeds()))
	add(fmt.Appendf(nil, "%+v", *p.Bench().Sheet()))
	for _, state := range p.Past() {
		add(state)
	}
	return hex.EncodeToString(sum.Sum(nil)[:keyBytes])
}
