import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { jsonSchemas } from '../model/source/kinds';

/** `npm run schema`: writes the JSON Schemas that editors use. A test holds them in step with the zod schemas. */
const directory = path.join(process.env.VAULT_PLATFORM_ROOT ?? '.', 'inventory', 'schema');
mkdirSync(directory, { recursive: true });
for (const [name, schema] of jsonSchemas()) {
  writeFileSync(path.join(directory, name), schema);
}
