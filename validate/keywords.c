/* SPDX-License-Identifier: Apache-2.0
 * Every keyword that says something about validity, from draft 4 to 2020-12.  Those that are not here (title,
 * readOnly, names of one's own, …) are annotations. */
#include "keywords.h"
#include "keyword.h"

enum {
    CORE = VOCABULARY_CORE,
    APPLICATOR = VOCABULARY_APPLICATOR,
    UNEVALUATED = VOCABULARY_UNEVALUATED,
    VALIDATION = VOCABULARY_VALIDATION,
    FORMAT = VOCABULARY_FORMAT,
};

const struct keyword keywords[] = {
    {"definitions", SINCE_4, CORE, SHAPE_MAP, compile_definitions},
    {"$defs", SINCE_2019, CORE, SHAPE_MAP, compile_definitions},

    {"type", SINCE_4, VALIDATION, SHAPE_NONE, compile_type},
    {"const", SINCE_6, VALIDATION, SHAPE_NONE, compile_const},
    {"enum", SINCE_4, VALIDATION, SHAPE_NONE, compile_enum},

    {"minimum", SINCE_4, VALIDATION, SHAPE_NONE, compile_limit},
    {"maximum", SINCE_4, VALIDATION, SHAPE_NONE, compile_limit},
    {"exclusiveMinimum", SINCE_6, VALIDATION, SHAPE_NONE, compile_limit},
    {"exclusiveMaximum", SINCE_6, VALIDATION, SHAPE_NONE, compile_limit},
    {"exclusiveMinimum", 1 << DRAFT_4, VALIDATION, SHAPE_NONE, compile_exclusive_4},
    {"exclusiveMaximum", 1 << DRAFT_4, VALIDATION, SHAPE_NONE, compile_exclusive_4},
    {"multipleOf", SINCE_4, VALIDATION, SHAPE_NONE, compile_multiple_of},

    {"minLength", SINCE_4, VALIDATION, SHAPE_NONE, compile_count},
    {"maxLength", SINCE_4, VALIDATION, SHAPE_NONE, compile_count},
    {"pattern", SINCE_4, VALIDATION, SHAPE_NONE, compile_pattern_keyword},
    {"format", SINCE_4, FORMAT, SHAPE_NONE, compile_format},
    {"contentEncoding", 1 << DRAFT_7, VALIDATION, SHAPE_NONE, compile_content},
    {"contentMediaType", 1 << DRAFT_7, VALIDATION, SHAPE_NONE, compile_content},

    {"minItems", SINCE_4, VALIDATION, SHAPE_NONE, compile_count},
    {"maxItems", SINCE_4, VALIDATION, SHAPE_NONE, compile_count},
    {"uniqueItems", SINCE_4, VALIDATION, SHAPE_NONE, compile_unique_items},
    {"minProperties", SINCE_4, VALIDATION, SHAPE_NONE, compile_count},
    {"maxProperties", SINCE_4, VALIDATION, SHAPE_NONE, compile_count},
    {"propertyNames", SINCE_6, APPLICATOR, SHAPE_SCHEMA, compile_property_names},
    {"dependentRequired", SINCE_2019, VALIDATION, SHAPE_NONE, compile_dependencies},
    {"dependentSchemas", SINCE_2019, APPLICATOR, SHAPE_MAP, compile_dependencies},
    {"dependencies", SINCE_4, APPLICATOR, SHAPE_MAP_OR_NAMES, compile_dependencies},

    {"required", SINCE_4, VALIDATION, SHAPE_NONE, compile_members},
    {"properties", SINCE_4, APPLICATOR, SHAPE_MAP, compile_members},
    {"patternProperties", SINCE_4, APPLICATOR, SHAPE_MAP, compile_members},
    {"additionalProperties", SINCE_4, APPLICATOR, SHAPE_SCHEMA, compile_members},
    {"prefixItems", SINCE_2020, APPLICATOR, SHAPE_LIST, compile_items},
    {"items", SINCE_2020, APPLICATOR, SHAPE_SCHEMA, compile_items},
    {"items", UNTIL_2019, APPLICATOR, SHAPE_SCHEMA_OR_LIST, compile_items},
    {"additionalItems", UNTIL_2019, APPLICATOR, SHAPE_SCHEMA, compile_additional_items},
    {"contains", SINCE_6, APPLICATOR, SHAPE_SCHEMA, compile_contains},
    {"minContains", SINCE_2019, VALIDATION, SHAPE_NONE, compile_contains_count},
    {"maxContains", SINCE_2019, VALIDATION, SHAPE_NONE, compile_contains_count},

    {"$ref", SINCE_4, CORE, SHAPE_NONE, compile_reference},
    {"$dynamicRef", SINCE_2020, CORE, SHAPE_NONE, compile_dynamic_reference},
    {"$recursiveRef", ONLY_2019, CORE, SHAPE_NONE, compile_recursive_reference},
    {"allOf", SINCE_4, APPLICATOR, SHAPE_LIST, compile_all_of},
    {"anyOf", SINCE_4, APPLICATOR, SHAPE_LIST, compile_any_of},
    {"oneOf", SINCE_4, APPLICATOR, SHAPE_LIST, compile_one_of},
    {"not", SINCE_4, APPLICATOR, SHAPE_SCHEMA, compile_not},
    {"if", SINCE_7, APPLICATOR, SHAPE_SCHEMA, compile_if},
    {"then", SINCE_7, APPLICATOR, SHAPE_SCHEMA, compile_branch},
    {"else", SINCE_7, APPLICATOR, SHAPE_SCHEMA, compile_branch},

    {"unevaluatedItems", SINCE_2019, UNEVALUATED, SHAPE_SCHEMA, compile_unevaluated_items},
    {"unevaluatedProperties", SINCE_2019, UNEVALUATED, SHAPE_SCHEMA, compile_unevaluated_properties},
    {0},
};

bool keyword_counts(const struct keyword *k, const struct dialect *dialect)
{
    return k->drafts >> dialect->draft & 1 && (dialect->vocabularies | VOCABULARY_CORE) & k->vocabulary;
}

const struct keyword *keyword_find(const struct dialect *dialect, const struct jsonl_value *key)
{
    for (const struct keyword *k = keywords; k->name; k++) {
        if (jsonl_text_is(jsonl_text(key), k->name) && keyword_counts(k, dialect))
            return k;
    }
    return NULL;
}

const struct jsonl_value *keyword_sibling(const struct schema *s, const char *name)
{
    const struct jsonl_value *v = jsonl_get(s->value, name);
    return v && keyword_find(&s->resource->dialect, v - 1) ? v : NULL;
}
