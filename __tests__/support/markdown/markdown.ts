import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A link from one markdown file to something else in this project. */
export interface RelativeLink {
  /** As it is written, for a message. */
  readonly target: string;
  /** The file it points to, relative to the root of the project. */
  readonly file: string;
  /** The heading it points to. @default - the file itself */
  readonly anchor?: string;
}

const fences = /^( *)```[^]*?^\1```/gm;

/** Every relative link and picture of a markdown file. */
export function relativeLinks(markdownFile: string): RelativeLink[] {
  const text = readFileSync(markdownFile, 'utf8')
    .replaceAll(fences, '')
    .replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const absolute = file === '' ? markdownFile : path.join(path.dirname(markdownFile), file);
    return [{ target, file: absolute, ...(anchor !== undefined && { anchor }) }];
  });
}

/** Anchors of the headings of a markdown file, as GitHub makes them. */
export function anchors(markdownFile: string): string[] {
  const text = readFileSync(markdownFile, 'utf8').replaceAll(fences, '');
  return [...text.matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Every `npm …` command that a markdown file shows, in a block for a shell or in the text, without comments. */
export function npmCommands(markdownFile: string): string[] {
  const text = readFileSync(markdownFile, 'utf8');
  const blocks = [...text.matchAll(/^ *```sh\n([^]*?)^ *```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const spans = [...text.replaceAll(fences, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  return [...blocks, ...spans]
    .flatMap((line) =>
      line
        .replaceAll(/\s+/g, ' ')
        .replace(/ #.*$/, '')
        .split(/ && |; /),
    )
    .map((command) => command.trim())
    .filter((command) => /^npm (run|start|stop|test)\b/.test(command));
}
