/* SPDX-License-Identifier: Apache-2.0
 * What `format` asks for, where it is asserted (-F). */
#ifndef VALIDATE_FORMAT_H
#define VALIDATE_FORMAT_H

#include "jsonl.h"

struct format {
    const char *name;                   /* string */
    const char *words;                  /* for messages: "a date and time with offset (RFC 3339)" */
    const char *about;                  /* the same of a pattern beside it, which may ask for less; NULL: as `words` */
    bool (*check)(struct jsonl_text t); /* valid UTF-8; false with errno ENOMEM: nobody knows */
};

/* NULL: not a format that JSON Schema defines. */
const struct format *format_find(struct jsonl_text name);

/* Does the text fit? */
enum format_result { FORMAT_NO, FORMAT_YES, FORMAT_NO_MEMORY };
enum format_result format_judge(const struct format *f, struct jsonl_text t);

/* format_time.c */
bool format_date(struct jsonl_text t);
bool format_time(struct jsonl_text t);
bool format_date_time(struct jsonl_text t);
bool format_duration(struct jsonl_text t);

/* format_host.c */
bool format_hostname(struct jsonl_text t);
bool format_idn_hostname(struct jsonl_text t);
bool host_check(struct jsonl_text t, bool international); /* in a mail address: it need not be normalized */

/* format_net.c */
bool format_ipv4(struct jsonl_text t);
bool format_ipv6(struct jsonl_text t);

/* format_mail.c */
bool format_email(struct jsonl_text t);
bool format_idn_email(struct jsonl_text t);

/* format_uri.c */
bool format_uri(struct jsonl_text t);
bool format_uri_reference(struct jsonl_text t);
bool format_iri(struct jsonl_text t);
bool format_iri_reference(struct jsonl_text t);
bool format_uri_template(struct jsonl_text t);

#endif
