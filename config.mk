# SPDX-License-Identifier: Apache-2.0
# Paths and flags; everything here can be set on make's command line or in the environment.

VERSION = 0.1.0
SOVERSION = 0

# Where it goes.  PROGRAM_PREFIX renames the programs and their man pages (`validate` is a common name).
PREFIX ?= /usr/local
DESTDIR ?=
PROGRAM_PREFIX ?=
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
DATADIR ?= $(PREFIX)/share/mlxk-bench
DOCDIR ?= $(PREFIX)/share/doc/mlxk-bench
BASH_COMPLETIONS ?= $(PREFIX)/share/bash-completion/completions
ZSH_COMPLETIONS ?= $(PREFIX)/share/zsh/site-functions
FISH_COMPLETIONS ?= $(PREFIX)/share/fish/vendor_completions.d

# How it is made.  STATIC_DEPS=1 links all libraries but libc into each program.
BUILD ?= build
CPPFLAGS ?=
CFLAGS ?= -O2 -g
LDFLAGS ?=
SANITIZE ?=
STATIC_DEPS ?=
PKG_CONFIG ?= pkg-config

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wvla -Wformat=2 -Wundef
# A warning is an error for who works on this, in a clone, not for who builds a release with a newer compiler.
WERROR ?= $(if $(wildcard .git),-Werror)
