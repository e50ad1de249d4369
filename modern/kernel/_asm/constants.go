package main

// The constants of package f32 and of LeCun's tanh, as they stand there; a
// test of package kernel compares what is computed with them.
const (
	log2e     = 0x1.715476p+00
	ln2Hi     = 0x1.62e4p-01
	ln2Lo     = 0x1.7f7d1cp-20
	magic     = 0x1.8p23
	magicBits = 0x4b400000
	sqrtHalf  = 0x3f3504f3

	exp0 = 0x1.fffffep-02
	exp1 = 0x1.5554aap-03
	exp2 = 0x1.55579ep-05
	exp3 = 0x1.122c86p-07
	exp4 = 0x1.6ab16cp-10

	log0 = 0x1.555544p-02
	log1 = -0x1.ffffdep-03
	log2 = 0x1.99a65cp-03
	log3 = -0x1.5567dep-03
	log4 = 0x1.2320b2p-03
	log5 = -0x1.fa77dep-04
	log6 = 0x1.e724b8p-04
	log7 = -0x1.e9a308p-04
	log8 = 0x1.21a828p-04

	tanhSplit = 1.125
	tanh0     = -0x1.55554ap-02
	tanh1     = 0x1.110ebp-03
	tanh2     = -0x1.b9c3a8p-05
	tanh3     = 0x1.6331ecp-06
	tanh4     = -0x1.126b92p-07
	tanh5     = 0x1.7261c2p-09
	tanh6     = -0x1.6a5fc8p-11
	tanh7     = 0x1.667beep-14

	lecunA       = 1.7159
	lecunS       = 2.0 / 3
	lecunSlope   = lecunS * lecunA
	lecunBending = lecunS / lecunA
)
