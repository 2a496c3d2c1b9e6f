import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { MessageConnection } from 'vscode-jsonrpc/node';

/** A place in a text, counted from 0. */
export interface EditorPosition {
  readonly line: number;
  readonly character: number;
}

interface Diagnostics {
  readonly uri: string;
  readonly diagnostics: readonly { readonly message: string }[];
}

const settings = { hover: true, completion: true, validate: true, schemaStore: { enable: false } };

/** The program that editors run for YAML, used by its protocol as they do. @see https://github.com/redhat-developer/yaml-language-server */
export class YamlLanguageServer {
  public static async start(): Promise<YamlLanguageServer> {
    const program = createRequire(__filename).resolve('yaml-language-server/bin/yaml-language-server');
    const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const server = new YamlLanguageServer(child, connection);
    await server.initialize();
    return server;
  }

  private opened = 0;
  private readonly waiting = new Map<string, (messages: string[]) => void>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly connection: MessageConnection,
  ) {}

  /** Opens a file of the inventory with a text. @returns its address, and what the editor underlines, which takes a moment */
  public async open(
    file: string,
    text: string,
  ): Promise<{ readonly uri: string; readonly messages: Promise<string[]> }> {
    this.opened += 1;
    const place = path.join(path.dirname(file), `opened-${this.opened}.yaml`);
    const uri = pathToFileURL(path.resolve('inventory', place)).href;
    const messages = new Promise<string[]>((resolve) => this.waiting.set(uri, resolve));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    return { uri, messages };
  }

  /** What is shown where the mouse rests; empty if nothing is. Marks that keep Markdown from being one are taken out. */
  public async hover(uri: string, position: EditorPosition): Promise<string> {
    const found: { contents: { value: string } } | null = await this.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    return (found?.contents.value ?? '').replaceAll('\\', '').replaceAll('&nbsp;', ' ');
  }

  /** What is offered while one types there. */
  public async complete(
    uri: string,
    position: EditorPosition,
  ): Promise<readonly { label: string; insertText: string }[]> {
    const found: { items: { label: string; insertText: string }[] } = await this.connection.sendRequest(
      'textDocument/completion',
      { textDocument: { uri }, position },
    );
    return found.items;
  }

  public async stop(): Promise<void> {
    this.connection.dispose();
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  private async initialize(): Promise<void> {
    const { connection } = this;
    connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => (section === 'yaml' ? settings : {})),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: Diagnostics) => {
      this.waiting.get(uri)?.(diagnostics.map(({ message }) => message));
    });
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(process.cwd()).href,
      workspaceFolders: null,
      capabilities: {
        textDocument: {
          hover: { contentFormat: ['markdown'] },
          completion: { completionItem: { documentationFormat: ['markdown'], snippetSupport: true } },
        },
        workspace: { configuration: true },
      },
    });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml: settings } });
  }
}
