/** Lines of columns, each as wide as its widest cell; colours do not count. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, visible(cell))));
  const pad = (cell: string, index: number): string => cell + ' '.repeat((widths[index] ?? 0) - visible(cell));
  return rows.map((row) => `${indent}${row.map(pad).join('  ')}`.trimEnd()).join('\n');
}

const visible = (text: string): number => text.replaceAll(/\u001b\[\d+m/g, '').length;
