import type { ByteString } from '../model/byte-string.ts';

/** What a runtime said about a container, by the keys of its JSON; see `containers` events of the container plugin. */
export interface Container {
  readonly id: ByteString;
  readonly fullId: ByteString;
  /** `docker`, `containerd`, `cri-o` ... */
  readonly type: ByteString;
  /** The record as delivered: strings, numbers, booleans, lists and maps. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** Containers by id. */
export interface Containers {
  get(id: ByteString): Container | undefined;
}
