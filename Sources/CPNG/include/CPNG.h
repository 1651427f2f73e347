#ifndef AMBIT_CPNG_H
#define AMBIT_CPNG_H
#include <stddef.h>
#include <stdint.h>
int ambit_png_placeholder(void);
#endif
