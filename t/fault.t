#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Calls of the system that fail: each tool says so, or is as it was.  All of it is `make fault`.
exec perl "${0%/*}/fault/run" --quick
