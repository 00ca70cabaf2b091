# SPDX-License-Identifier: Apache-2.0
# mlxk-bench: `make help` lists what there is.  Needs GNU make 3.81 or later.

include config.mk
ifneq ($(words $(BUILD)),1)
$(error BUILD must be one word, without spaces)
endif

TOOLS := memmon validate genreport memplot
PARTS := lib $(TOOLS)
OS := $(shell uname -s)
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

# One short line a step; V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@echo "  $(1)  $(patsubst $(BUILD)/%,%,$@)")

# ---- Flags -----------------------------------------------------------------------------------------
FEATURES := -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700
ifeq ($(OS),Darwin)
FEATURES += -D_DARWIN_C_SOURCE
SO := libjsonl.$(SOVERSION).dylib
SO_LINK := libjsonl.dylib
SO_FLAGS = -dynamiclib -install_name @rpath/$(SO)
ORIGIN := @loader_path
OTHER_OS := %_linux.c
OTHER_UNITS := memmon-probes # Linux'
# A library is found by its name, which says to look along the path of whoever is linked with it.
PC_RPATH := -Wl,-rpath,$${libdir} $(empty)
else
FEATURES += -D_GNU_SOURCE
SO := libjsonl.so.$(SOVERSION)
SO_LINK := libjsonl.so
# Clang resolves its sanitizers only in the program.
SO_FLAGS = -shared -Wl,-soname,$(SO) $(if $(SANITIZE),,-Wl,-z,defs) -Wl,-Bsymbolic
ORIGIN := $$ORIGIN
OTHER_OS := %_macos.c
endif

PKGS := jansson yaml-0.1 libpcre2-8
STATIC := $(if $(STATIC_DEPS),--static)
pkg_cflags := $(shell $(PKG_CONFIG) --cflags $(PKGS) libidn2 libdeflate 2>/dev/null)
pkg_libs := $(shell $(PKG_CONFIG) --libs $(STATIC) $(PKGS) 2>/dev/null)
idn_libs := $(shell $(PKG_CONFIG) --libs $(STATIC) libidn2 2>/dev/null)
deflate_libs := $(shell $(PKG_CONFIG) --libs $(STATIC) libdeflate 2>/dev/null)
ifneq ($(STATIC_DEPS),)
ifeq ($(OS),Darwin)
# Apple's linker takes a static library by its path alone; one that is not there comes with the system.
archive = $(firstword $(wildcard $(patsubst -L%,%/lib$(patsubst -l%,%,$(1)).a,$(filter -L%,$(2)))) $(1))
static = $(foreach w,$(1),$(if $(filter -l%,$(w)),$(call archive,$(w),$(1)),$(w)))
else
static = -Wl,-Bstatic $(filter-out -lm -lpthread -pthread,$(1)) -Wl,-Bdynamic
endif
pkg_libs := $(call static,$(pkg_libs))
idn_libs := $(call static,$(idn_libs))
deflate_libs := $(call static,$(deflate_libs))
endif

CSTD := -std=c17
ALL_CFLAGS = $(CSTD) $(FEATURES) $(WARNINGS) $(WERROR) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) -fPIC -fvisibility=hidden -pthread \
	-Ilib -I$(BUILD)/gen $(pkg_cflags) -MMD -MP
ALL_LDFLAGS = $(LDFLAGS) $(SANITIZE) -pthread

# Programs find the library beside them, in the build and once installed; where it goes elsewhere, also there.
# RPATH= leaves that to the system.
RPATH := '-Wl,-rpath,$(ORIGIN)/../lib'
ifneq ($(abspath $(BINDIR)/../lib),$(abspath $(LIBDIR)))
RPATH += '-Wl,-rpath,$(LIBDIR)'
endif

memmon_LIBS := -ldl
memplot_LIBS := $(deflate_libs)
validate_LIBS := $(pkg_libs) $(idn_libs)
genreport_LIBS := $(pkg_libs)

# ---- Sources: every .c file of a part belongs to it; main.c is left out of what tests link ------------
src = $(filter-out $(OTHER_OS),$(wildcard $(1)/*.c))
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
$(foreach p,$(PARTS),$(eval $(p)_OBJ := $(call obj,$(call src,$(p)))))
validate_OBJ += $(BUILD)/obj/gen/schemas.o $(BUILD)/obj/gen/metas.o
memplot_OBJ += $(BUILD)/obj/gen/page.o

LIB_A := $(BUILD)/lib/libjsonl.a
LIB_SO := $(BUILD)/lib/$(SO)
PROGRAMS := $(TOOLS:%=$(BUILD)/bin/%)

# Files that hold what compiling, linking and the choice of sources go by.  One that no longer says the truth is
# written anew, and what depends on it is made anew: after other flags, and after a source has gone.
flags := $(strip $(CC) $(CSTD) $(FEATURES) $(WARNINGS) $(WERROR) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) $(pkg_cflags))
links := $(strip $(CC) $(LDFLAGS) $(SANITIZE) $(STATIC) $(pkg_libs) $(idn_libs) $(deflate_libs) $(RPATH))
sources := $(strip $(foreach p,$(PARTS),$(call src,$(p))))
define remember
ifneq ($$($(1)),$$(strip $$(shell cat $(BUILD)/$(1) 2>/dev/null)))
.PHONY: $(BUILD)/$(1)
endif
$(BUILD)/$(1):
	@mkdir -p $$(@D)
	@printf '%s\n' '$$(subst ','\'',$$($(1)))' >$$@
endef
$(foreach f,flags links sources,$(eval $(call remember,$(f))))

.PHONY: all lib
all: $(PROGRAMS) lib
lib: $(LIB_SO) $(LIB_A)

$(LIB_A): $(lib_OBJ) $(BUILD)/sources
	@mkdir -p $(@D)
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $(lib_OBJ)

$(LIB_SO): $(lib_OBJ) $(BUILD)/links $(BUILD)/sources
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(SO_FLAGS) $(ALL_LDFLAGS) -o $@ $(lib_OBJ) $(pkg_libs) -lm
	@ln -sf $(SO) $(BUILD)/lib/$(SO_LINK)

ifneq ($(STATIC_DEPS),)
link_lib = $(LIB_A) $(pkg_libs)
else
link_lib = -L$(BUILD)/lib -ljsonl $(RPATH)
endif
define program
$(BUILD)/bin/$(1): $($(1)_OBJ) $(BUILD)/links $(BUILD)/sources $(if $(STATIC_DEPS),$(LIB_A),$(LIB_SO))
	@mkdir -p $$(@D)
	$$(call say,LINK)
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $($(1)_OBJ) $$(link_lib) $($(1)_LIBS) -lm
endef
$(foreach t,$(TOOLS),$(eval $(call program,$(t))))

$(BUILD)/obj/%.o: %.c Makefile $(BUILD)/flags | $(BUILD)/checked
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# A missing library is one clear line, not a page of compiler errors.  Who has the page made needs no npm.
BUILD_DEPS = build $(if $(PAGE_MADE),,page)
$(BUILD)/checked:
	@sh .ci/deps --check $(BUILD_DEPS)
	@mkdir -p $(@D) && touch $@

# ---- Generated sources --------------------------------------------------------------------------------
SCHEMAS := $(sort $(wildcard schemas/*.schema.json))
$(BUILD)/gen/schemas.c: $(SCHEMAS) lib/embed.sh
	@mkdir -p $(@D)
	$(call say,EMBED)
	$(Q)sh lib/embed.sh schemas_builtin $(SCHEMAS) >$@

METAS := $(sort $(wildcard validate/meta/*.json))
$(BUILD)/gen/metas.c: $(METAS) lib/embed.sh
	@mkdir -p $(@D)
	$(call say,EMBED)
	$(Q)sh lib/embed.sh metas_builtin $(METAS) >$@

include memplot/web/page.mk

# ---- Tests --------------------------------------------------------------------------------------------
# t/unit/PART-*.c is a program of unit tests of PART, linked with all of it but main.
UNITS := $(filter-out $(OTHER_UNITS),$(patsubst t/unit/%.c,%,$(foreach p,$(PARTS),$(wildcard t/unit/$(p)-*.c))))
UNIT_PROGRAMS := $(UNITS:%=$(BUILD)/t/%)
unit_part = $(firstword $(subst -, ,$(1)))
check_libs = $(shell $(PKG_CONFIG) --libs check 2>/dev/null)
define unit
$(BUILD)/t/$(1): $(BUILD)/obj/t/unit/$(1).o $(BUILD)/obj/t/unit/unit.o \
		$(filter-out %/main.o,$(if $(filter-out lib,$(call unit_part,$(1))),$($(call unit_part,$(1))_OBJ))) $(LIB_A)
	@mkdir -p $$(@D)
	$$(call say,LINK)
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $$(filter %.o,$$^) $(LIB_A) $$(pkg_libs) $($(call unit_part,$(1))_LIBS) $$(check_libs) -lm
endef
$(foreach u,$(UNITS),$(eval $(call unit,$(u))))
include t/tests.mk

.PHONY: deps demo test check units regen
deps:
	@sh .ci/deps $(BUILD_DEPS) test

demo:
	@sh .ci/deps $(BUILD_DEPS) test
	@$(MAKE) --no-print-directory all units
	@sh t/demo.sh $(BUILD) $(UNIT_PROGRAMS)

test:
	@sh .ci/deps $(BUILD_DEPS) test
	@$(MAKE) --no-print-directory check

units: $(UNIT_PROGRAMS)

# What `make test` runs once everything it needs is there.  T: only these, e.g. T=t/validate.t
T ?= $(UNIT_PROGRAMS) $(sort $(wildcard t/*.t)) $(sort $(wildcard t/browser/*.t))
check: all units
	@[ $(words $(CURDIR)) = 1 ] || { echo "make: the tests take a folder without spaces in its path: $(CURDIR)" >&2; exit 1; }
	@BUILD=$(BUILD) sh t/run.sh $(T)

regen: all
	@BUILD=$(BUILD) sh t/regen.sh

-include t/slow.mk
-include t/perf/bench.mk
-include t/browser/bench.mk
-include .packaging/package.mk

# ---- Installing ----------------------------------------------------------------------------------------
MAN_PAGES := $(filter-out $(TOOLS:%=man/%.1),$(wildcard man/*.[1-9]))
# Who made what is in the programs: ours, uPlot's in memplot's page, that of the meta-schemas in validate.
LICENSES := LICENSE LICENSE.uPlot LICENSE.json-schema
EXAMPLES := $(filter-out %/README.md,$(wildcard man/examples/*.*) man/examples/crontab)
D = $(DESTDIR)
P = $(PROGRAM_PREFIX)
.PHONY: install uninstall clean help help-all
# fill FILE,TO: what is written at install time, with the paths as they are there.
fill = sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' \
	-e 's|@VERSION@|$(VERSION)|' -e 's|@RPATH@|$(PC_RPATH)|' \
	-e 's|/usr/local/share/mlxk-bench|$(DATADIR)|' -e 's|:-/usr/local/bin}|:-$(BINDIR)}|' \
	-e 's|$${MLXK_BENCH_PREFIX-}|$${MLXK_BENCH_PREFIX-$(P)}|' -e 's|^MLXK_BENCH_PREFIX ?=|&$(P)|' $(1) >$(2) && chmod 644 $(2)
# page FILE,TO: a manual page, in which the programs have the names that they are installed by.
page = $(call fill,$(1),$(2)) && { [ -z "$(P)" ] || { awk -v prefix=$(P) -f man/prefix.awk $(2) >$(2).part && cat $(2).part >$(2); \
	rm -f $(2).part; }; }
# complete SHELL,TO: the completion of the tool $t, under the name that it is installed by.
complete = awk -v tool=$$t -v name=$(P)$$t -f man/completions/$(1).awk man/completions/options >$(2) && chmod 644 $(2)
# What there is of each tool, manual page and example: the same for install and uninstall.
BASH_FILE = "$(D)$(BASH_COMPLETIONS)/$(P)$$t"
ZSH_FILE = "$(D)$(ZSH_COMPLETIONS)/_$(P)$$t"
FISH_FILE = "$(D)$(FISH_COMPLETIONS)/$(P)$$t.fish"
TOOL_PAGE = "$(D)$(MANDIR)/man1/$(P)$$t.1"
EXAMPLE_FILE = "$(D)$(DATADIR)/examples/$${e\#\#*/}"
PAGE_FILE = "$(D)$(MANDIR)/man$${m\#\#*.}/$${m\#\#*/}"
install: all
	mkdir -p "$(D)$(BINDIR)" "$(D)$(LIBDIR)/pkgconfig" "$(D)$(INCLUDEDIR)" "$(D)$(DATADIR)/schemas" "$(D)$(DOCDIR)" \
		"$(D)$(DATADIR)/examples" "$(D)$(BASH_COMPLETIONS)" "$(D)$(ZSH_COMPLETIONS)" "$(D)$(FISH_COMPLETIONS)" \
		$(patsubst .%,"$(D)$(MANDIR)/man%",.1 $(sort $(suffix $(MAN_PAGES))))
	for t in $(TOOLS); do \
		install -m 755 $(BUILD)/bin/$$t "$(D)$(BINDIR)/$(P)$$t" && $(call page,man/$$t.1,$(TOOL_PAGE)) && \
		$(call complete,bash,$(BASH_FILE)) && $(call complete,zsh,$(ZSH_FILE)) && $(call complete,fish,$(FISH_FILE)) || \
		exit 1; done
	for m in $(MAN_PAGES); do $(call page,$$m,$(PAGE_FILE)) || exit 1; done
	install -m 755 $(LIB_SO) "$(D)$(LIBDIR)/$(SO)"
	ln -sf $(SO) "$(D)$(LIBDIR)/$(SO_LINK)"
	install -m 644 $(LIB_A) "$(D)$(LIBDIR)/libjsonl.a"
	install -m 644 lib/jsonl.h "$(D)$(INCLUDEDIR)/jsonl.h"
	$(call fill,lib/libjsonl.pc.in,"$(D)$(LIBDIR)/pkgconfig/libjsonl.pc")
	cp -P $(SCHEMAS) "$(D)$(DATADIR)/schemas/"
	install -m 644 LICENSE "$(D)$(DOCDIR)/LICENSE"
	install -m 644 $(PAGE)/LICENSE.uPlot "$(D)$(DOCDIR)/LICENSE.uPlot"
	install -m 644 validate/meta/LICENSE "$(D)$(DOCDIR)/LICENSE.json-schema"
	for e in $(EXAMPLES); do $(call fill,$$e,$(EXAMPLE_FILE)) && { [ ! -x $$e ] || chmod 755 $(EXAMPLE_FILE); } || exit 1; done

# Takes away what was installed and nothing else: the folders may be anybody's.
uninstall:
	for t in $(TOOLS); do \
		rm -f "$(D)$(BINDIR)/$(P)$$t" $(TOOL_PAGE) $(BASH_FILE) $(ZSH_FILE) $(FISH_FILE); done
	for m in $(MAN_PAGES); do rm -f $(PAGE_FILE); done
	rm -f "$(D)$(LIBDIR)/$(SO)" "$(D)$(LIBDIR)/$(SO_LINK)" "$(D)$(LIBDIR)/libjsonl.a" \
		"$(D)$(LIBDIR)/pkgconfig/libjsonl.pc" "$(D)$(INCLUDEDIR)/jsonl.h"
	for s in $(SCHEMAS); do rm -f "$(D)$(DATADIR)/$$s"; done
	for e in $(EXAMPLES); do rm -f $(EXAMPLE_FILE); done
	for l in $(LICENSES); do rm -f "$(D)$(DOCDIR)/$$l"; done
	rmdir "$(D)$(DATADIR)/schemas" "$(D)$(DATADIR)/examples" "$(D)$(DATADIR)" "$(D)$(DOCDIR)" 2>/dev/null || true

# BUILD may come from the environment, so a look at what it names comes first.
clean:
	@[ ! -e $(BUILD) ] || [ -f $(BUILD)/flags ] || { echo "make: $(BUILD) is not a build, so it stays" >&2; exit 1; }
	rm -rf $(BUILD)

# The first paragraph of what stands at the end of this file, and all of it.
help:
	@sed -n '/^#:$$/q; s/^#: //p' Makefile

help-all:
	@sed -n 's/^#: \{0,1\}//p' Makefile

# References among these pages are links to them; those to other pages lead to Debian's.
.PHONY: html
html:
	@mkdir -p $(BUILD)/html
	@for m in man/*.[1-9]; do : >$(BUILD)/html/$${m##*/}.html; done
	@top=$$PWD && cd $(BUILD)/html && for m in "$$top"/man/*.[1-9]; do \
		mandoc -T html -O 'man=%N.%S.html;https://manpages.debian.org/%N.%S' "$$m" >"$${m##*/}.html" || exit 1; done
	@echo $(BUILD)/html/mlxk-bench.7.html

#: make                     build the four programs and the library under build/
#: make demo                record, check, report and draw a real job, here and now
#: make test                all tests; T=t/validate.t for some of them
#: make lint                clang-format, cppcheck, shellcheck, man pages, licence lines and modes of files
#: make bench               speed, beside others; W="parse validate report timeline page memmon", R=5 rounds, S=5 seconds
#: make html                the manual as web pages, build/html/mlxk-bench.7.html first (mandoc)
#: make install             to PREFIX=/usr/local, under DESTDIR; PROGRAM_PREFIX=mlxk- renames the programs
#: make uninstall           takes it away again, with the same settings
#: make clean               remove build/
#: make help-all            what else there is: slower checks, measurements, releases
#:
#: While working on it:
#: make regen               write the golden files under t/data anew and show what changed
#: make deps                install what building and testing need
#: make V=1                 shows the commands
#:
#: Slower checks:
#: make sanitize            the tests again under AddressSanitizer and UBSan
#: make clang               all of it built by clang
#: make valgrind            the unit tests and each tool's golden cases under memcheck, what has threads under helgrind
#: make fuzz                every parser, fold and format under libFuzzer (clang); T=60 seconds each, F=line for some of them
#: make fuzz-seeds          its seeds, and RUNS=500 runs of what becomes of each target's, always the same
#: make fault               each call of the system that the tools make fails once, in every way; FAULT="-c read memplot" for some
#: make torture             memmon killed 200 times at random, and a command of 10000 processes, KILLS=n, CHILDREN=n; all tools under limits
#: make conformance         the official JSON Schema suite, SUITE=DIR, through validate
#: make test-arm64          the library's tests and two tools, built for arm64, under qemu (Debian)
#: make check-trace         memplot's trace in speedscope, which knows nothing of us (Chromium)
#: make check-macos         all of it built for macOS on Apple silicon by zig, not run (Debian, x86-64)
#: make test-uml            an out-of-memory kill, recorded on a kernel of its own: User-Mode Linux (Debian)
#:
#: Speed and statistics:
#: make bench-readme        the summary of the last `make bench`, into README.md
#: make bench-page          memplot's page in Chromium, a day and a week of it, beside plotly and ECharts
#: make bench-instructions  instructions a byte, and where they go, by callgrind
#: make power               how often genreport's comparison is wrong, and what it sees; N=1000 simulations a row
#:
#: Releasing:
#: make STATIC_DEPS=1       programs that need no shared library but libc's
#: make dist                build/dist/mlxk-bench-VERSION.tar.gz, which builds without npm; and a Homebrew formula for it
#: make static              build/dist/mlxk-bench-VERSION-OS-CPU.tar.gz: programs that need no library but libc
#: make deb                 Debian packages of that, in build/deb
#: make test-dist           the release builds, and passes tests, where there is no git and no npm
#: make test-deb            the packages come and go without a trace in a bare Debian (root, debootstrap)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
