// Prints the CPU seconds of a task that has nothing to do with Creance: FNV-1a over 64 MiB, eight times over. Times in
// this unit can be compared between machines.
const BYTES = 64 * 1024 * 1024;
const ROUNDS = 8;

const bytes = new Uint8Array(BYTES);
for (let at = 0; at < BYTES; at++) bytes[at] = (at * 2654435761) >>> 24;
const before = process.cpuUsage();
let hash = 0x811c9dc5;
for (let round = 0; round < ROUNDS; round++) {
  for (let at = 0; at < BYTES; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
}
const { user, system } = process.cpuUsage(before);
// The hash is told so that nobody may leave the work out.
console.log(JSON.stringify({ seconds: (user + system) / 1e6, hash: hash >>> 0 }));
