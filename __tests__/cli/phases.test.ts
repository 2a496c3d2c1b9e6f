import { setTimeout as sleep } from 'node:timers/promises';

import { runPhases } from '../../cli/phases';
import type { ReplicaPhase, ReplicaStep, StepResult } from '../../local/replica/step';
import { PlatformError } from '../../model/errors';

let printed: string[];
beforeEach(() => {
  printed = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
});
afterEach(() => jest.restoreAllMocks());

const done = (changed: boolean): Promise<StepResult> =>
  Promise.resolve({ text: changed ? '1 added' : 'no changes', changed });
const step = (title: string, run: ReplicaStep['run']): ReplicaStep => ({ title, run });
const phase = (title: string, ...steps: ReplicaStep[]): ReplicaPhase => ({ title, steps: () => steps, concurrency: 2 });
const refuse = (message: string): Promise<never> => Promise.reject(new PlatformError('terraform', [{ message }]));

describe('phases', () => {
  it('print the result of each step, and return whether anything changed', async () => {
    const calm = phase(
      'Platform',
      step('nonprod-platform', () => done(false)),
    );
    await expect(runPhases([calm])).resolves.toBe(false);
    await expect(
      runPhases([
        calm,
        phase(
          'Teams',
          step('devel-payments', () => done(true)),
        ),
      ]),
    ).resolves.toBe(true);
    expect(printed.join('')).toContain('nonprod-platform: no changes');
    expect(printed.join('')).toContain('devel-payments: 1 added');
  });

  it('compute their steps when they begin', async () => {
    const order: string[] = [];
    const late: ReplicaPhase = { title: 'Late', concurrency: 1, steps: () => (order.push('asked'), []) };
    await runPhases([
      phase(
        'Early',
        step('one', () => (order.push('ran'), done(false))),
      ),
      late,
    ]);
    expect(order).toEqual(['ran', 'asked']);
  });

  it('report every problem after all concurrent steps have ended, and begin no other step', async () => {
    const ended: string[] = [];
    const slow = step('slow', async () => {
      await sleep(50);
      ended.push('slow');
      return refuse('the slow one too');
    });
    const never = step('never', () => {
      ended.push('never');
      return done(true);
    });
    const failing = runPhases([
      phase(
        'Teams',
        step('quick', () => refuse('the quick one')),
        slow,
        never,
      ),
      phase('Ready', never),
    ]);
    await expect(failing).rejects.toMatchObject({
      problems: [{ message: 'the quick one' }, { message: 'the slow one too' }],
    });
    expect(ended).toEqual(['slow']);
  });
});
