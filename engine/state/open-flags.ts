/** Bits of `File.openFlags` that the state looks at (`PPM_O_*`). */
export const OPEN = {
  DIRECTORY: 1 << 10,
  CLOEXEC: 1 << 12,
  /** From here on up the bits are told by the kernel at exit: created, overlay layers. */
  CREATED: 1 << 14,
  UPPER_LAYER: 1 << 15,
  LOWER_LAYER: 1 << 16,
  /** memfd and epoll count close-on-exec by a bit of their own. */
  OWN_CLOEXEC: 1 << 0,
} as const;

/** `dirfd` of a path in the working directory. */
export const AT_FDCWD = -100;
