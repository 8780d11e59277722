// The table of the ranking, the same for both sides.

/** Puts the rows on the screen, laid out; answers what it says. */
export function render(rows: (string | number)[][]): string {
  const body = document.createElement('tbody');
  for (const cells of rows) {
    const row = body.insertRow();
    for (const cell of cells) {
      row.insertCell().textContent = String(cell);
    }
  }
  const table = document.getElementById('screen') as HTMLTableElement;
  table.tBodies[0]?.remove();
  table.append(body);
  // Asking for the height makes the browser lay it out now.
  const { height } = body.getBoundingClientRect();
  if (height === 0) {
    throw new Error('nothing is on the screen');
  }
  return rows.map((cells) => cells.join('\t')).join('\n');
}
