import { existsSync, readFileSync } from 'node:fs';

import type { Command } from 'commander';

import { platformCommand } from '../../cli/platform-command';
import { synthCommand } from '../../cli/synth-command';
import { anchors, npmCommands, relativeLinks } from '../support/markdown/markdown';
import { markdownFiles } from '../support/markdown/readme';

const files = markdownFiles();

describe('links', () => {
  it.each(files)('of %s lead somewhere', (file) => {
    const broken = relativeLinks(file).filter(
      (link) => !existsSync(link.file) || (link.anchor !== undefined && !anchors(link.file).includes(link.anchor)),
    );
    expect(broken.map(({ target }) => target)).toEqual([]);
  });

  it('are found at all', () => {
    expect(files.flatMap(relativeLinks).length).toBeGreaterThan(40);
  });
});

describe('commands', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...new Set(files.flatMap(npmCommands))].map(understand);

  it('are found at all', () => {
    expect(named.length).toBeGreaterThan(20);
  });

  it.each(named)('$command: its script exists', ({ script }) => {
    expect(Object.keys(scripts)).toContain(script);
  });

  it.each(named.filter(({ script }) => ['platform', 'start', 'stop', 'synth'].includes(script)))(
    '$command: its verb and options exist',
    ({ script, words: all }) => {
      // The option of every verb, which stands before it.
      const words = all[0] === '--inventory' ? all.slice(2) : all;
      const verb = verbOf(script, words);
      const help = helpOf(script, verb);
      expect(help).toContain(
        script === 'synth' ? 'Usage: npm run synth' : `Usage: ${['npm run platform --', ...verb].join(' ')} `,
      );
      const known = [...help.matchAll(/(?<=^ +|^ +-\w, )--?\w[\w-]*/gm)].map(String);
      expect([...known, '--help']).toEqual(expect.arrayContaining(words.filter((word) => word.startsWith('-'))));
    },
  );
});

/** `npm run platform -- logs -f` → the script `platform` with the words `logs` and `-f`. */
function understand(command: string): { command: string; script: string; words: string[] } {
  const [, script = command, rest = ''] = /^npm (?:run )?(?:-s )?(\S+)(?: -- (.*))?$/.exec(command) ?? [];
  return { command, script, words: rest.split(' ').filter((word) => word !== '') };
}

/** A verb of the command line, in one or two words; none where the text says `<verb>`. */
function verbOf(script: string, words: readonly string[]): string[] {
  if (script !== 'platform') return script === 'synth' ? [] : [script];
  return words
    .slice(0, ['access', 'credential', 'names', 'tenant'].includes(words[0] ?? '') ? 2 : 1)
    .filter((word) => /^[a-z]+$/.test(word));
}

/** What `--help` prints. */
function helpOf(script: string, verb: readonly string[]): string {
  const all = script === 'synth' ? synthCommand(() => undefined) : platformCommand();
  const command = verb.reduce<Command | undefined>(
    (within, word) => within?.commands.find((each) => each.name() === word),
    all,
  );
  return command?.helpInformation() ?? '';
}
