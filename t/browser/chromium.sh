#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The path of a Chromium: what $CHROMIUM names, else one that is installed.  Status 1: there is none.
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && exit
done
exit 1
