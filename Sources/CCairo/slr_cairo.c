#include "slr_cairo.h"
