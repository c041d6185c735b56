// A small façade over Cairo and Pango, which are opened when they are first needed: a run that draws
// nothing does not pay for loading them. No Cairo or Pango header is needed to use it.
#ifndef SLR_CAIRO_H
#define SLR_CAIRO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct slr_canvas slr_canvas;

typedef enum { SLR_ANCHOR_START, SLR_ANCHOR_MIDDLE, SLR_ANCHOR_END } slr_anchor;

// NULL when the libraries are open, else the name of what is missing. Safe on any thread.
const char *slr_cairo_open(void);

// Every function below needs a successful slr_cairo_open() before it.

// Whether the system gives the threads, up to four, that Pango starts when it is first used, and without which it ends the program.
bool slr_cairo_may_start_threads(void);

// Writes the name of the family that the system uses for `family`; false when there is no font.
bool slr_cairo_family(const char *family, char *name, size_t capacity);

// Opaque picture of width × height units, each `scale` pixels. NULL only when memory is short.
slr_canvas *slr_canvas_pixels(int width, int height, double scale);
// SVG document of width × height CSS pixels.
slr_canvas *slr_canvas_svg(int width, int height);
// PDF document of one page of width × height CSS pixels, without a date.
slr_canvas *slr_canvas_pdf(int width, int height);
void slr_canvas_free(slr_canvas *canvas);

// Drawing never fails; the first error stays until the drawing is ended.
void slr_canvas_colour(slr_canvas *canvas, double red, double green, double blue);
void slr_canvas_move_to(slr_canvas *canvas, double x, double y);
void slr_canvas_line_to(slr_canvas *canvas, double x, double y);
void slr_canvas_close(slr_canvas *canvas);
void slr_canvas_rectangle(slr_canvas *canvas, double x, double y, double width, double height);
void slr_canvas_circle(slr_canvas *canvas, double x, double y, double radius);
void slr_canvas_fill(slr_canvas *canvas);
// `dashes` may be NULL when `count` is 0.
void slr_canvas_stroke(slr_canvas *canvas, double width, const double *dashes, int count,
                       bool round_caps);
// One line of UTF-8 without NUL, its baseline at y.
void slr_canvas_text(slr_canvas *canvas, const char *family, double size, bool bold,
                     slr_anchor anchor, double x, double y, const char *text);

// Ends a document; 0, or Cairo's status. The bytes belong to the canvas.
int slr_canvas_finish(slr_canvas *canvas, const unsigned char **bytes, size_t *length);

// 0, or Cairo's status.
int slr_canvas_status(slr_canvas *canvas);

typedef struct {
  uint32_t *data; // belongs to the canvas; NULL when there is none
  int width, height;
  int stride; // pixels from row to row
} slr_pixels;

// What is drawn so far, to be read and changed; report a change before drawing more.
slr_pixels slr_canvas_begin_pixels(slr_canvas *canvas);
void slr_canvas_end_pixels(slr_canvas *canvas);
const char *slr_cairo_status_text(int status);

#endif
