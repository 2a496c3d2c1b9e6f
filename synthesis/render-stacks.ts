import { App, type Manifest } from 'cdktf';

import type { StackPlan } from '../stacks/create-stacks';
import { renderStack, type RenderedStack } from './render-stack';

/** Stacks, each of which is rendered when it is asked for, once; and the manifest, which lists those that are rendered. */
export interface RenderedStacks {
  readonly manifest: Manifest;
  readonly stacks: Iterable<RenderedStack>;
}

/**
 * Creates, renders and releases one stack after the other, because stacks do not depend on each other. So the largest tree of constructs
 * determines the memory, and the garbage collector has little to do. The manifest contains each stack with its server and team.
 *
 * @param outdir folder that cdktf creates; nothing else is written
 */
export function renderStacks(plans: readonly StackPlan[], outdir: string): RenderedStacks {
  const { manifest } = new App({ outdir });
  return { manifest, stacks: render(plans, outdir, manifest) };
}

function* render(plans: readonly StackPlan[], outdir: string, manifest: Manifest): Generator<RenderedStack> {
  for (const { create, origin } of plans) {
    yield withoutCreationStacks(() => {
      const stack = create(new App({ outdir }));
      stack.prepareStack();
      const rendered = renderStack(stack, manifest);
      Object.assign(manifest.forStack(stack), { origin });
      return rendered;
    });
  }
}

/**
 * cdktf records a stack trace for each computed attribute, which takes a fifth of the time and is not used. It does so with
 * `Error.captureStackTrace`, which does nothing here. Thrown errors keep their stack trace.
 */
export function withoutCreationStacks<T>(work: () => T): T {
  const before = Object.getOwnPropertyDescriptor(Error, 'captureStackTrace')!;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Object.defineProperty(Error, 'captureStackTrace', before);
  }
}
