import { filesHolding } from '../../processes/files-holding';
import { planOf } from '../../replica/replica-plan';
import type { Office } from './office';

const stacks = ['two-zones-platform', 'office-engines', 'office-reports'] as const;

/** In the end, when all secrets are known. */
export function describeSecrecy(office: () => Office): void {
  describe('no secret that was set or created', () => {
    const holders = (find: (secret: string) => readonly string[]): [string, readonly string[]][] =>
      [...office().secrets]
        .map(([what, secret]): [string, readonly string[]] => [what, find(secret)])
        .filter(([, found]) => found.length > 0);

    it('is not selected by a sample', () => {
      expect(office().secrets.size).toBeGreaterThan(8);
    });

    it('is in a file of the replica: no state, JSON, log or audit log', () => {
      expect(holders((secret) => filesHolding(office().replica.directory, secret))).toEqual([]);
    });

    it('is in the inventory', () => {
      expect(holders((secret) => filesHolding(office().inventory.directory, secret))).toEqual([]);
    });

    it('was an argument or a variable of a process', () => {
      expect(office().watch.size).toBeGreaterThan(20);
      expect(holders((secret) => office().watch.holding(secret))).toEqual([]);
    });

    it.each(stacks)('is in a plan of %s, which has no changes', async (stack) => {
      const { changes, text } = await planOf(office().replica, stack);
      expect(changes).toEqual([]);
      expect(holders((secret) => (text.includes(secret) ? [stack] : []))).toEqual([]);
    });
  });
}
