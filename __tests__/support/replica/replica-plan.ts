import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { Toolbox } from '../../../local/toolbox/toolbox';
import { kindOfStack } from '../../../model/names';
import type { TestReplica } from './replica';

/** A plan of a stack as it was last applied, by the provisioner, in JSON: what it would change, and the state that it knows. */
export async function planOf(replica: TestReplica, stack: string): Promise<StackPlan> {
  const kind = kindOfStack(stack) ?? 'platform';
  return await replica.cluster.withProvisionerToken(kind, (token) => planWith(token, replica, stack));
}

interface StackPlan {
  readonly changes: string[];
  readonly text: string;
}

async function planWith(token: string, replica: TestReplica, stack: string): Promise<StackPlan> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const { path: program } = await toolbox.terraform(() => undefined);
  const { environment } = await toolbox.providers(() => undefined);
  const { PATH = '', HOME = '' } = process.env;
  const run = async (...parameters: string[]): Promise<string> => {
    const { stdout } = await execa(program, parameters, {
      cwd: path.join(replica.directory, 'terraform', stack),
      env: {
        ...{ PATH, HOME, ...environment, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
        VAULT_ADDR: await replica.cluster.activeAddress(),
        VAULT_CACERT: replica.cluster.caFile,
        VAULT_TOKEN: token,
      },
      extendEnv: false,
      maxBuffer: 256 * 1024 * 1024,
      stdin: 'ignore',
    });
    return stdout;
  };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-plan-'));
  try {
    const file = path.join(folder, 'plan');
    await run('plan', '-input=false', `-out=${file}`);
    const text = await run('show', '-json', file);
    const { resource_changes: all = [] } = JSON.parse(text) as Plan;
    const changes = all.filter(({ change }) => change.actions.join() !== 'no-op').map(({ address }) => address);
    return { changes, text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Plan {
  readonly resource_changes?: readonly { readonly address: string; readonly change: { readonly actions: string[] } }[];
}
