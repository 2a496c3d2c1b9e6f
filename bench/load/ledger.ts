import type { ActiveNode } from './active-node';
import { documentMount, documentText, environments } from './plan';

type State =
  /** Storing was acknowledged. */
  | 'stored'
  /** Deleting was requested and is not acknowledged yet. */
  | 'deleting'
  /** Deleting was acknowledged. */
  | 'deleted';

/** Number of documents that are verified concurrently. */
const verifiedAtOnce = 32;

/**
 * Stores, reads and deletes documents, and records acknowledged changes, to verify them afterwards. Requests for the same
 * document run one after the other; if one fails, the requests that depend on it fail as well.
 */
export class Ledger {
  private readonly states = new Map<number, State>();
  /** The last request for each document: the next one waits for it. */
  private readonly last = new Map<number, Promise<void>>();
  private readonly lost = new Set<string>();

  /** @param folder folder of the documents of this run */
  constructor(
    private readonly node: ActiveNode,
    private readonly folder: string,
    private readonly token: string,
    private readonly onRepeat: () => void,
  ) {}

  public store(index: number): Promise<void> {
    const stored = this.request('POST', index, { data: { index, text: documentText } }).then(({ status }) => {
      if (status !== 200) throw new Error(`store: HTTP ${status}`);
      this.states.set(index, 'stored');
    });
    return this.follow(index, stored);
  }

  public read(index: number): Promise<void> {
    return this.follow(
      index,
      this.after(index, () => this.check(index)),
    );
  }

  public delete(index: number): Promise<void> {
    return this.follow(
      index,
      this.after(index, async () => {
        this.states.set(index, 'deleting');
        const { status } = await this.request('DELETE', index);
        if (status !== 204) throw new Error(`delete: HTTP ${status}`);
        this.states.set(index, 'deleted');
        this.last.delete(index);
      }),
    );
  }

  /** Verifies every document whose state was acknowledged. @returns their number, and the paths of those with another state */
  public async verify(node: ActiveNode): Promise<{ verified: number; lost: readonly string[] }> {
    const known = [...this.states].filter(([, state]) => state !== 'deleting');
    const queue = known.values();
    const work = async (): Promise<void> => {
      for (const [index, state] of queue) {
        const { status } = await this.request('GET', index, undefined, node);
        if (status !== (state === 'stored' ? 200 : 404)) this.lost.add(this.path(index));
      }
    };
    await Promise.all(Array.from({ length: verifiedAtOnce }, work));
    return { verified: known.length, lost: [...this.lost] };
  }

  private async check(index: number): Promise<void> {
    const { status, body } = await this.request('GET', index);
    const content = body.data?.data as { index?: number } | undefined;
    if (status === 200 && content?.index === index) return;
    if (status !== 404 && status !== 200) throw new Error(`read: HTTP ${status}`);
    this.lost.add(this.path(index));
    throw new Error('read: not what was stored');
  }

  private async after(index: number, work: () => Promise<void>): Promise<void> {
    await this.last.get(index);
    await work();
  }

  private follow(index: number, work: Promise<void>): Promise<void> {
    this.last.set(index, work);
    return work;
  }

  private request(
    method: 'DELETE' | 'GET' | 'POST',
    index: number,
    body?: object,
    node: ActiveNode = this.node,
  ): ReturnType<ActiveNode['send']> {
    const { token, onRepeat } = this;
    return node.send(method, this.path(index), { token, onRepeat, ...(body === undefined ? {} : { body }) });
  }

  private path(index: number): string {
    return `${documentMount(environments[index % environments.length] ?? '')}/data/${this.folder}/${index}`;
  }
}
