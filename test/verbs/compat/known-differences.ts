/** What is compared of every event. */
export const COMPARED = [
  'evt.dir',
  'evt.type',
  'thread.tid',
  'proc.pid',
  'proc.ppid',
  'proc.name',
  'fd.num',
  'fd.name',
  'container.id',
] as const;

/** What else is known of an event of Creance. */
export const BESIDES = ['thread.cgroup.memory'] as const;

/** One event as text, field by field. */
export type Row = Readonly<Record<(typeof COMPARED)[number] | (typeof BESIDES)[number], string>>;

/** The fields of a row by their names. */
export function rowOf(values: readonly string[]): Row {
  return Object.fromEntries([...COMPARED, ...BESIDES].map((field, i) => [field, values[i]])) as Row;
}

/** Syscalls that old readers know, but not as ones about an open file. */
const WITHOUT_FILE = new Set(
  'mmap munmap unlinkat fchmod fchmodat symlinkat linkat mkdirat renameat renameat2 mknodat execveat openat openat2 setns'.split(
    ' ',
  ),
);

/** Syscalls of which it doesn't see the open file that they are about. */
const FILE_UNSEEN = new Set(['setsockopt', 'getsockopt', 'userfaultfd']);

/** One row for each thing that happened; an entry is part of the exit that follows it. */
export function happened(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row['evt.dir'] === '<' || ['procexit', 'notification'].includes(row['evt.type']));
}

/** Where the reader of 2022 itself sees another thing in the same bytes. */
export class KnownDifferences {
  readonly #dead = new Set<string>();
  /** Threads that clone3 made: it takes them for processes. */
  readonly #strangers = new Set<string>();
  /** Processes by their threads. */
  readonly #processes = new Map<string, string>();
  /** Open files that nothing but the syscall that failed has given a name. */
  readonly #unnamed = new Set<string>();

  constructor(rows: readonly Row[]) {
    for (const row of rows) {
      this.#processes.set(row['thread.tid'], row['proc.pid']);
      if (row['evt.type'] === 'procexit') this.#dead.add(row['proc.pid']).add(row['thread.tid']);
      if (row['evt.type'] === 'clone3' && row['thread.tid'] !== row['proc.pid']) this.#strangers.add(row['thread.tid']);
    }
  }

  /** Fields in which the two differ without a known reason. */
  unexplained(ours: Row, theirs: Row): string[] {
    return COMPARED.filter((field) => ours[field] !== theirs[field] && !this.#isKnown(field, ours, theirs));
  }

  #isKnown(field: keyof Row, ours: Row, theirs: Row): boolean {
    const type = ours['evt.type'];
    const file = `${ours['proc.pid']} ${ours['fd.num']}`;
    switch (field) {
      case 'evt.type':
        // Twins and replaced types are tried elsewhere.
        return true;
      case 'proc.pid':
      case 'proc.name':
        // It makes up a process for a thread that it was not told of.
        return ours['proc.pid'] === '-1' || this.#strangers.has(ours['thread.tid']);
      case 'proc.ppid':
        // It does not give orphans to another parent, and shows a parent that it was not told of; of a parent with
        // several threads it shows the one that forked.
        return (
          ours['proc.pid'] === '-1' ||
          ours['proc.ppid'] === '<NA>' ||
          this.#dead.has(theirs['proc.ppid']) ||
          this.#processes.get(theirs['proc.ppid']) === ours['proc.ppid']
        );
      case 'fd.num':
        if (FILE_UNSEEN.has(type)) return theirs['fd.num'] === '-1';
        return (
          theirs['fd.num'] === '<NA>' && (WITHOUT_FILE.has(type) || theirs['evt.type'] !== type || isGeneric(theirs))
        );
      case 'fd.name':
        if (theirs['fd.num'] !== ours['fd.num']) return true;
        if (type === 'connect') this.#unnamed.add(file);
        return this.#unnamed.has(file) || this.#strangers.has(ours['thread.tid']) || isOtherName(ours, theirs);
      case 'container.id':
        // Ids of 32 digits came later.
        return theirs['container.id'] === 'host' && /\/[0-9a-f]{32}$/.test(ours['thread.cgroup.memory']);
      default:
        return false;
    }
  }
}

function isOtherName(ours: Row, theirs: Row): boolean {
  const [name, seen] = [ours['fd.name'], theirs['fd.name']];
  // It has no names for kinds of files that came later, and takes one for a socket that is not yet connected.
  if (seen === '' || name === '') return true;
  // It shortens paths otherwise: behind the root as a working directory, around `=./`, of files that can't be opened.
  if (seen === `/${name}` || seen === name.replace('=./', '=') || ours['fd.num'].startsWith('-')) return true;
  // It drops the last line break of a name.
  return name.startsWith(seen);
}

function isGeneric(row: Row): boolean {
  return row['evt.type'] === '<unknown>' || row['fd.num'] === '<NA>';
}
