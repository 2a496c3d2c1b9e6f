import { setTimeout as sleep } from 'node:timers/promises';

import type { ServerClient } from '../../../client/server-client';
import { unseal } from '../../../local/cluster/unseal';
import type { PodWatch } from '../kubernetes/pod-watch';

/** Stands for the people who hold the shares: unseals every pod that asks for it, and goes on until it is stopped. */
export class Unsealer {
  /** Pods that were unsealed, by name, in that order. */
  public readonly unsealed: string[] = [];
  private stopped = false;
  private readonly working: Promise<void>;

  constructor(
    private readonly pods: PodWatch,
    private readonly keysFile: string,
    private readonly clientOf: (address: string) => ServerClient,
  ) {
    this.working = this.work();
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      await Promise.all(this.pods.pods.map(({ name, address }) => this.look(name, address)));
      await sleep(200);
    }
  }

  private async look(name: string, address: string): Promise<void> {
    if (address === '') return;
    const client = this.clientOf(address);
    // A pod that comes or goes answers nothing, or something else halfway; the next look will tell.
    const opened = await unseal(client, this.keysFile).catch(() => false);
    if (opened) this.unsealed.push(name);
  }
}
