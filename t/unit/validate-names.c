/* SPDX-License-Identifier: Apache-2.0
 * URIs, JSON Pointers, formats, and names that look alike. */
#include "../../validate/describe.h"
#include "../../validate/format.h"
#include "../../validate/pointer.h"
#include "../../validate/store.h"
#include "../../validate/uri.h"
#include "unit.h"

#include <string.h>

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

/* The examples of RFC 3986, section 5.4, less their fragments. */
START_TEST(resolves_references)
    {
        static const char *const cases[][2] = {
            {"g:h", "g:h"},
            {"g", "http://a/b/c/g"},
            {"./g", "http://a/b/c/g"},
            {"g/", "http://a/b/c/g/"},
            {"/g", "http://a/g"},
            {"//g", "http://g"},
            {"?y", "http://a/b/c/d;p?y"},
            {"g?y", "http://a/b/c/g?y"},
            {"#s", "http://a/b/c/d;p?q"},
            {";x", "http://a/b/c/;x"},
            {"", "http://a/b/c/d;p?q"},
            {".", "http://a/b/c/"},
            {"./", "http://a/b/c/"},
            {"..", "http://a/b/"},
            {"../", "http://a/b/"},
            {"../g", "http://a/b/g"},
            {"../..", "http://a/"},
            {"../../g", "http://a/g"},
            {"../../../g", "http://a/g"},
            {"/./g", "http://a/g"},
            {"/../g", "http://a/g"},
            {"g.", "http://a/b/c/g."},
            {"..g", "http://a/b/c/..g"},
            {"./../g", "http://a/b/g"},
            {"g/./h", "http://a/b/c/g/h"},
            {"g/../h", "http://a/b/c/h"},
            {"urn:x:y#z", "urn:x:y"},
        };
        struct jsonl_arena a = {0};
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            ck_assert_str_eq(uri_resolve(&a, "http://a/b/c/d;p?q", text(cases[i][0])), cases[i][1]);
        ck_assert_str_eq(uri_resolve(&a, "urn:x:y", text("#z")), "urn:x:y");
        ck_assert_str_eq(uri_resolve(&a, "", text("folder/a.json")), "folder/a.json");
        bool failed = false;
        struct jsonl_text fragment = uri_fragment(&a, text("x#/a%25b%zz"), &failed);
        ck_assert(jsonl_text_is(fragment, "/a%b%zz"));
        ck_assert(!uri_fragment(&a, text("x"), &failed).s && !failed);
        jsonl_arena_free(&a);
    }
END_TEST

/* RFC 6901, section 5: the pointer of each value leads back to it. */
START_TEST(pointers_go_both_ways)
    {
        static const char json[] = "{\"foo\": [\"bar\", {\"x\": 1}], \"\": 0, \"a/b\": 1, \"m~n\": {\" \": [[]]}, "
                                   "\"many\": {\"0\":0,\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,"
                                   "\"9\":0,\"10\":0,\"11\":0,\"12\":0,\"13\":0,\"14\":0,\"15\":0,\"16\":[7]}}";
        struct jsonl_parser *p = jsonl_parser_new();
        struct jsonl_writer *w = jsonl_writer_new(-1);
        struct store store = {0};
        struct complaint complaint = {0};
        const struct jsonl_value *root = jsonl_parse(p, json, sizeof json - 1, NULL);
        struct resource resource = {.root = root};
        const struct resource *owner;
        static const char *const there[][2] = {{"/foo/0", "\"bar\""}, {"/a~1b", "1"}, {"/", "0"}, {"/many/16/0", "7"}};
        for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
            const struct jsonl_value *v = store_follow(&store, &resource, text(there[i][0]), &owner, &complaint);
            ck_assert_msg(v && strncmp(json + v->at, there[i][1], strlen(there[i][1])) == 0, "%s", there[i][0]);
            ck_assert_ptr_eq(owner, &resource);
        }
        ck_assert_ptr_eq(store_follow(&store, &resource, text(""), &owner, &complaint), root);
        static const char *const nowhere[] = {"/foo/2",   "/foo/00",          "/foo/-",   "/m~n/x", "foo",      "/a/b",
                                              "/foo/0/0", "/foo/99999999999", "/many/17", "/m~",    "/many/~01"};
        for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++)
            ck_assert_msg(!store_follow(&store, &resource, text(nowhere[i]), &owner, &complaint), "%s", nowhere[i]);
        size_t followed = 0;
        for (const struct jsonl_value *v = root; v < root + root->span; v++) {
            pointer_write(w, root, v);
            const struct jsonl_value *back = store_follow(&store, &resource, jsonl_writer_text(w), &owner, &complaint);
            ck_assert_msg(back == v || back == v + 1, "%s", jsonl_writer_text(w).s); /* a key's is its member's */
            jsonl_writer_clear(w);
            followed += back == v;
        }
        ck_assert_uint_gt(followed, 7);
        store_free(&store);
        jsonl_writer_free(w);
        jsonl_parser_free(p);
    }
END_TEST

START_TEST(formats_to_the_letter)
    {
        static const struct {
            const char *format, *text;
            bool fits;
        } cases[] = {
            {"date-time", "2026-11-23T01:49:22.167747+00:00", true},
            {"date-time", "2026-11-23t01:49:22z", true},
            {"date-time", "2016-12-31T23:59:60Z", true},
            {"date-time", "2016-12-31T22:59:60Z", false},
            {"date-time", "2016-12-31T15:59:60-08:00", true},
            {"date-time", "2026-11-23 01:49:22Z", false},
            {"date-time", "2026-11-23T01:49:22", false},
            {"date-time", "2026-11-23T24:00:00Z", false},
            {"date-time", "2026-11-23T01:49:22.Z", false},
            {"date-time", "2026-02-29T01:49:22Z", false},
            {"date-time", "2026-11-23T01:49:22+0000", false},
            {"date", "2000-02-29", true},
            {"date", "1900-02-29", false},
            {"date", "2026-1-01", false},
            {"duration", "P1Y2M3DT4H5M6S", true},
            {"duration", "P1W", true},
            {"duration", "PT", false},
            {"duration", "P1Y3D", false},
            {"duration", "P", false},
            {"ipv4", "127.0.0.1", true},
            {"ipv4", "256.0.0.1", false},
            {"ipv4", "1.2.3", false},
            {"ipv4", "1.2.3.04", false},
            {"ipv6", "::1", true},
            {"ipv6", "1:2:3:4:5:6:7:8", true},
            {"ipv6", "::ffff:1.2.3.4", true},
            {"ipv6", "1::2::3", false},
            {"ipv6", ":1:2:3:4:5:6:7", false},
            {"ipv6", "12345::", false},
            {"ipv6", ":::1", false},
            {"ipv6", "1:::2", false},
            {"ipv6", "1::2:", false},
            {"ipv6", "1::", true},
            {"hostname", "example.com", true},
            {"hostname", "-a.com", false},
            {"hostname", "a..b", false},
            {"email", "joe.bloggs@example.com", true},
            {"email", "joe..b@example.com", false},
            {"email", "@example.com", false},
            {"uri", "http://a:b@c:8/d?e#f", true},
            {"uri", "//a/b", false},
            {"uri", "http://a b", false},
            {"uri", "http://a@b@c/", false},
            {"uri-reference", "../a#b", true},
            {"uri-reference", "\\\\a", false},
            {"uuid", "2EB8AA08-aa98-11ea-b4aa-73b441d16380", true},
            {"uuid", "2eb8aa08aa98-11ea-b4aa-73b441d16380", false},
            {"json-pointer", "/a~1b/0", true},
            {"json-pointer", "a", false},
            {"json-pointer", "/~2", false},
            {"relative-json-pointer", "1/a", true},
            {"relative-json-pointer", "01/a", false},
            {"duration", "P1D2T3H", false},
            {"duration", "PT1H2S", false},
            {"hostname", "xn--9n2bp8q.example", true},
            {"hostname", "xn--X", false},
            {"hostname", "\xc3\xa4.example", false},
            {"idn-hostname", "\xc3\xa4.example", true},
            {"idn-hostname", "a\xe3\x80\x82\xc3\xa4", true},
            {"idn-hostname", "0a.\xd7\x90", false},
            {"idn-hostname", "a.\xd7\x90", true},
            {"idn-hostname", "ab--c", false},
            {"idn-hostname", "\xc3\xa4..a", false},
            {"idn-hostname", "", false},
            {"idn-email", "\xc3\xa4@\xc3\xa4.example", true},
            {"email", "\xc3\xa4@a.example", false},
            {"email", "\"a b\\\"c\"@example.com", true},
            {"email", "\"a\"b\"@example.com", false},
            {"email", "a@[127.0.0.1]", true},
            {"email", "a@[IPv6:::1]", true},
            {"email", "a@[127.0.0.1", false},
            {"uri", "http://[v1.a:b]/", true},
            {"uri", "http://[::1]:80/", true},
            {"uri", "http://[::1]x/", false},
            {"uri", "http://a:8x/", false},
            {"uri", "http://a/%4", false},
            {"uri", "1a:b", false},
            {"uri", "urn:a:b?c#d#e", false},
            {"uri", "a:[]", false},
            {"uri-reference", "a:b/c", true},
            {"uri-reference", "a/b:c", true},
            {"uri-reference", "1:b", false},
            {"iri", "http://\xc3\xa4/\xc3\xa4?\xee\x80\x80", true},
            {"iri", "http://a/\xee\x80\x80", false},
            {"iri", "http://a/\xef\xbf\xbf", false},
            {"uri-template", "{+a,b*,c:99}{?d.e}", true},
            {"uri-template", "{a:0}", false},
            {"uri-template", "{a.}", false},
            {"uri-template", "{a}}", false},
            {"uri-template", "{{a}}", false},
            {"uri-template", "a%4", false},
            {"regex", "^a+$", true},
            {"regex", "^(a", false},
            {"uri-template", "http://x/{a}/{+b}", true},
            {"uri-template", "http://x/{a", false},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            const struct format *f = format_find(text(cases[i].format));
            ck_assert(f && f->check);
            ck_assert_msg(f->check(text(cases[i].text)) == cases[i].fits, "%s %s", cases[i].format, cases[i].text);
        }
        ck_assert(!format_find(text("colour")));
    }
END_TEST

START_TEST(values_are_cut_and_disarmed)
    {
        static const char *const cases[][2] = {
            {"\"a\\u001b[2J\\\"\\n\"", "\"a\\u001b[2J\\\"\\n\""},
            {"\"0123456789012345678901234567890123456789x\"", "\"0123456789012345678901234567890123456789…\""},
            {"\"ä\"", "\"ä\""},
            {"[1, [2]]", "[1,[2]]"},
            {"{ \"a\" : \"\\u001b\" }", "{\"a\":\"\\u001b\"}"},
            {"[1, [\"0123456789012345678901234567890123456789\"]]", "[2 elements]"},
            {"{\"a\": {}}", "{\"a\":{}}"},
            {"1.50", "1.50"},
            {"null", "null"},
        };
        struct jsonl_parser *p = jsonl_parser_new();
        struct jsonl_writer *w = jsonl_writer_new(-1);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            describe_value(w, jsonl_parse(p, cases[i][0], strlen(cases[i][0]), NULL), cases[i][0]);
            ck_assert_str_eq(jsonl_writer_text(w).s, cases[i][1]);
            jsonl_writer_clear(w);
        }
        jsonl_writer_free(w);
        jsonl_parser_free(p);
    }
END_TEST

UNIT_MAIN("validate-names", resolves_references, pointers_go_both_ways, formats_to_the_letter,
          values_are_cut_and_disarmed)
