const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const WATCH_MS = 500;
/** One Ctrl-C may come twice: from the terminal, and from npm, which passes it on. */
const ECHO_MS = 1_000;

/**
 * Waits until the process should stop: at a signal (Ctrl-C, `kill`, a closed terminal), or when the process that
 * started it is gone (npm passes not every signal on to what it runs). A later second signal ends it at once.
 */
export function askedToStop(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    let asked: number | undefined;
    const ask = (): void => {
      clearInterval(watch);
      if (asked !== undefined && performance.now() - asked > ECHO_MS) process.exit(1);
      asked ??= performance.now();
      resolve();
    };
    const watch = setInterval(() => {
      if (process.ppid !== parent) ask();
    }, WATCH_MS);
    watch.unref();
    for (const signal of SIGNALS) process.on(signal, ask);
  });
}
