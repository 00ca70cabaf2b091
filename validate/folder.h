/* SPDX-License-Identifier: Apache-2.0
 * Folders of schemas, given with -r: the only files that a reference can reach. */
#ifndef VALIDATE_FOLDER_H
#define VALIDATE_FOLDER_H

#include "store.h"

/* Notes the argument of -r, [URI=]DIR, a string that lives on.  false with *err set: there is no such folder, or out of
 * memory. */
bool folder_add(struct store *s, const char *argument, struct jsonl_error *err);

/* Registers what might hold the URI: the file that stands for it below a folder with a URI, and all schemas (.json,
 * .yaml, .yml) of the folders without.  false with a complaint: the file that stands for the URI is bad, or a folder
 * cannot be read; other bad files are passed over.  A URI that is nowhere is not an error here. */
bool folders_read(struct store *s, const char *uri, struct complaint *c);

#endif
