#ifndef AMBIT_CSIMDJSON_H
#define AMBIT_CSIMDJSON_H
int ambit_json_placeholder(void);
#endif
