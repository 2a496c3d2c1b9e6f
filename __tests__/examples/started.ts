/** How an example is shown to start. */
export interface StartedExample {
  readonly environment: string;
  /** Test in `__tests__/` that starts it, with what it is for. @default - only `start.e2e.test.ts` */
  readonly by?: string;
  /** Why the command in its README does not start it without more. @default - it does */
  readonly needs?: string;
}

/** Every example, by folder. `npm run soak -- examples` starts those that need nothing else, by the command in `examples/README.md`. */
export const startedExamples: Readonly<Record<string, StartedExample>> = {
  kafka: { environment: 'demo', by: 'examples/kafka/demo.e2e.test.ts' },
  kubernetes: { environment: 'live', by: 'examples/kubernetes.e2e.test.ts' },
  'kubernetes-server': { environment: 'devel' },
  'virtual-machines': {
    environment: 'office',
    by: 'examples/virtual-machines.e2e.test.ts',
    needs: 'its database',
  },
};
