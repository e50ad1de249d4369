package era

// macFLOP is how many floating-point operations a multiply-add counts.
const macFLOP = 2

func read(v float64) Figure     { return Figure{v, Read} }
func computed(v float64) Figure { return Figure{v, Computed} }
func measured(v float64) Figure { return Figure{v, Measured} }
func recalled(v float64) Figure { return Figure{v, Recalled} }
func weak(v float64) Figure     { return Figure{v, Weak} }

// Table lists the computers by year.
//
// Shares: 1 where the peak is itself the measured rate of a run; else what a
// published run implies, or the usual share of its kind (history, section 36).
func Table() []Computer {
	return []Computer{
		{Key: "ibm-704", Name: "IBM 704", Year: 1955, Peak: computed(macFLOP / 288e-6), Share: read(1), Watts: weak(75e3), Dollar: read(2e6),
			Note: "add 84 us and multiply 204 us, so a multiply-add takes at least 288 us"},
		{Key: "mark-one", Name: "Mark I Perceptron", Year: 1960,
			Note: "512 analogue weights in parallel; no rate was published"},
		{Key: "cray-1", Name: "Cray-1", Year: 1976, Peak: read(160e6), Share: computed(1), Watts: read(115e3), Dollar: read(5e6), Note: "at its peak, 64 bit"},
		{Key: "cray-x-mp-4", Name: "Cray X-MP/4", Year: 1982, Peak: recalled(0.94e9), Share: computed(1), Dollar: recalled(15e6), Note: "at its peak"},
		{Key: "sun-4-260", Name: "SUN-4/260", Year: 1987, Peak: computed(0.251e6), Share: computed(1),
			Note: "what the zip-code net of 1989 got of it; Linpack 1.1 to 1.6 MFLOPS"},
		{Key: "dsp-32c", Name: "AT&T DSP-32C", Year: 1988, Peak: read(25e6), Share: computed(1.94 / 12.5), Note: "30 digits a second of the zip-code net"},
		{Key: "r10000", Name: "R10000, 200 MHz", Year: 1996, Peak: recalled(400e6), Share: recalled(0.3), Note: "of an Origin 2000"},
		{Key: "xeon-2006", Name: "Xeon 3 GHz, one core", Year: 2006, Peak: recalled(6e9), Share: recalled(0.3), Watts: recalled(100)},
		{Key: "gtx-280", Name: "GTX 280", Year: 2008, Peak: computed(622e9), Share: recalled(0.3), Watts: read(236), Dollar: read(649), Note: "933 GFLOPS with the extra multiply that no net uses"},
		{Key: "gtx-580-pair", Name: "two GTX 580", Year: 2010, Peak: recalled(3.162e12), Share: computed(0.31), Watts: recalled(488), Dollar: recalled(998), Note: "AlexNet's pair"},
		{Key: "google-2012", Name: "16,000 cores at Google", Year: 2012, Peak: weak(100e12), Share: weak(0.1), Watts: weak(300e3), Dollar: weak(1e6)},
		{Key: "v100", Name: "V100", Year: 2017, Peak: read(125e12), Share: recalled(0.4), Watts: read(300), Dollar: recalled(10e3), Note: "tensor cores, 16 bit"},
		{Key: "a100", Name: "A100", Year: 2020, Peak: read(312e12), Share: recalled(0.4), Watts: read(400), Dollar: recalled(12e3), Note: "tensor cores, 16 bit"},
		{Key: "h100", Name: "H100 SXM", Year: 2022, Peak: read(989e12), Share: recalled(0.4), Watts: read(700), Dollar: recalled(30e3), Note: "tensor cores, 16 bit, dense"},
		{Key: "m1", Name: "Apple M1 laptop, batch 1", Year: 2022, Peak: computed(0.72e9), Share: computed(1), Watts: recalled(15), Note: "what a rerun of the zip-code net got of it"},
		{Key: "plain-go", Name: "one core, plain Go", Year: 2026, Peak: measured(2.2e9), Share: measured(1), Note: "simple loops"},
	}
}
