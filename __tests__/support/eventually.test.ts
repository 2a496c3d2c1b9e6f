import { eventually } from './eventually';

describe('eventually', () => {
  it('gives what is there at last', async () => {
    const answers = [undefined, false, 0];
    expect(await eventually('a number', () => answers.shift(), { interval: 1 })).toBe(0);
    expect(answers).toEqual([]);
  });

  it('says what it waited for, and what is there instead', async () => {
    const options = { milliseconds: 20, interval: 1, detail: () => 'the log' };
    await expect(eventually('the server', () => false, options)).rejects.toThrow(
      'waited 0.02 s for the server\nthe log',
    );
  });

  it('ends at once when looking fails', async () => {
    const look = (): never => {
      throw new Error('the server ended');
    };
    await expect(eventually('the server', look)).rejects.toThrow('the server ended');
  });
});
