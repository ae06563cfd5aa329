/**
 * Preloaded into `wrangler dev` (`node --import`): ends it and all it started when the process that started it is
 * gone, even if that was killed and could say nothing. Otherwise workerd would keep the port and the store.
 */
const parent = process.ppid;

setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // Not the leader of the group: the leader does it.
    process.exit(1);
  }
}, 500).unref();
