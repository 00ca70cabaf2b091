/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

const struct format format_table[] = {
    {"html", html_render}, {"svg", svg_render}, {"trace", trace_render}, {"text", text_render}, {NULL, NULL},
};
