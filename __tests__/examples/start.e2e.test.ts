import path from 'node:path';

import { readInventory } from '../../model/read';
import { TestReplica } from '../support/replica/replica';
import { soak } from '../support/soak';
import { startedExamples } from './started';

// Those that another test starts are started here in the soak only.
const examples = Object.entries(startedExamples).filter(
  ([, { by, needs }]) => needs === undefined && (soak || by === undefined),
);

test.each(examples)(
  '%s starts by the command in its README, and a second start changes nothing',
  async (name, { environment }) => {
    const inventory = path.join('examples', name, 'inventory');
    const cluster = readInventory(inventory).environments.find((each) => each.name === environment)?.cluster;
    const replica = new TestReplica(cluster?.dialect, cluster?.name);
    try {
      await replica.start('--inventory', inventory, environment);
      expect(await replica.start('--inventory', inventory, environment)).toMatch(/\nno changes, \d/);
    } finally {
      await replica.dispose();
    }
  },
  600_000,
);
