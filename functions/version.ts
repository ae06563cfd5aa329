/** The version of Creance; the same as in `package.json`, which a test compares. */
export const CREANCE_VERSION = '0.1.0';
