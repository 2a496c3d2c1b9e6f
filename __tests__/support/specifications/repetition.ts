/** Something that is repeated, one time after the other, until it is stopped. */
export class Repetition {
  /** How often it was done. */
  public rounds = 0;
  public readonly failures: unknown[] = [];
  private isStopped = false;
  private readonly done: Promise<void>;

  constructor(private readonly round: () => Promise<void>) {
    this.done = this.repeat();
  }

  /** Waits for the last round. */
  public async stop(): Promise<void> {
    this.isStopped = true;
    await this.done;
  }

  private async repeat(): Promise<void> {
    while (!this.isStopped) {
      await this.round().catch((error: unknown) => void this.failures.push(error));
      this.rounds += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
