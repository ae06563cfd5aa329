/** Block types of a scap file. Files from before the first public release carry other numbers for the same blocks. */

/** Every file, and every further section of a concatenated one, begins with this block; it is pcapng's own. */
export const SECTION_HEADER = 0x0a0d0d0a;
/** Tells the byte order of a section; the same as pcapng's. */
export const SECTION_MAGIC = 0x1a2b3c4d;
/** The machine of the recording. */
export const MACHINE_INFO = 0x201;
/** Interfaces, the layout that is written today. */
export const INTERFACE_LIST_V2 = 0x219;
/** Users and groups, the layout that is written today. */
export const USER_LIST_V2 = 0x220;
/** Threads, the layout that is written today. */
export const PROCESS_LIST_V9 = 0x215;
/** Open files of one thread, the layout that is written today. */
export const FILE_LIST_V2 = 0x218;
/** An event, the layout that is written today. */
export const EVENT_V2 = 0x216;
/** An event that may be longer than 64 KiB. */
export const EVENT_V2_LARGE = 0x221;
/** An event with dump flags. */
export const FLAGGED_EVENT_V2 = 0x217;
/** An event with dump flags that may be longer than 64 KiB. */
export const FLAGGED_EVENT_V2_LARGE = 0x222;

/** What a block holds. `version` counts the layouts of that kind. */
export interface BlockKind {
  readonly holds: 'section' | 'machine' | 'interfaces' | 'users' | 'processes' | 'files' | 'event';
  readonly version: number;
  /** Event blocks: dump flags lie before the event. */
  readonly flagged: boolean;
  /** Event blocks: longer than 64 KiB is allowed. */
  readonly large: boolean;
}

const KINDS = new Map<number, BlockKind>();

function declare(holds: BlockKind['holds'], version: number, types: readonly number[], flagged = false, large = false) {
  for (const type of types) KINDS.set(type, { holds, version, flagged, large });
}

declare('section', 1, [SECTION_HEADER]);
declare('machine', 1, [MACHINE_INFO, 0x8002abcd]);
declare('interfaces', 1, [0x205, 0x8011abcd]);
declare('interfaces', 2, [INTERFACE_LIST_V2]);
declare('users', 1, [0x206, 0x8012abcd]);
declare('users', 2, [USER_LIST_V2]);
declare('processes', 1, [0x202, 0x8000abcd]);
declare('processes', 2, [0x207, 0x8013abcd]);
declare('processes', 3, [0x209, 0x8014abcd]);
declare('processes', 4, [0x210]);
declare('processes', 5, [0x211]);
declare('processes', 6, [0x212]);
declare('processes', 7, [0x213]);
declare('processes', 8, [0x214]);
declare('processes', 9, [PROCESS_LIST_V9]);
declare('files', 1, [0x203, 0x8001abcd]);
declare('files', 2, [FILE_LIST_V2]);
declare('event', 1, [0x204, 0x8010abcd]);
declare('event', 1, [0x208], true);
declare('event', 2, [EVENT_V2]);
declare('event', 2, [EVENT_V2_LARGE], false, true);
declare('event', 2, [FLAGGED_EVENT_V2], true);
declare('event', 2, [FLAGGED_EVENT_V2_LARGE], true, true);

/** What a block of this type holds; undefined for a type that this version doesn't know, which a reader skips. */
export function blockKind(type: number): BlockKind | undefined {
  return KINDS.get(type);
}
