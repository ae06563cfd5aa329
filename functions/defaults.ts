/** Where the service listens unless it is told otherwise. */
export const DEFAULT_PORT = 8787;
/** Where the embedded store keeps its objects unless it is told otherwise: in the working directory. */
export const DEFAULT_DIRECTORY = '.creance';
