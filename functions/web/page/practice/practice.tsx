/** The practice range: tasks that are graded by behaviour. */
export function Practice() {
  return (
    <div class="page">
      <header>
        <h1>Practice</h1>
        <p>Tasks that are graded by what your rules do, with hints and solutions.</p>
      </header>
      <p class="panel empty">
        The tasks are not on the page yet. They run from the command line: creance practice list.
      </p>
    </div>
  );
}
