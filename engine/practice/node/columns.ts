/** Rows under each other in columns, as the tools of Kubernetes print them: three blanks between, none at the end. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd((widths[i] as number) + 3))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
}
