/* SPDX-License-Identifier: Apache-2.0
 * Every keyword that says something about validity, from draft 4 to 2020-12.  Those that are not here (title,
 * contentEncoding, readOnly, names of one's own, …) are annotations. */
#include "keyword.h"

const struct keyword keywords[] = {
    {"$ref", SINCE_4, SHAPE_NONE, compile_reference},
    {"$dynamicRef", SINCE_2020, SHAPE_NONE, compile_dynamic_reference},
    {"$recursiveRef", ONLY_2019, SHAPE_NONE, compile_recursive_reference},
    {"definitions", SINCE_4, SHAPE_MAP, compile_definitions},
    {"$defs", SINCE_2019, SHAPE_MAP, compile_definitions},

    {"type", SINCE_4, SHAPE_NONE, compile_type},
    {"const", SINCE_6, SHAPE_NONE, compile_const},
    {"enum", SINCE_4, SHAPE_NONE, compile_enum},

    {"minimum", SINCE_4, SHAPE_NONE, compile_limit},
    {"maximum", SINCE_4, SHAPE_NONE, compile_limit},
    {"exclusiveMinimum", SINCE_6, SHAPE_NONE, compile_limit},
    {"exclusiveMaximum", SINCE_6, SHAPE_NONE, compile_limit},
    {"exclusiveMinimum", 1 << DRAFT_4, SHAPE_NONE, compile_exclusive_4},
    {"exclusiveMaximum", 1 << DRAFT_4, SHAPE_NONE, compile_exclusive_4},
    {"multipleOf", SINCE_4, SHAPE_NONE, compile_multiple_of},

    {"minLength", SINCE_4, SHAPE_NONE, compile_length},
    {"maxLength", SINCE_4, SHAPE_NONE, compile_length},
    {"pattern", SINCE_4, SHAPE_NONE, compile_pattern_keyword},
    {"format", SINCE_4, SHAPE_NONE, compile_format},

    {"minItems", SINCE_4, SHAPE_NONE, compile_item_count},
    {"maxItems", SINCE_4, SHAPE_NONE, compile_item_count},
    {"uniqueItems", SINCE_4, SHAPE_NONE, compile_unique_items},
    {"minProperties", SINCE_4, SHAPE_NONE, compile_member_count},
    {"maxProperties", SINCE_4, SHAPE_NONE, compile_member_count},
    {"propertyNames", SINCE_6, SHAPE_SCHEMA, compile_property_names},
    {"dependentRequired", SINCE_2019, SHAPE_NONE, compile_dependencies},
    {"dependentSchemas", SINCE_2019, SHAPE_MAP, compile_dependencies},
    {"dependencies", SINCE_4, SHAPE_MAP_OR_NAMES, compile_dependencies},

    {"required", SINCE_4, SHAPE_NONE, compile_members},
    {"properties", SINCE_4, SHAPE_MAP, compile_members},
    {"patternProperties", SINCE_4, SHAPE_MAP, compile_members},
    {"additionalProperties", SINCE_4, SHAPE_SCHEMA, compile_members},
    {"prefixItems", SINCE_2020, SHAPE_LIST, compile_items},
    {"items", SINCE_2020, SHAPE_SCHEMA, compile_items},
    {"items", UNTIL_2019, SHAPE_SCHEMA_OR_LIST, compile_items},
    {"additionalItems", UNTIL_2019, SHAPE_SCHEMA, compile_additional_items},
    {"contains", SINCE_6, SHAPE_SCHEMA, compile_contains},
    {"minContains", SINCE_2019, SHAPE_NONE, compile_contains_count},
    {"maxContains", SINCE_2019, SHAPE_NONE, compile_contains_count},

    {"allOf", SINCE_4, SHAPE_LIST, compile_all_of},
    {"anyOf", SINCE_4, SHAPE_LIST, compile_any_of},
    {"oneOf", SINCE_4, SHAPE_LIST, compile_one_of},
    {"not", SINCE_4, SHAPE_SCHEMA, compile_not},
    {"if", SINCE_7, SHAPE_SCHEMA, compile_if},
    {"then", SINCE_7, SHAPE_SCHEMA, compile_branch},
    {"else", SINCE_7, SHAPE_SCHEMA, compile_branch},

    {"unevaluatedItems", SINCE_2019, SHAPE_SCHEMA, compile_unevaluated_items},
    {"unevaluatedProperties", SINCE_2019, SHAPE_SCHEMA, compile_unevaluated_properties},
    {0},
};

const struct keyword *keyword_find(enum draft draft, const struct jsonl_value *key)
{
    struct jsonl_text name = jsonl_text(key);
    for (const struct keyword *k = keywords; k->name; k++) {
        if (k->drafts >> draft & 1 && jsonl_text_is(name, k->name))
            return k;
    }
    return NULL;
}
