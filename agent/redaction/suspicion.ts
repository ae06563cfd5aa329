/**
 * Words of which each pattern that everybody has needs one, in any case; `$\w` stands for a dollar and whatever a name is made of.
 * A word here that no pattern needs costs time; one that is missing here hides a secret from its pattern.
 */
export const SUSPICIOUS: readonly string[] = [
  'pass pwd secret token credential key authorization cookie bearer',
  'akia asia abia acca ghp_ gho_ ghu_ ghs_ ghr_ github_pat glpat xox aiza sk_ rk_ npm_ eyj :// $\\w -u',
  'mysql mariadb plink pscp psftp mongo docker podman nerdctl helm smbclient redis-cli ldap',
].flatMap((line) => line.split(' '));

/** Where a word was found: no state is left then. */
const FOUND = 0xffff;
/** Kinds of bytes that no word has: those of a name, and all others. */
const OTHER = 0;
const OTHER_OF_NAME = 1;

const KINDS = kindsOfBytes();
const WIDTH = Math.max(...KINDS) + 1;
const NEXT = automaton();

/**
 * True when bytes from `start` up to `end` have one of the words. Nearly every text that is recorded has none, so this is what
 * redaction costs: a step for each byte (the automaton of Aho and Corasick), and nothing allocated.
 */
export function mayHaveSecret(bytes: Uint8Array, start: number, end: number): boolean {
  let state = 0;
  for (let i = start; i < end; i++) {
    state = NEXT[state * WIDTH + (KINDS[bytes[i] as number] as number)] as number;
    if (state === FOUND) return true;
  }
  return false;
}

/** The same of a text, one character a byte. */
export function mayTextHaveSecret(text: string): boolean {
  let state = 0;
  for (let i = 0; i < text.length; i++) {
    state = NEXT[state * WIDTH + (KINDS[text.charCodeAt(i) & 0xff] as number)] as number;
    if (state === FOUND) return true;
  }
  return false;
}

function kindsOfBytes(): Uint8Array {
  const letters = [...new Set(SUSPICIOUS.flatMap((word) => [...word.replace('\\w', '')]))];
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte);
    const place = letters.indexOf(character.toLowerCase());
    if (place !== -1 && byte < 128) return place + 2;
    return isOfName(character) ? OTHER_OF_NAME : OTHER;
  });
}

function isOfName(character: string): boolean {
  return /[A-Za-z0-9_]/.test(character);
}

/** Each word as kinds of bytes. */
function words(): readonly (readonly number[])[] {
  const kindOf = (character: string) => KINDS[character.charCodeAt(0)] as number;
  const ofNames = new Set([...KINDS].filter((_, byte) => isOfName(String.fromCharCode(byte))));
  return SUSPICIOUS.flatMap((word) => {
    const kinds = [...word.replace('\\w', '')].map(kindOf);
    return word.endsWith('\\w') ? [...ofNames].map((kind) => [...kinds, kind]) : [kinds];
  });
}

/** For each state and kind of byte the next state; each state is the longest beginning of a word that the bytes so far end in. */
function automaton(): Uint16Array {
  const tree: (number | undefined)[][] = [[]];
  for (const word of words()) {
    let node = 0;
    for (const [place, kind] of word.entries()) {
      const branches = tree[node] as (number | undefined)[];
      if (place === word.length - 1) branches[kind] = FOUND;
      else if (branches[kind] === undefined) branches[kind] = tree.push([]) - 1;
      node = branches[kind] as number;
      if (node === FOUND) break;
    }
  }
  const next = new Uint16Array(tree.length * WIDTH);
  // Nodes are met in the order of their depth, so that where a node falls back to is filled in already.
  const queue: { node: number; back: number }[] = [{ node: 0, back: 0 }];
  for (let met = queue.shift(); met !== undefined; met = queue.shift()) {
    const { node, back } = met;
    for (let kind = 0; kind < WIDTH; kind++) {
      const fallen = node === 0 ? 0 : (next[back * WIDTH + kind] as number);
      const branch = tree[node]?.[kind];
      next[node * WIDTH + kind] = fallen === FOUND ? FOUND : (branch ?? fallen);
      if (branch !== undefined && branch !== FOUND && fallen !== FOUND) queue.push({ node: branch, back: fallen });
    }
  }
  return next;
}
