/** Collects what is written to standard output, in place of the terminal, until `jest.restoreAllMocks()`. */
export function captureOutput(): { text: string } {
  const captured = { text: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    captured.text += String(text);
    return true;
  });
  return captured;
}
