#ifndef AMBIT_CPNG_H
#define AMBIT_CPNG_H

#include <stddef.h>
#include <stdint.h>

/// libpng reports errors by longjmp, which Swift may not cross. So the encoder and the decoder live
/// in a C file behind two functions that return a status and never jump over a caller.

typedef struct {
  const char *keyword; // Latin-1, 1 to 79 bytes
  const char *text;    // UTF-8; ASCII becomes a tEXt chunk, anything else an iTXt chunk
} ambit_png_text;

typedef struct {
  uint8_t *bytes;    // owned by the caller after success: free with ambit_png_release
  size_t count;
  uint32_t width, height;
  uint32_t channels; // 3 (RGB) or 4 (RGB with straight alpha)
  char message[160]; // what libpng said, after a failure
} ambit_png_result;

/// Encodes 8-bit rows without padding, of 3 or 4 channels. Returns 0, or -1 with a message.
int ambit_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
                     uint32_t pixels_per_metre, const ambit_png_text *texts, size_t text_count,
                     ambit_png_result *result);

/// Decodes a whole PNG file to 8-bit rows of RGB, or RGBA where it has alpha. Returns 0 or -1.
int ambit_png_decode(const uint8_t *file, size_t count, ambit_png_result *result);

void ambit_png_release(ambit_png_result *result);

#endif
