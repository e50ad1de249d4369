package main

/*
#cgo LDFLAGS: -lopenblas
#include <cblas.h>

static void repeat(int reps, int m, int n, int k, const float *a, const float *b, float *c) {
	for (int i = 0; i < reps; i++) {
		cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, n);
	}
}
*/
import "C"

func openblas(p *problem, reps int) {
	C.repeat(C.int(reps), C.int(p.m), C.int(p.n), C.int(p.k), (*C.float)(&p.a[0]), (*C.float)(&p.b[0]), (*C.float)(&p.c[0]))
}
