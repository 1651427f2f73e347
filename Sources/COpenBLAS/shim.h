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

// OpenBLAS starts a thread a core when the program starts, and they wait by spinning. Ambit never uses them.
// Its builds on POSIX threads export what ends them, without a prototype; other builds have none.
#if defined(__linux__)
extern int blas_thread_shutdown_(void) __attribute__((weak));
static inline void ambitEndThreadsOfBLAS(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
#else
static inline void ambitEndThreadsOfBLAS(void) {}
#endif

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
