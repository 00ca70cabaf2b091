// SPDX-License-Identifier: Apache-2.0
// Looks at programs for macOS on Apple silicon: macho.mjs FILE...
// Each must be a signed, position-independent Mach-O program that loads libSystem alone and finds every symbol there.
// What stands where: Apple's <mach-o/loader.h> and <mach-o/nlist.h>.
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

const MAGIC_64 = 0xfeedfacf, CPU_ARM64 = 0x0100000c, EXECUTE = 2, PIE = 0x200000;
const COMMAND = { SYMTAB: 0x2, LOAD_DYLIB: 0xc, CODE_SIGNATURE: 0x1d, LOAD_WEAK_DYLIB: 0x80000018,
                  REEXPORT_DYLIB: 0x8000001f, MAIN: 0x80000028, BUILD_VERSION: 0x32 };
const NLIST_SIZE = 16, STAB = 0xe0, TYPE = 0x0e, EXTERNAL = 0x01, UNDEFINED = 0;

const text = (file, at) => file.toString('latin1', at, file.indexOf(0, at));
const version = n => `${n >>> 16}.${n >>> 8 & 255}`;

function* loadCommands(file) {
    for (let at = 32, left = file.readUInt32LE(16); left > 0; left--) {
        yield { type: file.readUInt32LE(at), at };
        at += file.readUInt32LE(at + 4);
    }
}

// The undefined symbols, with the number of the library, from 1, that has each.
function* undefinedSymbols(file, symtab) {
    const [symbols, count, strings] = [8, 12, 16].map(at => file.readUInt32LE(symtab.at + at));
    for (let at = symbols; at < symbols + count * NLIST_SIZE; at += NLIST_SIZE) {
        const type = file.readUInt8(at + 4);
        if (!(type & STAB) && (type & TYPE) === UNDEFINED && type & EXTERNAL)
            yield { name: text(file, strings + file.readUInt32LE(at)), library: file.readUInt16LE(at + 6) >>> 8 };
    }
}

function look(path) {
    const file = readFileSync(path), faults = [];
    const check = (right, fault) => right || faults.push(fault);
    if (file.readUInt32LE(0) !== MAGIC_64)
        return { faults: ['is no Mach-O file of 64 bits'] };
    check(file.readUInt32LE(4) === CPU_ARM64, 'is not for arm64');
    check(file.readUInt32LE(12) === EXECUTE, 'is no program');
    check(file.readUInt32LE(24) & PIE, 'is not position-independent');
    const commands = [...loadCommands(file)];
    const first = type => commands.find(command => command.type === type);
    const loads = [COMMAND.LOAD_DYLIB, COMMAND.LOAD_WEAK_DYLIB, COMMAND.REEXPORT_DYLIB];
    const libraries = commands.filter(command => loads.includes(command.type))
        .map(command => text(file, command.at + file.readUInt32LE(command.at + 8)));
    const others = libraries.filter(name => name !== '/usr/lib/libSystem.B.dylib');
    check(libraries.length > 0 && !others.length, `loads ${others.join(' ') || 'no library'}`);
    check(first(COMMAND.MAIN), 'has no main');
    check(first(COMMAND.CODE_SIGNATURE), 'is not signed, so that Apple silicon refuses it');
    const built = first(COMMAND.BUILD_VERSION), symtab = first(COMMAND.SYMTAB);
    check(built, 'does not say for which version of macOS it is');
    check(symtab, 'has no symbols');
    const symbols = symtab ? [...undefinedSymbols(file, symtab)] : [];
    for (const { name, library } of symbols)
        check(library >= 1 && library <= libraries.length, `finds ${name} in none of its libraries`);
    return { faults, libraries, symbols, least: built && version(file.readUInt32LE(built.at + 12)) };
}

let status = 0;
for (const path of process.argv.slice(2)) {
    const name = basename(path), { faults, libraries, symbols, least } = look(path);
    for (const fault of faults)
        console.error(`check-macos: ${name} ${fault}`);
    if (faults.length)
        status = 1;
    else
        console.log(`check-macos: ${name}: Mach-O, arm64, macOS ${least} and later, ${statSync(path).size} bytes, ` +
                    `${libraries.join(' ')} alone, ${symbols.length} symbols of it`);
}
process.exit(status);
