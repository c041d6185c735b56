#include "slr_cairo.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <dlfcn.h>
#include <pango/pangocairo.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// Pango's Cairo library depends on all others, so every function is found through it.
#define LIBRARY "libpangocairo-1.0.so.0"

#define FUNCTIONS(X)                                                                              \
  X(cairo_arc)                                                                                    \
  X(cairo_close_path)                                                                             \
  X(cairo_create)                                                                                 \
  X(cairo_destroy)                                                                                \
  X(cairo_fill)                                                                                   \
  X(cairo_font_options_create)                                                                    \
  X(cairo_font_options_destroy)                                                                   \
  X(cairo_font_options_set_antialias)                                                             \
  X(cairo_font_options_set_hint_metrics)                                                          \
  X(cairo_font_options_set_hint_style)                                                            \
  X(cairo_font_options_status)                                                                    \
  X(cairo_image_surface_create)                                                                   \
  X(cairo_image_surface_get_data)                                                                 \
  X(cairo_image_surface_get_height)                                                               \
  X(cairo_image_surface_get_stride)                                                               \
  X(cairo_image_surface_get_width)                                                                \
  X(cairo_line_to)                                                                                \
  X(cairo_move_to)                                                                                \
  X(cairo_new_path)                                                                               \
  X(cairo_new_sub_path)                                                                           \
  X(cairo_pdf_surface_create_for_stream)                                                          \
  X(cairo_pdf_surface_set_metadata)                                                               \
  X(cairo_rectangle)                                                                              \
  X(cairo_scale)                                                                                  \
  X(cairo_set_dash)                                                                               \
  X(cairo_set_line_cap)                                                                           \
  X(cairo_set_line_join)                                                                          \
  X(cairo_set_line_width)                                                                         \
  X(cairo_set_source_rgb)                                                                         \
  X(cairo_status)                                                                                 \
  X(cairo_status_to_string)                                                                       \
  X(cairo_stroke)                                                                                 \
  X(cairo_surface_destroy)                                                                        \
  X(cairo_surface_finish)                                                                         \
  X(cairo_surface_flush)                                                                          \
  X(cairo_surface_mark_dirty)                                                                     \
  X(cairo_surface_status)                                                                         \
  X(cairo_svg_surface_create_for_stream)                                                          \
  X(cairo_svg_surface_set_document_unit)                                                          \
  X(g_object_unref)                                                                               \
  X(pango_cairo_context_set_font_options)                                                         \
  X(pango_cairo_create_context)                                                                   \
  X(pango_cairo_font_map_get_default)                                                             \
  X(pango_cairo_show_layout)                                                                      \
  X(pango_context_load_font)                                                                      \
  X(pango_context_set_language)                                                                   \
  X(pango_font_describe)                                                                          \
  X(pango_font_description_free)                                                                  \
  X(pango_font_description_get_family)                                                            \
  X(pango_font_description_new)                                                                   \
  X(pango_font_description_set_absolute_size)                                                     \
  X(pango_font_description_set_family)                                                            \
  X(pango_font_description_set_weight)                                                            \
  X(pango_font_map_create_context)                                                                \
  X(pango_language_from_string)                                                                   \
  X(pango_layout_get_baseline)                                                                    \
  X(pango_layout_get_extents)                                                                     \
  X(pango_layout_new)                                                                             \
  X(pango_layout_set_font_description)                                                            \
  X(pango_layout_set_single_paragraph_mode)                                                       \
  X(pango_layout_set_text)

static struct {
#define DECLARE(name) __typeof__(&name) name;
  FUNCTIONS(DECLARE)
#undef DECLARE
} api;

static char missing[512];
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void note_missing(const char *what) {
  strncpy(missing, what, sizeof missing - 1);
}

static void open_libraries(void) {
  // The handle is never closed: the libraries keep per-thread data until the process ends.
  void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    note_missing(reason != NULL ? reason : LIBRARY);
    return;
  }
#define LOAD(name)                                                                                \
  *(void **)&api.name = dlsym(library, #name);                                                    \
  if (api.name == NULL) {                                                                         \
    note_missing(LIBRARY ": " #name);                                                             \
    return;                                                                                       \
  }
  FUNCTIONS(LOAD)
#undef LOAD
}

const char *slr_cairo_open(void) {
  if (pthread_once(&opened, open_libraries) != 0) return "pthread_once";
  return missing[0] == '\0' ? NULL : missing;
}

static pthread_mutex_t all_are_there = PTHREAD_MUTEX_INITIALIZER;

static void *tell_number(void *number) {
  *(pid_t *)number = (pid_t)syscall(SYS_gettid);
  pthread_mutex_lock(&all_are_there);
  pthread_mutex_unlock(&all_are_there);
  return NULL;
}

bool slr_cairo_may_start_threads(void) {
  static _Atomic bool is_proven = false;
  if (is_proven) return true;
  pthread_t threads[4];
  pid_t numbers[4] = {0};
  int count = 0;
  pthread_mutex_lock(&all_are_there);
  while (count < 4 && pthread_create(&threads[count], NULL, tell_number, &numbers[count]) == 0) count++;
  pthread_mutex_unlock(&all_are_there);
  for (int place = 0; place < count; place++) {
    pthread_join(threads[place], NULL);
    // The system counts the thread until it is gone, which is shortly after it was joined.
    while (syscall(SYS_tgkill, getpid(), numbers[place], 0) == 0) sched_yield();
  }
  if (count < 4) return false;
  is_proven = true;
  return true;
}

bool slr_cairo_family(const char *family, char *name, size_t capacity) {
  bool found = false;
  PangoFontDescription *wanted = api.pango_font_description_new();
  api.pango_font_description_set_family(wanted, family);
  api.pango_font_description_set_absolute_size(wanted, 11 * PANGO_SCALE);
  PangoContext *context =
      api.pango_font_map_create_context(api.pango_cairo_font_map_get_default());
  PangoFont *font = context != NULL ? api.pango_context_load_font(context, wanted) : NULL;
  PangoFontDescription *given = font != NULL ? api.pango_font_describe(font) : NULL;
  const char *resolved = given != NULL ? api.pango_font_description_get_family(given) : NULL;
  if (resolved != NULL && strlen(resolved) < capacity) {
    strcpy(name, resolved);
    found = true;
  }
  if (given != NULL) api.pango_font_description_free(given);
  if (font != NULL) api.g_object_unref(font);
  if (context != NULL) api.g_object_unref(context);
  api.pango_font_description_free(wanted);
  return found;
}

struct slr_canvas {
  cairo_surface_t *surface;
  cairo_t *cairo;
  PangoContext *context;
  PangoLayout *layout;
  unsigned char *bytes;
  size_t length;
  size_t capacity;
};

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length) {
  slr_canvas *canvas = closure;
  if (length > canvas->capacity - canvas->length) {
    size_t capacity = canvas->capacity * 2 + length;
    unsigned char *bytes = realloc(canvas->bytes, capacity);
    if (bytes == NULL) return CAIRO_STATUS_NO_MEMORY;
    canvas->bytes = bytes;
    canvas->capacity = capacity;
  }
  memcpy(canvas->bytes + canvas->length, data, length);
  canvas->length += length;
  return CAIRO_STATUS_SUCCESS;
}

// Cairo hands out a surface and a context even on failure; their status is read in finish.
static void begin(slr_canvas *canvas, double scale) {
  canvas->cairo = api.cairo_create(canvas->surface);
  api.cairo_scale(canvas->cairo, scale, scale);
  api.cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
  canvas->context = api.pango_cairo_create_context(canvas->cairo);
  // Without hinting, text is as wide at every scale as the layout took it to be.
  cairo_font_options_t *options = api.cairo_font_options_create();
  if (api.cairo_font_options_status(options) == CAIRO_STATUS_SUCCESS) {
    api.cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    api.cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    api.cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    api.pango_cairo_context_set_font_options(canvas->context, options);
  }
  api.cairo_font_options_destroy(options);
  // The shape of some letters follows the language, which must not come from the locale.
  api.pango_context_set_language(canvas->context, api.pango_language_from_string("en"));
  canvas->layout = api.pango_layout_new(canvas->context);
  api.pango_layout_set_single_paragraph_mode(canvas->layout, true);
}

slr_canvas *slr_canvas_pixels(int width, int height, double scale) {
  slr_canvas *canvas = calloc(1, sizeof *canvas);
  if (canvas == NULL) return NULL;
  canvas->surface = api.cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * scale),
                                                   (int)(height * scale));
  begin(canvas, scale);
  return canvas;
}

slr_canvas *slr_canvas_svg(int width, int height) {
  slr_canvas *canvas = calloc(1, sizeof *canvas);
  if (canvas == NULL) return NULL;
  canvas->surface = api.cairo_svg_surface_create_for_stream(append, canvas, width, height);
  if (api.cairo_surface_status(canvas->surface) == CAIRO_STATUS_SUCCESS)
    api.cairo_svg_surface_set_document_unit(canvas->surface, CAIRO_SVG_UNIT_PX);
  begin(canvas, 1);
  return canvas;
}

slr_canvas *slr_canvas_pdf(int width, int height) {
  slr_canvas *canvas = calloc(1, sizeof *canvas);
  if (canvas == NULL) return NULL;
  const double point = 0.75;
  canvas->surface = api.cairo_pdf_surface_create_for_stream(append, canvas, width * point,
                                                            height * point);
  if (api.cairo_surface_status(canvas->surface) == CAIRO_STATUS_SUCCESS)
    api.cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  begin(canvas, point);
  return canvas;
}

void slr_canvas_free(slr_canvas *canvas) {
  if (canvas == NULL) return;
  api.g_object_unref(canvas->layout);
  api.g_object_unref(canvas->context);
  api.cairo_destroy(canvas->cairo);
  // May still write to the buffer, so the buffer goes last.
  api.cairo_surface_destroy(canvas->surface);
  free(canvas->bytes);
  free(canvas);
}

void slr_canvas_colour(slr_canvas *canvas, double red, double green, double blue) {
  api.cairo_set_source_rgb(canvas->cairo, red, green, blue);
}

void slr_canvas_move_to(slr_canvas *canvas, double x, double y) {
  api.cairo_move_to(canvas->cairo, x, y);
}

void slr_canvas_line_to(slr_canvas *canvas, double x, double y) {
  api.cairo_line_to(canvas->cairo, x, y);
}

void slr_canvas_close(slr_canvas *canvas) { api.cairo_close_path(canvas->cairo); }

void slr_canvas_rectangle(slr_canvas *canvas, double x, double y, double width, double height) {
  api.cairo_rectangle(canvas->cairo, x, y, width, height);
}

void slr_canvas_circle(slr_canvas *canvas, double x, double y, double radius) {
  api.cairo_new_sub_path(canvas->cairo);
  api.cairo_arc(canvas->cairo, x, y, radius, 0, 2 * G_PI);
  api.cairo_close_path(canvas->cairo);
}

void slr_canvas_fill(slr_canvas *canvas) { api.cairo_fill(canvas->cairo); }

void slr_canvas_stroke(slr_canvas *canvas, double width, const double *dashes, int count,
                       bool round_caps) {
  api.cairo_set_line_width(canvas->cairo, width);
  api.cairo_set_dash(canvas->cairo, dashes, count, 0);
  api.cairo_set_line_cap(canvas->cairo, round_caps ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  api.cairo_stroke(canvas->cairo);
}

void slr_canvas_text(slr_canvas *canvas, const char *family, double size, bool bold,
                     slr_anchor anchor, double x, double y, const char *text) {
  PangoFontDescription *font = api.pango_font_description_new();
  api.pango_font_description_set_family(font, family);
  api.pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  api.pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  api.pango_layout_set_font_description(canvas->layout, font);
  api.pango_font_description_free(font);
  api.pango_layout_set_text(canvas->layout, text, -1);

  PangoRectangle logical;
  api.pango_layout_get_extents(canvas->layout, NULL, &logical);
  double width = (double)logical.width / PANGO_SCALE;
  double left = x;
  if (anchor == SLR_ANCHOR_MIDDLE) left = x - width / 2;
  if (anchor == SLR_ANCHOR_END) left = x - width;
  double baseline = (double)api.pango_layout_get_baseline(canvas->layout) / PANGO_SCALE;
  api.cairo_move_to(canvas->cairo, left - (double)logical.x / PANGO_SCALE, y - baseline);
  api.pango_cairo_show_layout(canvas->cairo, canvas->layout);
  api.cairo_new_path(canvas->cairo);
}

int slr_canvas_finish(slr_canvas *canvas, const unsigned char **bytes, size_t *length) {
  cairo_status_t status = api.cairo_status(canvas->cairo);
  api.cairo_surface_finish(canvas->surface);
  if (status == CAIRO_STATUS_SUCCESS) status = api.cairo_surface_status(canvas->surface);
  *bytes = canvas->bytes;
  *length = canvas->length;
  return (int)status;
}

int slr_canvas_status(slr_canvas *canvas) {
  cairo_status_t status = api.cairo_status(canvas->cairo);
  if (status == CAIRO_STATUS_SUCCESS) status = api.cairo_surface_status(canvas->surface);
  return (int)status;
}

slr_pixels slr_canvas_begin_pixels(slr_canvas *canvas) {
  api.cairo_surface_flush(canvas->surface);
  unsigned char *data = api.cairo_image_surface_get_data(canvas->surface);
  if (data == NULL) return (slr_pixels){0};
  // Cairo aligns pixels of 32 bits, and pads rows to whole ones.
  return (slr_pixels){.data = (uint32_t *)(void *)data,
                      .width = api.cairo_image_surface_get_width(canvas->surface),
                      .height = api.cairo_image_surface_get_height(canvas->surface),
                      .stride = api.cairo_image_surface_get_stride(canvas->surface) / 4};
}

void slr_canvas_end_pixels(slr_canvas *canvas) {
  api.cairo_surface_mark_dirty(canvas->surface);
}

const char *slr_cairo_status_text(int status) {
  return api.cairo_status_to_string((cairo_status_t)status);
}
