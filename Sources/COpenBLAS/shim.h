#ifndef AMBIT_COPENBLAS_SHIM_H
#define AMBIT_COPENBLAS_SHIM_H

#include <cblas.h>

// Debian's OpenBLAS exports LAPACK but ships no prototypes for it (its pkg-config file says
// NO_LAPACKE=1), so the few Fortran routines in use are declared here: column-major, every argument
// a pointer, workspace sizes asked for with lwork = -1.

/// Selected eigenpairs of a symmetric double matrix.
void dsyevr_(const char *jobz, const char *range, const char *uplo, const int *n, double *a,
             const int *lda, const double *vl, const double *vu, const int *il, const int *iu,
             const double *abstol, int *m, double *w, double *z, const int *ldz, int *isuppz,
             double *work, const int *lwork, int *iwork, const int *liwork, int *info);

// Swift cannot ask for what machine it is compiled, only C can: whether a product and a sum are one
// instruction. A function, not a constant, for Swift warns of branches on constants.
static inline _Bool ambitFusesProducts(void) {
#if defined(__FMA__) || defined(__aarch64__)
  return 1;
#else
  return 0;
#endif
}

#endif
