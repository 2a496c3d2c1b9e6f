import { z } from 'zod';

import { userClaimRule } from '../../language/rules/claim';
import { nameOnServer } from '../../language/rules/name-on-server';
import { certificateRule } from '../../language/rules/pem';
import { textRule } from '../../language/rules/text';
import { filledList, optional, text, word } from '../../language/schema';
import { tuning } from '../tuning';

const methodName = nameOnServer('auth method', 'the mount');

/** The keys of every auth method. */
export const methodKeys = <const Type extends string>(
  type: Type,
  what: string,
): { nameOnServer: typeof methodName; type: z.ZodLiteral<Type>; description: z.ZodString; tuning: typeof tuning } => ({
  nameOnServer: methodName,
  type: z.literal(type).describe(what),
  description: text(textRule).describe('Who logs in with this method, in one sentence.'),
  tuning,
});

/** A method with its name, on the server and as environments and tenants refer to it, and the path of its mount below `auth/`. */
export type Mounted<Method> = Method & {
  readonly name: string;
  readonly inventoryName: string;
  readonly mountPath: string;
};

export const caCertificate = (of: string): z.ZodExactOptional<z.ZodString> =>
  optional(text(certificateRule)).describe(
    `CA certificate of ${of}, in PEM. Default: the CAs that the server’s machine trusts.`,
  );

const algorithm = word([
  ...(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'EdDSA'] as const),
]);

export type Algorithm = z.output<typeof algorithm>;

export const supportedAlgorithms = optional(filledList(algorithm, 'a list of signature algorithms'), [
  'RS256',
]).describe('Accepted signature algorithms.');

/** Alias names are one namespace for each mount: with a claim per role, a login could become another client's entity. */
export const userClaim = optional(text(userClaimRule), 'sub').describe(
  'Claim that names the client in identity, for all logins by the method; a JSON pointer such as /user/id leads to one inside another. It must be one that a client cannot choose.',
);
