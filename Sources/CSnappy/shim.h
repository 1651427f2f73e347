#ifndef AMBIT_CSNAPPY_SHIM_H
#define AMBIT_CSNAPPY_SHIM_H

#include <snappy-c.h>

#endif
