import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

const MOUNT = '/sys/fs/cgroup';
/** Groups that a recording is limited to, with what is below them; they are made for it and removed after it. */
export const STORY_GROUPS = ['/init.scope', '/system.slice', '/kubepods.slice'];
const MADE = ['/init.scope', '/system.slice/containerd.service', '/system.slice/ssh.service', '/kubepods.slice'];
/** A group of this controller needs processors assigned before a process can join it. */
const SKIPPED = 'cpuset';

/** The folders of a group: one in version 2, one more for each controller of version 1. */
export function groupsOf(group: string): string[] {
  return hierarchies().map((hierarchy) => join(hierarchy, pathOf(group)));
}

let base: string | undefined;

/** A group of a machine as this machine names it: where systemd keeps its own groups, the others are below another one. */
export function pathOf(group: string): string {
  base ??= isTaken() ? '/creance' : '';
  return base + group;
}

/** Makes the groups of a machine. */
export function makeGroups(): void {
  for (const folder of MADE.flatMap(groupsOf)) mkdirSync(folder, { recursive: true });
}

/** Removes them, a moment after their last process ended. */
export async function removeGroups(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (STORY_GROUPS.flatMap((group) => allHierarchies().map((at) => join(at, pathOf(group)))).every(removed)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function removed(folder: string): boolean {
  if (!existsSync(folder)) return true;
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (!below.map(({ name }) => removed(join(folder, name))).every(Boolean)) return false;
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function isTaken(): boolean {
  const folders = allHierarchies().map((hierarchy) => join(hierarchy, 'system.slice'));
  return folders.some((folder) => existsSync(folder) && processesIn(folder).length > 0);
}

function processesIn(folder: string): string[] {
  const own = readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean);
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...own, ...below.flatMap(({ name }) => processesIn(join(folder, name)))];
}

function hierarchies(): string[] {
  return allHierarchies().filter((path) => !path.endsWith(`/${SKIPPED}`));
}

/** All hierarchies: the mount itself where it is version 2, else its folders. */
function allHierarchies(): string[] {
  if (existsSync(join(MOUNT, 'cgroup.controllers'))) return [MOUNT];
  return readdirSync(MOUNT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(MOUNT, name));
}
