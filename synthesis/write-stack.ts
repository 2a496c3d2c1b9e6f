import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { AnnotationMetadataEntryType, Aspects, type ISynthesisSession, type TerraformStack } from 'cdktf';

import { stableJson } from './stable-json';

/**
 * Lets a stack be written as cdktf would write it, byte for byte, without its serializer, whose time grows with the square of
 * the stack. A stack with aspects or annotations, which none of ours has, is left to cdktf. See
 * docs/decisions/0003-fast-synthesis.md.
 */
export function writeQuickly(stack: TerraformStack): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      if (isPlain(stack)) write(stack, session);
      else synthesizer.synthesize(session);
    },
  };
}

const annotations: ReadonlySet<string> = new Set(Object.values(AnnotationMetadataEntryType));

const isPlain = (stack: TerraformStack): boolean =>
  stack.node
    .findAll()
    .every(
      (each) => !each.node.metadata.some(({ type }) => annotations.has(type)) && Aspects.of(each).all.length === 0,
    );

function write(stack: TerraformStack, { manifest, outdir, skipValidation }: ISynthesisSession): void {
  if (skipValidation !== true) stack.runAllValidations();
  const { workingDirectory, synthesizedStackPath } = manifest.forStack(stack);
  mkdirSync(path.join(outdir, workingDirectory), { recursive: true });
  writeFileSync(path.join(outdir, synthesizedStackPath), stableJson(stack.toTerraform()));
}
