/** The scenario that is open at first. */
export const FIRST_STORY = 'intrusions/webshell-to-miner';

/** A user's own file at first: one rule that can be seen at work, and changed. */
export const FIRST_LOCAL = `# Your own rules. Falco loads them after the shipped ones,
# so they can use its macros and lists, and change its rules.

- list: miner_ports
  items: [3333, 4444, 5555, 14444]

- rule: Connection to a mining pool
  desc: A program in a container speaks to a port that mining pools use.
  condition: >
    connection_made and in_container
    and fd.sport in (miner_ports)
  output: >
    A program in a container speaks to a mining pool
    (pool=%fd.name program=%proc.exepath parent=%proc.pname
    container=%container.name)
  priority: CRITICAL
  tags: [container, T1496]
`;
