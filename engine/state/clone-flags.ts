/** Bits of `Thread.flags` (`PPM_CL_*`): how the thread was cloned, and notes that Falco keeps beside them. */
export const CLONE = {
  FILES: 1 << 0,
  NEWPID: 1 << 6,
  PARENT: 1 << 8,
  THREAD: 1 << 13,
  /** The child's side of the clone came first. */
  INVERTED: 1 << 16,
  NAME_CHANGED: 1 << 17,
  /** The thread has exited. */
  CLOSED: 1 << 18,
  ACTIVE: 1 << 19,
  NEWUSER: 1 << 20,
  PIPE_SOURCE: 1 << 21,
  PIPE_DEST: 1 << 22,
  VFORK: 1 << 27,
  CHILD_IN_PIDNS: 1 << 29,
  IS_MAIN_THREAD: 1 << 30,
} as const;
