/** Playground. */
export function Playground() {
  return (
    <div class="page">
      <header>
        <h1>Playground</h1>
      </header>
    </div>
  );
}
