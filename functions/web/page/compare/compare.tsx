/** Compare. */
export function Compare() {
  return (
    <div class="page">
      <header>
        <h1>Compare</h1>
      </header>
    </div>
  );
}
