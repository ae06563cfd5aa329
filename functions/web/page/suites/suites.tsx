/** Suites. */
export function Suites() {
  return (
    <div class="page">
      <header>
        <h1>Suites</h1>
      </header>
    </div>
  );
}
