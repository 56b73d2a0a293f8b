/** A counting semaphore: a fixed number of slots, handed on in the order in which they were asked for. */
export class Slots {
  private readonly takers: (() => void)[] = [];

  constructor(private free: number) {}

  /** Takes a slot: at once (undefined), or when the returned promise resolves. */
  take(): Promise<void> | undefined {
    if (this.free > 0) {
      this.free--;
      return undefined;
    }
    return new Promise((resolve) => this.takers.push(resolve));
  }

  /** Gives a slot back, to the one who has waited longest. */
  give(): void {
    const next = this.takers.shift();
    if (next) next();
    else this.free++;
  }
}
