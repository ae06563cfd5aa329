/** Traces. */
export function Traces() {
  return (
    <div class="page">
      <header>
        <h1>Traces</h1>
      </header>
    </div>
  );
}
