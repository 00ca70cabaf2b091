// SPDX-License-Identifier: Apache-2.0
// simdjson with the instructions that this processor has.  UTF-8 is checked and numbers are exact in all of them.
//
//     parse_simdjson dom         a tree ("tape") for each line
//     parse_simdjson many        parse_many: a tree for each line, found and indexed by the megabyte
//     parse_simdjson on-demand   no tree: iterate_many, and a walk that decodes every key, string and number once
#include "lines.h"

#include <simdjson.h>

using namespace simdjson;

static int parse_dom()
{
    dom::parser parser;
    struct lines in = {};
    char *line;
    size_t n;
    while (lines_next(&in, &line, &n)) {
        dom::element root;
        if (parser.parse(line, n, false).get(root))
            return lines_refuse(&in);
    }
    return lines_end(&in);
}

// Whole lines of standard input, with padding behind them.
struct blocks {
    char *data;
    size_t whole, len; // bytes: of whole lines, of all
};

static bool blocks_next(struct blocks *in)
{
    static const size_t room = 2 * LINES_BLOCK;
    if (!in->data && !(in->data = (char *)calloc(1, room + SIMDJSON_PADDING)))
        lines_fail("out of memory");
    in->len -= in->whole;
    memmove(in->data, in->data + in->whole, in->len);
    ssize_t n = read(STDIN_FILENO, in->data + in->len, room - in->len);
    if (n < 0)
        lines_fail("cannot read");
    in->len += (size_t)n;
    in->whole = in->len;
    while (n > 0 && in->whole > 0 && in->data[in->whole - 1] != '\n')
        in->whole--;
    if (n > 0 && in->whole == 0)
        lines_fail("a line is longer than a block");
    return in->whole > 0;
}

static int parse_many()
{
    dom::parser parser;
    struct blocks in = {};
    size_t count = 0;
    while (blocks_next(&in)) {
        dom::document_stream stream;
        if (parser.parse_many((const uint8_t *)in.data, in.whole, in.whole).get(stream))
            return 1;
        for (auto doc : stream) {
            if (doc.error())
                return 1;
            count++;
        }
        if (stream.truncated_bytes())
            return 1;
    }
    free(in.data);
    return printf("%zu\n", count) < 0;
}

static uint64_t touched; // so that no value is optimised away

template <typename value_type> static error_code touch(value_type value)
{
    ondemand::json_type type;
    error_code error = value.type().get(type);
    if (error)
        return error;
    switch (type) {
    case ondemand::json_type::object: {
        ondemand::object object;
        if ((error = value.get_object().get(object)))
            return error;
        for (auto member : object) {
            std::string_view key;
            ondemand::value child;
            if ((error = member.unescaped_key().get(key)) || (error = member.value().get(child)) ||
                (error = touch(child)))
                return error;
            touched += key.size();
        }
        return SUCCESS;
    }
    case ondemand::json_type::array: {
        ondemand::array array;
        if ((error = value.get_array().get(array)))
            return error;
        for (auto item : array) {
            ondemand::value child;
            if ((error = item.get(child)) || (error = touch(child)))
                return error;
        }
        return SUCCESS;
    }
    case ondemand::json_type::string: {
        std::string_view text;
        error = value.get_string().get(text);
        touched += text.size();
        return error;
    }
    case ondemand::json_type::number: {
        double number;
        error = value.get_double().get(number);
        touched += number != 0;
        return error;
    }
    case ondemand::json_type::boolean: {
        bool flag;
        error = value.get_bool().get(flag);
        touched += flag;
        return error;
    }
    default:
        return value.is_null() ? SUCCESS : INCORRECT_TYPE;
    }
}

static int parse_on_demand()
{
    ondemand::parser parser;
    struct blocks in = {};
    size_t count = 0;
    while (blocks_next(&in)) {
        ondemand::document_stream stream;
        if (parser.iterate_many(in.data, in.whole, in.whole).get(stream))
            return 1;
        for (auto doc : stream) {
            ondemand::object object;
            if (doc.get_object().get(object))
                return 1;
            for (auto member : object) {
                std::string_view key;
                ondemand::value child;
                if (member.unescaped_key().get(key) || member.value().get(child) || touch(child))
                    return 1;
                touched += key.size();
            }
            count++;
        }
        if (stream.truncated_bytes())
            return 1;
    }
    free(in.data);
    return touched == 0 || printf("%zu\n", count) < 0;
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "dom";
    if (how[0] == '-') {
        printf("%s (%s)\n", SIMDJSON_STRINGIFY(SIMDJSON_VERSION), get_active_implementation()->name().c_str());
        return 0;
    }
    return strcmp(how, "many") == 0 ? parse_many() : strcmp(how, "on-demand") == 0 ? parse_on_demand() : parse_dom();
}
