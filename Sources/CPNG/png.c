#include "CPNG.h"
int ambit_png_placeholder(void){return 0;}
