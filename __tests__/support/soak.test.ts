import type * as soak from './soak';

/** The module as a process with this environment loads it. */
const load = (environment: NodeJS.ProcessEnv): typeof soak => {
  const replaced = jest.replaceProperty(process, 'env', environment);
  try {
    let loaded: typeof soak | undefined;
    jest.isolateModules(() => (loaded = jest.requireActual<typeof soak>('./soak')));
    return loaded!;
  } finally {
    replaced.restore();
  }
};

const items = [...Array(100).keys()];

describe('a sample', () => {
  let printed: string[];
  beforeEach(() => {
    printed = [];
  });

  const sample = (environment: NodeJS.ProcessEnv, count = 10): readonly number[] => {
    const { sampled } = load(environment);
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const found = sampled(items, count);
    write.mockRestore();
    return found;
  };

  it('is the same for the same seed, and keeps the order', () => {
    const first = sample({ VAULT_PLATFORM_SEED: '7' });
    expect(first).toHaveLength(10);
    expect(first).toEqual([...first].sort((a, b) => a - b));
    expect(sample({ VAULT_PLATFORM_SEED: '7' })).toEqual(first);
    expect(sample({ VAULT_PLATFORM_SEED: '8' })).not.toEqual(first);
  });

  it('prints a seed that repeats it', () => {
    const first = sample({});
    const [, seed] = /VAULT_PLATFORM_SEED=(\d+)/.exec(printed.join('')) ?? [];
    expect(sample({ VAULT_PLATFORM_SEED: seed })).toEqual(first);
  });

  it('is the whole list in a soak run, or if the list is short', () => {
    expect(sample({ VAULT_PLATFORM_SOAK: '1' })).toEqual(items);
    expect(sample({}, 100)).toEqual(items);
    expect(printed).toEqual([]);
  });

  it('fails for a seed that is not a number', () => {
    expect(() => load({ VAULT_PLATFORM_SEED: 'x' })).toThrow('VAULT_PLATFORM_SEED is not an integer: x');
  });
});
