import { eventually } from './eventually';

describe('eventually', () => {
  it('returns the value of the last probe', async () => {
    const answers = [undefined, false, 0];
    expect(await eventually('a number', () => answers.shift(), { interval: 1 })).toBe(0);
    expect(answers).toEqual([]);
  });

  it('names what it waited for and the last value', async () => {
    const options = { milliseconds: 20, interval: 1, detail: () => 'the log' };
    await expect(eventually('the server', () => false, options)).rejects.toThrow(
      'waited 0.02 s for the server\nthe log',
    );
  });

  it('fails at once when the probe throws', async () => {
    const look = (): never => {
      throw new Error('the server ended');
    };
    await expect(eventually('the server', look)).rejects.toThrow('the server ended');
  });
});
