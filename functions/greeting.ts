/** The scenario that a new user is shown. */
export const FIRST_SCENARIO = 'shell-spawned-in-nginx';

/** A user's rule file, complete: what the page and the first command line start with. */
export const FIRST_RULES = `- macro: shell_spawned
  condition: (evt.type in (execve, execveat) and container.id != host and proc.name in (ash, bash, csh, ksh, sh, tcsh, zsh, dash))
- rule: Shell Spawned in Container
  desc: Detects when a shell is spawned in a container
  condition: shell_spawned
  output: "Shell spawned in container (user=%user.name command=%proc.cmdline)"
  priority: WARNING
  tags: [container, shell]
`;

/** What is printed once the service answers: where it is, and a command to paste that does the main job. */
export function greeting(url: string, store: string): string {
  return `
Creance answers on ${url}
  page    ${url}/
  API     ${url}/docs
  traces  ${store}
  stop    Ctrl-C

Paste this to run a rule file over an attack:

curl -sS ${url}/v1/detect -H 'accept: application/x-ndjson' -F scenario=${FIRST_SCENARIO} -F 'rules=@-;filename=my_rules.yaml' <<'RULES'
${FIRST_RULES}RULES

`;
}
