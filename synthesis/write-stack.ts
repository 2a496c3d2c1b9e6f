import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
  AnnotationMetadataEntryType,
  Aspects,
  type IStackSynthesizer,
  type ISynthesisSession,
  type TerraformStack,
} from 'cdktf';

import { stableJson } from './stable-json';

/**
 * A synthesizer with the same output as cdktf's, byte for byte, but without its serializer, whose time is quadratic in the size of the stack.
 * Stacks with aspects or annotations, which this project does not use, are synthesised by cdktf. See docs/decisions/0019-stack-by-stack.md.
 */
export function synthesizerOf(stack: TerraformStack): IStackSynthesizer {
  return isPlain(stack)
    ? {
        synthesize: (session) => {
          write(stack, session);
        },
      }
    : stack.synthesizer;
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
