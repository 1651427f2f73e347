#ifndef AMBIT_CSIMDJSON_H
#define AMBIT_CSIMDJSON_H

// simdjson is C++ and hands out one call a node. This shim hands out its whole tape instead: one
// call parses a document, and the caller walks flat memory.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ambit_json_parser ambit_json_parser;

/// A parsed document in simdjson's tape format; valid until the parser's next document.
typedef struct {
  /// 0, or simdjson's error code; then the pointers are null.
  int error;
  const uint64_t *tape;
  const uint8_t *strings;
} ambit_json_document;

/// Null when memory is short.
ambit_json_parser *ambit_json_parser_create(void);
void ambit_json_parser_destroy(ambit_json_parser *parser);

/// How many readable bytes must follow a document.
size_t ambit_json_padding(void);

/// Parses `count` bytes; at least `ambit_json_padding()` more must be readable behind them.
ambit_json_document ambit_json_parse(
    ambit_json_parser *parser, const uint8_t *bytes, size_t count);

/// Whether `count` bytes are valid UTF-8.
int ambit_utf8_is_valid(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
