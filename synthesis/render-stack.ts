import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { AnnotationMetadataEntryType, Aspects, type Manifest, type TerraformStack } from 'cdktf';

import { stableJson } from './stable-json';

/** The Terraform JSON of a stack. */
export interface RenderedStack {
  readonly name: string;
  /** File relative to the output folder. */
  readonly file: string;
  readonly text: Buffer;
  /** The same as `text`, parsed. */
  readonly json: unknown;
}

/**
 * Renders a stack with the same result as cdktf's synthesizer, byte for byte, but without its serializer, whose time is quadratic in the
 * size of the stack. Stacks with aspects or annotations, which this project does not use, are rendered by cdktf.
 * See docs/decisions/0019-stack-by-stack.md.
 */
export function renderStack(stack: TerraformStack, manifest: Manifest): RenderedStack {
  const { synthesizedStackPath: file } = manifest.forStack(stack);
  const { id: name } = stack.node;
  if (!isPlain(stack)) {
    const text = synthesizedByCdktf(stack, manifest, file);
    return { name, file, text, json: JSON.parse(text.toString()) };
  }
  stack.runAllValidations();
  const json = stack.toTerraform() as unknown;
  return { name, file, text: Buffer.from(stableJson(json)), json };
}

const annotations: ReadonlySet<string> = new Set(Object.values(AnnotationMetadataEntryType));

const isPlain = (stack: TerraformStack): boolean =>
  stack.node
    .findAll()
    .every(
      (each) => !each.node.metadata.some(({ type }) => annotations.has(type)) && Aspects.of(each).all.length === 0,
    );

function synthesizedByCdktf(stack: TerraformStack, manifest: Manifest, file: string): Buffer {
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-stack-'));
  try {
    mkdirSync(path.join(outdir, path.dirname(file)), { recursive: true });
    stack.synthesizer.synthesize({ outdir, manifest, skipValidation: false });
    return readFileSync(path.join(outdir, file));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
