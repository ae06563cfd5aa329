import { CATEGORIES, type Row } from './row.ts';
import { PROCEXIT_ROW, TABLE } from './table.ts';

/** The table as a C header for the kernel part. */
export function tableHeader(): string {
  const rows = [...TABLE, PROCEXIT_ROW].filter((row) => row !== undefined);
  const numbers = ['execve', 'execveat'].map((name) => {
    const row = rows.find(({ syscall }) => syscall === name) as Row;
    return `#define SYSCALL_${name.toUpperCase()} ${row.number}`;
  });
  return `/* GENERATED from agent/table. */
#ifndef CREANCE_AGENT_TABLE_H
#define CREANCE_AGENT_TABLE_H
#include "table.h"

${numbers.join('\n')}

static const struct row rows[MAX_SYSCALLS] = {
${rows.map(rowText).join('\n')}
};

#endif
`;
}

function rowText({ syscall, number, category, isLife, steps }: Row): string {
  const list = steps.map(({ kind, a, b }) => `{${kind}, ${a}, ${b}}`).join(', ');
  return `\t[${number}] = {${CATEGORIES.indexOf(category)}, ${isLife ? 1 : 0}, {${list}}}, /* ${syscall} */`;
}
