/* SPDX-License-Identifier: Apache-2.0 */
#include "meta.h"

#include <stddef.h>
#include <string.h>

#define DRAFT_2019 "https://json-schema.org/draft/2019-09/"
#define DRAFT_2020 "https://json-schema.org/draft/2020-12/"

static const struct {
    const char *uri, *file; /* in validate/meta/ */
} metas[] = {
    {"http://json-schema.org/draft-04/schema", "draft-04.json"},
    {"http://json-schema.org/draft-06/schema", "draft-06.json"},
    {"http://json-schema.org/draft-07/schema", "draft-07.json"},
    {DRAFT_2019 "schema", "2019-09.json"},
    {DRAFT_2019 "meta/core", "2019-09-core.json"},
    {DRAFT_2019 "meta/applicator", "2019-09-applicator.json"},
    {DRAFT_2019 "meta/validation", "2019-09-validation.json"},
    {DRAFT_2019 "meta/meta-data", "2019-09-meta-data.json"},
    {DRAFT_2019 "meta/format", "2019-09-format.json"},
    {DRAFT_2019 "meta/content", "2019-09-content.json"},
    {DRAFT_2020 "schema", "2020-12.json"},
    {DRAFT_2020 "meta/core", "2020-12-core.json"},
    {DRAFT_2020 "meta/applicator", "2020-12-applicator.json"},
    {DRAFT_2020 "meta/unevaluated", "2020-12-unevaluated.json"},
    {DRAFT_2020 "meta/validation", "2020-12-validation.json"},
    {DRAFT_2020 "meta/meta-data", "2020-12-meta-data.json"},
    {DRAFT_2020 "meta/format-annotation", "2020-12-format-annotation.json"},
    {DRAFT_2020 "meta/format-assertion", "2020-12-format-assertion.json"},
    {DRAFT_2020 "meta/content", "2020-12-content.json"},
};

const char *meta_file(const char *uri)
{
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        if (strcmp(metas[i].uri, uri) == 0)
            return metas[i].file;
    }
    return NULL;
}
