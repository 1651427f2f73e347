#include "CSimdjson.h"

#include <new>
#include <simdjson.h>

struct ambit_json_parser {
  simdjson::dom::parser parser;
};

extern "C" {

ambit_json_parser *ambit_json_parser_create(void) { return new (std::nothrow) ambit_json_parser; }

void ambit_json_parser_destroy(ambit_json_parser *parser) { delete parser; }

size_t ambit_json_padding(void) { return simdjson::SIMDJSON_PADDING; }

ambit_json_document ambit_json_parse(
    ambit_json_parser *parser, const uint8_t *bytes, size_t count) {
  simdjson::dom::element root;
  simdjson::error_code error = parser->parser.parse(bytes, count, false).get(root);
  if (error) return {static_cast<int>(error), nullptr, nullptr};
  return {0, parser->parser.doc.tape.get(), parser->parser.doc.string_buf.get()};
}

int ambit_utf8_is_valid(const uint8_t *bytes, size_t count) {
  return simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}
}
