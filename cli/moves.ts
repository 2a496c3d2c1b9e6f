import path from 'node:path';

import { quote } from '../local/replica/login-script';
import { PlatformError } from '../model/errors';
import { findMoves, type StackMove, type StackResources } from '../synthesis/moves';
import { readNames } from '../synthesis/names-in-use';
import { readStacks } from '../synthesis/synthesised';
import { checkMoves } from './check-moves';

export interface MovesOptions {
  /** Whether plans are checked instead. */
  readonly check: boolean;
}

/**
 * `platform moves <before> [after]`: prints a shell script that moves resources between the states of stacks. Prints nothing to standard
 * output if no resource moves. With `check`, see {@link checkMoves}.
 *
 * @param before folder that `npm run synth` wrote before the change
 * @param after folder that it wrote after the change
 * @throws PlatformError `usage` if a folder has no stacks, `terraform` if a plan is refused
 */
export function printMoves(before: string, after: string, { check }: MovesOptions): void {
  const stacks = { before: stacksIn(before), after: stacksIn(after) };
  if (check) {
    checkMoves(
      { folder: before, stacks: stacks.before, names: readNames(before) },
      { folder: after, stacks: stacks.after, names: readNames(after) },
    );
    return;
  }
  const moves = findMoves(stacks.before, stacks.after);
  if (moves.length === 0) process.stderr.write('no resource moves to another stack\n');
  else process.stdout.write(movesScript(moves, { before, after }));
}

/** A script for a POSIX shell. Each state is pulled, changed in a private folder and pushed, the receiving one first. */
export function movesScript(
  moves: readonly StackMove[],
  { before, after }: { readonly before: string; readonly after: string },
): string {
  const lines = moves.flatMap(({ from, to, addresses }) => [
    '',
    `# ${addresses.length} resources from ${from} to ${to}`,
    `move ${quote(path.join(before, 'stacks', from))} ${quote(path.join(after, 'stacks', to))} \\`,
    `  ${addresses.map(quote).join(' \\\n  ')}`,
  ]);
  return `${preamble}${lines.join('\n')}\n`;
}

const preamble = `#!/bin/sh
# Moves resources between states. Nothing on the server changes. Run it before the stacks are planned or applied.
set -eu
umask 077
terraform=\${TERRAFORM:-terraform}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# move FROM TO ADDRESS...: FROM and TO are folders of stacks.
move() {
  from=$1 to=$2
  shift 2
  "$terraform" -chdir="$from" init -input=false >/dev/null
  "$terraform" -chdir="$to" init -input=false >/dev/null
  "$terraform" -chdir="$from" state pull >"$work/from"
  "$terraform" -chdir="$to" state pull >"$work/to"
  # A stack that was never applied has no state.
  [ -s "$work/to" ] || rm "$work/to"
  for address in "$@"; do
    (cd "$work" && "$terraform" state mv -state=from -state-out=to "$address" "$address")
  done
  "$terraform" -chdir="$to" state push "$work/to"
  "$terraform" -chdir="$from" state push "$work/from"
  rm -f "$work"/*
}
`;

function stacksIn(folder: string): ReadonlyMap<string, StackResources> {
  try {
    return readStacks(folder);
  } catch (error) {
    throw new PlatformError('usage', [
      {
        message: 'the stacks of this folder cannot be read',
        given: `${path.join(folder, 'stacks')}: ${(error as Error).message}`,
        allowed: 'a folder that `npm run synth` wrote',
        fix: 'synthesise the inventory before the change to a folder of its own: npm run synth -- --output <folder>',
      },
    ]);
  }
}
