import type { z } from 'zod';

import { filledList } from '../../language/list';
import { grantPathRule, listFault } from '../../language/rules/grant-path';
import { refuse, word, type CheckContext } from '../../language/values';

/** A list of what a grant allows. */
export const operationList = <const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodArray<z.ZodEnum<{ [Word in Words[number]]: Word }>> => filledList(word(words), `a list of ${words.join(', ')}`);

/** Whether a path of documents, under a key of a grant, is one that its operations are for. */
export const checkList =
  (key: string) =>
  (grant: object, context: CheckContext): void => {
    const { [key]: path, operations } = grant as Readonly<Record<string, unknown>>;
    const fault = listFault(String(path), operations as readonly string[]);
    if (fault !== undefined) refuse(context, [key], grantPathRule.allowed, fault);
  };
