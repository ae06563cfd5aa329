import type { ByteString } from '../../model/byte-string.ts';
import type { TraceSink } from '../../model/trace.ts';
import type { ContainerPlan, MachinePlan } from '../scenario.ts';
import { Accounts } from './accounts.ts';
import { cgroupsOf, containerPath } from './cgroups.ts';
import { UPTIME } from './clock.ts';
import { FileSystem, type Mount } from './file-system.ts';
import { Place } from './place.ts';
import { Stage } from './stage.ts';

/** The disk of the host. */
const DISK = 65_024;
/** Devices of a container's own mounts count up from here, this many for each. */
const FIRST_CONTAINER_DEVICE = 41;
const DEVICES_PER_CONTAINER = 10;
/** Programs of the host were installed this long before the story, those of images earlier: nanoseconds. */
const DAY = 86_400_000_000_000n;
const HOST_AGE = 40n * DAY;
const IMAGE_AGE = 90n * DAY;
const FIRST_INODE = 260_001;
const INODES_PER_PLACE = 20_000;

/** Mounts that the host and every container have: path, and offset of the device. */
const SYSTEM_MOUNTS: readonly (readonly [ByteString, number])[] = [
  ['/proc', 1],
  ['/dev', 2],
  ['/dev/pts', 3],
  ['/dev/shm', 4],
  ['/sys', 5],
  ['/sys/fs/cgroup', 6],
];

/** Sets the stage: the host and its containers, with nobody on it yet. */
export function buildStage(
  machine: MachinePlan,
  containers: readonly ContainerPlan[],
  sink: TraceSink | undefined,
): Stage {
  const stage = new Stage(machine, hostPlace(machine), sink);
  containers.forEach((plan, index) => stage.places.set(plan.name, containerPlace(stage, plan, index)));
  return stage;
}

function hostPlace(machine: MachinePlan): Place {
  const mounts = SYSTEM_MOUNTS.map(([at, offset]) => ({ at, device: 20 + offset, layered: false }));
  const root = { at: '/', device: DISK, layered: false };
  const run = { at: '/run', device: 28, layered: false };
  return new Place({
    name: 'host',
    container: undefined,
    hostname: machine.hostname,
    address: machine.address,
    accounts: new Accounts(machine.users),
    files: new FileSystem([root, run, ...mounts], machine.startTime - HOST_AGE, FIRST_INODE),
    cgroups: cgroupsOf('/init.scope'),
  });
}

function containerPlace(stage: Stage, plan: ContainerPlan, index: number): Place {
  const device = FIRST_CONTAINER_DEVICE + index * DEVICES_PER_CONTAINER;
  const mounts: Mount[] = [
    { at: '/', device, layered: true },
    ...SYSTEM_MOUNTS.map(([at, offset]) => ({ at, device: device + offset, layered: false })),
    ...plan.mounts.map(({ source, destination }) => ({
      at: destination,
      device: DISK,
      layered: false,
      through: { files: stage.host.files, directory: source },
    })),
  ];
  const place = new Place({
    name: plan.name,
    container: plan,
    hostname: plan.pod?.name ?? plan.id.slice(0, 12),
    address: plan.address,
    accounts: new Accounts(plan.users),
    files: new FileSystem(mounts, stage.clock.now - IMAGE_AGE, FIRST_INODE + (index + 1) * INODES_PER_PLACE),
    cgroups: cgroupsOf(containerPath(plan)),
  });
  // Running containers began an hour after the machine did; one that starts in the story says when.
  place.initStart = UPTIME / 72n + BigInt(index) * 1_000_000_000n;
  return place;
}
