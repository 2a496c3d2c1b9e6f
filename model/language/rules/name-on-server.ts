import type { z } from 'zod';

import { optional, text } from '../schema';
import { nameRule, type NameKind } from './name';

/**
 * The key that keeps the names of objects on the server when the inventory gets another name.
 *
 * @param of what is named by it
 */
export const nameOnServer = (kind: NameKind, of: string): z.ZodExactOptional<z.ZodString> =>
  optional(text(nameRule(kind))).describe(
    `Name on the server, of ${of}; \`platform rename\` writes it. Default: the name in the inventory.`,
  );
