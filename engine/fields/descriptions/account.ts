/** Fields about users and groups: one sentence each. */
export const ACCOUNT_DESCRIPTIONS: Readonly<Record<string, string>> = {
  'user.uid': 'Effective user id of the thread.',
  'user.name': 'Name of that user on the host or in the container.',
  'user.homedir': 'Home directory of that user.',
  'user.shell': 'Login shell of that user.',
  'user.loginuid': 'User id of the login that the thread descends from, -1 when there was none.',
  'user.loginname': 'Name of the user who logged in.',
  'group.gid': 'Effective group id of the thread.',
  'group.name': 'Name of that group on the host or in the container.',
};
