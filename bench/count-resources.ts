import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Number of resources in synthesised stacks. @param stacks folder with `<stack>/cdk.tf.json` */
export function countResources(stacks: string): number {
  return readdirSync(stacks).reduce((sum, name) => {
    const text = readFileSync(path.join(stacks, name, 'cdk.tf.json'), 'utf8');
    const { resource = {} } = JSON.parse(text) as { resource?: Record<string, object> };
    return sum + Object.values(resource).reduce((count, byId) => count + Object.keys(byId).length, 0);
  }, 0);
}
