export function Reference() {
  return (
    <main>
      <h1>Reference</h1>
    </main>
  );
}
